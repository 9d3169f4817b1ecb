import Archive
import Foundation
import Testing

@Suite("A catalogue is uploaded on the desk, checked, and imported in the background")
struct CatalogueUploadTests {
  let store: TemporaryArchive
  let uploads: CatalogueUploads
  var archive: Archive { store.archive }

  init() throws {
    store = try TemporaryArchive()
    uploads = CatalogueUploads(store.archive)
  }

  private func incoming(_ bytes: some Sequence<UInt8>, _ name: String) throws -> IncomingFile {
    let path = "\(archive.folder.incoming)/\(UUID())"
    try Data(bytes).write(to: URL(filePath: path))
    return IncomingFile(path: path, name: name)
  }

  private func add(
    _ text: String, _ name: String = "list.csv", files: [IncomingFile] = []
  ) throws -> CatalogueUpload {
    try uploads.add(try incoming(text.utf8, name), files: files, by: librarian, at: noon)
  }

  private func check(
    _ upload: CatalogueUpload, _ mapping: ColumnMapping = ColumnMapping(), addsDrafts: Bool = false
  ) throws -> CatalogueUpload {
    try uploads.check(upload.id, mapping: mapping, addsDrafts: addsDrafts, announces: false)
    uploads.wait()
    return try #require(try uploads.find(upload.id))
  }

  private func run(_ upload: CatalogueUpload, leavesOutWrong: Bool = false) throws
    -> CatalogueUpload
  {
    try uploads.start(upload.id, leavesOutWrong: leavesOutWrong)
    uploads.wait()
    return try #require(try uploads.find(upload.id))
  }

  @Test(
    arguments: [
      ("list.csv", "title,date,authors\nQuiet Harbours,2010-02-25,Mira Koval\n"),
      ("list.csv", "Titel;Datum;Autoren\nQuiet Harbours;25.02.2010;Mira Koval\n"),
      (
        "list.jsonl",
        #"{"title":"Quiet Harbours","published":"2010-02-25","authors":["Mira Koval"]}"#
      ),
      ("list.bib", "@book{k, title={Quiet Harbours}, date={2010-02-25}, author={Mira Koval}}\n"),
      (
        "list.ris",
        "TY  - RPRT\nTI  - Quiet Harbours\nDA  - 2010/02/25\nAU  - Mira Koval\nER  - \n"
      ),
    ])
  func formatsAreImported(_ name: String, _ text: String) throws {
    let checked = try check(try add(text, name))
    #expect(checked.state == .checked && checked[.new] == 1 && checked[.wrong] == 0)
    #expect(try archive.publications.listForStaff(at: noon).total == 0)
    let imported = try run(checked)
    #expect(imported.state == .imported && imported[.new] == 1)
    let found = try archive.publications.listForStaff(at: .now).items
    #expect(found.map(\.record.title) == ["Quiet Harbours"])
    #expect(found.map(\.record.authors) == [["Mira Koval"]])
    #expect(found.map(\.record.published.description) == ["2010-02-25"])
    // Again, everything is the same.
    #expect(try check(try add(text, name))[.same] == 1)
  }

  @Test func newPublicationsCanBeDrafts() throws {
    let upload = try check(try add("title,date\nOne,2010\n"), addsDrafts: true)
    _ = try run(upload)
    #expect(try archive.publications.listForStaff(DeskFilter(status: .draft), at: .now).total == 1)
  }

