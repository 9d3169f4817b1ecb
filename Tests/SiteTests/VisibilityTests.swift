import Archive
import HTTP
import Site
import Testing

@Suite("What is not public stands on no address for readers")
struct VisibilityTests {
  /// All that readers and programs can ask for.
  static let addresses = [
    "/", "/publications", "/publications?year=1999", "/publications?topic=Zephyrs",
    "/publications?author=Zara+Zephyr", "/browse", "/search?q=zephyr", "/api/search?q=zephyr",
    "/feed.atom", "/sitemap.xml", "/subscribe", "/robots.txt", "/health", "/metrics",
  ]

  private func record() throws -> Record {
    try TestSite.record(
      "Zephyrine Fog", published: "1999-01-01", abstract: "On zephyrs.", authors: ["Zara Zephyr"],
      topics: ["Zephyrs"])
  }

  private func expectNothing(_ site: TestSite, _ publication: Publication) {
    for address in Self.addresses {
      let text = site.get(address).text.lowercased()
      // What was asked for is repeated; what was found is not there.
      #expect(!text.contains("zephyrine"), "\(address)")
      #expect(!text.contains(publication.slug.description), "\(address)")
    }
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
    site.surroundings.wait(seconds: 3600)
    #expect(site.get(Resource.publication(publication.slug).path).status == .ok)
    #expect(site.get("/").text.contains("Total Index: 1 publication."))
    #expect(site.get("/sitemap.xml").text.contains(publication.slug.description))
  }

  @Test func withdrawn() throws {
    let site = try TestSite()
    let publication = try site.deposit(record())
    _ = try site.archive.withdraw(
      publication.id, reason: "Table <3> was wrong.", by: .program, at: site.now)
    expectNothing(site, publication)
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
