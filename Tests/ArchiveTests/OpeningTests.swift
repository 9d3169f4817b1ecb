import Archive
import Foundation
import SQLite
import Testing

@Suite("One process writes in a folder, and only in an archive it knows")
struct OpeningTests {
  @Test func aSecondWriterIsRefusedAndToldWhoHasTheFolder() throws {
    let store = try TemporaryArchive()
    #expect(
      throws: ArchiveError.locked(
        folder: store.folder, process: ProcessInfo.processInfo.processIdentifier)
    ) { try Archive.open(folder: store.folder, access: .exclusive) }
    store.archive.close()
    try Archive.open(folder: store.folder, access: .exclusive).close()
  }

  @Test(
    "Root does not write what the owner of the folder could not read",
    .enabled(if: geteuid() == 0, "it takes root"))
  func rootInTheFolderOfAnother() throws {
    let store = try TemporaryArchive()
    store.archive.close()
    let names = try FileManager.default.contentsOfDirectory(atPath: store.folder).sorted()
    #expect(chown(store.folder, 12_345, 12_345) == 0)
    #expect(throws: ArchiveError.notOfRoot(folder: store.folder, owner: "#12345")) {
      try Archive.open(folder: store.folder, access: .exclusive)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder).sorted() == names)
    // Reading changes nothing.
    try Archive.open(folder: store.folder, access: .reading).close()
  }

  @Test func aReaderReadsBesideTheWriter() throws {
    let store = try TemporaryArchive()
    let reader = try Archive.open(folder: store.folder, access: .reading)
    defer { reader.close() }
    #expect(try reader.publications.count(at: noon) == 0)
    try store.deposit("Harbours")
    #expect(try reader.publications.count(at: noon) == 1)
    #expect(throws: DepositError.self) {
      try reader.publications.deposit(Draft(record: record("Quays")), by: librarian)
    }
  }

  @Test func whatIsKeptIsThereWhenTheArchiveIsOpenedAgain() throws {
    let store = try TemporaryArchive()
    let kept = try store.deposit("Harbours", file: store.incoming())
    store.archive.close()
    #expect(throws: (any Error).self) { try store.archive.publications.count() }
    let again = try Archive.open(folder: store.folder, access: .exclusive)
    defer { again.close() }
    #expect(try again.publications.find(kept.slug, at: noon) == .publication(kept))
  }

  @Test func openingEmptiesIncoming() throws {
    let store = try TemporaryArchive()
    let left = try store.incoming()
    store.archive.close()
    try Archive.open(folder: store.folder, access: .exclusive).close()
    #expect(!FileManager.default.fileExists(atPath: left.path))
  }

  @Test func aNewerDatabaseIsLeftAlone() throws {
    let store = try TemporaryArchive()
    store.archive.close()
    let path = store.folder + "/offprint.sqlite3"
    let database = try Database(path: path, access: .writing)
    try database.maintain { try $0.script("PRAGMA user_version = 9999") }
    database.close()
    for access in [Archive.Access.exclusive, .reading] {
      let error = #expect(throws: ArchiveError.self) {
        try Archive.open(folder: store.folder, access: access)
      }
      guard case .newer(path, 9999, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func aDatabaseOfAnotherProgramIsLeftAlone() throws {
    try withFolder { folder in
      let path = folder + "/offprint.sqlite3"
      let database = try Database(path: path, access: .writing)
      try database.maintain { try $0.script("CREATE TABLE song (title TEXT);") }
      database.close()
      #expect(throws: ArchiveError.foreign(path: path)) {
        try Archive.open(folder: folder, access: .exclusive)
      }
      try Data(repeating: 0x41, count: 9000).write(to: URL(filePath: path))
      #expect(throws: ArchiveError.foreign(path: path)) {
        try Archive.open(folder: folder, access: .exclusive)
      }
    }
  }

  @Test func whereThereIsNoArchiveNothingIsRead() throws {
    try withFolder { folder in
      #expect(throws: ArchiveError.noArchive(folder: folder)) {
        try Archive.open(folder: folder, access: .reading)
      }
      try Data().write(to: URL(filePath: folder + "/file"))
      let error = #expect(throws: ArchiveError.self) {
        try Archive.open(folder: folder + "/file", access: .exclusive)
      }
      guard case .unusable = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "archive-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }
}
