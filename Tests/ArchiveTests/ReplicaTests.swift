import Archive
import Digests
import Foundation
import Search
import Synchronization
import Testing

/// A folder with copies of an archive's database, as a replica has it; removed by its user.
private final class ReplicaFolder {
  let home: TemporaryArchive
  let folder = FileManager.default.temporaryDirectory.appending(path: "replica-\(UUID())").path
  private let backup = FileManager.default.temporaryDirectory.appending(path: "copy-\(UUID())").path

  init(_ home: TemporaryArchive) throws {
    self.home = home
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false)
  }

  func remove() {
    for path in [folder, backup] { try? FileManager.default.removeItem(atPath: path) }
  }

  /// A copy of the database as it is now.
  func copy() throws -> Data {
    _ = try home.archive.backUp(to: backup)
    return try Data(contentsOf: URL(filePath: Folder(path: backup).database))
  }

  /// Renames a copy into its place.
  func put(_ copy: Data) throws {
    let next = URL(filePath: folder + "/next")
    try copy.write(to: next)
    let place = URL(filePath: Folder(path: folder).database)
    try? FileManager.default.removeItem(at: place)
    try FileManager.default.moveItem(at: next, to: place)
  }

  func open(_ options: Archive.Options = Archive.Options()) throws -> Archive {
    try Archive.open(folder: folder, access: .replica, options: options)
  }
}

@Suite("A replica reads the copy that it has opened, and takes over from one to the next")
struct ReplicaTests {
  @Test func itNeitherLocksNorWrites() throws {
    let home = try TemporaryArchive()
    try home.deposit("Harbours")
    let place = try ReplicaFolder(home)
    defer { place.remove() }
    try place.put(try place.copy())
    let first = try place.open()
    let second = try place.open()
    #expect(try first.publications.count(at: noon) == 1)
    #expect(try second.search(SearchQuery("harbours"), at: noon).total == 1)
    #expect(throws: (any Error).self) { try first.recordTime() }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: place.folder) == ["offprint.sqlite3"])
  }

  @Test func theNextCopyIsServedWithItsIndexAndTheFormerOneStaysReadable() throws {
    let home = try TemporaryArchive()
    let old = try home.deposit("Harbours", abstract: "Piers and quays.")
    let place = try ReplicaFolder(home)
    defer { place.remove() }
    try place.put(try place.copy())
    let first = try place.open()
    try first.prepareSearch()
    try home.deposit("Lighthouses")
    _ = try home.archive.publications.withdraw(old.id, reason: "wrong", by: librarian, at: noon)
    try place.put(try place.copy())
    // Many readers at once, each of which would open a connection to the new file.
    let lanes = try concurrently(lanes: 8) { (_) throws in
      #expect(try first.publications.count(at: noon) == 1)
      #expect(try first.search(SearchQuery("lighthouses"), at: noon).total == 0)
    }
    #expect(lanes == 8)

    let next = try first.openingSuccessor()
    #expect(try next.search(SearchQuery("lighthouses"), at: noon).total == 1)
    #expect(try next.search(SearchQuery("quays"), at: noon).total == 0)
    #expect(try first.search(SearchQuery("quays"), at: noon).total == 1)
  }

  @Test func textsThatWereExtractedMeanwhileAreFound() throws {
    let home = try TemporaryArchive()
    let publication = try home.deposit("Harbours", file: try home.incoming())
    let place = try ReplicaFolder(home)
    defer { place.remove() }
    try place.put(try place.copy())
    let first = try place.open()
    try first.prepareSearch()
    let file = try #require(publication.file)
    try home.archive.texts.store(of: file, pages: ["Kelp grows on the pier."], at: noon)
    try place.put(try place.copy())
    let next = try first.openingSuccessor()
    #expect(try first.search(SearchQuery("kelp"), at: noon).total == 0)
    #expect(try next.search(SearchQuery("kelp"), at: noon).total == 1)
  }

