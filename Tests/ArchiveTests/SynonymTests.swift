import Archive
import Search
import Testing

@Suite("A search finds what has another term with the same meaning")
struct SynonymTests {
  private let store: TemporaryArchive
  private var archive: Archive { store.archive }

  init() throws {
    store = try TemporaryArchive()
    try store.deposit(
      "Sanctions on North Korea", abstract: "Trade of the state.", topics: ["Asia"],
      published: "2010-05-01")
    try store.deposit(
      "Sanctions and missiles", abstract: "How the DPRK answers.", topics: ["Asia"],
      published: "2012-05-01")
    try store.deposit(
      "Korea and the north wind", abstract: "Weather of the peninsula.", topics: ["Climate"],
      published: "2014-05-01")
    try archive.synonyms.replace(
      by: [
        ["DPRK", "North Korea", "Democratic People\u{2019}s Republic of Korea"],
        ["SME", "small business"],
      ],
      by: .program, at: noon)
  }

  private func results(_ query: String, _ order: SearchOrder = .relevance) throws -> SearchResults {
    try archive.search(SearchQuery(query), order: order, countsFacets: true, at: noon)
  }

  private func titles(_ query: String, _ order: SearchOrder = .relevance) throws -> [String] {
    try results(query, order).results.map(\.publication.record.title)
  }

  private static let both = ["Sanctions and missiles", "Sanctions on North Korea"]

  @Test(
    arguments: [
      ("DPRK", both), ("dprk sanctions", both), ("\"dprk\"", both), ("\"North Korea\"", both),
      ("\"Democratic People\u{2019}s Republic of Korea\"", both),
      ("title:DPRK", ["Sanctions on North Korea"]),
      // A part of a phrase is not a term, and what is excluded is not looked for.
      ("\"sanctions on north korea\"", ["Sanctions on North Korea"]),
      ("sanctions -dprk", ["Sanctions on North Korea"]),
    ])
  func query(_ query: String, finds expected: [String]) throws {
    #expect(try titles(query).sorted() == expected)
  }

  @Test func wordsOfATermThatStandApartAreNotTheTerm() throws {
    #expect(try !titles("DPRK").contains("Korea and the north wind"))
    #expect(try results("korea wind north").otherTerms == [])
  }

  @Test func readersAreToldWhatElseWasSearchedFor() throws {
    #expect(try results("dprk").otherTerms == ["North Korea"])
    #expect(try results("wind").otherTerms == [])
    // The archive has neither: nothing is found, and nothing is said.
    #expect(try results("SME").otherTerms == [])
  }

  @Test func aKnownTermIsNoMisspelling() throws {
    try archive.synonyms.replace(by: [["winf", "north wind"]], by: .program, at: noon)
    let found = try results("winf")
    #expect(found.correction == nil && found.otherTerms == ["north wind"])
    #expect(found.results.map(\.publication.record.title) == ["Korea and the north wind"])
  }

  @Test func facetsAndOrdersAreThoseOfAllResults() throws {
    let found = try results("dprk", .oldest)
    #expect(found.results.map(\.publication.record.title) == Self.both.reversed())
    #expect(found.total == 2 && found.facets?.topics.map(\.publications) == [2])
    #expect(try titles("dprk", .newest) == Self.both)
  }

  @Test func theSnippetHasTheTermThatFoundIt() throws {
    let found = try results("north korea missiles")
    let snippet = try #require(
      found.results.first { $0.publication.record.title == "Sanctions and missiles" }?.snippet)
    #expect(snippet.segments.filter(\.isMatch).map(\.text).contains("DPRK"))
  }

  @Test func theListIsKept() throws {
    let groups = [["a", "b"], ["EU", "European Union", "Union"]]
    try archive.synonyms.replace(by: groups, by: .program, at: noon)
    #expect(try archive.synonyms.groups() == groups)
    #expect(try titles("DPRK") == ["Sanctions and missiles"])
    let audited = try archive.staff.auditLog().items.first
    #expect(
      audited?.subject == "synonyms" && audited?.after?.contains("EU = European Union") == true)
  }
}
