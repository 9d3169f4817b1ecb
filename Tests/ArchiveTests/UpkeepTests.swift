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
    #expect(home.archive.health().problems == ["the folder “files” cannot be written"])
    home.archive.close()
    #expect(home.archive.health().problems.contains("the database does not answer"))
  }

  @Test func tooLittleSpaceIsSaid() throws {
    var options = Archive.Options()
    options.reserveOctets = .max
    let home = try TemporaryArchive(options)
    #expect(
      home.archive.health().problems == ["less space is free than is kept in reserve"])
  }
}
