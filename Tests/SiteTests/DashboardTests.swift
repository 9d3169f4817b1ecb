import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("Staff can find, schedule and delete drafts and see changes")
struct DashboardTests {
  let site: TestSite
  let staff: (fields: Fields, token: String)

  init() throws {
    site = try TestSite()
    staff = try site.signIn()
  }

  private func form(_ changes: [String: String] = [:]) -> [(String, String)] {
    TestSite.form(
      [
        "form-token": staff.token, "title": "Quiet Harbours", "published": "2010-02-25",
        "type": "report", "status": "draft",
      ], changes)
  }

  private func found(_ words: String) throws -> [String] {
    let words = PercentEncoding.encodedComponent(words)
    return site.get("/staff/publications?q=\(words)", staff.fields).text
      .matches(of: /<th scope="row"><a href="\/staff\/publications\/([a-z0-9-]*)"/).map {
        String($0.output.1)
      }
  }

  @Test(
    arguments: [
      ("harbours quiet", true), ("QUIET harb", true), ("angstrom quiet", true), ("Ångström", true),
      ("quiet-harbours", true), ("scan 0815", true), ("scan_0815.PDF", true), ("loud", false),
      ("quiet loud", false), ("  ", true), ("%", true),
    ])
  func aSearchTakesWordsInAnyOrder(_ words: String, _ isFound: Bool) throws {
    let path = site.archive.folder.incoming + "/one"
    try Data(TestSite.pdf).write(to: URL(fileURLWithPath: path))
    let publication = try site.archive.publications.deposit(
      Draft(record: try TestSite.record("Quiet Harbours", authors: ["Zoë Ångström"])),
      file: IncomingFile(path: path, name: "Scan_0815.pdf"), by: .program, at: site.now)
    #expect(try found(words) == (isFound ? [publication.slug.description] : []))
  }

  @Test func draftsShowTheirFileAndWhenTheyWereUploaded() throws {
    let answer = site.upload(
      Resource.newPublication.path, form(), file: TestSite.pdf, staff.fields)
    #expect(answer.status == .seeOther)
    let text = site.get("/staff/publications/quiet-harbours", staff.fields).text
    #expect(text.contains("paper.pdf") && text.contains("uploaded March 1, 2100"))
  }

  @Test func schedulingInThePastOffersToPublishNow() throws {
    let late = form(["status": "scheduled", "public-from": "2001-01-01T09:00"])
    let refused = site.upload(Resource.newPublication.path, late, file: TestSite.pdf, staff.fields)
    #expect(refused.status == .unprocessableContent)
    #expect(refused.text.contains("id=\"public-from-error\""))
    #expect(refused.text.contains("name=\"publish-now\""))
    #expect(refused.text.contains("value=\"2001-01-01T09:00\""))
    #expect(try site.archive.publications.count(at: site.now) == 0)
    let now = site.upload(
      Resource.newPublication.path, late + [("publish-now", "yes")], file: TestSite.pdf,
      staff.fields)
    #expect(now.status == .seeOther)
    #expect(try site.archive.publications.count(at: site.now) == 1)
    // What has come due is edited like anything that is public.
    let publication = try site.deposit(
      TestSite.record("Due"), status: .scheduled, publicFrom: site.now.adding(seconds: 60))
    site.environment.wait(seconds: 120)
    let page = site.get(Resource.record(publication.slug).path, staff.fields).text
    #expect(page.contains("<span class=\"badge published\">"))
  }

  @Test func aDraftIsDeletedAfterAQuestion() throws {
    let publication = try site.deposit(TestSite.record(), status: .draft)
    let path = Resource.deletion(publication.slug).path
    let file = site.archive.files.path(of: try #require(publication.file))
    #expect(
      site.get(Resource.record(publication.slug).path, staff.fields).text
        .contains("href=\"\(path)\""))
    let question = site.get(path, staff.fields)
    #expect(question.status == .ok && imbalance(of: question.text) == nil)
    #expect(question.text.contains("Russia and the Koreas"))
    #expect(FileManager.default.fileExists(atPath: file))
    #expect(site.post(path, [], staff.fields).status == .forbidden)
    #expect(site.post(path, [("form-token", staff.token)]).status == .forbidden)
    let done = site.post(path, [("form-token", staff.token)], staff.fields)
    #expect(done.status == .seeOther)
    #expect(!FileManager.default.fileExists(atPath: file))
    #expect(try site.archive.publications.forStaff(publication.slug) == nil)
    #expect(site.get(path, staff.fields).status == .notFound)
    #expect(try site.archive.verify().defects.isEmpty)
  }

