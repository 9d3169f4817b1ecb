import Archive
import Foundation
import Site
import Testing

@Suite("What is exported is imported again with everything that its format has")
struct ExportRoundTripTests {
  private let site: TestSite

  init() throws {
    site = try TestSite()
    for (index, type) in PublicationType.allCases.enumerated() {
      var record = try TestSite.record(
        "Type \(index): costs & “100 %” of #1 in $5_a ~b ^c {d} \\e",
        published: index == 0 ? "2010" : index == 1 ? "2010-02" : "2010-02-25",
        authors: ["Rob van der Goot", "Ministry of Trade and Fish", "José Ortega y Gasset"],
        type: type)
      record.subtitle = nil
      record.doi = "10.1000/a_b%\(index)"
      record.issn = ISSN("2049-3630")
      record.licence = "CC-BY-4.0"
      if index % 3 == 0 { record.series = nil }
      record.abstract = "One, with “quotes” – and 5 < 6.\n\nTwo."
      try site.deposit(record, pdf: nil)
    }
  }

  private func all(_ archive: Archive, hasDrafts: Bool = false) throws -> [Publication] {
    var all: [Publication] = []
    try archive.publications.forEach(hasDrafts: hasDrafts, at: site.now) { all.append($0) }
    return all.sorted { $0.slug < $1.slug }
  }

  private func imported(_ bytes: [UInt8], _ format: CatalogueFormat) throws -> TestSite {
    let other = try TestSite()
    for round in 1...2 {
      var importer = Importer(into: other.archive) { Issue.record("\($0)") }
      var reader = CatalogueReader(format)
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated() {
        for entry in reader.take(Array(line), number: number + 1) { try importer.take(entry) }
      }
      for entry in reader.finish() { try importer.take(entry) }
      try importer.finish()
      if round == 2 { #expect(importer.summary.unchanged == importer.summary.lines) }
    }
    return other
  }

  @Test(arguments: [
    (ExportFormat.bibtex, CatalogueFormat.bibtex), (.ris, .ris), (.csv, .csv), (.jsonl, .jsonl),
  ])
  func roundTrip(_ format: ExportFormat, _ catalogue: CatalogueFormat) throws {
    let before = try all(site.archive)
    let other = try imported(format.bytes(of: before, on: TestSite.settings), catalogue)
    let after = try all(other.archive)
    #expect(after.map(\.slug) == before.map(\.slug))
    for (one, two) in zip(before, after) {
      var (expected, found) = (one.record, two.record)
      found.unknown = nil
      // RIS has one line for a value, and no field for a licence.
      if format == .ris {
        expected.abstract = expected.abstract.replacing("\n\n", with: " ")
        expected.licence = nil
      }
      #expect(found == expected)
    }
  }

  @Test func draftsAreExportedWithTheirStatus() throws {
    try site.deposit(try TestSite.record("A draft"), status: .draft, pdf: nil)
    let later = site.now.adding(seconds: 86_400)
    try site.deposit(try TestSite.record("Later"), status: .scheduled, publicFrom: later, pdf: nil)
    let gone = try site.deposit(try TestSite.record("Gone"), pdf: nil)
    _ = try site.archive.publications.withdraw(gone.id, by: .program, at: site.now)
    #expect(try all(site.archive).count == PublicationType.allCases.count)
    let before = try all(site.archive, hasDrafts: true)
    let other = try imported(ExportFormat.jsonl.bytes(of: before, on: TestSite.settings), .jsonl)
    let after = try all(other.archive, hasDrafts: true)
    #expect(after.map(\.record) == before.map(\.record))
    #expect(
      after.map(\.status) == before.map { $0.status == .withdrawn ? .draft : $0.status })
    let scheduled = try #require(after.first { $0.status == .scheduled })
    #expect(scheduled.publicFrom == later)
  }
}
