internal import Foundation
internal import SQLite
internal import System

/// A copy of an archive in another folder, made file by file with every file read to its end.
///
/// A file is copied under a temporary name, compared with the SHA-256 that names it, flushed and
/// renamed. So the target has complete files only, and a good copy is never replaced. The database
/// is copied first, in one state, and put in place last: if the work is cut off, the target is what
/// it was before, plus files that no row names yet.
package struct Backup: Sendable, Equatable {
  package fileprivate(set) var copied = 0
  /// Files of which the target had a good copy already.
  package fileprivate(set) var kept = 0
  package fileprivate(set) var findings: [Finding] = []

  /// A damaged or missing file in the source or in the target.
  package struct Finding: Sendable, Equatable, CustomStringConvertible {
    package let defect: FileDefect
    package let outcome: Outcome

    package var description: String { "\(defect); \(outcome.rawValue)" }
  }

  package enum Outcome: String, Sendable {
    /// The target keeps its good copy.
    case targetIsWhole = "the copy is whole and was kept"
    /// The target's copy was replaced by the source's.
    case replaced = "replaced by a whole copy"
    /// Neither the source nor the target has a good copy.
    case lost = "there is no whole copy"
  }
}

extension Archive {
  /// Copies the archive into a folder, beside a running server.
  ///
  /// A later backup to the same folder copies what is new and hashes what is there.
  ///
  /// - Parameters:
  ///   - target: The folder; created if there is none.
  ///   - rereads: Whether new copies are read again from the target.
  ///   - progress: Called after each file.
  /// - Returns: What was copied, and which files are damaged.
  /// - Throws: ``ArchiveError`` when the folder is an archive, when another backup writes to it,
  ///   when the database is damaged, and when something cannot be written.
  package func backUp(
    to target: String, rereads: Bool = false, progress: (FileProgress) -> Void = { _ in }
  ) throws -> Backup {
    let copy = Folder(path: target)
    guard FileSystem.status(copy.lock) == nil else {
      throw ArchiveError.unusable(path: target, reason: "this is an archive, not a backup")
    }
    return try translatingErrors(of: target) {
      try FileSystem.makeFolder(copy.path)
      let lock = try FolderLock(copy, .backup)
      defer { withExtendedLifetime(lock) {} }
      return try Backup(
        of: folder, database, to: copy, rereads: rereads, progress: progress)
    }
  }

  /// Copies a backup into an empty folder, which is then an archive.
  ///
  /// All undamaged files of the backup are restored. A folder from before the first release is
  /// converted.
  ///
  /// - Parameters:
  ///   - source: The folder of the backup; it is only read.
  ///   - target: The data folder; created if there is none.
  ///   - progress: Called after each file.
  /// - Returns: What was copied, and which files of the backup are damaged.
  /// - Throws: ``ArchiveError`` when there is no backup, when `target` has an archive or is in use,
  ///   and when something cannot be read or written.
  package static func restore(
    from source: String, to target: String, progress: (FileProgress) -> Void = { _ in }
  ) throws -> Backup {
    let (backup, folder) = (Folder(path: source), Folder(path: target))
    guard FileSystem.bytes(of: backup.database) != nil else {
      throw ArchiveError.unusable(path: source, reason: "no backup here")
    }
    guard FileSystem.status(folder.database) == nil else { throw holdsArchive(target) }
    return try translatingErrors(of: backup.database) {
      let database = try Database(path: backup.database, access: backup.readingAccess)
      defer { database.close() }
      // Checked first, so that the folder stays empty if the database is of another program.
      let isOld = try database.read { connection in
        let version = try Migrations.storedVersion(connection, path: backup.database)
        guard version != CarryOver.version else { return true }
        _ = try Migrations.check(connection, path: backup.database)
        return false
      }
      try FileSystem.makeFolder(folder.path)
      let lock = try FolderLock(folder)
      defer { withExtendedLifetime(lock) {} }
      guard FileSystem.status(folder.database) == nil else { throw holdsArchive(target) }
      return try Backup(
        of: backup, database, to: folder, carriesOver: isOld, rereads: false, progress: progress)
    }
  }

  private static func holdsArchive(_ target: String) -> ArchiveError {
    .unusable(
      path: target, reason: "already contains an archive; choose another folder")
  }
}

private func translatingErrors<Value>(
  of path: String, _ body: () throws -> Value
) throws -> Value {
  do { return try body() } catch { throw ArchiveError(error, path: path) }
}

extension Backup {
  /// The suffix of a file until it is complete.
  ///
  /// Files left by a killed run are removed.
  private static let partialSuffix = ".new"

