import Archive
import Foundation
import Testing

@Suite("Texts that arrive broken are repaired, and what they were is kept")
struct RepairingTests {
  private let home: TemporaryArchive
  private var archive: Archive { home.archive }

  init() throws { home = try TemporaryArchive() }

  private func take(_ line: String) throws -> Importer.Summary {
    var importer = Importer(into: archive) { Issue.record("\($0)") }
    try importer.take(Array(line.utf8), number: 1)
    try importer.finish()
    return importer.summary
  }

  private func record(_ slug: String) throws -> Record {
    let slug = try #require(Slug(slug))
    return try #require(try archive.publications.forStaff(slug)).record
  }

  private static let line =
    #"{"slug": "tumen", "title": "Suffi cient  Grounds", "published": "2010-02-25", "#
    + #""abstract": "The AsiaPacifi c region.\n\nTwo  spaces.", "shelf": 4}"#

  @Test func importRepairs() throws {
    #expect(try take(Self.line).added == 1)
    let record = try record("tumen")
    #expect(record.title == "Sufficient Grounds")
    #expect(record.abstract == "The Asia-Pacific region.\n\nTwo spaces.")
    #expect(
      record.unknown
        == #"{"shelf":4,"unrepaired":{"abstract":"The AsiaPacifi c region.\n\nTwo  spaces.","#
        + #""title":"Suffi cient  Grounds"}}"#)
  }

  @Test func importedAgainItIsTheSame() throws {
    _ = try take(Self.line)
    #expect(try take(Self.line).unchanged == 1)
  }

  @Test func spacesAloneAreNoRepair() throws {
    _ = try take(#"{"slug": "grid", "title": " The  Grid ", "published": "2011"}"#)
    let record = try record("grid")
    #expect(record.title == "The Grid")
    #expect(record.unknown == nil)
  }

  @Test func aDepositIsRepairedOnceAndARevisionStays() throws {
    let date = try #require(PublicationDate("2012"))
    var draft = Draft(
      record: Record(title: "Benefi ts", abstract: "It\u{92}s fi nal.", published: date))
    let kept = try archive.publications.deposit(draft, by: .program)
    #expect(kept.record.title == "Benefits")
    #expect(kept.record.abstract == "It’s final.")
    #expect(
      kept.record.unknown
        == "{\"unrepaired\":{\"abstract\":\"It\u{92}s fi nal.\",\"title\":\"Benefi ts\"}}")
    draft.record = kept.record
    draft.record.title = "Benefi ts, as printed"
    #expect(
      try archive.publications.revise(kept.id, to: draft, by: .program).record.title
        == "Benefi ts, as printed")
  }
}
