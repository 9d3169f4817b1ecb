import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("Programs collect usage statistics by COUNTER 5.1")
struct CounterTests {
  private static let key = "1b0a6f0e-7a43-4b53-9f21-6d0f7a9d3c11"
  private let site: TestSite

  init() throws {
    var settings = TestSite.settings
    settings.counterKey = Self.key
    site = try TestSite(settings)
    let report = try site.deposit(TestSite.record(), pdf: nil)
    var book = try TestSite.record("A Book of Rivers", published: "1999", type: .book)
    (book.licence, book.doi, book.series) = (nil, nil, nil)
    let bookSlug = try site.deposit(book, pdf: nil).slug
    var article = try TestSite.record("=An article", type: .article)
    (article.doi, article.issn) = (nil, ISSN("2049-3630"))
    let articleSlug = try site.deposit(article, pdf: nil).slug
    article.title = "Another article"
    let other = try site.deposit(article, pdf: nil).slug
    for (slug, date, uses) in [
      (report.slug, "2100-01-15", Uses(5, 2, 3, 1)), (report.slug, "2100-01-16", Uses(1, 0, 1, 0)),
      (report.slug, "2100-02-01", Uses(4, 4, 2, 2)), (report.slug, "2100-03-01", Uses(9, 9, 9, 9)),
      (bookSlug, "2100-02-28", Uses(2, 1, 2, 1)), (articleSlug, "2100-02-02", Uses(1, 0, 1, 0)),
      (other, "2100-02-03", Uses(3, 3, 1, 1)),
    ] {
      let day = Day(of: try #require(Instant("\(date)T00:00:00Z")))
      try site.archive.usage.add([DayUses(slug: slug, day: day, uses: uses)])
    }
  }

  private func get(_ path: String, _ query: String = "") -> Response {
    let key = "api_key=\(Self.key)&customer_id=0000000000000000"
    return site.get("/counter/r51/\(path)?\(key)\(query.isEmpty ? "" : "&" + query)")
  }

  private func report(_ name: String, _ query: String) throws -> [String: Any] {
    let response = get("reports/\(name)", "begin_date=2100-01-01&end_date=2100-02-28" + query)
    #expect(response.status == .ok)
    #expect(response.fields["Content-Type"] == "application/json")
    return try object(response.text)
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func items(_ report: [String: Any]) throws -> [[String: Any]] {
    let list = try #require(report["Report_Items"] as? [[String: Any]])
    return list.first?["Items"] as? [[String: Any]] ?? list
  }

  private func header(_ report: [String: Any]) throws -> [String: Any] {
    try #require(report["Report_Header"] as? [String: Any])
  }

  private func codes(_ report: [String: Any]) throws -> [Int] {
    try (header(report)["Exceptions"] as? [[String: Any]] ?? []).compactMap { $0["Code"] as? Int }
  }

  private func performance(_ item: [String: Any]) -> [String: [String: Int]] {
    let parts = item["Attribute_Performance"] as? [[String: Any]] ?? []
    return parts.first?["Performance"] as? [String: [String: Int]] ?? [:]
  }

  @Test func theHeaderHasWhatTheSpecificationRequires() throws {
    let header = try header(try report("tr", "&attributes_to_show=YOP%7CAccess_Type"))
    let names: Set = [
      "Report_Name", "Report_ID", "Release", "Institution_Name", "Institution_ID",
      "Report_Filters", "Report_Attributes", "Created", "Created_By", "Registry_Record",
    ]
    #expect(Set(header.keys) == names)
    #expect(header["Report_Name"] as? String == "Title Report")
    #expect(header["Report_ID"] as? String == "TR" && header["Release"] as? String == "5.1")
    #expect(header["Institution_Name"] as? String == "The World")
    let institution = header["Institution_ID"] as? [String: [String]]
    #expect(institution == ["Proprietary": ["papers.example.or:0000000000000000"]])
    let filters = header["Report_Filters"] as? [String: String]
    #expect(filters == ["Begin_Date": "2100-01-01", "End_Date": "2100-02-28"])
    let attributes = header["Report_Attributes"] as? [String: [String]]
    #expect(attributes == ["Attributes_To_Show": ["YOP", "Access_Type"]])
    #expect(header["Created"] as? String == "2100-03-01T12:00:00Z")
    #expect(header["Registry_Record"] as? String == "")
  }

  @Test func anItemReportHasEachPublicationWithItsMonths() throws {
    let report = try report("ir", "&attributes_to_show=Authors%7CPublication_Date%7CYOP")
    let groups = try #require(report["Report_Items"] as? [[String: Any]])
    #expect(groups.count == 1 && groups[0].keys.elementsEqual(["Items"]))
    let items = try items(report)
    #expect(items.count == 4)
    let first = items[0]
    #expect(first["Item"] as? String == "Russia and the Koreas")
    #expect(first["Publisher"] as? String == "Institute <for> Pacific & Studies")
    #expect(first["Publication_Date"] as? String == "2010-02-25")
    #expect((first["Authors"] as? [[String: String]])?.first == ["Name": "Richard Weitz"])
    let identifiers = first["Item_ID"] as? [String: String]
    #expect(
      identifiers == [
        "DOI": "10.1000/182", "Proprietary": "papers.example.or:russia-and-the-koreas",
        "URI": "https://papers.example.org/publications/russia-and-the-koreas",
      ])
    #expect(
      performance(first) == [
        "Total_Item_Investigations": ["2100-01": 6, "2100-02": 4],
        "Total_Item_Requests": ["2100-01": 2, "2100-02": 4],
        "Unique_Item_Investigations": ["2100-01": 4, "2100-02": 2],
        "Unique_Item_Requests": ["2100-01": 1, "2100-02": 2],
      ])
    let types = items.map { item in
      (item["Attribute_Performance"] as? [[String: Any]])?.first?["Data_Type"] as? String
    }
    #expect(types == ["Report", "Book_Segment", "Article", "Article"])
    // Only the year is known.
    #expect(items[1]["Publication_Date"] == nil)
    #expect(performance(items[1])["Unique_Title_Requests"] == nil)
  }

