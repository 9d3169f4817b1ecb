internal import Compression
internal import Foundation
internal import SQLite
internal import System

/// Why the records of a bag could not be imported; the archive is as it was before.
package enum RecordImportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The archive already has publications or files.
  case notEmpty(folder: String)
  /// The records were written by a later version.
  case newer(found: Int, known: Int)
  /// A line is not a row of its table.
  case malformed(path: String, line: Int, reason: String)
  /// The rows contradict each other or are damaged.
  case inconsistent([String])

  package var description: String {
    switch self {
    case .notEmpty(let folder):
      "\(folder): already has publications; import a bag into an empty archive"
    case .newer(let found, let known):
      "the bag was written by a newer Offprint (records of version \(found), known to \(known));"
        + " install that one"
    case .malformed(let path, let line, let reason): "\(path):\(line): \(reason)"
    case .inconsistent(let defects):
      "the records of the bag contradict each other: "
        + defects.prefix(20).joined(separator: "; ")
    }
  }
}

extension Archive {
  /// What an import of records has done.
  package struct ImportedRecords: Sendable, Equatable {
    package var publications = 0
    package var files = 0
    /// PDFs that the records name and the bag does not have, by their SHA-256.
    package var missingFiles: [String] = []
    /// False if it was cancelled; then the archive is empty still.
    package var isComplete = false
  }

  /// Imports what ``writeRecords(to:hasHidden:at:)`` wrote, and the PDFs beside it, into an archive
  /// without publications.
  ///
  /// The PDFs come first. The rows are put into a database of the version that wrote them, brought
  /// up to date there, checked, and copied into the archive in one transaction. A run that was cut
  /// off can be repeated: PDFs that are in the archive already are not copied again.
  ///
  /// - Parameters:
  ///   - path: The folder with the records.
  ///   - version: The version of the records.
  ///   - isCancelled: Asked before each file; true ends the work.
  ///   - progress: Called after each file with the number done and of all.
  /// - Returns: What was imported.
  /// - Throws: ``RecordImportError``, ``DepositError``, and what the disk and the database throw.
  package func importRecords(
    from path: String, version: Int, isCancelled: () -> Bool = { false },
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> ImportedRecords {
    guard version <= Migrations.version, version >= Migrations.baselineVersion else {
      throw RecordImportError.newer(found: version, known: Migrations.version)
    }
    try requireEmpty()
    let staging = "\(folder.incoming)/\(SystemRandomNumberGenerator.token(octets: 12)).sqlite3"
    defer {
      // What is left is removed when the archive is opened again.
      for suffix in ["", "-wal", "-shm"] { try? FileSystem.remove(staging + suffix) }
    }
    try FileSystem.create(staging, [])
    let files = try RecordStaging(path: staging, version: version).load(path)
    var imported = ImportedRecords()
    for file in files {
      guard !isCancelled() else { return imported }
      if try take(file, from: path) {
        imported.files += 1
      } else {
        imported.missingFiles.append(file.sha256)
      }
      progress(imported.files + imported.missingFiles.count, files.count)
    }
    imported.publications = try copyRecords(from: staging)
    imported.isComplete = true
    return imported
  }

  private func requireEmpty() throws {
    let isUsed = try core.read { connection in
      try connection.row("SELECT 1 FROM publication UNION ALL SELECT 1 FROM file") { _ in true }
    }
    if isUsed != nil { throw RecordImportError.notEmpty(folder: folder.path) }
  }

  /// Copies a PDF into the archive.
  ///
  /// - Returns: False if the bag does not have it.
  private func take(_ file: PreservedFile, from path: String) throws -> Bool {
    let place = folder.file(file.sha256)
    if FileSystem.bytes(of: place) == file.bytes,
      try FileSystem.sha256(of: place) == file.sha256
    {
      return true
    }
    let candidates = [true, false].map { isPublic in
      path + "/"
        + PreservedFile(sha256: file.sha256, bytes: file.bytes, isPublic: isPublic).path
    }
    guard let source = candidates.first(where: { FileSystem.bytes(of: $0) != nil }) else {
      return false
    }
    let kept = try core.fileStore.keep(core.fileStore.copyIn(source))
    guard kept.sha256 == file.sha256, kept.octets == file.bytes else {
      throw RecordImportError.inconsistent(["\(source) is not the file that the records name"])
    }
    return true
  }

  /// Copies the rows of a database of the present version.
  private func copyRecords(from staging: String) throws -> Int {
    let now = options.clock()
    try database.maintain { connection in
      try connection.run("ATTACH \(staging) AS staging")
    }
    defer { _ = try? database.maintain { try $0.run("DETACH staging") } }
    return try core.change(.everything) { connection in
      let isUsed = try connection.row(
        "SELECT 1 FROM publication UNION ALL SELECT 1 FROM file"
      ) { _ in true }
      if isUsed != nil { throw RecordImportError.notEmpty(folder: "the archive") }
      // Rows name each other; they are checked when the transaction ends.
      try connection.run("PRAGMA defer_foreign_keys = ON")
      for table in RecordTable.all(at: now) {
        let columns = SQL.commas(try connection.columns(of: table.name).map(SQL.name))
        let name = SQL.name(table.name)
        try connection.run("DELETE FROM main.\(name)")
        try connection.run(
          "INSERT INTO main.\(name) (\(columns)) SELECT \(columns) FROM staging.\(name)")
      }
      // Who subscribed to the empty archive hears of what comes later.
      try connection.run(
        """
        UPDATE subscription SET considered = (SELECT ifnull(max(number), 0) FROM release)
        WHERE considered NOT NULL
        """)
      return try connection.row("SELECT count(*) FROM publication") { $0.count(0) } ?? 0
    }
  }
}

/// A database of its own into which rows are loaded and checked.
private struct RecordStaging {
  let path: String
  let version: Int

