import Archive
import Testing

@Suite("The list for staff is filtered by text and fields, and sorted")
struct DeskListTests {
  let store: TemporaryArchive
  var archive: Archive { store.archive }

  init() throws {
    store = try TemporaryArchive()
    var harbours = record(
      "The Quiet Harbours", abstract: "What pilots see.", authors: ["Zoë Ångström", "Søren Lund"],
      topics: ["Sea", "Trade"], published: "2010-02-25")
    harbours.series = "Working Papers"
    harbours.number = "17"
    harbours.language = "en"
    harbours.doi = "10.1000/harbours.17"
    harbours.issn = ISSN("2049-3630")
    try deposit(harbours, .published, file: "Scan_0815.pdf")
    var rivers = record("东亚的河流", abstract: "", authors: ["王小明"], published: "2012")
    rivers.language = "zh"
    rivers.type = .book
    try deposit(rivers, .draft)
    try deposit(record("Lanterns", topics: ["Seafaring"], published: "2015-03"), .review)
  }

  private func deposit(
    _ record: Record, _ status: Publication.Status, file: String? = nil
  ) throws {
    let incoming = try file.map {
      IncomingFile(path: try store.incoming().path, name: $0)
    }
    _ = try archive.publications.deposit(
      Draft(record: record, status: status), file: incoming, by: librarian,
      at: noon.adding(seconds: Int64(record.published.year)))
  }

  private func found(
    _ filter: DeskFilter, _ order: DeskOrder = DeskOrder(.date, isReversed: true)
  ) throws -> [Int] {
    try archive.publications.listForStaff(filter, order: order, at: noon).items
      .map(\.record.published.year)
  }

  @Test(
    arguments: [
      ("harbours quiet", [2010]), ("QUIET harb", [2010]), ("angstrom", [2010]),
      ("soren", [2010]), ("pilots see", [2010]), ("seafaring", [2015]), ("sea", [2010, 2015]),
      ("working papers 17", [2010]), ("10.1000/harbours", [2010]), ("2049-3630", [2010]),
      ("the-quiet-harbours", [2010]), ("scan 0815", [2010]), ("scan_0815.PDF", [2010]),
      ("河流", [2012]), ("王", [2012]), ("quiet lanterns", []), ("loud", []),
      ("%", [2010, 2012, 2015]),
      ("  ", [2010, 2012, 2015]), ("'; DROP TABLE publication; --", []),
    ])
  func words(_ words: String, find years: [Int]) throws {
    #expect(try found(DeskFilter(words: words)) == years)
  }

  @Test(
    arguments: [
      (DeskFilter(), [2010, 2012, 2015]),
      (DeskFilter(status: .published), [2010]), (DeskFilter(status: .draft), [2012]),
      (DeskFilter(status: .withdrawn), []),
      (DeskFilter(missing: [.abstract]), [2012, 2015]),
      (DeskFilter(missing: [.authors]), [2015]), (DeskFilter(missing: [.topics]), [2012]),
      (DeskFilter(missing: [.language]), [2015]),
      (DeskFilter(missing: [.doi, .series]), [2012, 2015]),
      (DeskFilter(missing: [.licence]), [2010, 2012, 2015]),
      (DeskFilter(missing: [.pdf]), [2012, 2015]),
      (DeskFilter(firstYear: 2011), [2012, 2015]), (DeskFilter(lastYear: 2012), [2010, 2012]),
      (DeskFilter(firstYear: 2012, lastYear: 2012), [2012]),
      (DeskFilter(type: TypeName(.book)), [2012]), (DeskFilter(language: "en"), [2010]),
      // A name, or a part of one where there is no such name.
      (DeskFilter(topic: "Sea"), [2010]), (DeskFilter(topic: "seafar"), [2015]),
      (DeskFilter(author: "Søren Lund"), [2010]), (DeskFilter(author: "lund"), [2010]),
      (DeskFilter(series: "working"), [2010]), (DeskFilter(series: "Nothing"), []),
      (DeskFilter(extraction: .waiting), [2010]), (DeskFilter(extraction: .unreadable), []),
      (DeskFilter(changedSince: noon.adding(seconds: 2012)), [2012, 2015]),
      (DeskFilter(words: "harbours", status: .draft), []),
    ] as [(DeskFilter, [Int])])
  func filters(_ filter: DeskFilter, select years: [Int]) throws {
    #expect(try found(filter) == years)
  }

  @Test(
    arguments: [
      (DeskOrder(), [2015, 2012, 2010]),
      (DeskOrder(.changed, isReversed: true), [2010, 2012, 2015]),
      // Without the article: Lanterns, Quiet, 东亚.
      (DeskOrder(.title), [2015, 2010, 2012]),
      (DeskOrder(.title, isReversed: true), [2012, 2010, 2015]),
      (DeskOrder(.date), [2015, 2012, 2010]), (DeskOrder(.status), [2012, 2015, 2010]),
      (DeskOrder(.added, isReversed: true), [2010, 2012, 2015]),
    ])
  func orders(_ order: DeskOrder, sort years: [Int]) throws {
    #expect(try found(DeskFilter(), order) == years)
  }

  @Test func whatChangesIsFoundByItsNewWords() throws {
    let publication = try #require(
      try archive.publications.listForStaff(DeskFilter(words: "lanterns"), at: noon).items.first)
    var draft = Draft(record: publication.record, status: .review)
    draft.record.title = "Beacons"
    draft.record.authors = ["Mira Koval"]
    _ = try archive.publications.revise(publication.id, to: draft, by: librarian, at: noon)
    #expect(try found(DeskFilter(words: "beacons koval")) == [2015])
    // The slug stays.
    #expect(try found(DeskFilter(words: "lanterns beacons")) == [2015])
    try archive.publications.deleteDraft(publication.id, by: librarian, at: noon)
    #expect(try found(DeskFilter(words: "beacons")) == [])
  }

  @Test func pagesEndWithTheLast() throws {
    let page = try archive.publications.listForStaff(page: 9, size: 2, at: noon)
    #expect(page.number == 2 && page.items.count == 1 && page.total == 3)
    #expect(try archive.publications.listForStaff(page: -1, size: 0, at: noon).items.count == 1)
  }

  @Test func valuesAreOfferedByName() throws {
    let values = try archive.publications.deskValues()
    #expect(values.languages == ["en", "zh"])
    #expect(values.series == ["Working Papers"])
    #expect(values.topics == ["Sea", "Seafaring", "Trade"])
  }
}
