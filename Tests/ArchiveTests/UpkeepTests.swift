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
    path = home.archive.files.path(of: file)
    sha256 = file.sha256
  }

  private func defect(_ problem: FileDefect.Problem) -> FileDefect {
    FileDefect(sha256: sha256, slugs: [publication.slug], path: path, problem: problem)
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
        == [.file(defect(.missing))])
  }

  @Test func changedOctetsAreNamed() throws {
    chmod(path, 0o600)
    try Data("%PDF-1.7\nA study of HARBOURS\n".utf8).write(to: URL(filePath: path))
    #expect(
      try home.archive.verify().defects
        == [.file(defect(.content))])
    try Data("%PDF".utf8).write(to: URL(filePath: path))
    #expect(try #require(home.archive.verify().defects.first).isLoss)
  }

  @Test func whatIsOpenToOthersIsNamedUntilTheNextStart() throws {
    chmod(path, 0o444)
    chmod(home.folder, 0o755)
    let found = try home.archive.verify()
    #expect(
      Set(found.defects) == [.openToOthers(path: home.folder), .openToOthers(path: path)])
    #expect((found.lost, found.openToOthers) == (0, 2))
    home.archive.close()
    let again = try Archive.open(folder: home.folder, access: .exclusive)
    defer { again.close() }
    #expect(try again.verify().defects.isEmpty)
    #expect(openToOthers(below: home.folder) == [])
  }

  @Test("A verification that is cancelled says so and removes nothing", arguments: 0..<4)
  func cancelled(after steps: Int) throws {
    let litter = home.archive.folder.files + "/left.pdf"
    try Data("%PDF-1.7".utf8).write(to: URL(filePath: litter))
    var asked = 0
    let found = try home.archive.verify(
      repairs: true, at: Instant.now.adding(seconds: 2 * 86_400),
      isCancelled: {
        asked += 1
        return asked > steps
      })
    #expect(!found.isComplete && found.removed == 0)
    #expect(FileManager.default.fileExists(atPath: litter))
    #expect(try home.archive.verify().isComplete)
  }

  @Test func litterIsRemovedOnlyWhenItIsOld() throws {
    let litter = home.archive.folder.files + "/left.pdf"
    try Data("%PDF-1.7".utf8).write(to: URL(filePath: litter))
    chmod(litter, 0o600)
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

@Suite("Whatever the umask, nobody else can open what the archive keeps", .serialized)
struct PermissionTests {
  @Test func whatIsMadeIsPrivate() throws {
    let before = umask(0)
    defer { umask(before) }
    let home = try TemporaryArchive()
    try home.deposit("Harbours", file: try home.incoming())
    #expect(openToOthers(below: home.folder) == [])
    _ = try home.archive.backUp(to: home.folder + "-backup")
    defer { try? FileManager.default.removeItem(atPath: home.folder + "-backup") }
    #expect(openToOthers(below: home.folder + "-backup") == [])
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
    #expect(health.databaseBytes > 0)
    #expect(home.archive.indexBytes == nil)
    try home.archive.prepareSearch()
    #expect(home.archive.indexBytes ?? 0 > 0)
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
    options.reserveBytes = .max
    let home = try TemporaryArchive(options)
    #expect(
      home.archive.health().problems == ["free disk space is below free-space-reserve"])
  }
}