  @Test func olderCopiesAreRefused() throws {
    let home = try TemporaryArchive()
    try home.deposit("Harbours")
    let place = try ReplicaFolder(home)
    defer { place.remove() }
    let older = try place.copy()
    try home.deposit("Lighthouses")
    try place.put(try place.copy())
    let first = try place.open()
    try place.put(older)
    #expect {
      _ = try first.openingSuccessor()
    } throws: {
      if case .outdated = $0 as? ArchiveError { true } else { false }
    }
    #expect(try first.publications.count(at: noon) == 2)
  }

  @Test(
    "Damaged copies and those of other versions are refused",
    arguments: ["cut", "zeros", "empty", "text", "newer", "older"])
  func bad(_ kind: String) throws {
    let home = try TemporaryArchive()
    for number in 0..<40 { try home.deposit("Harbour \(number)", abstract: "Stones and water.") }
    let place = try ReplicaFolder(home)
    defer { place.remove() }
    try place.put(try place.copy())
    let first = try place.open()
    var bad = try place.copy()
    switch kind {
    case "cut": bad.removeLast(bad.count / 2)
    case "zeros":
      bad.replaceSubrange(
        bad.count / 3..<bad.count / 2, with: Data(count: bad.count / 2 - bad.count / 3))
    case "empty": bad = Data()
    case "text": bad = Data("not a database, but long enough to look at".utf8)
    // `user_version` is at 60 in the header.
    case "newer": bad[63] = 0xFF
    default: bad[63] = 18
    }
    try place.put(bad)
    #expect {
      _ = try first.openingSuccessor()
    } throws: {
      switch ($0 as? ArchiveError, kind) {
      case (.newer, "newer"), (.older, "older"), (.damaged, "cut"), (.damaged, "zeros"): true
      case (.foreign, "text"), (.older, "empty"), (.damaged, "empty"), (.foreign, "empty"): true
      default: false
      }
    }
    #expect(try first.publications.count(at: noon) == 40)
  }

  @Test func aDatabaseWithAWriteAheadLogIsNoCopy() throws {
    let home = try TemporaryArchive()
    try home.deposit("Harbours")
    #expect {
      _ = try Archive.open(folder: home.folder, access: .replica)
    } throws: {
      if case .writtenTo = $0 as? ArchiveError { true } else { false }
    }
  }

  @Test func aScheduledPublicationBecomesPublicInAReplicaToo() throws {
    let home = try TemporaryArchive()
    try home.deposit(
      "Harbours", status: .scheduled, publicFrom: noon.adding(seconds: 60))
    let place = try ReplicaFolder(home)
    defer { place.remove() }
    try place.put(try place.copy())
    var options = Archive.Options()
    options.clock = { noon }
    let replica = try place.open(options)
    let before = replica.lastChange(of: CacheTag.lists.number, at: noon)
    #expect(replica.lastChange(of: CacheTag.lists.number, at: noon.adding(seconds: 61)) > before)
  }
}

@Suite("A generation numbers what was written")
struct GenerationTests {
  @Test func itGrowsWithWritesAndSaysWhichReadersSee() throws {
    let home = try TemporaryArchive()
    let start = try home.archive.storedGeneration()
    try home.deposit("Harbours")
    let visible = try home.archive.storedGeneration()
    #expect(visible.number > start.number && visible.visible == visible.number)
    _ = try home.archive.staff.createInvitation()
    let hidden = try home.archive.storedGeneration()
    #expect(hidden.number > visible.number && hidden.visible == visible.visible)
  }

  @Test func whatWritesNothingChangesNothing() throws {
    let home = try TemporaryArchive()
    try home.deposit("Harbours")
    let before = try home.archive.storedGeneration()
    try home.archive.publications.publishDue()
    #expect(try home.archive.storedGeneration() == before)
  }

  @Test func theTimeOfAnIdleArchiveIsRecorded() throws {
    let time = Mutex(noon)
    var options = Archive.Options()
    options.clock = { time.withLock { $0 } }
    let home = try TemporaryArchive(options)
    let before = try home.archive.storedGeneration()
    time.withLock { $0 = noon.adding(seconds: 10) }
    try home.archive.recordTime()
    let after = try home.archive.storedGeneration()
    #expect(after.number == before.number)
    #expect(after.time == noon.adding(seconds: 10))
  }
}

/// An origin whose answers are given, and which counts its requests.
private final class SampleOrigin: FileOrigin {
  private let answer: @Sendable () throws -> [[UInt8]]
  private let paths = Mutex<[String]>([])

  init(_ answer: @escaping @Sendable () throws -> [[UInt8]]) { self.answer = answer }

  var requests: [String] { paths.withLock { $0 } }

  func read(_ path: String, _ body: ([UInt8]) throws -> Void) throws {
    paths.withLock { $0.append(path) }
    for piece in try answer() { try body(piece) }
  }
}

@Suite("A replica fetches a PDF that it does not have, and stores only the right one")
struct FileFetcherTests {
  private static let pdf = Array("%PDF-1.7\nA study of harbours\n".utf8)

  private static func replica(
    _ home: TemporaryArchive, _ origin: SampleOrigin,
    clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) throws -> (place: ReplicaFolder, archive: Archive, file: StoredFile) {
    let file = try #require(try home.deposit("Harbours", file: try home.incoming()).file)
    let place = try ReplicaFolder(home)
    try place.put(try place.copy())
    var options = Archive.Options()
    options.fetcher = FileFetcher(folder: place.folder, origin: origin, clock: clock)
    return (place, try place.open(options), file)
  }

