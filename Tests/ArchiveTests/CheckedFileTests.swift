import Archive
import Digests
import Foundation
import Testing

@Suite("A damaged file is never opened for readers, and a mended one is at once")
struct CheckedFileTests {
  private let home: TemporaryArchive
  private let publication: Publication
  private let file: StoredFile
  private let path: String
  private let whole: Data

  init() throws {
    home = try TemporaryArchive()
    publication = try home.deposit("Harbours", file: try home.incoming())
    file = try #require(publication.file)
    path = home.archive.files.path(of: file)
    whole = try Data(contentsOf: URL(filePath: path))
  }

  @Test(arguments: Damage.allCases)
  func damage(_ damage: Damage) throws {
    #expect(try home.archive.files.open(file).bytes == whole.count)
    try damage.happen(to: path)
    for _ in 0..<2 {
      let defect = #expect(throws: FileDefect.self) { try home.archive.files.open(file) }
      #expect(defect?.path == path && defect?.slugs == [publication.slug])
      #expect(try home.archive.files.damaged() == [defect])
      #expect(home.archive.health().damagedFiles == [defect])
      #expect(home.archive.health().isWell)
    }
    try? FileManager.default.removeItem(atPath: path)
    try whole.write(to: URL(filePath: path))
    #expect(try home.archive.files.damaged().isEmpty)
    #expect(try home.archive.files.open(file).bytes == whole.count)
  }

  @Test("Lengths are looked at without reading", arguments: Damage.allCases)
  func lengths(_ damage: Damage) throws {
    #expect(try home.archive.files.checkLengths().isEmpty)
    try damage.happen(to: path)
    // Only reading tells a flipped bit.
    let isSeen = damage != .bitFlipped
    #expect(try home.archive.files.checkLengths().count == (isSeen ? 1 : 0))
    #expect(try home.archive.files.damaged().count == (isSeen ? 1 : 0))
  }

  @Test func whatIsNotPublicIsNotNamedInHealth() throws {
    try Damage.bitFlipped.happen(to: path)
    #expect(throws: FileDefect.self) { try home.archive.files.open(file) }
    #expect(home.archive.health().damagedFiles.first?.slugs == [publication.slug])
    _ = try home.archive.publications.withdraw(publication.id, by: librarian)
    #expect(home.archive.health().damagedFiles.first?.slugs == [])
    #expect(try home.archive.files.damaged().first?.slugs == [publication.slug])
  }
}

@Suite("What an upload that was cut off left is removed at the next start")
struct OrphanSweepTests {
  private let home: TemporaryArchive

  init() throws { home = try TemporaryArchive() }

  /// A PDF in its place without a row, as after a commit that failed.
  private func orphan(_ text: String) throws -> String {
    let octets = Data("%PDF-1.7\n\(text)".utf8)
    let path = home.archive.folder.file(SHA256.hash(Array(octets)).hexadecimal)
    try FileManager.default.createDirectory(
      at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
    try octets.write(to: URL(filePath: path))
    return path
  }

  @Test func orphansGoAndTheRestStays() throws {
    let publication = try home.deposit("Harbours", file: try home.incoming())
    let file = try #require(publication.file)
    let former = try home.archive.publications.revise(
      publication.id, to: Draft(record: publication.record, status: .published),
      file: try home.incoming("%PDF-1.7\nsecond"), by: librarian)
    let orphans = try (0..<3).map { try orphan("orphan \($0)") }.sorted()
    let other = home.archive.folder.files + "/notes.txt"
    try Data("a".utf8).write(to: URL(filePath: other))
    #expect(try home.archive.files.removeOrphans().removed == orphans)
    #expect(try home.archive.files.removeOrphans() == Files.OrphanSweep())
    #expect(orphans.allSatisfy { !FileManager.default.fileExists(atPath: $0) })
    #expect(FileManager.default.fileExists(atPath: other))
    #expect(try home.archive.files.open(file).bytes == file.bytes)
    #expect(try home.archive.verify().lost == 0)
    #expect(former.file != file)
  }

  @Test("With an empty database in its place, an archive's files are left alone")
  func wrongDatabase() throws {
    let orphans = try (0..<101).map { try orphan("paper \($0)") }
    #expect(try home.archive.files.removeOrphans() == Files.OrphanSweep(left: 101))
    #expect(orphans.allSatisfy { FileManager.default.fileExists(atPath: $0) })
  }

  @Test func incomingIsEmptiedWhenTheArchiveIsOpened() throws {
    _ = try home.incoming()
    home.archive.close()
    let again = try Archive.open(folder: home.folder, access: .exclusive)
    defer { again.close() }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: again.folder.incoming).isEmpty)
  }
}
