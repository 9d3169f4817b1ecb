import Archive
import Foundation
import SQLite
import Testing

@Suite("Verification finds what was lost and what belongs to nobody")
struct VerificationTests {
  private let home: TemporaryArchive
  private let publication: Publication
  private let path: String
  private let sha256: String

  init() throws {
    home = try TemporaryArchive()
    publication = try home.deposit("Harbours", file: try home.incoming())
    let file = try #require(publication.file)
    path = home.archive.path(of: file)
    sha256 = file.sha256
  }

  @Test func aWholeArchiveHasNoDefects() throws {
    let found = try home.archive.verify()
    #expect(found.defects.isEmpty)
    #expect(found.files == 1)
  }

  @Test func aMissingFileIsNamed() throws {
    try FileManager.default.removeItem(atPath: path)
    #expect(
      try home.archive.verify().defects
        == [.fileMissing(sha256: sha256, slugs: [publication.slug])])
  }

  @Test func changedOctetsAreNamed() throws {
    chmod(path, 0o600)
    try Data("%PDF-1.7\nA study of HARBOURS\n".utf8).write(to: URL(filePath: path))
    #expect(
      try home.archive.verify().defects
        == [.fileContent(sha256: sha256, slugs: [publication.slug])])
    try Data("%PDF".utf8).write(to: URL(filePath: path))
    #expect(try #require(home.archive.verify().defects.first).isLoss)
  }

  @Test func litterIsRemovedOnlyWhenItIsOld() throws {
    let litter = home.archive.folder.files + "/left.pdf"
    try Data("%PDF-1.7".utf8).write(to: URL(filePath: litter))
    let young = try home.archive.verify(repairs: true)
    #expect(young.defects == [.litter(path: litter, isOld: false)])
    #expect(!young.defects[0].isLoss)
    let later = try home.archive.verify(
      repairs: true, at: Instant.now.adding(seconds: 2 * 86_400))
    #expect(later.defects.isEmpty)
    #expect(later.removed == 1)
    #expect(!FileManager.default.fileExists(atPath: litter))
    #expect(FileManager.default.fileExists(atPath: path))
  }
}

@Suite("A backup is an archive of its own")
struct BackupTests {
  @Test func itOpensAndIsWhole() throws {
    let home = try TemporaryArchive()
    let first = try home.deposit("Harbours", file: try home.incoming())
    let target = home.folder + "-backup"
    defer { try? FileManager.default.removeItem(atPath: target) }
    let backup = try home.archive.backUp(to: target)
    #expect((backup.files, backup.kept) == (1, 0))
    try home.deposit("Lighthouses", file: try home.incoming("%PDF-1.7\nlight"))
    let second = try home.archive.backUp(to: target)
    #expect((second.files, second.kept) == (1, 1))

    let copy = try Archive.open(folder: target, access: .exclusive)
    #expect(try copy.totalIndex() == 2)
    #expect(try copy.verify().defects.isEmpty)
    #expect(try copy.publicationForStaff(first.slug) == first)
    #expect(try copy.search(SearchQuery("lighthouses")).total == 1)
    copy.close()
    #expect(throws: ArchiveError.self) { try home.archive.backUp(to: home.folder) }
  }

  @Test func ofAnArchiveWithoutFilesItIsVerifiedAsItLies() throws {
    let home = try TemporaryArchive()
    try home.deposit("Harbours")
    let target = home.folder + "-backup"
    defer { try? FileManager.default.removeItem(atPath: target) }
    _ = try home.archive.backUp(to: target)
    let copy = try Archive.open(folder: target, access: .reading)
    defer { copy.close() }
    #expect(try copy.verify().defects.isEmpty)
  }
}

@Suite("A backup is restored whole, or says what it lost")
struct RestoreTests {
  private let home: TemporaryArchive
  private let harbours: Publication
  private let backup: String
  private let target: String

