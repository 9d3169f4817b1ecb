import Archive
import Search
import Foundation
import Testing

@Suite("A backup is an archive of its own")
struct BackupTests {
  @Test func itOpensAndIsWhole() throws {
    let home = try TemporaryArchive()
    let first = try home.deposit("Harbours", file: try home.incoming())
    let target = home.folder + "-backup"
    defer { try? FileManager.default.removeItem(atPath: target) }
    let backup = try home.archive.backUp(to: target)
    #expect((backup.copied, backup.kept) == (1, 0))
    try home.deposit("Lighthouses", file: try home.incoming("%PDF-1.7\nlight"))
    let second = try home.archive.backUp(to: target)
    #expect((second.copied, second.kept) == (1, 1))

    let copy = try Archive.open(folder: target, access: .exclusive)
    #expect(try copy.publications.count() == 2)
    #expect(try copy.verify().defects.isEmpty)
    #expect(try copy.publications.forStaff(first.slug) == first)
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

/// What can happen to a file on a disk.
enum Damage: CaseIterable, Sendable {
  case lost, cutShort, emptied, bitFlipped, longer, folderInItsPlace

  func happen(to path: String) throws {
    let url = URL(filePath: path)
    var octets = try Data(contentsOf: url)
    try FileManager.default.removeItem(atPath: path)
    switch self {
    case .lost: return
    case .cutShort: octets.removeLast(5)
    case .emptied: octets = Data()
    case .bitFlipped: octets[octets.count / 2] ^= 1
    case .longer: octets.append(0)
    case .folderInItsPlace:
      return try FileManager.default.createDirectory(
        at: url, withIntermediateDirectories: false)
    }
    try octets.write(to: url)
  }
}

@Suite("A backup never loses a whole copy, and names what is damaged")
struct DamagedBackupTests {
  private let home: TemporaryArchive
  private let publication: Publication
  private let original: String
  private let copy: String
  private let target: String

  init() throws {
    home = try TemporaryArchive()
    target = home.folder + "-backup"
    publication = try home.deposit("Harbours", file: try home.incoming())
    try home.deposit("Lighthouses", file: try home.incoming("%PDF-1.7\nlight"))
    let file = try #require(publication.file)
    original = home.archive.files.path(of: file)
    copy = Folder(path: target).file(file.sha256)
    _ = try home.archive.backUp(to: target)
  }

  private func clean() { try? FileManager.default.removeItem(atPath: target) }

  private var isCopyWhole: Bool {
    (try? Data(contentsOf: URL(filePath: copy))) == Data("%PDF-1.7\nA study of harbours\n".utf8)
  }

  @Test("A damaged file of the archive leaves the copy as it was", arguments: Damage.allCases)
  func damagedOriginal(_ damage: Damage) throws {
    defer { clean() }
    try damage.happen(to: original)
    for _ in 0..<2 {
      let backup = try home.archive.backUp(to: target)
      #expect(backup.findings.map(\.outcome) == [.targetIsWhole])
      #expect(backup.findings.first?.defect.slugs == [publication.slug])
      #expect(backup.findings.first?.defect.path == original)
      #expect(isCopyWhole)
    }
  }

  @Test(
    "A damaged copy is replaced and named",
    arguments: Damage.allCases.filter { $0 != .folderInItsPlace })
  func damagedCopy(_ damage: Damage) throws {
    defer { clean() }
    try damage.happen(to: copy)
    let backup = try home.archive.backUp(to: target)
    #expect((backup.copied, backup.kept) == (1, 1))
    #expect(backup.findings.map(\.outcome) == (damage == .lost ? [] : [.replaced]))
    #expect(backup.findings.allSatisfy { $0.defect.path == copy })
    #expect(isCopyWhole)
    #expect(try home.archive.backUp(to: target).findings.isEmpty)
  }

  @Test("When both are damaged both are named, and neither is written over")
  func bothDamaged() throws {
    defer { clean() }
    try Damage.bitFlipped.happen(to: original)
    try Damage.cutShort.happen(to: copy)
    let left = try Data(contentsOf: URL(filePath: copy))
    let backup = try home.archive.backUp(to: target)
    #expect(backup.findings.map(\.outcome) == [.lost, .lost])
    #expect(Set(backup.findings.map(\.defect.path)) == [original, copy])
    #expect(try Data(contentsOf: URL(filePath: copy)) == left)
  }

  @Test("A damaged file is not copied where there is no copy")
  func firstBackup() throws {
    defer { clean() }
    clean()
    try Damage.bitFlipped.happen(to: original)
    let backup = try home.archive.backUp(to: target)
    #expect(backup.copied == 1)
    #expect(backup.findings.map(\.outcome) == [.lost])
    #expect(!FileManager.default.fileExists(atPath: copy))
  }

  @Test("Earlier files of a publication are named by it too")
  func formerFile() throws {
    defer { clean() }
    let id = publication.id
    _ = try home.archive.publications.revise(
      id, to: Draft(record: publication.record, status: .published),
      file: try home.incoming("%PDF-1.7\nsecond"), by: librarian)
    try Damage.bitFlipped.happen(to: original)
    #expect(
      try home.archive.backUp(to: target).findings.first?.defect.slugs == [publication.slug])
  }

  @Test("What a killed run left is removed, and the earlier backup stays usable meanwhile")
  func leftovers() throws {
    defer { clean() }
    let left = [copy + ".new", target + "/offprint.sqlite3.new"]
    for path in left { try Data("half".utf8).write(to: URL(filePath: path)) }
    let earlier = try Archive.open(folder: target, access: .reading)
    #expect(try earlier.publications.count() == 2)
    earlier.close()
    _ = try home.archive.backUp(to: target)
    #expect(left.allSatisfy { !FileManager.default.fileExists(atPath: $0) })
  }

  @Test("A second backup into the folder is refused while one runs")
  func lock() throws {
    defer { clean() }
    let holder = open(target + "/backup.lock", O_RDWR)
    #expect(flock(holder, LOCK_EX | LOCK_NB) == 0)
    let error = #expect(throws: ArchiveError.self) { try home.archive.backUp(to: target) }
    #expect(error?.description.contains(target) == true)
    close(holder)
    #expect(try home.archive.backUp(to: target).findings.isEmpty)
  }

  @Test("A damaged database leaves the earlier backup as it is")
  func damagedDatabase() throws {
    defer { clean() }
    let path = home.archive.folder.database
    home.archive.close()
    let before = try Data(contentsOf: URL(filePath: target + "/offprint.sqlite3"))
    var octets = try Data(contentsOf: URL(filePath: path))
    // Pages behind the first, so that the file still opens.
    for place in stride(from: 4096 + 8, to: octets.count, by: 4096) {
      octets.replaceSubrange(place..<place + 64, with: [UInt8](repeating: 0xA5, count: 64))
    }
    try octets.write(to: URL(filePath: path))
    #expect(throws: (any Error).self) {
      let archive = try Archive.open(folder: home.folder, access: .reading)
      defer { archive.close() }
      _ = try archive.backUp(to: target)
    }
    #expect(try Data(contentsOf: URL(filePath: target + "/offprint.sqlite3")) == before)
    #expect(!FileManager.default.fileExists(atPath: target + "/offprint.sqlite3.new"))
  }

