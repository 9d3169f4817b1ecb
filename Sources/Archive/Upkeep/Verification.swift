internal import SQLite
internal import Search
internal import System

/// A result of a verification.
package enum Defect: Sendable, Hashable, CustomStringConvertible {
  /// SQLite's message.
  case database(String)
  case file(FileDefect)
  /// A file without a row, which is harmless. `isOld` if it is too old for a deposit in progress.
  case litter(path: String, isOld: Bool)
  /// Other users of the machine can open it.
  case openToOthers(path: String)

  /// Whether something is or may be lost.
  package var isLoss: Bool {
    switch self {
    case .database, .file: true
    case .litter, .openToOthers: false
    }
  }

  package var description: String {
    switch self {
    case .database(let reason): "database: \(reason)"
    case .file(let defect): defect.description
    case .litter(let path, _): "\(path): belongs to no publication"
    case .openToOthers(let path): "\(path): is open to other users of this machine"
    }
  }
}

extension Archive {
  /// The result of a verification.
  package struct Verification: Sendable, Equatable {
    package var files = 0
    package var bytes = 0
    package var defects: [Defect] = []
    /// Files without a row that were removed.
    package var removed = 0
    /// Whether it checked everything: false if it was cancelled.
    package var isComplete = false

    package var lost: Int { defects.count(where: \.isLoss) }
    package var openToOthers: Int {
      defects.count { if case .openToOthers = $0 { true } else { false } }
    }
  }

  /// Checks the whole archive: the database with SQLite's checks, and each file against its
  /// SHA-256.
  ///
  /// - Parameters:
  ///   - repairs: Whether to remove files without a row that are older than a day; a newer one may
  ///     be a deposit in progress.
  ///   - now: The time.
  ///   - isCancelled: Asked before each step and each file; true ends the work, and then nothing
  ///     is removed.
  ///   - progress: Called after each file.
  /// - Returns: The result.
  /// - Throws: When the database cannot be read at all.
  package func verify(
    repairs: Bool = false, at now: Instant = .now, isCancelled: () -> Bool = { false },
    progress: (FileProgress) -> Void = { _ in }
  ) throws -> Verification {
    var verification = Verification()
    guard !isCancelled() else { return verification }
    verification.defects += try databaseDefects().map { .database($0) }
    guard !isCancelled() else { return verification }
    verification.defects += try indexDefects().map { .database($0) }
    let files = try NamedFile.all(in: database)
    var done = FileProgress(files)
    for file in files {
      guard !isCancelled() else { return verification }
      if let defect = file.defect(at: folder.file(file.sha256)) {
        verification.defects.append(.file(defect))
      }
      verification.files += 1
      verification.bytes += file.bytes
      done.add(file)
      progress(done)
    }
    guard !isCancelled() else { return verification }
    try sweep(keeping: Set(files.map(\.sha256)), repairs: repairs, at: now, into: &verification)
    verification.defects += try folder.openToOthers().map { .openToOthers(path: $0) }
    verification.isComplete = true
    return verification
  }

  /// Builds a search index and checks whether it has every public record and page.
  private func indexDefects() throws -> [String] {
    try database.read { connection in
      let records = try core.emptyIndex.addingRecords(from: connection)
      return try records.addingPages(from: connection).defects(in: connection)
    }
  }

  private func databaseDefects() throws -> [String] {
    try database.read { try $0.integrityDefects() + $0.countDefects() }
  }

  /// Finds files without a row.
  private func sweep(
    keeping kept: Set<String>, repairs: Bool, at now: Instant,
    into verification: inout Verification
  ) throws {
    for path in try FileSystem.descendants(of: folder.files) {
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      let sha256 = name.hasSuffix(".pdf") ? String(name.dropLast(4)) : ""
      if kept.contains(sha256), folder.file(sha256) == path { continue }
      let changed = FileSystem.status(path)?.modified ?? 0
      let isOld = changed < now.adding(seconds: -86_400).secondsSince1970
      if repairs, isOld {
        try FileSystem.remove(path)
        verification.removed += 1
      } else {
        verification.defects.append(.litter(path: path, isOld: isOld))
      }
    }
  }
}

extension Connection {
  /// Whether the numbers of publications that triggers keep are right.
  fileprivate func countDefects() throws -> [String] {
    try rows(
      """
      SELECT kept.number, kept.published, ifnull(found.published, 0)
      FROM publication_range AS kept LEFT JOIN (
        SELECT (id - 1) / \(PublicationRange.size) AS number, sum(status = 'published') AS published
        FROM publication GROUP BY 1) AS found USING (number)
      WHERE kept.published <> ifnull(found.published, 0)
      """
    ) { "publication_range \($0.count(0)) says \($0.count(1)) published, there are \($0.count(2))" }
  }

  /// The defects that SQLite finds in the database.
  func integrityDefects() throws -> [String] {
    let integrity = try rows("PRAGMA integrity_check(20)") { $0.text(0) }
    let references = try rows("PRAGMA foreign_key_check") {
      "a row of \($0.text(0)) names a row of \($0.text(2)) that is not there"
    }
    return integrity.filter { $0 != "ok" } + references
  }
}