  @Test func aFileThatOthersHaveStays() throws {
    let draft = try site.deposit(TestSite.record(), status: .draft)
    let other = try site.deposit(TestSite.record("Other"))
    try site.archive.publications.deleteDraft(draft.id, by: .program, at: site.now)
    let path = site.archive.files.path(of: try #require(other.file))
    #expect(FileManager.default.fileExists(atPath: path))
    #expect(site.get(Resource.document(other.slug).path).status == .ok)
  }

  @Test func whatWasPublicIsNotDeleted() throws {
    let publication = try site.deposit(TestSite.record())
    let path = Resource.deletion(publication.slug).path
    #expect(site.get(path, staff.fields).status == .forbidden)
    var draft = Draft(record: publication.record)
    draft.slug = publication.slug
    _ = try site.archive.publications.revise(publication.id, to: draft, by: .program, at: site.now)
    #expect(site.get(path, staff.fields).status == .forbidden)
    #expect(throws: DepositError.changedMeanwhile) {
      try site.archive.publications.deleteDraft(publication.id, by: .program, at: site.now)
    }
  }

  @Test(arguments: ["it has no pages", "not a PDF"])
  func whatReadersCannotSeeIsPublishedOnlyOnPurpose(_ reason: String) throws {
    let publication = try site.deposit(TestSite.record(), status: .draft)
    let file = try #require(publication.file)
    try site.archive.texts.storeFailure(
      of: file, reason: reason, pages: reason == "not a PDF" ? nil : 0)
    let path = Resource.record(publication.slug).path
    #expect(site.get(path, staff.fields).text.contains(reason))
    for status in ["published", "scheduled"] {
      let fields = form(["status": status, "public-from": "2101-01-01T09:00"])
      let refused = site.upload(path, fields, file: [], staff.fields, hasFile: false)
      #expect(refused.status == .unprocessableContent)
      #expect(refused.text.contains("id=\"file-error\""))
      #expect(refused.text.contains(reason) && refused.text.contains("name=\"publish-anyway\""))
    }
    #expect(try site.archive.publications.count(at: site.now) == 0)
    let fields = form(["status": "published", "publish-anyway": "yes"])
    #expect(
      site.upload(path, fields, file: [], staff.fields, hasFile: false).status == .seeOther)
    #expect(try site.archive.publications.count(at: site.now) == 1)
    // Published again after it was withdrawn, it warns again.
    _ = try site.archive.publications.withdraw(publication.id, by: .program, at: site.now)
    let again = Resource.publishing(publication.slug).path
    let token = ("form-token", staff.token)
    #expect(site.post(again, [token], staff.fields).status == .unprocessableContent)
    #expect(
      site.post(again, [token, ("publish-anyway", "yes")], staff.fields).status == .seeOther)
  }

  @Test func aScanWithoutTextIsPublishedLikeAnyOther() throws {
    let publication = try site.deposit(TestSite.record(), status: .draft)
    try site.archive.texts.storeFailure(
      of: try #require(publication.file), reason: "no text layer (scanned images)", pages: 3)
    let path = Resource.record(publication.slug).path
    let fields = form(["status": "published"])
    #expect(
      site.upload(path, fields, file: [], staff.fields, hasFile: false).status == .seeOther)
  }

  @Test func eachKindOfChangeIsAnEntryWithBeforeAndAfter() throws {
    let archive = site.archive
    let librarian = Actor("librarian")
    var publication = try site.deposit(TestSite.record(), status: .draft)
    func revise(_ change: (inout Draft) -> Void, file: String? = nil) throws {
      var draft = Draft(record: publication.record, status: publication.status)
      draft.publicFrom = publication.publicFrom
      change(&draft)
      var incoming: IncomingFile?
      if let file {
        let path = archive.folder.incoming + "/" + file
        try Data(TestSite.pdf + Array(file.utf8)).write(to: URL(fileURLWithPath: path))
        incoming = IncomingFile(path: path, name: file)
      }
      publication = try archive.publications.revise(
        publication.id, to: draft, file: incoming, by: librarian, at: site.now)
    }
    let later = site.now.adding(seconds: 86_400)
    try revise {
      $0.status = .scheduled
      $0.publicFrom = later
    }
    try revise { $0.status = .published }
    try revise { $0.slug = Slug("koreas") }
    try revise({ _ in }, file: "second.pdf")
    try revise { $0.record.title = "Russia and Korea" }
    try archive.publications.present(
      publication.id, as: Presentation(correction: "Page 3: read 1907."), by: librarian,
      at: site.now)
    try archive.publications.present(
      publication.id, as: Presentation(isFeatured: true, correction: "Page 4"), by: librarian,
      at: site.now)
    _ = try archive.publications.withdraw(publication.id, by: librarian, at: site.now)
    let entries = try archive.staff.auditLog(AuditFilter(actor: "librarian")).items.reversed()
    #expect(
      entries.map(\.action) == [
        .scheduled, .published, .renamed, .replaced, .revised, .corrected, .presented, .corrected,
        .withdrawn,
      ])
    let values = entries.map { [$0.before ?? "-", $0.after ?? "-"] }
    #expect(values[0] == ["draft", later.description])
    #expect(values[1] == ["scheduled", "published"])
    #expect(values[2] == ["russia-and-the-koreas", "koreas"])
    #expect(values[3][1].hasPrefix("second.pdf, "))
    #expect(values[4] == ["title: Russia and the Koreas", "title: Russia and Korea"])
    #expect(values[5] == ["-", "Page 3: read 1907."])
    #expect(values[6] == ["-", "featured"])
    #expect(values[7] == ["Page 3: read 1907.", "Page 4"])
    #expect(values[8] == ["published", "withdrawn"])
    let page = site.get("/staff/audit", staff.fields).text
    #expect(imbalance(of: page) == nil)
    #expect(page.contains(">Scheduled<") && page.contains("Page 3: read 1907."))
    // The old address still leads to what was done.
    #expect(try archive.staff.auditLog(AuditFilter(subject: "russia-and-the")).items.count >= 2)
  }
}

