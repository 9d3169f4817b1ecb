import Archive
import Search
import Testing

@Suite("A snippet is prose")
struct SnippetTests {
  private func snippets(of pages: [String], _ query: String) throws -> [String] {
    let store = try TemporaryArchive()
    let publication = try store.deposit("Report", file: try store.incoming("%PDF- 1"))
    let file = try #require(publication.file)
    try store.archive.texts.store(of: file, pages: pages, at: noon)
    let results = try store.archive.search(SearchQuery(query), at: noon)
    return results.results.flatMap(\.pages).map(\.snippet.text)
  }

  @Test(
    arguments: [
      (
        "Contents\nThe program ........ 5\nIts costs .... 12\n\nThe program began in 1990.",
        "The program began in 1990."
      ),
      (
        "Contents\nThe program 5\nIts costs 12\nIts end 19\nThe program began then.",
        "The program began then."
      ),
      (
        "List of figures\nFigure 1. The program 5\nFigure 2. Costs 12\nThe program began.",
        "The program began."
      ),
      (
        "ANNUAL REPORT 2010\nThe program began in 1990.\nIt ended.\n12",
        "The program began in 1990. It ended."
      ),
      (
        "12 Annual report\nThe program began in 1990.\nIt ended.",
        "The program began in 1990. It ended."
      ),
      (
        "The income of the program.20 It grew,3 and fell.",
        "The income of the program. It grew, and fell."
      ),
      (
        "The program\u{00B9} grew by 3.5 km\u{00B2} in no.2 of 10.",
        "The program grew by 3.5 km\u{00B2} in no.2 of 10."
      ),
      (
        "Ann Lee\u{1D43},\u{1D47} led the program.\u{1D9C} It grew.",
        "Ann Lee, led the program. It grew."
      ),
      ("1,200 3,400 5,600\n12 13 14\nThe program cost 9,000.", "The program cost 9,000."),
      ("Name of the program: ______________ Date", "Name of the program: … Date"),
    ])
  func isWithoutFurniture(_ page: String, _ expected: String) throws {
    #expect(try snippets(of: [page], "program") == [expected])
  }

  @Test("A line that the pages beside begin or end with is a running head")
  func runningHeads() throws {
    let pages = (1...3).map { number in
      "Highway Bridges\nThe program of year \(number).\nIt went on.\nPort Authority \u{2022} \(number)"
    }
    let found = try snippets(of: pages, "program")
    #expect(found == (1...3).map { "The program of year \($0). It went on." })
  }

  @Test("What stands only in a table of contents is found there, without its dots")
  func onlyInContents() throws {
    let found = try snippets(
      of: ["Contents\nThe program . . . . . . . 5\nCosts\u{2026}\u{2026}\u{2026} 7"], "program")
    #expect(found == ["Contents The program … 5 Costs … 7"])
  }
}
