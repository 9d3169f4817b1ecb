import Archive
import Testing

@Suite("A saved search hears of new publications that have all of its words")
struct SavedSearchTests {
  private let list: MailingArchive

  init() throws { list = try MailingArchive() }

  @Test(
    arguments: [
      ("q=harbours", ["dues", "korea"]), ("q=harbour+dues", ["dues"]),
      ("q=korea&topic=Trade", ["korea"]), ("q=korea&topic=Other", []),
      ("topic=Trade", ["korea"]), ("author=Berg%2C+Anna", ["dues"]),
      ("q=%22dues+in+harbours%22", ["dues"]), ("q=%22harbours+in+dues%22", []),
      ("q=harbours+-korea", ["dues"]), ("q=title%3Akorea", ["korea"]), ("q=title%3Adues", ["dues"]),
      // Not what a reader would get offered in its place.
      ("q=harbuors", []), ("q=korea+unheard", []), ("q=breakwater", ["korea"]),
      ("q=", []), ("", []), ("q=%ZZ", []), ("&&==&q", []), ("year=2010&q=korea", ["korea"]),
      ("year=2011&q=korea", []), ("type=report", ["dues", "korea"]),
    ] as [(String, [String])])
  func search(_ search: String, finds slugs: [String]) throws {
    // Public before: never found.
    try list.store.deposit("Harbours of Korea before", topics: ["Trade"])
    if !search.isEmpty { try list.follow("reader@example.org", .search(search)) }
    try list.store.deposit(
      "Dues", abstract: "On dues in harbours.", authors: ["Anna Berg"])
    let file = try list.store.incoming()
    let publication = try list.store.deposit(
      "Korea", abstract: "Its harbours.", topics: ["Trade"], file: file)
    let stored = try #require(publication.file)
    try list.archive.texts.store(
      of: stored, pages: ["First page", "A breakwater"], findings: Findings(), version: 1)
    let sent = try list.send(at: noon.adding(seconds: 600))
    let found = sent.flatMap {
      $0.groups.split(separator: ": ").last?.split(separator: " ").map(String.init) ?? []
    }
    #expect(found.sorted() == slugs)
  }
}
