internal import Foundation
internal import SQLite
internal import System

/// Whether the archive can serve, as the database and the disk say.
package struct ArchiveHealth: Sendable, Equatable {
  /// Why it cannot serve, without paths; empty if it can.
  package var problems: [String]
  /// The number of public publications; nil if the database does not respond.
  package var publications: Int?
  /// The free bytes of the disk.
  package var freeBytes: Int
  /// The sizes of the database and of its write-ahead log.
  package var databaseBytes: Int
  package var logBytes: Int
  /// Files whose text has not been extracted.
  package var waitingFiles: Int?
  /// Missing and damaged files, with their public slugs.
  package var damagedFiles: [FileDefect] = []
  package var lastBackup: Instant?
  /// What the checks of all PDFs beside the server have found.
  package var verification = ScheduledVerification.Status()
  package var sqliteVersion: String
  /// The generation of the database; nil if it does not respond.
  package var generation: Generation?

  package var isWell: Bool { problems.isEmpty }
}

extension Archive {
  /// Checks the database and the disk.
  package func health(at now: Instant = .now) -> ArchiveHealth {
    var health = ArchiveHealth(
      problems: [], freeBytes: FileSystem.freeBytes(folder.path),
      databaseBytes: FileSystem.bytes(of: folder.database) ?? 0,
      logBytes: logFileBytes,
      sqliteVersion: Connection.libraryVersion)
    do {
      (health.publications, health.waitingFiles) = try database.read { connection in
        (
          try connection.publicCount(at: now),
          try connection.row("SELECT count(*) FROM file WHERE text = 'waiting'") { $0.count(0) }
        )
      }
      health.lastBackup = try database.read { try $0.lastBackup() }
      health.verification = try verificationStatus()
      health.generation = try storedGeneration()
      health.damagedFiles = try files.damaged().map { try $0.forEveryone(database, at: now) }
    } catch {
      health.problems.append("the database does not respond")
    }
    // A replica makes these folders when it fetches the first file.
    let folders = isReplica ? [] : [("files", folder.files), ("incoming", folder.incoming)]
    for (place, path) in folders
    where !FileSystem.isWritable(path) {
      health.problems.append("the folder “\(place)” is not writable")
    }
    if health.freeBytes < options.reserveBytes {
      health.problems.append("free disk space is below free-space-reserve")
    }
    return health
  }

  /// The size of the write-ahead log.
  package var logFileBytes: Int { FileSystem.bytes(of: folder.database + "-wal") ?? 0 }

  /// About the bytes of the search index in memory; nil before it is built.
  package var indexBytes: Int? { liveIndex.weight }
}

extension FileDefect {
  /// The defect without slugs of publications that are not public.
  fileprivate func forEveryone(_ database: Database, at now: Instant) throws -> FileDefect {
    let shown = try database.read { connection in
      try slugs.filter { slug in
        try connection.row(
          """
          SELECT 1 FROM publication
          WHERE slug = \(slug.description) AND \(Visibility.isPublic(at: now))
          """
        ) { _ in true } ?? false
      }
    }
    return FileDefect(sha256: sha256, slugs: shown, path: path, problem: problem)
  }
}