  fileprivate init(
    of source: Folder, _ database: Database, to copy: Folder, carriesOver: Bool = false,
    rereads: Bool, progress: (FileProgress) -> Void
  ) throws {
    for path in [copy.path, copy.files] { try FileSystem.makeFolder(path) }
    try Backup.removePartials(in: copy)
    try copy.makePrivate()
    let fresh = copy.database + Backup.partialSuffix
    do {
      try Backup.copyDatabase(database, source.database, to: fresh)
      if carriesOver { try CarryOver.convert(fresh) }
      let copied = try Database(path: fresh, access: .reading)
      defer { copied.close() }
      let files = try NamedFile.all(in: copied)
      var done = FileProgress(files)
      for file in files {
        try take(file, from: source, to: copy, rereads: rereads)
        done.add(file)
        progress(done)
      }
      for suffix in ["-wal", "-shm"] { try FileSystem.remove(copy.database + suffix) }
      try FileSystem.rename(fresh, to: copy.database)
      try FileSystem.flushFolder(copy.path)
    } catch {
      try Backup.removePartials(in: copy)
      throw error
    }
  }

  /// Copies a database in one state, and checks the copy.
  static func copyDatabase(
    _ database: Database, _ path: String, to fresh: String
  ) throws {
    // SQLite would create it readable for everybody.
    try FileSystem.create(fresh, [])
    do {
      try database.inspect { connection in
        // The copy counts as writing; the database itself is open for reading only.
        try connection.run("PRAGMA query_only = OFF")
        defer { _ = try? connection.run("PRAGMA query_only = ON") }
        try connection.run("VACUUM INTO \(fresh)")
      }
      try FileSystem.flush(fresh)
    } catch let error as SQLiteError where error.reason == .damaged {
      throw ArchiveError.damaged(path: path, reason: error.message)
    } catch let error as SQLiteError {
      throw ArchiveError.unusable(path: fresh, reason: error.message)
    }
    let copy = try Database(path: fresh, access: .reading)
    defer { copy.close() }
    if let defect = try copy.read({ try $0.integrityDefects().first }) {
      throw ArchiveError.damaged(path: path, reason: defect)
    }
  }

  /// Brings one file of the target up to date, and notes damage.
  private mutating func take(
    _ file: NamedFile, from source: Folder, to copy: Folder, rereads: Bool
  ) throws {
    let (original, place) = (source.file(file.sha256), copy.file(file.sha256))
    guard let defect = file.defect(at: place) else {
      kept += 1
      if let damage = file.defect(at: original) {
        findings.append(Finding(defect: damage, outcome: .targetIsWhole))
      }
      return
    }
    if let damage = try copyFile(file, original, to: place, rereads: rereads) {
      findings.append(Finding(defect: damage, outcome: .lost))
      if defect.problem != .missing { findings.append(Finding(defect: defect, outcome: .lost)) }
      return
    }
    copied += 1
    if defect.problem != .missing { findings.append(Finding(defect: defect, outcome: .replaced)) }
  }

  /// Copies a file unless it is damaged.
  ///
  /// - Returns: The damage of the original; then nothing was copied.
  /// - Throws: When the copy cannot be written or reads differently.
  private func copyFile(
    _ file: NamedFile, _ original: String, to place: String, rereads: Bool
  ) throws -> FileDefect? {
    guard let found = FileSystem.bytes(of: original) else {
      return file.defect(.missing, at: original)
    }
    guard found == file.bytes else {
      return file.defect(.length(expected: file.bytes, found: found), at: original)
    }
    let partial = place + Backup.partialSuffix
    try FileSystem.makeFolder(FileSystem.parent(of: place))
    do throws(FileError) {
      let hash = try FileSystem.copyHashing(original, to: partial)
      guard hash == file.sha256 else {
        try FileSystem.remove(partial)
        return file.defect(.content, at: original)
      }
    } catch {
      try FileSystem.remove(partial)
      guard error.path == original else { throw error }
      return file.defect(.unreadable(error.reason), at: original)
    }
    if rereads, let defect = file.defect(at: partial) {
      throw ArchiveError.unusable(
        path: partial, reason: "\(defect.problem) right after it was written; check the disk")
    }
    try FileSystem.setMode(partial, 0o400)
    try FileSystem.rename(partial, to: place)
    try FileSystem.flushFolder(FileSystem.parent(of: place))
    return nil
  }

  /// Removes what a run that was cut off left behind.
  private static func removePartials(in copy: Folder) throws(FileError) {
    let fresh = copy.database + partialSuffix
    for path in [fresh, CarryOver.oldCopy(fresh)] {
      for suffix in ["", "-journal", "-wal", "-shm"] { try FileSystem.remove(path + suffix) }
    }
    for path in try FileSystem.descendants(of: copy.files) where path.hasSuffix(partialSuffix) {
      try FileSystem.remove(path)
    }
  }
}