  @Test func wrongLinesKeepEverythingOutUnlessAsked() throws {
    let upload = try check(try add("title,date\nOne,2010\n,2011\nThree,2012-13\n"))
    #expect(upload[.wrong] == 2 && upload[.new] == 1)
    let wrong = try uploads.rows(of: upload.id, .wrong)
    #expect(wrong.map(\.line) == [3, 4])
    #expect(wrong.last?.column == 7)
    #expect(wrong.last?.reason?.contains("2012-13") == true)
    #expect(throws: CatalogueUploadError.wrongLines(2)) {
      try uploads.start(upload.id, leavesOutWrong: false)
    }
    #expect(try archive.publications.listForStaff(at: .now).total == 0)
    let imported = try run(upload, leavesOutWrong: true)
    #expect(imported[.new] == 1 && imported[.wrong] == 2)
    #expect(try archive.publications.listForStaff(at: .now).items.map(\.record.title) == ["One"])
  }

  @Test func columnsCanBeMapped() throws {
    let upload = try add("Name,When,Note\nOne,2010,secret\n")
    #expect(
      try uploads.table(upload.id) == [["Name", "When", "Note"], ["One", "2010", "secret"]])
    #expect(try check(upload)[.wrong] == 1)
    let mapping = ColumnMapping([
      "Name": .field(.title), "When": .field(.published), "Note": .ignored,
    ])
    let checked = try check(upload, mapping)
    #expect(checked[.new] == 1 && checked.mapping == mapping)
    _ = try run(checked)
    let record = try #require(try archive.publications.listForStaff(at: .now).items.first).record
    #expect(record.title == "One" && record.unknown == nil)
  }

  @Test(arguments: ["Windows-1252", "UTF-16"])
  func otherEncodingsAreConverted(_ name: String) throws {
    let text = "title,date\nGrüne Häfen,2010\n"
    let bytes = text.data(using: name == "UTF-16" ? .utf16 : .windowsCP1252) ?? Data()
    let upload = try uploads.add(
      try incoming(bytes, "list.csv"), files: [], by: librarian, at: noon)
    #expect(upload.converted == name)
    _ = try run(try check(upload))
    let title = try archive.publications.listForStaff(at: .now).items.first?.record.title
    #expect(title?.hasPrefix("Grüne H") == true)
  }

  @Test func filesAreMatchedByName() throws {
    let pdf = try incoming("%PDF-1.7\nQuiet\n".utf8, "Quiet.PDF")
    let upload = try check(
      try add("title,date,file\nOne,2010,scans\\quiet.pdf\nTwo,2011,missing.pdf\n", files: [pdf]))
    #expect(upload.files == 1)
    #expect(upload[.new] == 1 && upload[.wrong] == 1)
    #expect(try uploads.rows(of: upload.id, .wrong).first?.line == 3)
    _ = try run(upload, leavesOutWrong: true)
    #expect(try archive.publications.listForStaff(at: .now).items.first?.file?.bytes == 15)
    // Nothing is left of the upload's files.
    #expect(!FileManager.default.fileExists(atPath: "\(store.folder)/imports/\(upload.id)"))
  }

  @Test(
    arguments: [
      ("notes.txt", "title\n"), ("list.csv", ""), ("list.pdf", "%PDF-"),
    ])
  func whatIsNoCatalogueIsRefused(_ name: String, _ text: String) throws {
    #expect(throws: CatalogueUploadError.self) { try add(text, name) }
    #expect(try uploads.list().isEmpty)
  }

  @Test func aDamagedZIPFileIsRefused() throws {
    let zip = try incoming("PK\u{3}\u{4} not really".utf8, "files.zip")
    #expect(throws: CatalogueUploadError.self) {
      try add("title,date\nOne,2010\n", files: [zip])
    }
    #expect(try uploads.list().isEmpty)
  }

  @Test func whatWasInterruptedIsResumed() throws {
    let upload = try add("title,date\nOne,2010\n")
    // The archive is closed before, while or after it is checked: it ends up checked.
    try uploads.check(upload.id, mapping: ColumnMapping(), addsDrafts: true, announces: false)
    archive.close()
    uploads.wait()
    let later = try Archive.open(folder: store.folder, access: .exclusive)
    defer { later.close() }
    let resumed = CatalogueUploads(later)
    resumed.resume()
    resumed.wait()
    #expect(try resumed.find(upload.id)?.state == .checked)
  }

  @Test func uploadsThatNobodyImportsAreRemovedAfterAWeek() throws {
    let old = try add("title,date\nOne,2010\n")
    _ = try uploads.add(
      try incoming("title,date\nTwo,2010\n".utf8, "two.csv"), files: [], by: librarian,
      at: noon.adding(seconds: CatalogueUpload.keepingTime))
    #expect(try uploads.find(old.id) == nil)
    #expect(!FileManager.default.fileExists(atPath: "\(store.folder)/imports/\(old.id)"))
  }

  @Test func theAuditLogNamesTheCatalogue() throws {
    _ = try run(try check(try add("title,date\nOne,2010\n")))
    let entry = try archive.staff.auditLog().items.first { $0.action == .importedCatalogue }
    #expect(entry?.detail == "list.csv" && entry?.actor == librarian.name)
  }
}
