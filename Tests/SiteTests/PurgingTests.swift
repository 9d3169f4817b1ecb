import Archive
import Foundation
import HTTP
import HTTPServer
import Site
import Testing

/// A site that tells two caches of its changes.
private struct CachedSite {
  let site: TestSite
  let purges: CachePurges
  let first: HTTPAddress
  let second: HTTPAddress

  init() throws {
    first = try #require(HTTPAddress("http://127.0.0.1:6081"))
    second = try #require(HTTPAddress("http://[::1]:6081/purge"))
    purges = CachePurges(caches: [first, second])
    site = try TestSite(purges: purges)
    site.archive.observeChanges { [purges] in purges.add($0, at: 0) }
  }

  /// The keys of the requests that are due for the first cache, and accepts them.
  func requests(at now: Int64 = 0) -> [[String]] {
    var requests: [[String]] = []
    while case let keys = purges.next(for: first, at: now), !keys.isEmpty {
      requests.append(keys)
      _ = purges.note(first, failure: nil, at: now)
    }
    return requests
  }
}

extension Response {
  fileprivate var surrogateKeys: [String] {
    (fields["Surrogate-Key"] ?? "").split(separator: " ").map(String.init)
  }
}

@Suite("Caches before the server are told what has changed")
struct PurgingTests {
  private let cached: CachedSite
  private var site: TestSite { cached.site }
  private let librarian = Actor("librarian")

  init() throws { cached = try CachedSite() }

  // MARK: Keys of responses

  @Test(
    arguments: [
      ("/", ["list", "site"]), ("/publications", ["list", "site"]),
      ("/publications/russia-and-the-koreas", ["pub-russia-and-the-koreas", "site"]),
      ("/publications/russia-and-the-koreas.pdf", ["pub-russia-and-the-koreas", "site"]),
      ("/publications/russia-and-the-koreas.bib", ["pub-russia-and-the-koreas", "site"]),
      ("/publications/russia-and-the-koreas.cover.svg", ["pub-russia-and-the-koreas", "site"]),
      ("/publications/russia-and-the-koreas/text", ["pub-russia-and-the-koreas", "site"]),
      ("/feed.atom", ["list", "timestamps", "site"]),
      ("/sitemap.xml", ["list", "timestamps", "site"]), ("/robots.txt", ["site"]),
      ("/search?q=korea", ["all", "site"]), ("/api/publications", ["all", "site"]),
      ("/oai?verb=Identify", []), ("/nowhere", ["all", "site"]),
      ("/staff", []), ("/staff/sign-in", []), ("/health", []), ("/metrics", []),
      ("/subscription/c2FtcGxlLXRva2VuLWZvci10ZXN0cw", []),
    ] as [(String, [String])])
  func response(_ target: String, hasKeys keys: [String]) throws {
    try site.deposit(TestSite.record())
    #expect(site.get(target).surrogateKeys == keys)
  }

  @Test("What shared caches may keep has keys, and nothing else has", arguments: Resource.samples)
  func keys(of resource: Resource) throws {
    try site.deposit(TestSite.record())
    let response = site.get(resource.path)
    let policy = response.fields["Cache-Control"]
    #expect(response.surrogateKeys.isEmpty == (policy?.contains("public") != true))
  }

  @Test func aNotModifiedResponseHasTheKeysOfTheWhole() throws {
    try site.deposit(TestSite.record())
    let target = "/publications/russia-and-the-koreas"
    let whole = site.get(target)
    let request = Request(
      method: .get, path: target, fields: ["If-None-Match": "\"\(whole.entityTag ?? "")\""])
    let selected = whole.selected(for: request, at: site.now.secondsSince1970)
    #expect(selected.status == .notModified)
    #expect(selected.surrogateKeys == whole.surrogateKeys)
  }

