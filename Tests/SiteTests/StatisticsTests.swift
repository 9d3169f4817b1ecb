import Archive
import HTTP
import Site
import Testing

@Suite("Staff see usage statistics and can download them as CSV")
struct StatisticsTests {
  private let site: TestSite
  private let publication: Publication

  init() throws {
    site = try TestSite()
    publication = try site.deposit(TestSite.record("=SUM(\"Rivers\", 2)"))
    for (date, requests) in [("2099-12-31", 2), ("2100-02-03", 5)] {
      let day = Day(of: try #require(Instant("\(date)T00:00:00Z")))
      let uses = Uses(
        investigations: 7, requests: requests, uniqueInvestigations: 3, uniqueRequests: 1)
      try site.archive.usage.add([DayUses(slug: publication.slug, day: day, uses: uses)])
    }
  }

  private func text(_ target: String) throws -> String {
    let (fields, _) = try site.signIn(as: .author)
    let response = site.get(target, fields)
    #expect(response.status == .ok)
    return response.text
  }

  @Test func thePageHasTheLastTwelveMonths() throws {
    let page = try text("/staff/statistics")
    #expect(page.contains("14 views of publications, including 7 full-text views"))
    #expect(page.contains(">December 2099<") && page.contains(">February 2100<"))
    #expect(page.contains("from=2099-04&amp;to=2100-03"))
    #expect(
      page.contains("=SUM(&quot;Rivers&quot;, 2)") || page.contains("=SUM(&#34;Rivers&#34;, 2)"))
  }

  @Test(arguments: [
    ("from=2100-02&to=2100-01", "from=2099-02&amp;to=2100-01"),
    ("from=0001-01&to=9999-12", "from=9999-01&amp;to=9999-12"),
    ("from=x&to=y", "from=2099-04&amp;to=2100-03"),
    ("to=2101-01", "from=2100-02&amp;to=2101-01"),
  ])
  func aSpanThatIsNoneBecomesTwelveMonths(_ query: String, shown expected: String) throws {
    #expect(try text("/staff/statistics?\(query)").contains(expected))
  }

  @Test func theFileHasARowForEachMetric() throws {
    let lines = try text("/staff/statistics.csv?from=2099-12&to=2100-02").split(separator: "\r\n")
    #expect(
      lines.first
        == "Item,Proprietary_ID,URI,Metric_Type,Reporting_Period_Total,2099-12,2100-01,2100-02")
    let slug = publication.slug.description
    let start =
      "\"'=SUM(\"\"Rivers\"\", 2)\",\(slug),https://papers.example.org/publications/\(slug),"
    let expected: [Substring] = [
      "\(start)Total_Item_Investigations,14,7,0,7", "\(start)Total_Item_Requests,7,2,0,5",
      "\(start)Unique_Item_Investigations,6,3,0,3", "\(start)Unique_Item_Requests,2,1,0,1",
    ]
    #expect(lines.dropFirst().elementsEqual(expected))
  }

  @Test(
    arguments: [
      ("by=topic", "<th scope=\"row\"><a href=\"/staff/statistics?topic=Korea&amp;by=month"),
      ("by=author", "?author=Richard+Weitz&amp;by=month"),
      ("by=month", "<th scope=\"row\">February 2100</th><td class=\"figure\">7</td>"),
      ("by=year&from=2099-01&to=2100-12", "<th scope=\"row\">2099</th><td class=\"figure\">7</td>"),
      ("by=nonsense", "?publication=sum-rivers-2&amp;by=month"),
      ("topic=Korea", "<a href=\"/publications?topic=Korea\">Korea</a>"),
      ("topic=Nothing", "No usage has been counted"),
      ("publication=sum-rivers-2&by=topic", "14 views of publications"),
    ])
  func theTableIsByWhatIsChosen(_ query: String, shows expected: String) throws {
    let page = try text("/staff/statistics?\(query)")
    #expect(page.contains(expected), "\(page)")
    #expect(imbalance(of: page) == nil)
  }

  @Test func aPublicationThatIsNotThereHasNoStatistics() throws {
    let (fields, _) = try site.signIn(as: .author)
    #expect(site.get("/staff/statistics?publication=nothing", fields).status == .notFound)
  }

  @Test(
    arguments: [
      ("by=topic", ["Korea,1,14,7,6,2", "R&D,1,14,7,6,2"]),
      ("by=author", ["Ana <b> O'Hara,1,14,7,6,2", "Richard Weitz,1,14,7,6,2"]),
      ("by=month&from=2099-01", ["2099-12,7,2,3,1", "2100-02,7,5,3,1"]),
      ("by=year&from=2099-01", ["2099,7,2,3,1", "2100,7,5,3,1"]),
      ("author=Richard%20Weitz&to=2100-01", ["2099-12,7,2,3,1"]),
    ])
  func theFileHasTheSameRows(_ query: String, _ expected: [String]) throws {
    let lines = try text("/staff/statistics.csv?\(query)").split(separator: "\r\n")
    #expect(lines.dropFirst().map(String.init) == expected)
  }

  @Test(arguments: ["/staff/statistics", "/staff/statistics.csv"])
  func nobodyElseSeesIt(_ target: String) {
    #expect(site.get(target).status == .seeOther)
  }
}