  init() throws {
    home = try TemporaryArchive()
    backup = home.folder + "-backup"
    target = home.folder + "-restored"
    harbours = try home.deposit("Harbours", file: try home.incoming())
    try home.deposit("Lighthouses", file: try home.incoming("%PDF-1.7\nlight"))
    _ = try home.archive.backUp(to: backup)
  }

  private func clean() {
    for folder in [backup, target] { try? FileManager.default.removeItem(atPath: folder) }
  }

  @Test func whatIsRestoredIsTheArchive() throws {
    defer { clean() }
    let restored = try Archive.restore(from: backup, to: target)
    #expect((restored.files, restored.kept, restored.missing) == (2, 0, []))
    let archive = try Archive.open(folder: target, access: .exclusive)
    defer { archive.close() }
    #expect(try archive.verify().defects.isEmpty)
    #expect(try archive.totalIndex() == 2)
  }

  @Test func anArchiveIsNeverWrittenOver() throws {
    defer { clean() }
    #expect(throws: ArchiveError.self) { try Archive.restore(from: backup, to: home.folder) }
    #expect(try home.archive.verify().defects.isEmpty)
    #expect(throws: ArchiveError.self) { try Archive.restore(from: backup, to: backup) }
    #expect(throws: ArchiveError.self) { try Archive.restore(from: target, to: target) }
  }

  @Test func theRestIsRestoredWhenAFileIsMissing() throws {
    defer { clean() }
    let lost = try #require(harbours.file)
    try FileManager.default.removeItem(atPath: Folder(path: backup).file(lost.sha256))
    let restored = try Archive.restore(from: backup, to: target)
    #expect((restored.files, restored.missing) == (1, [lost.sha256]))
    let archive = try Archive.open(folder: target, access: .exclusive)
    defer { archive.close() }
    let defects = try archive.verify().defects
    #expect(defects.count == 1 && defects[0].isLoss)
  }

  @Test func aBackupKeepsTheFileThatTheArchiveLost() throws {
    defer { clean() }
    let lost = try #require(harbours.file)
    try FileManager.default.removeItem(atPath: home.archive.path(of: lost))
    #expect(try home.archive.backUp(to: backup).missing == [lost.sha256])
    #expect(try Archive.restore(from: backup, to: target).missing.isEmpty)
  }

  @Test func aDatabaseThatIsNoneIsSaid() throws {
    defer { clean() }
    try Data(repeating: 7, count: 8192).write(
      to: URL(filePath: Folder(path: backup).database))
    #expect(throws: ArchiveError.foreign(path: Folder(path: backup).database)) {
      try Archive.restore(from: backup, to: target)
    }
    #expect(!FileManager.default.fileExists(atPath: Folder(path: target).database))
  }
}

@Suite("Health is read from the disk")
struct HealthTests {
  @Test func aWorkingArchiveIsWell() throws {
    let home = try TemporaryArchive()
    try home.deposit("Harbours", file: try home.incoming())
    try home.deposit("Piers", status: .draft)
    let health = home.archive.health()
    #expect(health.isWell)
    #expect(health.publications == 1)
    #expect(health.waitingFiles == 1)
    #expect(health.databaseOctets > 0)
    #expect(home.archive.indexOctets == nil)
    try home.archive.prepareSearch()
    #expect(home.archive.indexOctets ?? 0 > 0)
  }

  @Test func aLostFolderAndAClosedDatabaseAreSaid() throws {
    let home = try TemporaryArchive()
    try FileManager.default.removeItem(atPath: home.archive.folder.files)
    #expect(home.archive.health().problems == ["the folder “files” is not writable"])
    home.archive.close()
    #expect(home.archive.health().problems.contains("the database does not respond"))
  }

  @Test func tooLittleSpaceIsSaid() throws {
    var options = Archive.Options()
    options.reserveOctets = .max
    let home = try TemporaryArchive(options)
    #expect(
      home.archive.health().problems == ["free disk space is below free-space-reserve"])
  }
}
