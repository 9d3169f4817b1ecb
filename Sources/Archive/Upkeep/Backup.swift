internal import Foundation
internal import SQLite

extension Archive {
  /// What a backup holds.
  package struct Backup: Sendable, Equatable {
    package var files = 0
    /// Files that an earlier backup into the same folder had already.
    package var kept = 0
    /// The SHA-256 of files that are not there; a backup keeps what an earlier one had of them.
    package var missing: [String] = []
  }

  /// Copies the archive into a folder, beside a running server.
  ///
  /// The database first, as it is at one moment, then the files that this copy names; so the copy
  /// never names a file it does not have. A later backup into the same folder copies what is new
  /// and replaces the database at the end. To restore, the folder is used as the data folder.
  ///
  /// - Parameters:
  ///   - target: The folder; made when there is none.
  ///   - progress: Called after each file with how many of how many are there.
  /// - Returns: What was copied.
  /// - Throws: When something could not be read or written; an earlier backup is then as it was.
  package func backUp(
    to target: String, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> Backup {
    let copy = Folder(path: target)
    guard DurableFiles.status(copy.lock) == nil else {
      throw ArchiveError.unusable(path: target, reason: "this is an archive, not a backup")
    }
    return try Archive.copy(folder, database, to: copy, progress: progress)
  }

  /// Copies what a backup holds into an empty folder, which is then an archive.
  ///
  /// A backup that lost files gives all it still has; ``verify(repairs:at:progress:)`` names the
  /// others.
  ///
  /// - Parameters:
  ///   - source: The folder of the backup, which is only read.
  ///   - target: The data folder; made when there is none.
  ///   - progress: Called after each file with how many of how many are there.
  /// - Returns: What was copied.
  /// - Throws: ``ArchiveError`` when there is no backup, or `target` has an archive already; and
  ///   when something could not be read or written. The database comes last, so that a folder with
  ///   half of a backup is no archive.
  package static func restore(
    from source: String, to target: String, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> Backup {
    let (backup, folder) = (Folder(path: source), Folder(path: target))
    guard DurableFiles.octets(of: backup.database) != nil else {
      throw ArchiveError.unusable(path: source, reason: "no backup here")
    }
    guard DurableFiles.status(folder.database) == nil else {
      throw ArchiveError.unusable(
        path: target, reason: "already contains an archive; choose another folder")
    }
    do {
      let database = try Database(path: backup.database, access: .reading)
      defer { database.close() }
      return try copy(backup, database, to: folder, progress: progress)
    } catch {
      throw ArchiveError(error, path: backup.database)
    }
  }

  private static func copy(
    _ folder: Folder, _ database: Database, to copy: Folder, progress: (Int, Int) -> Void
  ) throws -> Backup {
    for path in [copy.path, copy.files] { try DurableFiles.makeFolder(path) }
    let fresh = copy.database + ".new"
    try DurableFiles.remove(fresh)
    try database.inspect { connection in
      // The copy counts as writing; the database itself stays open for reading only.
      try connection.run("PRAGMA query_only = OFF")
      try connection.run("VACUUM INTO \(fresh)")
      try connection.run("PRAGMA query_only = ON")
    }
    try DurableFiles.flush(fresh)

    let copied = try Database(path: fresh, access: .reading)
    defer { copied.close() }
    let names = try copied.read { connection in
      try connection.rows("SELECT sha256 FROM file ORDER BY id") { $0.text(0) }
    }
    var backup = Backup()
    for (index, sha256) in names.enumerated() {
      if let octets = DurableFiles.octets(of: folder.file(sha256)) {
        if octets == DurableFiles.octets(of: copy.file(sha256)) {
          backup.kept += 1
        } else {
          try copyFile(sha256, of: folder, to: copy)
          backup.files += 1
        }
      } else {
        backup.missing.append(sha256)
      }
      progress(index + 1, names.count)
    }
    for suffix in ["-wal", "-shm"] { try DurableFiles.remove(copy.database + suffix) }
    try DurableFiles.rename(fresh, to: copy.database)
    try DurableFiles.flushFolder(copy.path)
    return backup
  }

  private static func copyFile(
    _ sha256: String, of folder: Folder, to copy: Folder
  ) throws {
    let place = copy.file(sha256)
    let partial = place + ".new"
    try DurableFiles.makeFolder(DurableFiles.parent(of: place))
    try DurableFiles.remove(partial)
    try DurableFiles.copy(folder.file(sha256), to: partial)
    try DurableFiles.setMode(partial, 0o400)
    try DurableFiles.rename(partial, to: place)
    try DurableFiles.flushFolder(DurableFiles.parent(of: place))
  }
}
