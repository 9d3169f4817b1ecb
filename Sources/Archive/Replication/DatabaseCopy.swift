internal import SQLite
internal import Search
package import System

extension Archive {
  /// Opens the database of a replica after checking that it is whole and of this version.
  ///
  /// - Parameters:
  ///   - folder: The data folder.
  ///   - readers: How many connections to open.
  /// - Returns: The database, which keeps reading this file whatever the path names later.
  /// - Throws: ``ArchiveError`` or ``SQLiteError``.
  static func openCopy(_ folder: Folder, readers: Int) throws -> Database {
    let path = folder.database
    guard FileSystem.bytes(of: path) != nil else {
      throw ArchiveError.noArchive(folder: folder.path)
    }
    // While it is open, no other file can get its number.
    let file = try FileDescriptor(path, for: .reading)
    guard !isWrittenTo(folder) else { throw ArchiveError.writtenTo(path: path) }
    let database = try Database(unchanging: path, readers: readers)
    guard FileSystem.status(path)?.identity == (try file.status().identity) else {
      throw ArchiveError.replacedMeanwhile(path: path)
    }
    let found = try database.read { try Migrations.check($0, path: path) }
    guard found == Migrations.version else {
      throw ArchiveError.older(path: path, found: found, known: Migrations.version)
    }
    if let damage = try database.inspect({ try $0.damage() }) {
      throw ArchiveError.damaged(path: path, reason: damage)
    }
    return database
  }

  /// Whether there is a write-ahead log, in which a copy would lack the last changes.
  private static func isWrittenTo(_ folder: Folder) -> Bool {
    FileSystem.bytes(of: folder.database + "-wal").map { $0 > 0 } ?? false
  }

  /// What is at the path of a database, which differs when it was replaced; nil when there is nothing.
  package static func databaseVersion(in folder: String) -> FileStatus.Version? {
    FileSystem.status(Folder(path: folder).database)?.version
  }

  /// Opens the copy that has replaced the database of this replica.
  ///
  /// Its search index is that of this archive with what has changed.
  ///
  /// - Returns: The archive, ready to serve.
  /// - Throws: ``ArchiveError``: also `outdated`, for a copy that lacks changes that this one has.
  package func openingSuccessor() throws(ArchiveError) -> Archive {
    let next = try Archive.open(folder: folder.path, access: .replica, options: options)
    do {
      let (found, used) = (try next.storedGeneration(), try storedGeneration())
      guard found.number >= used.number else {
        throw ArchiveError.outdated(
          path: folder.database, found: found.number, used: used.number)
      }
      files.passChecks(to: next.files)
      guard let index = liveIndex.complete, !liveIndex.isWorn else {
        try next.prepareSearch()
        return next
      }
      guard found.visible > used.visible else {
        next.liveIndex.take(index)
        return next
      }
      let old = try database.read { try $0.textVersions() }
      next.liveIndex.take(try next.database.read { try index.updated(from: old, $0) })
      return next
    } catch {
      throw ArchiveError(error, path: folder.database)
    }
  }
}

extension Connection {
  /// What identifies the text of each file: equal values mean equal texts.
  fileprivate func textVersions() throws(SQLiteError) -> [Int64: String] {
    let versions = try rows(
      "SELECT id, sha256 || ' ' || text || ' ' || extractor || ' ' || ifnull(pages, 0) FROM file"
    ) { ($0.integer(0), $0.text(1)) }
    return Dictionary(versions, uniquingKeysWith: { first, _ in first })
  }
}

extension SearchIndex {
  /// The index with the records of another copy, and the pages of files whose text has changed.
  fileprivate func updated(
    from old: [Int64: String], _ connection: Connection
  ) throws -> SearchIndex {
    let new = try connection.textVersions()
    let now = Instant.now
    var changes = LiveIndex.Changes()
    changes.areAllRecords = true
    changes.records = try connection.rows("\(IndexedRecord.select)") {
      IndexedRecord($0, read: now)
    }
    for file in Set(changes.records.map(\.file)) where file != 0 {
      guard !hasPages(ofFile: file) || old[file] != new[file] else { continue }
      changes.words.read(try connection.pages(ofFile: file), ofFile: file)
    }
    var index = self
    index.take(changes)
    return index
  }
}
