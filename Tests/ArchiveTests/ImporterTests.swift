import Archive
import Search
import Foundation
import SQLite
import Testing

@Suite("A catalogue is taken line by line, and again without harm")
struct ImporterTests {
  private let home: TemporaryArchive
  private var archive: Archive { home.archive }

  init() throws { home = try TemporaryArchive() }

  /// Imports lines and returns what became of them.
  @discardableResult
  private func take(
    _ lines: [String], files: String? = nil, isTrial: Bool = false
  ) throws -> (summary: Importer.Summary, errors: [ImportError]) {
    var errors: [ImportError] = []
    var importer = Importer(into: archive, filesFolder: files, isTrial: isTrial) {
      errors.append($0)
    }
    for (index, line) in lines.enumerated() {
      try importer.take(Array(line.utf8), number: index + 1)
    }
    try importer.finish()
    return (importer.summary, errors)
  }

  private static let ferries =
    #"{"slug": "ferries", "title": "Ferries of the Strait", "authors": ["Aino Berg"], "#
    + #""published": "2014-06-01", "abstract": "One.\n\nTwo.", "topics": ["Transport"]}"#

  @Test func aRecordIsKeptWithAllItsFields() throws {
    let line =
      #"{"slug": "grid", "title": " The  Grid ", "subtitle": "A primer", "abstract": "First.\n\n"#
      + #"Second.", "authors": ["Li Wei", "", "Li Wei", "Ana Ruiz"], "published": "2019-03", "#
      + #""type": "brief", "series": "Notes", "number": 7, "topics": ["Energy"], "language": "en","#
      + #" "doi": "10.1/x", "licence": "CC-BY-4.0", "source": "seed", "shelf": {"b": 1, "a": "é"}}"#
    let (summary, errors) = try take([line])
    #expect(errors.isEmpty)
    #expect(summary.added == 1)
    #expect(summary.unknownKeys == ["shelf"])
    let slug = try #require(Slug("grid"))
    let kept = try #require(try archive.publications.forStaff(slug)).record
    #expect(kept.title == "The Grid")
    #expect(kept.abstract == "First.\n\nSecond.")
    #expect(kept.authors == ["Li Wei", "Ana Ruiz"])
    #expect(kept.published.description == "2019-03")
    #expect(kept.type == .brief)
    #expect(kept.number == "7")
    #expect(kept.unknown == #"{"shelf":{"a":"é","b":1}}"#)
    #expect(try archive.publications.count() == 1)
  }

