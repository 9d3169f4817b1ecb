import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("The search page describes its results")
struct SearchPageTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.deposit(TestSite.record())
    for number in 1...24 {
      try site.deposit(try TestSite.record("Bridge funding \(number)", published: "2011"), pdf: nil)
    }
  }

  private func object(_ target: String) throws -> [String: Any] {
    let answer = site.get(target)
    #expect(answer.status == .ok)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? [String: Any])
  }

  @Test("A correction that is applied is followed by the count of what it finds")
  func correction() {
    let page = site.get("/search?q=bridgse+fundnig").text
    #expect(page.contains("No results for “bridgse fundnig”"))
    #expect(page.contains("24 publications for “bridge funding”"))
  }

  @Test("A phrase that nothing has is said to be missing before anything is counted")
  func phrase() throws {
    for query in ["\"purple+bridge+elephants\"", "«purple+bridge+elephants»"] {
      let encoded = query.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? ""
      let page = site.get("/search?q=\(encoded)").text
      #expect(page.contains("No results for the phrase “purple bridge elephants”"))
      #expect(page.contains("24 publications"))
      #expect(!page.contains("24 publications for"))
      let answer = try object("/api/search?q=\(encoded)")
      #expect(answer["missingPhrases"] as? [String] == ["purple bridge elephants"])
      #expect(answer["total"] as? Int == 24)
    }
    #expect(try object("/api/search?q=%22bridge+funding%22")["missingPhrases"] == nil)
  }

  @Test("No results give search tips")
  func tips() {
    for query in ["/search?q=xyzzyx", "/search"] {
      #expect(site.get(query).text.contains("Search tips"))
    }
    #expect(!site.get("/search?q=bridge").text.contains("Search tips"))
  }

  @Test(
    "What stands behind the last result is an empty list",
    arguments: [
      "offset=24", "offset=25", "offset=9999", "offset=10000", "offset=10001",
      "offset=99999999999999999999999", "offset=0&limit=0",
    ])
  func offset(_ values: String) throws {
    let answer = try object("/api/search?q=bridge&\(values)")
    #expect((answer["results"] as? [Any])?.isEmpty == true)
    #expect(answer["total"] as? Int == 24)
  }

  @Test("A client that pages sees each result once and ends", arguments: [1, 7, 24, 100, 1000])
  func paging(_ limit: Int) throws {
    var slugs: [String] = []
    var requests = 0
    while requests < 30 {
      let answer = try object("/api/search?q=bridge&limit=\(limit)&offset=\(slugs.count)")
      requests += 1
      let results = answer["results"] as? [[String: Any]] ?? []
      if results.isEmpty { break }
      slugs += results.compactMap { $0["slug"] as? String }
    }
    #expect(slugs.count == 24)
    #expect(Set(slugs).count == 24)
  }

  @Test(
    "Pages beyond the last have no results",
    arguments: ["3", "50", "51", "52", "9999999999999999999999"])
  func pages(_ page: String) {
    #expect(site.get("/search?q=bridge&page=\(page)").text.contains("no results on this page"))
  }
}
