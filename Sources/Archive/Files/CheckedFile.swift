internal import Digests
internal import Foundation
internal import SQLite
internal import Synchronization
internal import System

/// An open file of the archive whose content matches its hash; closed with its last owner.
package final class CheckedFile: Sendable {
  private let file: FileDescriptor
  /// Its length.
  package let bytes: Int

  fileprivate init(_ file: consuming FileDescriptor, bytes: Int) {
    self.file = file
    self.bytes = bytes
  }

  package var descriptor: Int32 { file.number }
}

/// The results of the checks of files since the start.
///
/// A file is hashed when it is first opened, and again when it was replaced or written to; so a
/// repaired file is served without a restart.
final class FileChecks: Sendable {
  /// The result of a check of one version of a file.
  struct Check: Sendable {
    /// nil when the file could not be opened.
    let version: FileStatus.Version?
    /// nil when the file was whole.
    let problem: FileDefect.Problem?
  }

  private let checks = Mutex<[String: Check]>([:])

  func check(of sha256: String) -> Check? { checks.withLock { $0[sha256] } }

  func note(_ check: Check, of sha256: String) { checks.withLock { $0[sha256] = check } }

  /// Takes the results of another archive with the same files.
  func take(from other: FileChecks) {
    let results = other.checks.withLock { $0 }
    checks.withLock { $0.merge(results) { _, new in new } }
  }

  /// The files that were damaged when they were looked at last, in a fixed order.
  var damaged: [String] {
    checks.withLock { $0.filter { $0.value.problem != nil }.keys.sorted() }
  }
}

/// The PDFs.
package struct Files: Sendable {
  let core: ArchiveCore
  private let checks = FileChecks()

  init(_ core: ArchiveCore) { self.core = core }

  /// The path of a file.
  package func path(of file: StoredFile) -> String { core.folder.file(file.sha256) }

  /// Whether a file is still in the archive: deleting a draft deletes its file.
  package func has(_ file: StoredFile) throws -> Bool {
    try core.read { try $0.hasFile(file.id) }
  }

  /// Opens a file after checking that it is undamaged.
  ///
  /// In a replica, a missing or damaged file is fetched.
  ///
  /// - Throws: ``FileDefect`` when it is missing or damaged; ``FileFetcher/Failure``; ``FileError``
  ///   when the system has no descriptors or memory left.
  package func open(_ file: StoredFile) throws -> CheckedFile {
    guard let fetcher = core.options.fetcher else {
      return try open(file.sha256, octets: file.bytes)
    }
    do { return try open(file.sha256, octets: file.bytes) } catch is FileDefect {
      try fetcher.fetch(file.sha256, bytes: file.bytes) {
        (try? open(file.sha256, octets: file.bytes)) != nil
      }
      return try open(file.sha256, octets: file.bytes)
    }
  }

  /// Opens a file that is here and undamaged; nil for others, which are not fetched.
  package func openLocal(_ file: StoredFile) throws -> CheckedFile? {
    do { return try open(file.sha256, octets: file.bytes) } catch is FileDefect { return nil }
  }

  /// Passes on the results of checks, so that the next copy of the database need not repeat them.
  func passChecks(to other: Files) { other.checks.take(from: checks) }

  func open(_ sha256: String, octets: Int) throws -> CheckedFile {
    guard let file = try check(sha256, octets: octets, isRepeated: false, { _ in true }) else {
      throw try damage(.content, nil, sha256)
    }
    return file
  }

  /// Reads a file to its end, also if it has not been written to since it was checked last.
  ///
  /// - Parameters:
  ///   - sha256: Its SHA-256.
  ///   - bytes: Its length.
  ///   - read: Called with the number of bytes of each piece; false stops.
  /// - Returns: Whether it was read to its end.
  /// - Throws: ``FileDefect`` when it is missing or damaged; ``FileError`` when the system has no
  ///   descriptors or memory left.
  func readAgain(_ sha256: String, bytes: Int, _ read: (Int) -> Bool) throws -> Bool {
    try check(sha256, octets: bytes, isRepeated: true, read) != nil
  }

  /// Opens a file whose content matches its hash.
  ///
  /// - Returns: nil if `read` stopped it.
  private func check(
    _ sha256: String, octets: Int, isRepeated: Bool, _ read: (Int) -> Bool
  ) throws -> CheckedFile? {
    let path = core.folder.file(sha256)
    let file: FileDescriptor
    do throws(FileError) { file = try FileDescriptor(path, for: .reading) } catch {
      if error.isExhausted { throw error }
      throw try damage(error.isMissing ? .missing : .unreadable(error.reason), nil, sha256)
    }
    let status = try file.status()
    guard status.isFile else { throw try damage(.missing, status.version, sha256) }
    guard status.bytes == octets else {
      throw try damage(
        .length(expected: octets, found: status.bytes), status.version, sha256)
    }
    if !isRepeated, let check = checks.check(of: sha256), check.version == status.version {
      if let problem = check.problem { throw try damage(problem, status.version, sha256) }
      return CheckedFile(file, bytes: octets)
    }
    var hash = SHA256()
    var isStopped = false
    do throws(FileError) {
      try file.read { piece in
        hash.update(piece)
        isStopped = !read(piece.count)
        return !isStopped
      }
    } catch {
      throw try damage(.unreadable(error.reason), status.version, sha256)
    }
    guard !isStopped else { return nil }
    guard hash.finish().hexadecimal == sha256 else {
      throw try damage(.content, status.version, sha256)
    }
    checks.note(FileChecks.Check(version: status.version, problem: nil), of: sha256)
    return CheckedFile(file, bytes: octets)
  }

  /// Notes that a file is damaged.
  private func damage(
    _ problem: FileDefect.Problem, _ version: FileStatus.Version?, _ sha256: String
  ) throws -> FileDefect {
    checks.note(FileChecks.Check(version: version, problem: problem), of: sha256)
    let slugs = try core.read { connection in
      try connection.row("SELECT id FROM file WHERE sha256 = \(sha256)") { $0.integer(0) }
        .map { try connection.slugs(withFile: $0) } ?? []
    }
    return FileDefect(
      sha256: sha256, slugs: slugs.sorted { $0.description < $1.description },
      path: core.folder.file(sha256), problem: problem)
  }

  /// The files that were found damaged since the start and still are.
  ///
  /// - Parameter most: How many are wanted.
  /// - Returns: Their defects.
  /// - Throws: What the database throws.
  package func damaged(most: Int = 100) throws -> [FileDefect] {
    var defects: [FileDefect] = []
    for sha256 in checks.damaged.prefix(most) {
      let octets = try core.read { connection in
        try connection.row("SELECT bytes FROM file WHERE sha256 = \(sha256)") { $0.count(0) }
      }
      guard let octets else { continue }
      do { _ = try open(sha256, octets: octets) } catch let defect as FileDefect {
        defects.append(defect)
      }
    }
    return defects
  }

  /// Looks whether each file is there in its length, without reading any.
  ///
  /// - Returns: Those that are not, which count as damaged from now on.
  /// - Throws: What the database throws.
  package func checkLengths() throws -> [FileDefect] {
    try NamedFile.all(in: core.database).compactMap { file in
      let found = FileSystem.bytes(of: core.folder.file(file.sha256))
      guard found != file.bytes else { return nil }
      do { _ = try open(file.sha256, octets: file.bytes) } catch let defect as FileDefect {
        return defect
      }
      return nil
    }
  }
}