  @Test(
    arguments: [
      (
        "/", "public, max-age=60, s-maxage=86400, stale-while-revalidate=600, stale-if-error=86400"
      ),
      ("/search?q=a", "public, max-age=30"), ("/nowhere", "public, max-age=10"),
      ("/publications/russia-and-the-koreas.pdf", "public, no-cache"),
      ("FILE", "public, max-age=31536000, immutable"), ("/staff/sign-in", "no-store"),
    ])
  func purgedCachesMayKeep(_ target: String, _ expected: String) throws {
    let file = try #require(try site.deposit(TestSite.record()).file)
    let path = "/publications/russia-and-the-koreas/files/\(file.sha256).pdf"
    #expect(
      site.get(target == "FILE" ? path : target).fields["Cache-Control"] == expected)
  }

  // MARK: Keys of changes

  /// Pages and files for programs that show a publication, and the form of their addresses.
  private static let targets =
    [
      "", "?lang=sv", ".pdf", ".bib", ".json", ".linkset.json", ".cover.svg", ".card.png", "/text",
    ].map { "/publications/SLUG\($0)" } + [
      "/", "/publications", "/browse", "/authors", "/feed.atom", "/sitemap.xml", "/robots.txt",
      "/opensearch.xml", "/api/publications", "/api/publications/SLUG",
      "/oai?verb=ListRecords&metadataPrefix=oai_dc", "/search?q=ferries", "/old/ferries.html",
      "/subscribe", "/topics/korea", "/publications?topic=Korea",
    ]

  /// A change that a member of staff, or time, makes.
  enum Step: String, CaseIterable, Sendable {
    case edit, rename, replaceFile, correct, withdraw, unpublish, schedule, renameTopic, redirect
    case publishAnother, deposit
  }

  private func make(_ step: Step, of publication: Publication) throws {
    let publications = site.archive.publications
    let (id, now) = (publication.id, site.now)
    var draft = Draft(record: publication.record, slug: publication.slug, status: .published)
    switch step {
    case .edit:
      draft.record.title = "Ice ferries"
      _ = try publications.revise(id, to: draft, by: librarian, at: now)
    case .rename:
      draft.slug = Slug("ice-ferries")
      _ = try publications.revise(id, to: draft, by: librarian, at: now)
    case .replaceFile:
      let path = site.archive.folder.incoming + "/" + UUID().uuidString
      try Data(TestSite.pdf + Array("% 2\n".utf8)).write(to: URL(fileURLWithPath: path))
      _ = try publications.revise(
        id, to: draft, file: IncomingFile(path: path), by: librarian, at: now)
    case .correct:
      try publications.present(
        id, as: Presentation(correction: "Not ice."), by: librarian, at: now)
    case .withdraw: _ = try publications.withdraw(id, by: librarian, at: now)
    case .unpublish: _ = try publications.undoPublishing(id, by: librarian, at: now)
    case .schedule:
      _ = try site.deposit(
        TestSite.record("Later ferries"), status: .scheduled, publicFrom: now.adding(seconds: 60))
      _ = cached.requests()
      site.environment.wait(seconds: 61)
      try publications.publishDue(at: site.now)
    case .renameTopic:
      let slug = try #require(Slug("korea"))
      guard case .entry(let entry, _) = try site.archive.lists.find(slug, in: .topics, at: now)
      else { throw CocoaError(.featureUnsupported) }
      _ = try site.archive.lists.change(
        entry.id, to: ListEdit(name: "Both Koreas"), by: librarian, at: now)
    case .redirect:
      _ = try site.archive.redirects.add(
        "/old/ferries.html", to: .publication(publication.slug), by: librarian, at: now)
    case .publishAnother: try site.deposit(TestSite.record("More ferries"))
    case .deposit: try site.deposit(TestSite.record("A draft"), status: .draft)
    }
  }

  @Test("Whatever a change makes different has a key that is purged", arguments: Step.allCases)
  func changeReachesItsPages(_ step: Step) throws {
    let publication = try site.deposit(TestSite.record("Winter ferries"))
    let targets = Self.targets.map {
      $0.replacingOccurrences(of: "SLUG", with: publication.slug.description)
    }
    func picture() -> [Response] { targets.map { site.get($0) } }
    let before = picture()
    _ = cached.requests()
    try make(step, of: publication)
    let keys = Set(cached.requests().flatMap(\.self))
    var differences = 0
    for (index, after) in picture().enumerated() {
      let old = before[index]
      let isSame =
        old.status == after.status && old.text == after.text && old.entityTag == after.entityTag
        && old.fields == after.fields
      guard !isSame, old.fields["Cache-Control"]?.hasPrefix("public") == true else { continue }
      differences += 1
      #expect(
        !keys.isDisjoint(with: old.surrogateKeys), "\(targets[index]) after \(step): \(keys)")
    }
    #expect(differences > 0 || step == .deposit)
  }

  @Test func settingsPurgeEverything() throws {
    try site.archive.settings.replace(
      by: SettingValues(texts: ["tagline": "New"]), by: librarian, at: site.now)
    #expect(cached.requests() == [["site"]])
  }

  @Test func whatOnlyStaffSeePurgesNothing() throws {
    _ = try site.signIn()
    _ = try site.archive.staff.createInvitation()
    #expect(cached.requests().isEmpty)
  }

  @Test func aWithdrawnPublicationComesFirst() throws {
    let publication = try site.deposit(TestSite.record("Winter ferries"))
    // The cache cannot be reached, and many changes wait.
    _ = cached.purges.next(for: cached.first, at: 0)
    _ = cached.purges.note(cached.first, failure: "no response in time", at: 0)
    let titles = (1...60).map { number in
      "Ferries of harbour number \(number), with a title that is long enough for its slug"
    }
    for title in titles { try site.deposit(TestSite.record(title)) }
    _ = try site.archive.publications.withdraw(publication.id, by: librarian, at: site.now)
    let requests = cached.requests(at: 1)
    #expect(requests.count > 1)
    #expect(requests.first?.contains("pub-winter-ferries") == true)
    for keys in requests { #expect(keys.joined(separator: " ").utf8.count <= 4096) }
    #expect(Set(requests.flatMap(\.self)).count == titles.count + 4)
  }

  @Test func noHeaderOfAPageNamesARelatedPublicationThatIsHidden() throws {
    let publications = try ["Winter ferries", "Ferries in winter storms", "Secret ferries"].map {
      try site.deposit(
        TestSite.record($0, abstract: "Ferries cross the frozen strait in winter storms."))
    }
    try site.deposit(TestSite.record("Pension reform", abstract: "Older people pay less."))
    let pages = publications.map { Resource.publication($0.slug).path }
    for page in pages { _ = site.get(page) }
    while try site.archive.relate(at: site.now) > 0 {}
    #expect(site.get(pages[0]).surrogateKeys.contains("pub-secret-ferries"))
    _ = try site.archive.publications.undoPublishing(
      publications[2].id, by: librarian, at: site.now)
    for page in pages.dropLast() {
      #expect(site.get(page).fields.lines.allSatisfy { !$0.value.contains("secret-ferries") })
    }
  }

  // MARK: The queue

  @Test func eachKeyIsSentTwice() throws {
    try site.deposit(TestSite.record())
    let keys = ["list", "timestamps", "pub-russia-and-the-koreas", "all"]
    #expect(cached.requests() == [keys])
    #expect(cached.requests(at: 4).isEmpty)
    #expect(cached.purges.nextTime(for: cached.first) == 5)
    #expect(cached.requests(at: 5) == [keys])
    #expect(cached.purges.nextTime(for: cached.first) == nil)
    // Each cache has a queue of its own.
    #expect(cached.purges.next(for: cached.second, at: 5) == keys)
  }

  @Test func failuresAreRepeatedAtLongerAndLongerIntervals() throws {
    let purges = cached.purges
    let cache = cached.first
    purges.addEverything(at: 0)
    var now: Int64 = 0
    var pauses: [Int64] = []
    for attempt in 0..<8 {
      #expect(purges.next(for: cache, at: now) == ["site"])
      let report = purges.note(cache, failure: "status 503", at: now)
      #expect(report == (attempt == 0 ? .failed(cache, reason: "status 503") : .nothingNew))
      let next = try #require(purges.nextTime(for: cache))
      pauses.append(next - now)
      #expect(purges.next(for: cache, at: next - 1).isEmpty)
      now = next
    }
    #expect(pauses == [1, 2, 4, 8, 16, 32, 60, 60])
    #expect(purges.next(for: cache, at: now) == ["site"])
    #expect(purges.note(cache, failure: nil, at: now) == .recovered(cache))
    #expect(purges.next(for: cache, at: now + 5) == ["site"])
    #expect(purges.note(cache, failure: nil, at: now + 5) == .nothingNew)
    #expect(purges.nextTime(for: cache) == nil)
  }

  @Test func whatChangesDuringARequestIsSentAfterIt() throws {
    try site.deposit(TestSite.record())
    let keys = cached.purges.next(for: cached.first, at: 0)
    _ = try site.deposit(TestSite.record("Another"))
    #expect(cached.purges.next(for: cached.first, at: 0).isEmpty)
    _ = cached.purges.note(cached.first, failure: nil, at: 0)
    #expect(cached.requests() == [["list", "timestamps", "pub-another", "all"]])
    #expect(Set(cached.requests(at: 5).flatMap(\.self)) == Set(keys + ["pub-another"]))
  }

  @Test func tooManyKeysBecomeOne() throws {
    _ = cached.purges.next(for: cached.first, at: 0)
    for number in 0..<1001 {
      try site.deposit(TestSite.record("Paper number \(number)"), pdf: nil)
    }
    #expect(cached.requests() == [["site"]])
  }

  // MARK: What staff and monitors see

  @Test func anUnreachableCacheIsAWarning() throws {
    let staff = try site.signIn()
    let author = try site.signIn(as: .author)
    func counter(_ result: String) -> Bool {
      site.get("/metrics").text.contains("offprint_cache_purges_total{result=\"\(result)\"} 1\n")
    }
    #expect(site.get("/health").text.contains("\"warnings\":[]"))
    _ = try site.deposit(TestSite.record())
    _ = cached.purges.next(for: cached.first, at: 0)
    _ = cached.purges.note(cached.first, failure: "<no response>", at: 0)
    site.environment.wait(seconds: 1)
    let health = site.get("/health")
    #expect(health.status == .ok)
    #expect(health.text.contains("\"warnings\":[\"1 of 2 caches cannot be purged\"]"))
    #expect(!health.text.contains("6081") && counter("failed") && !counter("accepted"))
    let page = site.get("/staff", staff.fields).text
    #expect(page.contains("A cache cannot be reached") && page.contains("&lt;no response&gt;"))
    #expect(imbalance(of: page) == nil)
    #expect(!site.get("/staff", author.fields).text.contains("A cache cannot be reached"))

    _ = cached.purges.next(for: cached.first, at: 1)
    _ = cached.purges.note(cached.first, failure: nil, at: 1)
    site.environment.wait(seconds: 1)
    #expect(site.get("/health").text.contains("\"warnings\":[]") && counter("accepted"))
    #expect(!site.get("/staff", staff.fields).text.contains("A cache cannot be reached"))
  }

  // MARK: Addresses of files

  @Test func pagesNameTheFileAndProgramsTheAddressThatStays() throws {
    let publication = try site.deposit(TestSite.record())
    let file = try #require(publication.file)
    try site.archive.texts.store(
      of: file, pages: ["Preface.", "Soundings."],
      contents: FileContents(
        pageCount: 2, blocks: [ReadingBlock(kind: .paragraph, text: "Preface.", page: 1)]),
      at: site.now)
    let base = "/publications/russia-and-the-koreas"
    let named = "\(base)/files/\(file.sha256).pdf"
    let stays = "https://papers.example.org\(base).pdf"
    for target in [base, "\(base)/text", "/search?q=soundings"] {
      let page = site.get(target).text
      // A page hit leads to the drawn page.
      let leads = target.hasPrefix("/search") ? "\(base)/pages/2" : named
      #expect(page.contains("=\"\(leads)"), "\(target)")
      #expect(!page.contains("=\"\(base).pdf"), "\(target)")
    }
    #expect(site.get(base).text.contains("name=\"citation_pdf_url\" content=\"\(stays)\""))
    #expect(site.get(base).fields.values(of: "Link").contains { $0.contains("<\(stays)>") })
    for target in ["/feed.atom", "/sitemap.xml", "\(base).json", "\(base).ris"] {
      let text = site.get(target).text
      #expect(text.contains("\(base).pdf") && !text.contains(file.sha256 + ".pdf"), "\(target)")
    }
    let response = site.get(named)
    #expect(
      response.fields["Content-Disposition"] == "inline; filename=\"Russia and the Koreas.pdf\"")
    #expect(response.fields.values(of: "Link").contains("<\(stays)>; rel=\"canonical\""))
  }

  @Test func aReplacedFileHasAnotherAddressOnThePage() throws {
    let publication = try site.deposit(TestSite.record())
    let old = try #require(publication.file?.sha256)
    let page = site.get("/publications/russia-and-the-koreas").text
    try make(.replaceFile, of: publication)
    let after = site.get("/publications/russia-and-the-koreas").text
    // The button is the first link to a file; earlier files have theirs below.
    let link = /href="\/publications\/russia-and-the-koreas\/files\/([0-9a-f]{64})\.pdf"/
    let (first, second) = (page.firstMatch(of: link), after.firstMatch(of: link))
    #expect(first.map { String($0.1) } == old)
    #expect(second != nil && second.map { String($0.1) } != old)
    let plain = site.get("/publications/russia-and-the-koreas.pdf")
    #expect(plain.entityTag != old && plain.fields["Cache-Control"] == "public, no-cache")
  }
}