  @Test(
    "A number is no title",
    arguments: [
      (#""title": 5"#, "title"), (#""title": "A", "abstract": 5"#, "abstract"),
      (#""title": "A", "doi": 10.1, "language": 1"#, "language"),
      (#""title": true"#, "title"), (#""title": ["A"]"#, "title"), (#""title": {}"#, "title"),
      (#""title": "A", "pdf": 7"#, "pdf"),
    ])
  func wrongKinds(_ members: String, key: String) throws {
    let (summary, errors) = try take(["{\(members), \"published\": 2019}"])
    #expect((summary.added, summary.failed) == (0, 1))
    #expect(errors.first?.reason.description.contains("“\(key)”") == true, "\(errors)")
    #expect(try archive.publications.count() == 0)
  }

  @Test("Markup that an earlier import left in a record is removed by the next one")
  func earlierMarkup() throws {
    let line = #"{"slug": "co2", "title": "On CO<sub>2</sub> &amp; trade", "published": 2019}"#
    let edited = #"{"slug": "b", "title": "A", "published": 2019}"#
    try take([line, edited])
    let slugs = try ["co2", "b"].map { try #require(Slug($0)) }
    let publication = try #require(try archive.publications.forStaff(slugs[1]))
    var record = publication.record
    record.title = "Yields if p < 5 & q > 7"
    _ = try archive.publications.revise(
      publication.id, to: Draft(record: record, status: .published), by: librarian)
    let clean = try archive.publications.forStaff(slugs[0])?.record.title
    archive.close()
    let database = try Database(path: archive.folder.database, access: .writing)
    try database.maintain {
      try $0.script(
        "UPDATE publication SET title = 'On CO<sub>2</sub> &amp; trade' WHERE slug = 'co2'")
    }
    database.close()
    let again = try Archive.open(folder: home.folder, access: .exclusive)
    defer { again.close() }
    func imported(isTrial: Bool = false) throws -> Importer.Summary {
      var importer = Importer(into: again, filesFolder: nil, isTrial: isTrial) { _ in }
      for (number, text) in [line, edited].enumerated() {
        try importer.take(Array(text.utf8), number: number + 1)
      }
      try importer.finish()
      return importer.summary
    }
    #expect(try imported(isTrial: true).changed == 1)
    #expect(try imported().changed == 1)
    #expect(try imported().unchanged == 2)
    let titles = try slugs.map { try again.publications.forStaff($0)?.record.title }
    #expect(titles == [clean, "Yields if p < 5 & q > 7"])
  }

  @Test func aYearAndANumberMayBeWrittenAsNumbers() throws {
    let (summary, errors) = try take([
      #"{"title": "A", "published": 2019, "series": 5, "number": 7, "slug": 12}"#
    ])
    #expect(errors.isEmpty && summary.added == 1)
  }

  @Test func identifiersAreTakenOrKeptAsTheyWere() throws {
    let line =
      #"{"slug": "grid", "title": "The Grid", "authors": ["Li Wei", "Ana Ruiz"], "#
      + #""published": "2019", "series": "Notes", "issn": "20493630", "doi": "doi:10.1000/1", "#
      + #""orcids": {"Ana Ruiz": "https://orcid.org/0000-0002-1825-0097"}}"#
    let wrong =
      #"{"slug": "wrong", "title": "Wrong", "authors": ["Li Wei"], "published": "2019", "#
      + #""issn": "2049-3631", "doi": "0.1/x", "orcids": {"Li Wei": "0000-0002-1825-0098"}}"#
    let elsewhere =
      #"{"slug": "elsewhere", "title": "Elsewhere", "authors": ["Li Wei"], "published": "2019", "#
      + #""orcids": {"Nobody": "0000-0002-1825-0097"}}"#
    let (summary, errors) = try take([line, wrong, elsewhere])
    #expect(errors.isEmpty && summary.added == 3)
    #expect(summary.unknownKeys.isEmpty)
    #expect(summary.keptAsWritten == ["issn", "doi", "orcids"])
    func found(_ slug: String) throws -> Publication {
      let slug = try #require(Slug(slug))
      return try #require(try archive.publications.forStaff(slug))
    }
    let kept = try found("grid")
    #expect(kept.record.issn?.description == "2049-3630")
    #expect(kept.record.orcids.mapValues(\.description) == ["Ana Ruiz": "0000-0002-1825-0097"])
    let bare = try found("wrong").record
    #expect(bare.issn == nil && bare.doi == nil && bare.orcids.isEmpty)
    #expect(bare.unknown?.contains(#""doi":"0.1/x""#) == true)
    #expect(try take([line, wrong, elsewhere]).summary.unchanged == 3)
    // An author who is taken out takes the number along.
    var draft = Draft(record: kept.record, status: .published)
    draft.record.authors = ["Li Wei"]
    let revised = try archive.publications.revise(kept.id, to: draft, by: .program)
    #expect(revised.record.orcids.isEmpty)
  }

  @Test(
    "What is wrong is said with the line, and the rest is taken",
    arguments: [
      ("{", "not JSON"),
      ("[1]", "expected a JSON object"),
      ("\u{FEFF}garbage", "not JSON"),
      (#"{"published": "2010-01-01"}"#, "“title” is missing"),
      (#"{"title": "  ", "published": "2010-01-01"}"#, "“title” is missing"),
      (#"{"title": "A"}"#, "“published” is missing"),
      (#"{"title": "A", "published": "2010-02-30"}"#, "found “2010-02-30”"),
      (#"{"title": "A", "published": "25 Feb 2010"}"#, "found “25 Feb 2010”"),
      (#"{"title": ["A"], "published": "2010"}"#, "“title”: expected a text, found a list"),
      (#"{"title": true, "published": "2010"}"#, "expected a text, found true"),
      (#"{"title": "A", "published": "2010", "authors": [1]}"#, "found a number in it"),
      (#"{"title": "A", "published": "2010", "topics": {}}"#, "found an object"),
      (#"{"title": "A", "published": "2010", "slug": "Not A Slug"}"#, "“slug”: expected"),
      (#"{"title": "A", "published": "2010", "slug": "ferries"}"#, "is already on line 1"),
      (#"{"title": "A", "published": "2010", "language": "x"}"#, "language is not a language tag"),
    ])
  func badLine(_ line: String, saying words: String) throws {
    let (summary, errors) = try take([Self.ferries, line, #"{"title": "B", "published": "2011"}"#])
    #expect(summary.added == 2)
    #expect(summary.failed == 1)
    let error = try #require(errors.first)
    #expect(error.line == 2)
    #expect(error.description.hasPrefix("line 2: "))
    #expect(error.description.contains(words))
    #expect(try archive.publications.count() == 2)
  }

  @Test func aSecondRunChangesNothing() throws {
    let lines = [
      Self.ferries, #"{"title": "Untitled Notes", "published": "2012"}"#, "",
      #"{"title": "Untitled Notes", "published": "2012"}"#,
    ]
    #expect(try take(lines).summary.added == 3)
    let generation = archive.generation
    let again = try take(lines).summary
    #expect(again.unchanged == 3)
    #expect(again.added == 0)
    #expect(again.changed == 0)
    #expect(try archive.publications.count() == 3)
    #expect(archive.generation == generation)
  }

  @Test func whatTheCatalogueChangesIsChanged() throws {
    try take([Self.ferries])
    let changed = Self.ferries.replacing("Aino Berg", with: "Aino Berg-Lind")
    #expect(try take([changed]).summary.changed == 1)
    let slug = try #require(Slug("ferries"))
    #expect(try archive.publications.forStaff(slug)?.record.authors == ["Aino Berg-Lind"])
    #expect(try archive.search(SearchQuery("lind")).total == 1)
  }

  @Test func whatStaffEditedStaysUntilTheCatalogueSaysSomethingElse() throws {
    try take([Self.ferries])
    let slug = try #require(Slug("ferries"))
    let publication = try #require(try archive.publications.forStaff(slug))
    var record = publication.record
    record.title = "Ferries of the Two Straits"
    _ = try archive.publications.revise(
      publication.id, to: Draft(record: record, status: .published), by: librarian)
    #expect(try take([Self.ferries]).summary.unchanged == 1)
    #expect(
      try archive.publications.forStaff(slug)?.record.title == "Ferries of the Two Straits")
  }

  @Test func aWithdrawnPublicationStaysWithdrawn() throws {
    try take([Self.ferries])
    let slug = try #require(Slug("ferries"))
    let publication = try #require(try archive.publications.forStaff(slug))
    _ = try archive.publications.withdraw(publication.id, reason: "Wrong map", by: librarian)
    try take([Self.ferries.replacing("One.", with: "Three.")])
    guard case .gone(let tombstone) = try archive.publications.find(slug) else {
      Issue.record("it is public again")
      return
    }
    #expect(tombstone.withdrawalReason == "Wrong map")
    #expect(try archive.publications.count() == 0)
  }

  @Test func aTrialKeepsNothing() throws {
    let (summary, errors) = try take([Self.ferries, "{"], isTrial: true)
    #expect(summary.added == 1)
    #expect(errors.map(\.line) == [2])
    #expect(try archive.publications.count() == 0)
    try take([Self.ferries])
    #expect(try take([Self.ferries], isTrial: true).summary.unchanged == 1)
  }

  @Test func moreLinesThanABatchAreAllTaken() throws {
    let lines = (1...1203).map { #"{"title": "Survey \#($0)", "published": "2001-01-01"}"# }
    #expect(try take(lines).summary.added == 1203)
    #expect(try archive.publications.count() == 1203)
    #expect(try archive.search(SearchQuery("1203")).total == 1)
  }

  @Suite("Files are taken from below their folder only")
  struct Files {
    private let tests: ImporterTests
    private let folder: String

    init() throws {
      tests = try ImporterTests()
      folder = tests.home.folder + "/catalogue"
      try FileManager.default.createDirectory(
        atPath: folder + "/maps", withIntermediateDirectories: true)
      try Data("%PDF-1.4\nharbours".utf8).write(to: URL(filePath: folder + "/maps/a.pdf"))
      try Data("<html>".utf8).write(to: URL(filePath: folder + "/page.pdf"))
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/out.pdf", withDestinationPath: tests.home.folder + "/lock")
    }

    private func line(_ pdf: String) -> String {
      #"{"slug": "harbours", "title": "Harbours", "published": "2010", "pdf": "\#(pdf)"}"#
    }

    @Test func aFileIsKeptOnceAndFoundAgain() throws {
      let first = try tests.take([line("maps/a.pdf")], files: folder)
      #expect(first.errors.isEmpty)
      #expect(first.summary.files == 1)
      let slug = try #require(Slug("harbours"))
      let file = try #require(try tests.archive.publications.forStaff(slug)?.file)
      #expect(file.bytes == 17)
      #expect(FileManager.default.fileExists(atPath: tests.archive.files.path(of: file)))
      let second = try tests.take([line("maps/a.pdf")], files: folder)
      #expect(second.summary.unchanged == 1)
      #expect(try tests.take([line("maps/a.pdf")]).summary.filesNotAsked == 1)
      #expect(try tests.archive.verify().defects.isEmpty)
    }

    @Test func publicationsWithTheSameFileAreNamedOnceInTheSummary() throws {
      let lines = ["One", "Two", "Three"].map {
        #"{"title": "\#($0)", "published": "2010", "pdf": "maps/a.pdf"}"#
      }
      let summary = try tests.take(Array(lines.prefix(2)), files: folder).summary
      #expect(summary.sharedFiles.map { [$0.slug, $0.other] } == [["one", "two"]])
      #expect(try tests.take(Array(lines.prefix(2)), files: folder).summary.sharedFiles.isEmpty)
      #expect(
        try tests.take([lines[2]], files: folder).summary.sharedFiles.map(\.other) == ["one"])
    }

    @Test func aFileComesLaterThanItsRecord() throws {
      try tests.take([line("maps/a.pdf")])
      #expect(try tests.take([line("maps/a.pdf")], files: folder).summary.changed == 1)
    }

    @Test(arguments: [
      ("missing.pdf", "file missing.pdf does not exist"),
      ("../lock", "is outside the folder"),
      ("/etc/hosts", "is outside the folder"),
      ("out.pdf", "is outside the folder"),
      ("maps", "maps: Is a directory"),
      ("page.pdf", "This file is not a PDF"),
    ])
    func badPath(_ path: String, saying words: String) throws {
      let (summary, errors) = try tests.take([line(path)], files: folder)
      #expect(summary.failed == 1)
      #expect(try #require(errors.first).description.contains(words))
      #expect(try tests.archive.publications.count() == 0)
      #expect(
        try FileManager.default.contentsOfDirectory(
          atPath: tests.archive.folder.incoming
        ).isEmpty)
    }
  }
}
