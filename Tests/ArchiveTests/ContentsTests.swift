import Archive
import Testing

@Suite("The structure of a file is kept with its text")
struct ContentsTests {
  private let home: TemporaryArchive
  private var archive: Archive { home.archive }

  init() throws { home = try TemporaryArchive() }

  private let contents = FileContents(
    pageCount: 3,
    blocks: [
      ReadingBlock(kind: .heading(level: 1), text: "Harbours", page: 1),
      ReadingBlock(kind: .paragraph, text: "They silt", page: 1, continuesOnNextPage: true),
      ReadingBlock(kind: .paragraph, text: "up.", page: 2),
      ReadingBlock(kind: .listItem(marker: "(a)"), text: "Dredging", page: 2),
      ReadingBlock(kind: .tableRow, text: "Depth\t11 m", page: 2),
      ReadingBlock(kind: .figure, text: "A dredger", page: 3),
      ReadingBlock(kind: .footnote(marker: "1"), text: "See the port’s chart.", page: 3),
    ],
    outline: [
      OutlineEntry(title: "Harbours", page: 1, level: 1),
      OutlineEntry(title: "Lost", page: nil, level: 2),
    ],
    pageLabels: [1: "i", 2: "ii"],
    links: [FileContents.Link(page: 2, uri: "https://example.org/chart", text: "chart")])