  @Test("Nobody else can open a backup, whoever made its folder")
  func permissions() throws {
    defer { clean() }
    chmod(target, 0o755)
    chmod(target + "/offprint.sqlite3", 0o644)
    chmod(copy, 0o644)
    _ = try home.archive.backUp(to: target)
    #expect(openToOthers(below: target) == [])
  }
}

/// What group or others may do something with.
func openToOthers(below folder: String) -> [String] {
  let all = [""] + ((try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? [])
  return all.filter { name in
    var status = stat()
    return stat("\(folder)/\(name)", &status) == 0 && status.st_mode & 0o077 != 0
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
    #expect((restored.copied, restored.kept, restored.findings) == (2, 0, []))
    let archive = try Archive.open(folder: target, access: .exclusive)
    defer { archive.close() }
    #expect(try archive.verify().defects.isEmpty)
    #expect(try archive.publications.count() == 2)
  }

  @Test func anArchiveIsNeverWrittenOver() throws {
    defer { clean() }
    #expect(throws: ArchiveError.self) { try Archive.restore(from: backup, to: home.folder) }
    #expect(try home.archive.verify().defects.isEmpty)
    #expect(throws: ArchiveError.self) { try Archive.restore(from: backup, to: backup) }
    #expect(throws: ArchiveError.self) { try Archive.restore(from: target, to: target) }
  }

  @Test("What of the backup is not whole is named and not restored", arguments: Damage.allCases)
  func damagedBackup(_ damage: Damage) throws {
    defer { clean() }
    let file = try #require(harbours.file)
    let path = Folder(path: backup).file(file.sha256)
    try damage.happen(to: path)
    let restored = try Archive.restore(from: backup, to: target)
    #expect(restored.copied == 1)
    #expect(restored.findings.map(\.outcome) == [.lost])
    #expect(restored.findings.first?.defect.path == path)
    #expect(restored.findings.first?.defect.slugs == [harbours.slug])
    let archive = try Archive.open(folder: target, access: .exclusive)
    defer { archive.close() }
    #expect(try archive.verify().lost == 1)
  }

  @Test func aFolderInUseIsLeftAlone() throws {
    defer { clean() }
    let other = try Archive.open(folder: target, access: .exclusive)
    other.close()
    for name in ["offprint.sqlite3", "offprint.sqlite3-wal", "offprint.sqlite3-shm"] {
      try? FileManager.default.removeItem(atPath: "\(target)/\(name)")
    }
    let holder = open(Folder(path: target).lock, O_RDWR)
    defer { close(holder) }
    #expect(flock(holder, LOCK_EX | LOCK_NB) == 0)
    #expect(throws: ArchiveError.self) { try Archive.restore(from: backup, to: target) }
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
