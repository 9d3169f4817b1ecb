internal import Foundation
internal import SQLite
internal import System

/// Whether the archive can serve, read from the disk and not from memory.
package struct ArchiveHealth: Sendable, Equatable {
  /// Why it cannot serve, in words without paths; empty when it can.
  package var problems: [String]
  /// Public now; nil when the database does not answer.
  package var publications: Int?
  /// Octets that may still be written.
  package var freeOctets: Int
  /// Of the database file and of its write-ahead log.
  package var databaseOctets: Int
  package var logOctets: Int
  /// Files whose text has not been read yet.
  package var waitingFiles: Int?
  /// Files that were found missing or damaged, with the slugs that are public.
  package var damagedFiles: [FileDefect] = []
  package var sqliteVersion: String

  package var isWell: Bool { problems.isEmpty }
}

extension Archive {
  /// Asks the database and the disk.
  package func health(at now: Instant = .now) -> ArchiveHealth {
    var health = ArchiveHealth(
      problems: [], freeOctets: FileSystem.freeBytes(folder.path),
      databaseOctets: FileSystem.bytes(of: folder.database) ?? 0,
      logOctets: FileSystem.bytes(of: folder.database + "-wal") ?? 0,
      sqliteVersion: Connection.libraryVersion)
    do {
      (health.publications, health.waitingFiles) = try database.read { connection in
        (
          try connection.row(
            "SELECT count(*) FROM \(Visibility.index) WHERE \(Visibility.isPublic(at: now))"
          ) { $0.count(0) },
          try connection.row("SELECT count(*) FROM file WHERE text = 'waiting'") { $0.count(0) }
        )
      }
      health.damagedFiles = try files.damaged().map { try $0.forEveryone(database, at: now) }
    } catch {
      health.problems.append("the database does not respond")
    }
    for (place, path) in [("files", folder.files), ("incoming", folder.incoming)]
    where !FileSystem.isWritable(path) {
      health.problems.append("the folder “\(place)” is not writable")
    }
    if health.freeOctets < options.reserveOctets {
      health.problems.append("free disk space is below free-space-reserve")
    }
    return health
  }

  /// The octets that the search index holds in memory, about; nil before it is made.
  package var indexOctets: Int? { liveIndex.weight }
}

extension FileDefect {
  /// The same without slugs of what is not public.
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
