import Archive
import Foundation
import Testing

@Suite("A PDF that is uploaded in parts becomes one draft, whatever interrupts it")
struct UploadTests {
  private let temporary: TemporaryArchive
  private let hana: Account
  private let bytes = Array(
    "%PDF-1.7\n\(String(repeating: "A study of harbours. ", count: 200))".utf8)

  init() throws {
    temporary = try TemporaryArchive()
    hana = try temporary.archive.staff.add(
      name: "hana", role: .author, password: "a long and quiet password 7", by: librarian)
  }

  private var uploads: Uploads { temporary.archive.uploads }

  private func draft(_ upload: Upload) -> Draft {
    var draft = Draft(record: record(upload.title))
    draft.blank = [.title, .published]
    return draft
  }

  private func begin(
    _ name: String = "harbour_study.pdf", key: String = "", for purpose: Upload.Purpose = .draft,
    length: Int? = nil
  ) throws -> Upload {
    try uploads.begin(
      name: name, length: length ?? bytes.count, key: key, for: purpose, by: hana, at: noon)
  }

  private func append(
    _ part: some Sequence<UInt8>, at offset: Int, to upload: Upload
  ) throws(UploadError) -> Upload {
    try uploads.append(
      .bytes(Array(part)), at: offset, to: upload.token, of: hana, at: noon, draft: draft)
  }

  private func publication(of upload: Upload) throws -> Publication? {
    switch upload.state {
    case .draft(let id?), .same(let id?): try temporary.archive.publications.forStaff(id)
    default: nil
    }
  }