  /// Loads the rows of a folder, and brings them to the present version.
  ///
  /// - Returns: The PDFs that they name.
  /// - Throws: ``RecordImportError`` and what the database throws.
  func load(_ folder: String) throws -> [PreservedFile] {
    let database = try Database(path: path, access: .writing)
    defer { database.close() }
    try Migrations.create(version: version, on: database)
    let parts = [folder, "\(folder)/\(RecordTable.hiddenFolder)"]
    try database.maintain { connection in
      try connection.run("PRAGMA foreign_keys = OFF")
      try connection.load(recordsIn: parts)
      try connection.run("PRAGMA foreign_keys = ON")
    }
    try Migrations.run(on: database, path: path)
    return try database.read { connection in
      let defects = try connection.integrityDefects() + connection.slugDefects()
      guard defects.isEmpty else { throw RecordImportError.inconsistent(defects) }
      return try connection.rows("SELECT sha256, bytes FROM file ORDER BY id") {
        PreservedFile(sha256: $0.text(0), bytes: $0.count(1), isPublic: true)
      }
    }
  }
}

extension Connection {
  /// Loads the rows of every table that folders have, in one transaction.
  fileprivate func load(recordsIn folders: [String]) throws {
    var paths: [(table: String, path: String)] = []
    for folder in folders {
      let records = "\(folder)/records"
      if FileSystem.isFolder(records) {
        for name in try FileSystem.names(in: records).sorted() where name.hasSuffix(".jsonl") {
          paths.append((String(name.dropLast(6)), "\(records)/\(name)"))
        }
      }
      for path in try FileSystem.descendants(of: "\(folder)/texts").sorted()
      where path.hasSuffix(".jsonl") {
        paths.append(("page", path))
      }
    }
    try transaction {
      for (table, path) in paths where table == "publication" { try load(table, path) }
      // A trigger has made these, in another order than they had.
      if try !columns(of: "release").isEmpty { try run("DELETE FROM release") }
      for (table, path) in paths where table != "publication" { try load(table, path) }
    }
  }

  private func load(_ table: String, _ path: String) throws {
    let columns = try columns(of: table)
    guard !columns.isEmpty, !table.hasPrefix("sqlite_"), !RecordTable.leftOut.contains(table) else {
      throw RecordImportError.malformed(path: path, line: 1, reason: "no table has this name")
    }
    let decoder = JSONDecoder()
    var lines = try LineReader(path: path, longestLine: 1 << 30)
    while let line = try lines.next() {
      let number = lines.lineNumber
      func malformed(_ reason: String) -> RecordImportError {
        .malformed(path: path, line: number, reason: reason)
      }
      guard let row = try? decoder.decode(RecordRow.self, from: Data(line)) else {
        throw malformed("expected a JSON object with texts and numbers")
      }
      if let unknown = row.values.keys.first(where: { !columns.contains($0) }) {
        throw malformed("unknown member “\(unknown)”")
      }
      let values = SQL.commas(columns.map { SQL.value(row.values[$0] ?? .null) })
      do throws(SQLiteError) {
        try run(
          """
          INSERT INTO \(SQL.name(table)) (\(SQL.commas(columns.map(SQL.name)))) VALUES (\(values))
          """)
      } catch {
        guard error.reason == .constraint else { throw error }
        throw malformed(error.message)
      }
    }
  }

  /// Slugs that are none, which addresses could not be made of, and hashes that are none.
  fileprivate func slugDefects() throws -> [String] {
    let slugs = try rows(
      """
      SELECT slug FROM publication UNION SELECT slug FROM former_slug
      UNION SELECT slug FROM list_entry UNION SELECT slug FROM former_entry_slug
      """
    ) { $0.text(0) }
    let hashes = try rows("SELECT sha256 FROM file WHERE sha256 GLOB '*[^0-9a-f]*'") { $0.text(0) }
    return slugs.filter { Slug($0) == nil }.map { "“\($0)” is not a slug" }
      + hashes.map { "“\($0)” is not a SHA-256" }
  }
}