  @Test func itIsFetchedOnceAndThenServedFromHere() throws {
    let origin = SampleOrigin { [Array(Self.pdf.prefix(5)), Array(Self.pdf.dropFirst(5))] }
    let home = try TemporaryArchive()
    let (place, archive, file) = try Self.replica(home, origin)
    defer { place.remove() }
    let lanes = try concurrently(lanes: 8) { _ in _ = try archive.files.open(file) }
    #expect(lanes == 8)
    let sha = file.sha256
    #expect(
      origin.requests == ["files/\(sha.prefix(2))/\(sha.dropFirst(2).prefix(2))/\(sha).pdf"])
    let path = Folder(path: place.folder).file(sha)
    #expect(try Data(contentsOf: URL(filePath: path)) == Data(Self.pdf))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o400)
  }

  @Test func aDamagedFileIsFetchedAgain() throws {
    let origin = SampleOrigin { [Self.pdf] }
    let home = try TemporaryArchive()
    let (place, archive, file) = try Self.replica(home, origin)
    defer { place.remove() }
    _ = try archive.files.open(file)
    let path = Folder(path: place.folder).file(file.sha256)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    try Data("%PDF-1.7\nA study of harbourz\n".utf8).write(to: URL(filePath: path))
    _ = try archive.files.open(file)
    #expect(try Data(contentsOf: URL(filePath: path)) == Data(Self.pdf))
  }

  @Test(
    "Wrong bytes are never stored",
    arguments: [
      "", "%PDF-1.7\nA study of harbours", "%PDF-1.7\nA study of harbourz\n",
      "%PDF-1.7\nA study of harbours\nand more", "<Error>AccessDenied</Error>",
    ])
  func wrong(_ content: String) throws {
    let origin = SampleOrigin { [Array(content.utf8)] }
    let home = try TemporaryArchive()
    let (place, archive, file) = try Self.replica(home, origin)
    defer { place.remove() }
    #expect(throws: FileFetcher.Failure.wrongContent(sha256: file.sha256)) {
      _ = try archive.files.open(file)
    }
    #expect(!FileManager.default.fileExists(atPath: Folder(path: place.folder).file(file.sha256)))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: place.folder + "/incoming").isEmpty)
    #expect(archive.options.fetcher?.counts.wrong == 1)
  }

  @Test func anOriginInTroubleIsNotAskedForEachReader() throws {
    let origin = SampleOrigin { throw FileFetcher.Failure.unavailable("down") }
    let home = try TemporaryArchive()
    let start = ContinuousClock.now
    let time = Mutex(start)
    let (place, archive, file) = try Self.replica(home, origin) { time.withLock { $0 } }
    defer { place.remove() }
    for _ in 0..<3 {
      #expect(throws: FileFetcher.Failure.unavailable("down")) { _ = try archive.files.open(file) }
    }
    #expect(origin.requests.count == 1)
    time.withLock { $0 = start + FileFetcher.pause }
    #expect(throws: FileFetcher.Failure.unavailable("down")) { _ = try archive.files.open(file) }
    #expect(origin.requests.count == 2)
  }
}

@Suite("A file is told by its hash only if readers may see it")
struct PublicFileTests {
  @Test(
    arguments: [
      (.published, true), (.draft, false), (.review, false), (.scheduled, false),
    ] as [(Publication.Status, Bool)])
  func status(_ status: Publication.Status, isPublic: Bool) throws {
    let home = try TemporaryArchive()
    let publication = try home.deposit(
      "Harbours", status: status,
      publicFrom: status == .scheduled ? noon.adding(seconds: 60) : nil,
      file: try home.incoming())
    let sha256 = try #require(publication.file).sha256
    #expect((try home.archive.publications.publicFile(sha256, at: noon) != nil) == isPublic)
  }

  @Test func earlierFilesAreTooAndWithdrawnOnesAreNot() throws {
    let home = try TemporaryArchive()
    let publication = try home.deposit("Harbours", file: try home.incoming())
    let sha256 = try #require(publication.file).sha256
    _ = try home.archive.publications.revise(
      publication.id, to: Draft(publication), file: try home.incoming("%PDF-1.7\nnew"),
      by: librarian, at: noon)
    #expect(try home.archive.publications.publicFile(sha256, at: noon) != nil)
    _ = try home.archive.publications.withdraw(
      publication.id, reason: "wrong", by: librarian, at: noon)
    #expect(try home.archive.publications.publicFile(sha256, at: noon) == nil)
  }
}