  private var stored: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: temporary.archive.folder.uploads)) ?? []
  }

  @Test func theLastPartMakesTheDraft() throws {
    let upload = try begin()
    let first = try append(bytes[..<2000], at: 0, to: upload)
    #expect(first.state == .open && first.offset == 2000)
    let last = try append(bytes[2000...], at: 2000, to: upload)
    let made = try #require(try publication(of: last))
    #expect(made.status == .draft && made.record.title == "harbour study")
    #expect(made.file?.bytes == bytes.count && made.file?.name == "harbour_study.pdf")
    #expect(made.blank == [.title, .published] && made.knownDate == nil)
    #expect(stored.isEmpty)
    // Sent again, as its response was lost.
    #expect(try append(bytes[2000...], at: 2000, to: upload).state == last.state)
    #expect(try append([], at: bytes.count, to: upload).state == last.state)
    #expect(try temporary.archive.publications.listForStaff().total == 1)
  }

  @Test func aPartThatDoesNotFitIsRefused() throws {
    let upload = try begin()
    _ = try append(bytes[..<2000], at: 0, to: upload)
    #expect(throws: UploadError.wrongOffset(2000)) { try append(bytes[..<9], at: 0, to: upload) }
    #expect(throws: UploadError.wrongOffset(2000)) {
      try append(bytes[2001...], at: 2001, to: upload)
    }
    #expect(throws: UploadError.tooLong) { try append(bytes, at: 2000, to: upload) }
    #expect(try uploads.find(upload.token, of: hana.id)?.offset == 2000)
  }

  @Test func itGoesOnAfterARestart() throws {
    let upload = try begin(key: "harbour_study.pdf/4000/1")
    _ = try append(bytes[..<2000], at: 0, to: upload)
    _ = try temporary.incoming()
    temporary.archive.close()
    let archive = try Archive.open(
      folder: temporary.folder, access: .exclusive, options: at(noon))
    defer { archive.close() }
    // The page was closed: the same file is chosen again.
    let again = try archive.uploads.begin(
      name: "harbour_study.pdf", length: bytes.count, key: "harbour_study.pdf/4000/1", for: .draft,
      by: hana, at: noon)
    #expect(again.token == upload.token && again.offset == 2000)
    let last = try archive.uploads.append(
      .bytes(Array(bytes[2000...])), at: 2000, to: upload.token, of: hana, at: noon, draft: draft)
    guard case .draft = last.state else { throw UploadError.notFound }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: archive.folder.incoming).isEmpty)
  }

  @Test func itIsRemovedAfterADay() throws {
    let upload = try begin()
    _ = try append(bytes[..<2000], at: 0, to: upload)
    try Data("left".utf8).write(
      to: URL(filePath: temporary.archive.folder.uploads + "/without-a-row"))
    temporary.archive.close()
    let archive = try Archive.open(
      folder: temporary.folder, access: .exclusive,
      options: at(noon.adding(seconds: Uploads.lifetime)))
    defer { archive.close() }
    #expect(stored.isEmpty)
    #expect(try archive.uploads.find(upload.token, of: hana.id) == nil)
  }

  private func at(_ now: Instant) -> Archive.Options {
    var options = Archive.Options()
    options.clock = { now }
    return options
  }

  @Test func anotherFileIsRefusedWithItsFirstPart() throws {
    let upload = try begin("notes.docx", length: 3000)
    let refused = try append(
      Array("PK\u{3}\u{4}".utf8) + Array(repeating: 0x20, count: 1100), at: 0, to: upload)
    #expect(refused.state == .refused(.notPDF(.archive)))
    #expect(stored.isEmpty)
    #expect(try uploads.find(upload.token, of: hana.id)?.state == .refused(.notPDF(.archive)))
    // Its head may come in several parts.
    let slow = try begin("notes.pdf", length: 12)
    #expect(try append(Array("only".utf8), at: 0, to: slow).state == .open)
    #expect(
      try append(Array(" notes!!".utf8), at: 4, to: slow).state == .refused(.notPDF(.unknown)))
  }

  @Test func theSameFileMakesNoSecondDraft() throws {
    let first = try append(bytes, at: 0, to: try begin())
    let second = try append(bytes, at: 0, to: try begin("copy.pdf"))
    let made = try #require(try publication(of: first))
    #expect(second.state == .same(made.id))
    #expect(try temporary.archive.publications.listForStaff().total == 1)
  }

  @Test func twoRequestsAtOnceMakeOneDraft() throws {
    let upload = try begin()
    let lanes = try concurrently(lanes: 4) { _ in
      do throws(UploadError) {
        _ = try append(bytes, at: 0, to: upload)
      } catch .busy {
      } catch {
        throw error
      }
    }
    #expect(lanes == 4)
    #expect(try temporary.archive.publications.listForStaff().total == 1)
  }

  @Test func itBelongsToItsAccount() throws {
    let upload = try begin()
    let other = try temporary.archive.staff.add(
      name: "ida", role: .administrator, password: "a long and quiet password 7", by: librarian)
    #expect(try uploads.find(upload.token, of: other.id) == nil)
    #expect(throws: UploadError.notFound) {
      try uploads.append(.bytes(bytes), at: 0, to: upload.token, of: other, draft: draft)
    }
    try uploads.remove(upload.token, of: other.id)
    #expect(try uploads.find(upload.token, of: hana.id) != nil)
    try uploads.remove(upload.token, of: hana.id)
    #expect(try uploads.find(upload.token, of: hana.id) == nil)
  }

  @Test func aFileOfAFormIsFoundUntilItIsSaved() throws {
    let upload = try begin(for: .form)
    #expect(uploads.file(upload.token, of: hana.id, at: noon) == nil)
    #expect(try append(bytes, at: 0, to: upload).state == .open)
    for _ in 0..<2 {
      let found = try #require(uploads.file(upload.token, of: hana.id, at: noon))
      #expect(found.bytes == bytes.count)
      #expect(FileManager.default.contents(atPath: found.file.path) == Data(bytes))
    }
    try uploads.remove(upload.token, of: hana.id)
    #expect(uploads.file(upload.token, of: hana.id, at: noon) == nil)
  }

  @Test(
    arguments: [
      ("a_b.pdf", "a b"), ("Report.PDF", "Report"), ("r%20s.pdf", "r s"), (".pdf", "Untitled"),
      ("", "Untitled"), ("no suffix", "no suffix"), ("a.pdf.pdf", "a.pdf"),
    ])
  func titleOf(_ name: String, is title: String) throws {
    #expect(try begin(name).title == title)
  }

  @Test func aDraftGetsTheTitleThatIsFoundInItsFile() throws {
    let made = try #require(try publication(of: try append(bytes, at: 0, to: try begin())))
    var findings = Findings()
    findings.title = Finding("Fog over the Harbour", confidence: 0.9, source: .pages)
    try temporary.archive.texts.store(
      of: try #require(made.file), pages: ["Fog over the Harbour"], findings: findings)
    let named = try #require(try temporary.archive.publications.forStaff(made.id))
    #expect(named.record.title == "Fog over the Harbour" && named.blank.contains(.title))
    // Nothing is published with placeholders.
    #expect(throws: DepositError.self) {
      try temporary.archive.publications.publish(made.id, by: librarian)
    }
    #expect(try temporary.archive.publications.forStaff(made.id)?.status == .draft)
  }
}
