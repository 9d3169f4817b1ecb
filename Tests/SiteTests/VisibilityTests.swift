import Archive
import HTTP
import Site
import Testing

@Suite("Nothing that is not public is visible to readers")
struct VisibilityTests {
  /// All that readers and programs can ask for, beside what is of one publication.
  static let addresses: [String] =
    ResourceTests.all.filter { !$0.isForStaff && $0.route.methods.contains(.get) }.map(\.path) + [
      "/publications?year=1999", "/publications?topic=Zephyrs", "/publications?author=Zara+Zephyr",
      "/publications?type=report", "/publications?language=en", "/search?q=zephyr",
      "/api/search?q=zephyr", "/feed.atom?topic=Zephyrs", "/feed.atom?author=Zara+Zephyr",
      "/feed.atom?q=zephyr", "/oai?verb=Identify", "/oai?verb=ListSets",
      "/oai?verb=ListRecords&metadataPrefix=oai_dc",
      "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc&set=year:1999",
      "/api/publications?year=1999", "/api/publications?q=zephyr", "/suggest?q=zeph",
      "/related?text=zephyr", "/api/related?text=zephyr", "/related?slug=zephyrine-fog&page=1",
      "/api/related?slug=zephyrine-fog&page=1",
    ]

  /// Every address that is of one publication.
  static func addresses(of slug: Slug) -> [String] {
    guard let other = Slug("russia-and-the-koreas") else { return [] }
    let paths = ResourceTests.all.filter { !$0.isForStaff && $0.path.contains("/\(other)") }
      .map { $0.path.replacing("/\(other)", with: "/\(slug)") }
    return Array(Set(paths)).sorted()
  }

  private func record() throws -> Record {
    try TestSite.record(
      "Zephyrine Fog", published: "1999-01-01", abstract: "On zephyrs.", authors: ["Zara Zephyr"],
      topics: ["Zephyrs"])
  }

  private func expectNothing(
    _ site: TestSite, _ publication: Publication, isGone: Bool = false
  ) {
    for address in Self.addresses {
      let text = site.get(address).text.lowercased()
      // What was asked for is repeated; what was found is not there.
      #expect(!text.contains("zephyrine fog"), "\(address)")
      // Harvesters are told for ever what was withdrawn, and nothing else of it.
      let isTold = isGone && address.hasPrefix("/oai?verb=List")
      #expect(!text.contains(publication.slug.description) || isTold, "\(address)")
    }
    for address in Self.addresses(of: publication.slug) {
      let answer = site.get(address)
      let text = answer.text.lowercased()
      // A name that only it has is in no list.
      let isName = ["/authors/", "/topics/", "/series/"].contains(where: address.hasPrefix)
      #expect(answer.status == (isGone && !isName ? .gone : .notFound), "\(address)")
      #expect(isGone || !text.contains("zephyrine fog"), "\(address)")
      #expect(!text.contains("on zephyrs."), "\(address)")
    }
    let record = site.get(
      "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:papers.example.org:"
        + publication.slug.description)
    #expect(record.text.contains(isGone ? "status=\"deleted\"" : "idDoesNotExist"))
    #expect(!record.text.contains("Zephyrine"))
    #expect(site.get("/").text.contains("Total Index: 0 publications."))
  }

  @Test(arguments: [Publication.Status.draft, .review])
  func unpublished(_ status: Publication.Status) throws {
    let site = try TestSite()
    let publication = try site.deposit(record(), status: status)
    expectNothing(site, publication)
    #expect(site.get(Resource.publication(publication.slug).path).status == .notFound)
    #expect(site.get(Resource.document(publication.slug).path).status == .notFound)
  }

  @Test func scheduledUntilItsMoment() throws {
    let site = try TestSite()
    let publication = try site.deposit(
      record(), status: .scheduled, publicFrom: site.now.adding(seconds: 3600))
    expectNothing(site, publication)
    #expect(site.get(Resource.publication(publication.slug).path).status == .notFound)
    #expect(site.get(Resource.document(publication.slug).path).status == .notFound)
    site.environment.wait(seconds: 3600)
    #expect(site.get(Resource.publication(publication.slug).path).status == .ok)
    #expect(site.get("/").text.contains("Total Index: 1 publication."))
    #expect(site.get("/sitemap.xml").text.contains(publication.slug.description))
    // Once that is written down, a clock that is put back hides it no more.
    try site.archive.publications.publishDue(at: site.now)
    site.environment.wait(seconds: -3_000_000_000)
    #expect(site.get(Resource.publication(publication.slug).path).status == .ok)
    #expect(site.get("/").text.contains("Total Index: 1 publication."))
    #expect(site.get("/feed.atom").text.contains(publication.slug.description))
    #expect(site.get("/search?q=zephyr").text.contains(publication.slug.description))
  }

  @Test("A publication that is a draft again answers 410 and shows nothing")
  func takenBack() throws {
    let site = try TestSite()
    let publication = try site.deposit(record())
    var draft = Draft(record: publication.record, status: .draft)
    draft.record.title = "Unannounced title"
    _ = try site.archive.publications.revise(
      publication.id, to: draft, by: .program, at: site.now)
    let resources: [Resource] = [
      .publication(publication.slug), .document(publication.slug), .cover(publication.slug),
      .publicationAPI(publication.slug),
    ]
    for resource in resources {
      let answer = site.get(resource.path)
      #expect(answer.status == .gone, "\(resource.path)")
      for text in ["Unannounced", publication.record.title] {
        #expect(!answer.text.contains(text), "\(resource.path)")
      }
    }
    let harvest = site.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").text
    #expect(harvest.contains("<header status=\"deleted\">") && !harvest.contains("Unannounced"))
  }

  @Test func withdrawn() throws {
    let site = try TestSite()
    let publication = try site.deposit(record())
    _ = try site.archive.publications.withdraw(
      publication.id, reason: "Table <3> was wrong.", by: .program, at: site.now)
    expectNothing(site, publication, isGone: true)
    let harvest = site.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").text
    #expect(harvest.contains("<header status=\"deleted\">"))
    for resource in [Resource.publication(publication.slug), .document(publication.slug)] {
      let answer = site.get(resource.path)
      #expect(answer.status == .gone)
      #expect(answer.text.contains("Zephyrine Fog"))
      #expect(answer.text.contains("Table &lt;3&gt; was wrong."))
      #expect(!answer.text.contains("citation_"))
      #expect(!answer.text.contains("Download PDF"))
    }
  }
}