  @Test func aTitleReportAddsArticlesUpInTheirSeries() throws {
    let items = try items(try report("tr", "&attributes_to_show=Access_Type"))
    #expect(
      items.map { $0["Title"] as? String } == [
        "Russia and the Koreas", "A Book of Rivers", "Asia Papers",
      ])
    #expect(performance(items[1])["Unique_Title_Requests"] == ["2100-02": 1])
    #expect((items[2]["Item_ID"] as? [String: String])?["Online_ISSN"] == "2049-3630")
    #expect(performance(items[2])["Total_Item_Investigations"] == ["2100-02": 4])
    let access = items.map { item in
      (item["Attribute_Performance"] as? [[String: Any]])?.first?["Access_Type"] as? String
    }
    #expect(access == ["Open", "Free_To_Read", "Open"])
  }

  @Test(
    arguments: [
      ("tr", "&metric_type=Total_Item_Requests", 3, []),
      ("ir", "&metric_type=Total_Item_Requests", 3, []),
      ("ir", "&data_type=Report%7CArticle", 3, []),
      ("ir", "&data_type=Book", 0, [3030]),
      ("tr", "&data_type=Book%7CArticle", 1, [3060]),
      ("ir", "&yop=1990-1999", 1, []),
      ("ir", "&yop=2010%7C1999", 4, []),
      ("ir", "&yop=99", 4, [3060]),
      ("ir", "&access_type=Controlled", 0, [3030]),
      ("ir", "&access_type=Open%7CFree", 3, [3060]),
      ("ir", "&access_method=TDM", 0, [3030]),
      ("ir", "&metric_type=Searches_Platform", 4, [3060]),
      ("ir", "&metric_type=Unique_Title_Requests", 4, [3060]),
      ("tr", "&attributes_to_show=Authors", 3, [3062]),
      ("ir", "&granularity=Totals", 4, [3062]),
      ("ir", "&include_component_details=True", 4, [3063]),
      ("ir", "&colour=red&country_code=SE", 4, [3060, 3050]),
      ("ir", "&include_parent_details=False&granularity=Month&requestor_id=x", 4, []),
    ] as [(String, String, Int, [Int])])
  func filtersAreAppliedAndUnknownOnesNamed(
    _ name: String, _ query: String, _ count: Int, _ expected: [Int]
  ) throws {
    let report = try report(name, query)
    #expect(try items(report).count == count)
    #expect(try codes(report) == expected)
  }

  @Test(
    arguments: [
      ("begin_date=2100-01&end_date=2100-01", 200, 0),
      ("begin_date=2100-02-01&end_date=2100-12-31", 200, 3031),
      ("begin_date=2099-01-01&end_date=2100-01-31", 200, 3032),
      ("begin_date=2099-01-01&end_date=2099-01-31", 200, 3032),
      ("begin_date=2100-01-01", 400, 1030), ("end_date=2100-01-31", 400, 1030),
      ("begin_date=2100-02-01&end_date=2100-01-31", 400, 3020),
      ("begin_date=2100-01-02&end_date=2100-01-31", 400, 3020),
      ("begin_date=2100-01-01&end_date=2100-01-30", 400, 3020),
      ("begin_date=2100-13-01&end_date=2100-01-31", 400, 3020),
      ("begin_date=yesterday&end_date=", 400, 3020),
      ("begin_date=2100-03-01&end_date=2100-03-31", 400, 3020),
      ("begin_date=2200-01-01&end_date=2200-01-31", 400, 3020),
    ])
  func datesAreWholeMonthsThatAreOver(_ query: String, _ status: Int, _ code: Int) throws {
    let response = get("reports/ir", query)
    #expect(response.status.code == status)
    let answer = try object(response.text)
    if status == 200 {
      #expect(try codes(answer).first ?? 0 == code)
      let filters = try header(answer)["Report_Filters"] as? [String: String]
      #expect(filters?["End_Date"]?.hasPrefix("2100-03") == false)
    } else {
      #expect(answer["Code"] as? Int == code)
      #expect(answer["Message"] as? String != nil)
    }
  }

  @Test(
    arguments: [
      ("", 400, 1030), ("api_key=\(key)", 400, 1030),
      ("customer_id=0000000000000000", 400, 1030),
      ("api_key=wrong&customer_id=0000000000000000", 401, 2020),
      ("api_key=&customer_id=0000000000000000", 401, 2020),
      ("api_key=\(key)&customer_id=C1", 403, 2010),
    ])
  func nobodyElseGetsReports(_ query: String, _ status: Int, _ code: Int) throws {
    for path in ["members", "reports", "reports/tr", "reports/ir"] {
      let dates = "begin_date=2100-01&end_date=2100-01"
      let response = site.get("/counter/r51/\(path)?\(query)&\(dates)")
      #expect(response.status.code == status, "\(path)")
      #expect(try object(response.text)["Code"] as? Int == code, "\(path)")
    }
  }

  @Test func withoutAKeyOnlyTheStatusAnswers() throws {
    let closed = try TestSite()
    let status = closed.get("/counter/r51/status")
    #expect(status.status == .ok)
    #expect(status.text.hasPrefix("[{") && status.text.contains("\"Service_Active\":false"))
    let response = closed.get("/counter/r51/reports?api_key=&customer_id=0000000000000000")
    #expect(response.status == .unauthorized)
    #expect(site.get("/counter/r51/status").text.contains("\"Service_Active\":true"))
  }

  @Test func theListNamesTheReportsAndTheirMonths() throws {
    let list = try #require(
      try JSONSerialization.jsonObject(with: Data(get("reports").text.utf8))
        as? [[String: String]])
    #expect(list.map { $0["Report_ID"] } == ["TR", "IR"])
    for report in list {
      #expect(report["First_Month_Available"] == "2100-01")
      #expect(report["Last_Month_Available"] == "2100-02")
      #expect(report["Path"]?.hasPrefix("/counter/r51/reports/") == true)
    }
    #expect(get("members").text.contains("\"Customer_ID\":\"0000000000000000\""))
    #expect(get("reports/pr").status == .notFound)
    #expect(site.get("/counter/r5/status").status == .notFound)
  }

  @Test func whatWasTakenBackIsNotNamed() throws {
    let slug = try #require(Slug("another-article"))
    let publication = try #require(try site.archive.publications.forStaff(slug, at: site.now))
    var draft = Draft(record: publication.record)
    (draft.slug, draft.record.title) = (slug, "A secret")
    _ = try site.archive.publications.revise(publication.id, to: draft, by: .program, at: site.now)
    let response = get("reports/ir", "begin_date=2100-01&end_date=2100-02")
    #expect(!response.text.contains("secret") && !response.text.contains("Another article"))
    #expect(response.text.contains("papers.example.or:another-article"))
  }

  @Test func staffGetTheSameAsATableForSpreadsheets() throws {
    let fields = try site.signIn(as: .author).fields
    let response = site.get("/staff/statistics/ir.tsv?from=2100-01&to=2100-02", fields)
    #expect(response.status == .ok)
    #expect(response.fields["Content-Type"]?.hasPrefix("text/tab-separated-values") == true)
    let rows = response.text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    #expect(
      rows.prefix(13).map { $0[0] } == [
        "Report_Name", "Report_ID", "Release", "Institution_Name", "Institution_ID",
        "Metric_Types", "Report_Filters", "Report_Attributes", "Exceptions", "Reporting_Period",
        "Created", "Created_By", "Registry_Record",
      ])
    #expect(rows[9][1] == "Begin_Date=2100-01-01; End_Date=2100-02-28")
    #expect(rows[13] == [""])
    #expect(
      rows[14] == [
        "Item", "Publisher", "Publisher_ID", "Platform", "Authors", "Publication_Date", "DOI",
        "Proprietary_ID", "ISBN", "Print_ISSN", "Online_ISSN", "URI", "Data_Type", "YOP",
        "Access_Type", "Metric_Type", "Reporting_Period_Total", "Jan-2100", "Feb-2100",
      ])
    for row in rows[15...].dropLast() { #expect(row.count == rows[14].count) }
    #expect(Array(rows[15].suffix(4)) == ["Total_Item_Investigations", "10", "6", "4"])
    // A spreadsheet must not run what is in a title.
    #expect(response.text.contains("\n'=An article\t"))
    #expect(site.get("/staff/statistics/tr.json?from=2100-01&to=2100-02", fields).status == .ok)
    #expect(site.get("/staff/statistics/tr.json").status == .seeOther)
    #expect(site.get("/staff/statistics/tr.xlsx", fields).status == .notFound)
  }
}

extension Uses {
  fileprivate init(_ views: Int, _ requests: Int, _ uniqueViews: Int, _ uniqueRequests: Int) {
    self.init(
      investigations: views, requests: requests, uniqueInvestigations: uniqueViews,
      uniqueRequests: uniqueRequests)
  }
}
