internal import Digests
internal import SQLite

/// Something that is not as it should be.
package enum Defect: Sendable, Equatable, CustomStringConvertible {
  /// SQLite's own words.
  case database(String)
  case fileMissing(sha256: String, slugs: [Slug])
  case fileLength(sha256: String, expected: Int, found: Int, slugs: [Slug])
  /// The octets of the file are others than those that were deposited.
  case fileContent(sha256: String, slugs: [Slug])
  case fileUnreadable(sha256: String, reason: String)
  /// A file without a row; harmless. `isOld` when it is no deposit on its way any more.
  case litter(path: String, isOld: Bool)

  /// Whether something was lost or may be.
  package var isLoss: Bool {
    if case .litter = self { false } else { true }
  }

  package var description: String {
    func used(_ slugs: [Slug]) -> String {
      slugs.isEmpty ? "" : " (\(slugs.map(\.description).joined(separator: ", ")))"
    }
    return switch self {
    case .database(let reason): "database: \(reason)"
    case .fileMissing(let sha256, let slugs): "file \(sha256)\(used(slugs)): is missing"
    case .fileLength(let sha256, let expected, let found, let slugs):
      "file \(sha256)\(used(slugs)): expected \(expected) octets, found \(found)"
    case .fileContent(let sha256, let slugs):
      "file \(sha256)\(used(slugs)): its content has changed"
    case .fileUnreadable(let sha256, let reason): "file \(sha256): \(reason)"
    case .litter(let path, _): "\(path): belongs to no publication"
    }
  }
}

extension Archive {
  /// What a verification looked at.
  package struct Verification: Sendable, Equatable {
    package var files = 0
    package var octets = 0
    package var defects: [Defect] = []
    /// Files without a row that were removed.
    package var removed = 0
  }

  /// Reads the whole archive: the database by SQLite's own checks, and each file against its name.
  ///
  /// - Parameters:
  ///   - repairs: Removes files without a row that are older than a day; a younger one may be a
  ///     deposit on its way.
  ///   - now: The moment.
  ///   - progress: Called after each file with how many of how many have been read.
  /// - Returns: What was found.
  /// - Throws: When the database cannot be read at all.
  package func verify(
    repairs: Bool = false, at now: Instant = .now, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> Verification {
    var verification = Verification()
    verification.defects += try databaseDefects().map { .database($0) }
    verification.defects += try indexDefects().map { .database($0) }
    let files = try keptFiles()
    for (index, file) in files.enumerated() {
      if let defect = examine(file) { verification.defects.append(defect) }
      verification.files += 1
      verification.octets += file.octets
      progress(index + 1, files.count)
    }
    try sweep(keeping: Set(files.map(\.sha256)), repairs: repairs, at: now, into: &verification)
    return verification
  }

  /// Makes the search index and looks whether it has every public record and page.
  private func indexDefects() throws -> [String] {
    try database.read { connection in
      let pages = try emptyPages.reading(connection)
      return try RecordIndex.read(from: connection).defects + pages.defects(in: connection)
    }
  }

  private struct KeptFile: Sendable {
    let sha256: String
    let octets: Int
    let slugs: [Slug]
  }

  private func databaseDefects() throws -> [String] {
    try database.read { connection in
      let integrity = try connection.rows("PRAGMA integrity_check(20)") { $0.text(0) }
      let references = try connection.rows("PRAGMA foreign_key_check") {
        "a row of \($0.text(0)) names a row of \($0.text(2)) that is not there"
      }
      return integrity.filter { $0 != "ok" } + references
    }
  }

  private func keptFiles() throws -> [KeptFile] {
    try database.read { connection in
      try connection.rows(
        """
        SELECT sha256, octets, ifnull((
          SELECT group_concat(slug, ' ') FROM publication WHERE publication.file = file.id), '')
        FROM file ORDER BY id
        """
      ) { row in
        KeptFile(
          sha256: row.text(0), octets: row.count(1),
          slugs: row.text(2).split(separator: " ").compactMap { Slug($0) })
      }
    }
  }

  private func examine(_ file: KeptFile) -> Defect? {
    let path = folder.file(file.sha256)
    guard let octets = DurableFiles.octets(of: path) else {
      return .fileMissing(sha256: file.sha256, slugs: file.slugs)
    }
    guard octets == file.octets else {
      return .fileLength(
        sha256: file.sha256, expected: file.octets, found: octets, slugs: file.slugs)
    }
    var hash = SHA256()
    do {
      try DurableFiles.read(path) { piece in
        hash.update(piece)
        return true
      }
    } catch {
      return .fileUnreadable(sha256: file.sha256, reason: error.reason)
    }
    guard hash.finish().hexadecimal == file.sha256 else {
      return .fileContent(sha256: file.sha256, slugs: file.slugs)
    }
    return nil
  }

  /// Finds what lies in `files/` without a row.
  private func sweep(
    keeping kept: Set<String>, repairs: Bool, at now: Instant,
    into verification: inout Verification
  ) throws {
    for path in try DurableFiles.descendants(of: folder.files) {
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      let sha256 = name.hasSuffix(".pdf") ? String(name.dropLast(4)) : ""
      if kept.contains(sha256), folder.file(sha256) == path { continue }
      let changed = DurableFiles.modified(path) ?? 0
      let isOld = changed < now.adding(seconds: -86_400).secondsSince1970
      if repairs, isOld {
        try DurableFiles.remove(path)
        verification.removed += 1
      } else {
        verification.defects.append(.litter(path: path, isOld: isOld))
      }
    }
  }
}

extension DurableFiles {
  /// The files below a folder, in no order.
  fileprivate static func descendants(of folder: String) throws(FileError) -> [String] {
    var files: [String] = []
    for name in try names(in: folder) {
      let path = "\(folder)/\(name)"
      if isFolder(path) {
        files += try descendants(of: path)
      } else {
        files.append(path)
      }
    }
    return files
  }
}
