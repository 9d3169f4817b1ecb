import Archive
import Search
import Testing

@Suite("A question is answered by the sentences that match it best")
struct PassageTests {
  private let store: TemporaryArchive

  init() throws { store = try TemporaryArchive() }

  private func result(of pages: [String], abstract: String = "", _ query: String) throws
    -> SearchResult
  {
    let publication = try store.deposit(
      "Report", abstract: abstract, file: try store.incoming("%PDF- 1"))
    let file = try #require(publication.file)
    try store.archive.texts.store(of: file, pages: pages, at: noon)
    return try #require(try store.archive.search(SearchQuery(query), at: noon).results.first)
  }

  /// A line as long as those of a page, which goes on in the next one.
  private static let filler = String(
    repeating: "The winter was long, and nothing else of any weight was written down that year. ",
    count: 4)

  @Test(
    "Sentences end at their marks, not at those of abbreviations, initials and numbers",
    arguments: [
      (
        "Dr. J. R. Smith of the U.S. Navy paid 3.5 million for dredging, i.e. for sand.",
        "dredging"
      ),
      ("See Fig. 3 and pp. 12–14 of vol. 2 on dredging, e.g. at St. John.", "dredging"),
      (
        "He left the U.S. Navy in Jan. 1990 with Smith et al. and the dredging company.", "dredging"
      ),
      ("1. The first of the rules is about dredging.", "dredging"),
      ("Is “dredging.” the right word?", "dredging"),
      ("The price of dredging (3.2 per cent.) fell to 1.5 in no. 7 of the series!", "dredging"),
    ])
  func isOneSentence(_ sentence: String, _ query: String) throws {
    let page = "\(Self.filler)\(sentence) \(Self.filler)"
    let text = try result(of: [page], query).pages.first?.snippet.text ?? ""
    #expect(text.contains(sentence))
    #expect(text.hasPrefix("… ") && text.hasSuffix(" …"))
    let others = text.trimmingPrefix("… ").replacing(sentence, with: "")
      .replacing(
        "The winter was long, and nothing else of any weight was written down that year.", with: "")
    #expect(others.allSatisfy { $0 == " " || $0 == "…" }, "\(text)")
  }

  @Test(
    "The best sentences of a page",
    arguments: [
      // More words of the query, nearer each other.
      (
        """
        Sand is cheap. \(filler)The dredging of sand costs more each year. \(filler)Dredging is loud.
        """, "costs of dredging sand", "The dredging of sand costs more each year."
      ),
      // A heading is no part of the sentence below it.
      (
        "Dredging in winter\nThe dredging of sand began in 1990 and has gone on since, but at night.\n"
          + "It is loud and it is cold, and no one of those who are asked to do it is glad of it.",
        "sand dredging", "The dredging of sand began in 1990 and has gone on since, but at night."
      ),
      // A whole sentence rather than the end of one from the page before.
      (
        "of sand and of dredging. The ships are old.\n\(filler)Dredging of sand began.",
        "sand dredging",
        "Dredging of sand began."
      ),
      // No caption, no entry of the contents, no note's number.
      (
        "Table 3. Sand by dredging\n\nContents\nSand dredging ........ 5\nSand from dredging .... 9\n\n"
          + "12 The sand of dredging has many uses.", "sand dredging",
        "The sand of dredging has many uses."
      ),
      ("港口很大。疏浚工程从今年开始。船很多。", "疏浚工程", "疏浚工程从今年开始。"),
    ])
  func best(_ page: String, _ query: String, _ expected: String) throws {
    let text = try result(of: [page], query).pages.first?.snippet.text ?? ""
    #expect(text.contains(expected))
    #expect(!text.contains("....") && !text.contains("Table 3") && !text.contains("12 The"))
    #expect(!text.hasPrefix("of sand"))
  }

  @Test func aLongSentenceIsShortened() throws {
    let words = String(repeating: "and of many other things ", count: 60)
    let snippet = try result(of: ["It is \(words) of dredging \(words)."], "dredging").pages.first?
      .snippet
    let text = snippet?.text ?? ""
    #expect(text.hasPrefix("… ") && text.hasSuffix(" …") && text.utf8.count < 300)
    #expect(snippet?.segments.filter(\.isMatch).map(\.text) == ["dredging"])
  }

  @Test func thePassageOfAPageIsShownIfItMatchesBetterThanTheAbstract() throws {
    let pages = ["Nothing.", "The dredging of sand costs more each year."]
    let better = try result(of: pages, abstract: "Of sand.", "costs of dredging sand")
    #expect(better.bestPage?.page == 2)
    let abstract = try result(
      of: pages, abstract: "The dredging of sand costs more each year.", "costs of dredging sand")
    #expect(abstract.bestPage == nil)
  }

  @Test(
    "The words that stand for others are named",
    arguments: [
      ("harbor", "The harbours are deep.", [("harbours", "harbor", .form)]),
      ("harbours", "The harbours are deep.", []),
      ("harb*", "The harbours are deep.", [("harbours", "harb", .completion)]),
      ("deep harbuors", "The harbours are deep.", [("harbours", "harbuors", .correction)]),
    ] as [(String, String, [(String, String, MatchedWord.Relation)])])
  func matchedWords(
    _ query: String, _ abstract: String, _ expected: [(String, String, MatchedWord.Relation)]
  ) throws {
    let found = try result(of: [abstract], abstract: abstract, query)
    #expect(
      found.words
        == expected.map { MatchedWord(found: $0.0, typed: $0.1, relation: $0.2) })
  }
}
