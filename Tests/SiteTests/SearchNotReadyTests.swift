import Archive
import HTTP
import Testing

@Suite("Before the search index is built, searches say so and nothing else waits")
struct SearchNotReadyTests {
  private let site: TestSite

  init() throws {
    var options = Archive.Options()
    options.indexWait = .zero
    site = try TestSite(options: options)
    for number in 1...3 { try site.deposit(TestSite.record("Study \(number)")) }
  }

  @Test(
    arguments: [
      ("/search?q=study", "text/html; charset=utf-8"),
      ("/api/search?q=study", "application/problem+json"),
      ("/suggest?q=stu", "application/problem+json"),
      ("/feed.atom?q=study", "text/html; charset=utf-8"),
    ])
  func aSearchIsUnavailable(_ target: String, _ type: String) throws {
    let response = site.get(target)
    #expect(response.status == .serviceUnavailable)
    #expect(response.fields["Retry-After"] == "2")
    #expect(response.fields["Content-Type"] == type)
    #expect(response.text.contains("0 of 3 publications"))
    #expect(site.environment.events.isEmpty)
    try site.archive.prepareSearch()
    #expect(site.get(target).status == .ok)
  }

  @Test(
    arguments: [
      "/", "/publications/study-1", "/feed.atom", "/sitemap.xml", "/search", "/api/publications",
      "/api/publications?author=Richard+Weitz&page=1", "/publications?author=Richard+Weitz",
    ])
  func pagesAreTheSame(_ target: String) throws {
    let before = site.get(target)
    #expect(before.status == .ok)
    try site.archive.prepareSearch()
    #expect(site.get(target).text == before.text)
  }

  @Test(
    arguments: [
      "/publications", "/publications?sort=title", "/publications?year=2010&topic=Korea", "/browse",
    ])
  func listsHaveNoAuthorsAndAreNotCached(_ target: String) throws {
    let before = site.get(target)
    #expect(before.status == .ok)
    #expect(before.fields["Cache-Control"] == "no-store")
    #expect(!before.isReusable)
    try site.archive.prepareSearch()
    let after = site.get(target)
    #expect(after.fields["Cache-Control"] != "no-store")
    #expect(after.text.count > before.text.count)
    for number in 1...3 where after.text.contains("/publications/study-\(number)\"") {
      #expect(before.text.contains("/publications/study-\(number)\""))
    }
  }

  @Test func theListOfAuthorsIsUnavailable() throws {
    #expect(site.get("/authors").status == .serviceUnavailable)
    try site.archive.prepareSearch()
    #expect(site.get("/authors").status == .ok)
  }
}
