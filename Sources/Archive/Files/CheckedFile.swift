internal import CLinux
internal import Digests
internal import Foundation
internal import SQLite
internal import Synchronization

/// An open file of the archive that is whole; closed when nobody holds it any more.
package final class CheckedFile: Sendable {
  package let descriptor: Int32
  package let octets: Int

  fileprivate init(descriptor: Int32, octets: Int) {
    self.descriptor = descriptor
    self.octets = octets
  }

  deinit { _ = Foundation.close(descriptor) }
}

/// What is known since the start of the files that were opened.
///
/// A file is hashed when it is opened first, and again when the system says that it is another one
/// or has been written to; so a file that was mended is found whole without a restart.
final class FileChecks: Sendable {
  /// Tells two states of a file apart without reading it.
  struct Signature: Equatable, Sendable {
    private let numbers: [Int64]

    init(_ status: stat) {
      numbers = [
        Int64(bitPattern: UInt64(status.st_dev)), Int64(bitPattern: UInt64(status.st_ino)),
        Int64(status.st_size), Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec),
        Int64(status.st_ctim.tv_sec), Int64(status.st_ctim.tv_nsec),
      ]
    }
  }

  /// What was found when the file had a signature.
  struct Check: Sendable {
    /// nil when there was no file that could be asked.
    let signature: Signature?
    /// nil when the file was whole.
    let problem: FileDefect.Problem?
  }

  private let checks = Mutex<[String: Check]>([:])

  func check(of sha256: String) -> Check? { checks.withLock { $0[sha256] } }

  func note(_ check: Check, of sha256: String) { checks.withLock { $0[sha256] = check } }

  /// The files that were damaged when they were looked at last, in a fixed order.
  var damaged: [String] {
    checks.withLock { $0.filter { $0.value.problem != nil }.keys.sorted() }
  }
}

extension Archive {
  /// Opens a file, once it is known to be whole.
  ///
  /// - Throws: ``FileDefect`` when it is missing or damaged; ``FileError`` when the system has no
  ///   descriptors or memory left.
  package func open(_ file: StoredFile) throws -> CheckedFile {
    try open(file.sha256, octets: file.octets)
  }

  private func open(_ sha256: String, octets: Int) throws -> CheckedFile {
    let path = folder.file(sha256)
    let descriptor: Int32
    do throws(FileError) { descriptor = try DurableFiles.open(path, O_RDONLY) } catch {
      if [EMFILE, ENFILE, ENOMEM].contains(error.code) { throw error }
      let isMissing = error.code == ENOENT || error.code == ENOTDIR
      throw try damage(isMissing ? .missing : .unreadable(error.reason), nil, sha256)
    }
    let file = CheckedFile(descriptor: descriptor, octets: octets)
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(last: path) }
    let signature = FileChecks.Signature(status)
    guard status.st_mode & S_IFMT == S_IFREG else { throw try damage(.missing, signature, sha256) }
    let found = Int(status.st_size)
    guard found == octets else {
      throw try damage(.length(expected: octets, found: found), signature, sha256)
    }
    if let check = fileChecks.check(of: sha256), check.signature == signature {
      guard let problem = check.problem else { return file }
      throw try damage(problem, signature, sha256)
    }
    var hash = SHA256()
    do throws(FileError) {
      try DurableFiles.read(descriptor, path: path) {
        hash.update($0)
        return true
      }
    } catch {
      throw try damage(.unreadable(error.reason), signature, sha256)
    }
    guard hash.finish().hexadecimal == sha256 else {
      throw try damage(.content, signature, sha256)
    }
    fileChecks.note(FileChecks.Check(signature: signature, problem: nil), of: sha256)
    return file
  }

  /// Notes that a file is damaged.
  private func damage(
    _ problem: FileDefect.Problem, _ signature: FileChecks.Signature?, _ sha256: String
  ) throws -> FileDefect {
    fileChecks.note(FileChecks.Check(signature: signature, problem: problem), of: sha256)
    let slugs = try database.read { connection in
      try connection.row("SELECT id FROM file WHERE sha256 = \(sha256)") { $0.integer(0) }
        .map { try connection.slugs(withFile: $0) } ?? []
    }
    return FileDefect(
      sha256: sha256, slugs: slugs.sorted { $0.description < $1.description },
      path: folder.file(sha256), problem: problem)
  }

  /// The files that were found damaged since the start and still are.
  ///
  /// - Parameter most: How many are wanted.
  /// - Returns: Their defects.
  /// - Throws: What the database throws.
  package func damagedFiles(most: Int = 100) throws -> [FileDefect] {
    var defects: [FileDefect] = []
    for sha256 in fileChecks.damaged.prefix(most) {
      let octets = try database.read { connection in
        try connection.row("SELECT octets FROM file WHERE sha256 = \(sha256)") { $0.count(0) }
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
    try NamedFile.all(in: database).compactMap { file in
      let found = DurableFiles.octets(of: folder.file(file.sha256))
      guard found != file.octets else { return nil }
      do { _ = try open(file.sha256, octets: file.octets) } catch let defect as FileDefect {
        return defect
      }
      return nil
    }
  }
}