@Suite("Article pages with long records are readable")
struct LongRecordTests {
  let site: TestSite

  init() throws { site = try TestSite() }

  @Test(arguments: [(10, nil), (11, "and 1 more"), (95, "and 85 more")] as [(Int, String?)])
  func manyAuthorsAreFolded(_ count: Int, _ summary: String?) throws {
    let names = (1...count).map { "Author Number\($0)" }
    let publication = try site.deposit(TestSite.record(authors: names), pdf: nil)
    let text = site.get(Resource.publication(publication.slug).path).text
    #expect(imbalance(of: text) == nil)
    let head = try #require(text.components(separatedBy: "</header>").dropFirst().first)
    #expect(head.contains("<details>") == (summary != nil))
    if let summary { #expect(head.contains("<summary>\(summary)</summary>")) }
    for name in names { #expect(head.contains(">\(name)<")) }
  }

  @Test(
    arguments: [(20, "<h1 dir"), (100, "<h1 class=\"long\""), (250, "<h1 class=\"longest\"")])
  func longTitlesStepDown(_ length: Int, _ tag: String) throws {
    let title = String(repeating: "word ", count: length / 5).dropLast() + "s"
    let publication = try site.deposit(TestSite.record(String(title)), pdf: nil)
    #expect(site.get(Resource.publication(publication.slug).path).text.contains(tag))
  }

  @Test func theDownloadIsSavedAndTheViewerIsAnotherLink() throws {
    let publication = try site.deposit(TestSite.record("A/B: \"more\""))
    let text = site.get(Resource.publication(publication.slug).path).text
    let hash = try #require(publication.file?.sha256)
    let path = Resource.file(publication.slug, sha256: hash).path
    #expect(text.contains("href=\"\(path)\" download=\"A B more.pdf\">Download PDF</a>"))
    #expect(text.contains("<a class=\"button quiet\" href=\"\(path)\">"))
  }

  @Test func onlyStaffSeeTheLinkToTheRecord() throws {
    let publication = try site.deposit(TestSite.record(), pdf: nil)
    let path = Resource.publication(publication.slug).path
    let link = "href=\"\(Resource.record(publication.slug))\""
    let forged: Fields = ["Cookie": "__Host-offprint-session=0"]
    for fields in [[:], forged] as [Fields] {
      let answer = site.get(path, fields)
      #expect(answer.isReusable && !answer.text.contains(link))
    }
    let own = site.get(path, try site.signIn().fields)
    #expect(own.text.contains(link))
    #expect(!own.isReusable && own.entityTag == nil)
    #expect(own.fields["Cache-Control"] == "no-store")
  }

  @Test func recentlyAddedIsBesideTheLatest() throws {
    for number in 1...12 {
      try site.deposit(TestSite.record("New \(number)", published: "2020"), pdf: nil)
    }
    #expect(!site.get("/").text.contains("Recently added"))
    site.environment.wait(seconds: 60)
    let old = try site.deposit(TestSite.record("Old but added", published: "1950"), pdf: nil)
    let text = site.get("/").text
    #expect(imbalance(of: text) == nil)
    let added = try #require(text.components(separatedBy: "id=\"added\"").dropFirst().first)
    #expect(added.contains("href=\"\(Resource.publication(old.slug))\""))
  }
}
