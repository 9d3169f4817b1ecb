import Archive
import HTTP
import Site
import Testing

@Suite("Result clicks are counted without readers if the operator enables it")
struct OpeningTests {
  private func site(counting isCounting: Bool) throws -> TestSite {
    var settings = TestSite.settings
    settings.countsResultClicks = isCounting
    let site = try TestSite(settings)
    try site.deposit(TestSite.record())
    return site
  }

  private func staffPage(of site: TestSite) throws -> String {
    site.get("/staff/searches", try site.signIn().fields).text
  }

  @Test func withoutTheSettingNoLinkTellsAndNothingIsCounted() throws {
    let site = try site(counting: false)
    #expect(!site.get("/search?q=koreas").text.contains("ping="))
    #expect(site.post("/search/opened?q=koreas&place=1", []).status == .noContent)
    #expect(try site.archive.searchLog.queries(at: site.now).map(\.opened) == [0])
    #expect(try !staffPage(of: site).contains("Average position"))
  }

  @Test func aLinkTellsTheQueryAndItsPlace() throws {
    let site = try site(counting: true)
    let page = site.get("/search?q=koreas").text
    #expect(page.contains(#" ping="/search/opened?q=koreas&amp;place=1""#))
    // Of what was leafed through without words there is nothing to learn.
    #expect(!site.get("/search?topic=Korea").text.contains("ping="))
    let ping: Fields = ["Content-Type": "text/ping", "Ping-To": "https://papers.example.org/x"]
    let answer = site.post("/search/opened?q=koreas&place=1", [], ping)
    #expect(answer.status == .noContent)
    #expect(!answer.fields.has("Set-Cookie"))
    #expect(try site.archive.searchLog.queries(at: site.now).map(\.opened) == [1])
    #expect(try staffPage(of: site).contains("Average position"))
  }

  @Test(arguments: [
    "", "?q=koreas", "?q=koreas&place=0", "?q=koreas&place=x", "?place=1", "?q=%FF",
  ])
  func whatSaysNothingCountsNothing(query: String) throws {
    let site = try site(counting: true)
    _ = site.get("/search?q=koreas")
    #expect(site.post("/search/opened\(query)", []).status == .noContent)
    #expect(try site.archive.searchLog.queries(at: site.now).map(\.opened) == [0])
    #expect(site.get("/search/opened\(query)").status == .methodNotAllowed)
  }
}