  private func deposit(
    _ title: String = "Harbours", status: Publication.Status = .published
  ) throws -> (Publication, StoredFile) {
    let publication = try home.deposit(
      title, status: status, file: try home.incoming("%PDF-1.7\n\(title)\n"))
    return (publication, try #require(publication.file))
  }

  @Test func isReadAsItWasStored() throws {
    let (publication, file) = try deposit()
    #expect(try archive.texts.contents(of: publication.slug, at: noon) == nil)
    try archive.texts.store(
      of: file, pages: ["Harbours", "up.", "chart"], contents: contents, at: noon)
    #expect(try archive.texts.contents(of: publication.slug, at: noon) == contents)
  }

  @Test func isParagraphsOfTheTextWhenNoneWasFound() throws {
    let (publication, file) = try deposit()
    try archive.texts.store(of: file, pages: ["One\nline.\n\nTwo.", "Three."], at: noon)
    let found = try #require(try archive.texts.contents(of: publication.slug, at: noon))
    #expect(found.blocks.map(\.text) == ["One line.", "Two.", "Three."])
    #expect(found.blocks.map(\.page) == [1, 1, 2])
    #expect(found.pageCount == 2)
  }

  @Test func isShownOfWhatIsPublicAlone() throws {
    let (draft, file) = try deposit(status: .draft)
    try archive.texts.store(of: file, pages: ["Harbours"], contents: contents, at: noon)
    #expect(try archive.texts.contents(of: draft.slug, at: noon) == nil)
    _ = try archive.publications.publish(draft.id, by: librarian, at: noon)
    #expect(try archive.texts.contents(of: draft.slug, at: noon) != nil)
    _ = try archive.publications.withdraw(draft.id, reason: nil, by: librarian, at: noon)
    #expect(try archive.texts.contents(of: draft.slug, at: noon) == nil)
  }

  @Test func hasTheBlocksOfAPageByItsNumber() {
    #expect(contents.blocks(onPage: 1).map(\.text) == ["Harbours", "They silt"])
    #expect(contents.blocks(onPage: 3).count == 2)
    for page in [Int.min, 0, 4, .max] { #expect(contents.blocks(onPage: page).isEmpty) }
  }

  @Test func aNewerReaderReadsAgainWhatAnOlderOneHasRead() throws {
    let (_, old) = try deposit("Old")
    let (_, failed) = try deposit("Failed")
    try archive.texts.store(of: old, pages: ["Old words"], version: 1, at: noon)
    try archive.texts.storeFailure(of: failed, reason: "damaged", version: 1, at: noon)
    let (_, fresh) = try deposit("Fresh")
    #expect(try archive.texts.waiting(version: 1).map(\.id) == [fresh.id])
    // What waits for its first reading comes before what can be read already.
    #expect(try archive.texts.waiting(version: 2).map(\.id) == [fresh.id, failed.id, old.id])
    #expect(try archive.texts.waiting(most: 2, version: 2).map(\.id) == [fresh.id, failed.id])
  }

  @Test func aSecondReadingOfTheSameWordsChangesNoPublication() throws {
    let (publication, file) = try deposit()
    let later = Instant(secondsSince1970: noon.secondsSince1970 + 60)
    try archive.texts.store(of: file, pages: ["Harbours"], version: 1, at: noon)
    try archive.texts.store(
      of: file, pages: ["Harbours"], contents: contents, version: 2, at: later)
    #expect(try archive.publications.forStaff(publication.slug, at: later)?.modified == noon)
    #expect(try archive.texts.contents(of: publication.slug, at: later) == contents)
    try archive.texts.store(of: file, pages: ["Havens"], version: 3, at: later)
    #expect(try archive.publications.forStaff(publication.slug, at: later)?.modified == later)
  }

  @Test func aNewerReaderThatFailsLeavesWhatWasRead() throws {
    let (publication, file) = try deposit()
    try archive.texts.store(of: file, pages: ["Harbours"], contents: contents, version: 1, at: noon)
    let read = try #require(
      try archive.publications.forStaff(publication.slug, at: noon)?.file)
    try archive.texts.storeFailure(of: read, reason: "took too long", version: 2, at: noon)
    #expect(try archive.texts.contents(of: publication.slug, at: noon) == contents)
    #expect(try archive.texts.pages(of: read) == ["Harbours"])
    #expect(try archive.texts.waiting(version: 2).isEmpty)
  }

  @Test func whatWasFoundForTheRecordIsKept() throws {
    let (_, file) = try deposit()
    var findings = Findings()
    findings.title = Finding("Harbours", confidence: 0.9, source: .both)
    findings.published = PublicationDate("2010-02").map {
      Finding($0, confidence: 0.7, source: .pages)
    }
    try archive.texts.store(of: file, pages: ["Harbours"], findings: findings, at: noon)
    #expect(try archive.texts.findings(in: file) == findings)
  }

  @Test func valuesThatAreNotCertainAreSuggested() {
    var findings = Findings()
    findings.title = Finding("Harbours", confidence: Confidence.certain, source: .pages, page: 1)
    findings.series = Finding("Papers", confidence: Confidence.certain - 0.01, source: .pages)
    findings.abstract = Finding("Office", confidence: 0.1, source: .pages)
    findings.unrepairedAbstract = "Of fice"
    #expect(findings.certain.title == findings.title)
    #expect(findings.certain.series == nil)
    #expect(findings.certain.unrepairedAbstract == nil)
    #expect(findings.uncertain.title == nil)
    #expect(findings.uncertain.series == findings.series)
    #expect(findings.certain.merging(findings.uncertain) == findings)
  }

  @Test(
    arguments: [
      (nil, 1_000, []), (nil, 5_000_001, [.tooLarge]),
      (
        FileFacts(isTagged: true, language: "en", title: "Harbours"), 5_000_000, []
      ),
      (FileFacts(), 5_000_001, [.tooLarge, .notTagged, .noLanguage, .noTitle]),
      (FileFacts(needsPassword: true, isEncrypted: true), 1_000, [.passwordNeeded]),
      // The cover is a picture.
      (
        FileFacts(pagesWithoutText: 1, isTagged: true, language: "en", title: "Harbours"), 1_000, []
      ),
      (
        FileFacts(pagesWithoutText: 2, isTagged: true, language: "en", title: "Harbours"), 1_000,
        [.noTextLayer]
      ),
    ] as [(FileFacts?, Int, [FileProblem])])
  func factsOfAFile(_ facts: FileFacts?, bytes: Int, areProblems problems: [FileProblem]) throws {
    var (publication, file) = try deposit()
    try archive.texts.store(of: file, pages: ["One", "", ""], facts: facts, at: noon)
    file = try #require(try archive.publications.forStaff(publication.slug, at: noon)?.file)
    #expect(try archive.texts.facts(of: file) == facts)
    file.bytes = bytes
    #expect(try archive.texts.problems(of: file) == problems)
    let listed = problems.filter { $0 != .tooLarge }
    let reports = try archive.texts.fileReports()
    #expect(reports.map(\.slug) == (listed.isEmpty ? [] : [publication.slug]))
    #expect(reports.first?.problems ?? [] == listed)
    #expect(try archive.texts.fileReports(with: .noTitle).isEmpty == !listed.contains(.noTitle))
  }

  @Test func factsOfAFileThatFailsAreKept() throws {
    let (_, file) = try deposit()
    let facts = FileFacts(needsPassword: true, isEncrypted: true)
    try archive.texts.storeFailure(of: file, reason: "it needs a password", facts: facts, at: noon)
    #expect(try archive.texts.fileReports(with: .passwordNeeded).map(\.facts) == [facts])
    try archive.texts.storeFailure(of: file, reason: "took too long", at: noon)
    #expect(try archive.texts.facts(of: file) == facts)
  }
}
