import Archive
import Search
import Digests
import Foundation
import Testing

@Suite("A deposit is kept whole or not at all")
struct DepositTests {
  private let store: TemporaryArchive
  private var archive: Archive { store.archive }

  init() throws { store = try TemporaryArchive() }

  @Test func theFileIsReadOnlyUnderItsHash() throws {
    let text = "%PDF-1.7\nA study of harbours\n"
    let incoming = try store.incoming(text)
    let file = try #require(try store.deposit("Harbours", file: incoming).file)
    #expect(file.sha256 == SHA256.hash(text).hexadecimal)
    #expect(file.bytes == text.utf8.count)
    #expect(file.text == .waiting)
    let path = archive.files.path(of: file)
    #expect(
      path == "\(store.folder)/files/\(file.sha256.prefix(2))/"
        + "\(file.sha256.dropFirst(2).prefix(2))/\(file.sha256).pdf")
    #expect(try Data(contentsOf: URL(filePath: path)) == Data(text.utf8))
    #expect(try mode(path) == 0o400)
    #expect(!FileManager.default.fileExists(atPath: incoming.path))
  }

  @Test func theSamePDFTwiceIsOneFile() throws {
    let first = try store.deposit("Harbours", file: store.incoming())
    let second = try store.deposit("Quays", file: store.incoming())
    #expect(first.file?.id == second.file?.id)
    #expect(try filesOnDisk() == 1)
  }

  @Test func aDamagedFileIsReplacedByAWholeOne() throws {
    let file = try #require(try store.deposit("Harbours", file: store.incoming()).file)
    let path = archive.files.path(of: file)
    try FileManager.default.removeItem(atPath: path)
    try Data(repeating: 0x20, count: file.bytes).write(to: URL(filePath: path))
    try store.deposit("Quays", file: store.incoming())
    #expect(try archive.verify().defects.isEmpty)
  }

  @Test(
    arguments: [
      "", "PK\u{3}\u{4}", "<html>", "PDF-1.7", "%PDF",
      String(repeating: " ", count: 1024) + "%PDF-1.7",
    ])
  func whatIsNoPDFIsRefused(_ text: String) throws {
    let error = #expect(throws: DepositError.self) {
      try store.deposit("Harbours", file: store.incoming(text))
    }
    guard case .notPDF = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.description.hasPrefix("This file is not a PDF: ") == true)
    #expect(try filesOnDisk() == 0)
    #expect(try archive.publications.count(at: noon) == 0)
  }

  @Test func aFileThatCannotBeReadLeavesNoRow() throws {
    #expect(throws: DepositError.self) {
      try store.deposit("Harbours", file: IncomingFile(path: "/nowhere/at/all"))
    }
    #expect(try archive.publications.count(at: noon) == 0)
  }

  @Test func whereTheReserveIsReachedNothingIsDeposited() throws {
    var options = Archive.Options()
    options.reserveBytes = .max
    let full = try TemporaryArchive(options)
    #expect(throws: DepositError.noSpace) {
      try full.deposit("Harbours", file: full.incoming())
    }
    #expect(try full.archive.publications.count(at: noon) == 0)
    // Reading goes on, and so does what needs little space.
    try full.deposit("Quays")
    #expect(try full.archive.publications.count(at: noon) == 1)
  }

  @Test func aRowThatIsNotWrittenLeavesTheFileToTheSweep() throws {
    let first = try store.deposit("Harbours")
    #expect(throws: DepositError.slugTaken(first.slug)) {
      try archive.publications.deposit(
        Draft(record: record("Other"), slug: first.slug), file: store.incoming(), by: librarian)
    }
    #expect(try filesOnDisk() == 1)
    let verification = try archive.verify()
    #expect(verification.defects.allSatisfy { !$0.isLoss })
    #expect(verification.defects.count == 1)
  }

  @Test(
    arguments: [
      (Draft(record: record("  \u{AD}")), .title),
      (Draft(record: record(String(repeating: "a", count: 2001))), .title),
      (Draft(record: record("A", authors: [String(repeating: "a", count: 501)])), .authors),
      (Draft(record: record("A", abstract: String(repeating: "a", count: 200_001))), .abstract),
      (Draft(record: record("A"), status: .scheduled), .publicFrom),
      (Draft(record: record("A"), status: .withdrawn), .status),
      (
        Draft(
          record: {
            var record = record("A")
            record.language = "no language"
            return record
          }()), .language
      ),
    ] as [(Draft, FieldError.Field)])
  func whatCannotBeKeptNamesItsField(_ draft: Draft, _ field: FieldError.Field) throws {
    let error = #expect(throws: DepositError.self) {
      try archive.publications.deposit(draft, by: librarian)
    }
    guard case .invalid(let problems) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(problems.map(\.field) == [field])
  }

  @Test func textIsKeptWithoutWhatOnlyDisturbs() throws {
    let messy = Record(
      title: "  Ports\tand\r\nquays\u{0}\u{FEFF} ", subtitle: " ",
      abstract: "One.\r\n\r\n\n Two\nlines. ",
      authors: ["Anna  Berg", "Anna Berg", "", "A\nB"],
      published: try #require(PublicationDate("2010")),
      topics: ["Cafe\u{301}"])
    let kept = try archive.publications.deposit(Draft(record: messy), by: librarian).record
    #expect(kept.title == "Ports and quays")
    #expect(kept.subtitle == nil)
    #expect(kept.abstract == "One.\n\nTwo\nlines.")
    #expect(kept.authors == ["Anna Berg", "A B"])
    #expect(kept.topics.map { Array($0.unicodeScalars).count } == [4])
  }

  @Test func titlesThatAreAlikeGetNumberedSlugs() throws {
    let slugs = try (0..<3).map { _ in try store.deposit("Energy Star").slug.description }
    #expect(slugs == ["energy-star", "energy-star-2", "energy-star-3"])
  }

  @Test func aRenamedSlugMovesAndIsNeverUsedAgain() throws {
    let old = try store.deposit("Harbours")
    let new = try #require(Slug("ports"))
    let revised = try archive.publications.revise(
      old.id, to: Draft(record: old.record, slug: new, status: .published), by: librarian, at: noon)
    #expect(revised.slug == new)
    #expect(try archive.publications.find(old.slug, at: noon) == .moved(to: new))
    #expect(try store.deposit("Harbours").slug.description == "harbours-2")
    #expect(throws: DepositError.slugTaken(old.slug)) {
      try archive.publications.deposit(Draft(record: record("x"), slug: old.slug), by: librarian)
    }
    // It may go back itself.
    let back = try archive.publications.revise(
      old.id, to: Draft(record: old.record, slug: old.slug, status: .published), by: librarian,
      at: noon)
    #expect(try archive.publications.find(new, at: noon) == .moved(to: back.slug))
    #expect(try archive.publications.find(old.slug, at: noon) == .publication(back))
  }

  @Test func aSlugThatMovedToADraftIsGone() throws {
    let old = try store.deposit("Harbours")
    let draft = try archive.publications.revise(
      old.id, to: Draft(record: old.record, slug: Slug("ports"), status: .draft), by: librarian,
      at: noon)
    #expect(try archive.publications.find(old.slug, at: noon) == .gone(draft))
  }

  @Test func whatIsRevisedIsFoundByItsNewWordsOnly() throws {
    let old = try store.deposit(
      "Harbours of Norway", abstract: "Quays.", authors: ["Anna Berg"], topics: ["Ports"])
    let later = noon.adding(seconds: 5)
    let revised = try archive.publications.revise(
      old.id,
      to: Draft(record: record("Lighthouses", authors: ["Carl Dahl"]), status: .published),
      by: librarian, at: later)
    #expect(revised.modified == later)
    #expect(revised.created == noon)
    #expect(revised.publicFrom == noon)
    #expect(revised.slug == old.slug)
    for word in ["harbours", "quays", "berg", "ports"] {
      #expect(try archive.search(SearchQuery(word), at: later).total == 0)
    }
    #expect(try archive.search(SearchQuery("dahl lighthouse"), at: later).total == 1)
    #expect(try archive.facets(of: Browse(), at: later).authors.map(\.value) == ["Carl Dahl"])
    #expect(try archive.verify().defects.isEmpty)
  }

  @Test func aReplacedFileStays() throws {
    let old = try store.deposit("Harbours", file: store.incoming("%PDF-1.7 one"))
    let revised = try archive.publications.revise(
      old.id, to: Draft(record: old.record, status: .published),
      file: store.incoming("%PDF-1.7 two"), by: librarian, at: noon)
    #expect(revised.file?.sha256 != old.file?.sha256)
    #expect(try filesOnDisk() == 2)
    #expect(try archive.verify().defects.isEmpty)
  }

  @Test func whatIsNotThereIsNotRevised() throws {
    #expect(throws: DepositError.notFound) {
      try archive.publications.revise(77, to: Draft(record: record("x")), by: librarian)
    }
    #expect(throws: DepositError.notFound) { try archive.publications.withdraw(77, by: librarian) }
  }

  @Test func aClockThatIsSetBackDoesNotSetBackTheChangeInstant() throws {
    let publication = try store.deposit("Harbours")
    let withdrawn = try archive.publications.withdraw(
      publication.id, by: librarian, at: noon.adding(seconds: -1000))
    #expect(withdrawn.modified == noon)
  }

  private func filesOnDisk() throws -> Int {
    try FileManager.default.subpathsOfDirectory(atPath: archive.folder.files)
      .count { $0.hasSuffix(".pdf") }
  }

  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
  }
}
