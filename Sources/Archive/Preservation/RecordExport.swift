internal import Foundation
internal import SQLite
internal import System

/// A PDF that a bag has.
package struct PreservedFile: Sendable, Hashable {
  /// 64 lower-case hexadecimal digits.
  package let sha256: String
  package let bytes: Int
  /// Whether a public publication has or had it.
  package let isPublic: Bool

  /// The path below the folder of what is preserved.
  package var path: String { Self.path(sha256, in: "files", ".pdf", isPublic: isPublic) }

  fileprivate static func path(
    _ sha256: String, in folder: String, _ suffix: String, isPublic: Bool
  ) -> String {
    (isPublic ? "" : RecordTable.hiddenFolder + "/")
      + "\(folder)/\(sha256.prefix(2))/\(sha256.dropFirst(2).prefix(2))/\(sha256)\(suffix)"
  }

  /// The folder of what readers cannot see.
  package static let hiddenFolder = RecordTable.hiddenFolder
}

extension Archive {
  /// The version of the schema of records that this program writes; older ones can be read.
  package static var recordVersion: Int { Migrations.version }

  /// Copies the database, in one state, into a folder of its own and opens the copy.
  ///
  /// - Parameter path: A folder that is not there; remove it after closing the archive.
  /// - Returns: The copy, which has no PDFs.
  /// - Throws: ``ArchiveError``
  package func frozen(in path: String) throws -> Archive {
    let copy = Folder(path: path)
    try FileSystem.makeFolder(copy.path)
    try Backup.copyDatabase(database, folder.database, to: copy.database)
    return try Archive.open(folder: path, access: .reading, options: options)
  }

  /// Writes every row of the records as lines of JSON: `records/TABLE.jsonl`, and the pages of each
  /// PDF as `texts/ab/cd/SHA256.jsonl`; what readers cannot see, in the same way below
  /// `not-public/`.
  ///
  /// - Parameters:
  ///   - path: An existing folder without records.
  ///   - hasHidden: Whether to write what readers cannot see.
  ///   - now: The time, which decides what is public.
  /// - Returns: The PDFs of the records, in a fixed order.
  /// - Throws: ``FileError``, and what the database throws.
  package func writeRecords(
    to path: String, hasHidden: Bool, at now: Instant
  ) throws -> [PreservedFile] {
    try database.read { connection in
      var files: [PreservedFile] = []
      for isPublic in hasHidden ? [true, false] : [true] {
        for table in RecordTable.all(at: now) {
          try connection.write(table, isPublic: isPublic, to: path)
        }
        files += try connection.files(isPublic: isPublic, at: now)
      }
      return files
    }
  }
}

extension Connection {
  fileprivate func files(isPublic: Bool, at now: Instant) throws -> [PreservedFile] {
    guard let table = RecordTable.all(at: now).first(where: { $0.name == "file" }) else {
      return []
    }
    return try rows(
      """
      SELECT sha256, bytes FROM file WHERE ifnull((\(table.isPublic)), 0) = \(isPublic)
      ORDER BY sha256
      """
    ) { PreservedFile(sha256: $0.text(0), bytes: $0.count(1), isPublic: isPublic) }
  }

  /// Writes the rows of a table; nothing if there are none.
  fileprivate func write(_ table: RecordTable, isPublic: Bool, to path: String) throws {
    let name = SQL.name(table.name)
    let columns = try columns(of: table.name)
    let key = try keyColumns(of: table.name).map(SQL.name)
    let folder = path + (isPublic ? "" : "/" + RecordTable.hiddenFolder)
    let encoder = RecordRow.encoder
    let hashes: [Int64: String] = try Dictionary(
      table.isByFile ? rows("SELECT id, sha256 FROM file") { ($0.integer(0), $0.text(1)) } : [],
      uniquingKeysWith: { first, _ in first })
    var writer: LineWriter?
    var file: SQL.Value?
    var failure: (any Error)?
    let order: SQL = table.isByFile ? "file, number" : SQL.commas(key)
    try each(
      """
      SELECT \(SQL.commas(columns.map(SQL.name))) FROM \(name)
      WHERE ifnull((\(table.isPublic)), 0) = \(isPublic) ORDER BY \(order)
      """
    ) { row in
      do {
        let record = RecordRow(row, columns: columns, without: table.omitted)
        if writer == nil || table.isByFile && record.values["file"] != file {
          try writer?.finish()
          file = record.values["file"]
          var target = "\(folder)/records/\(table.name).jsonl"
          if table.isByFile, case .integer(let id)? = file, let sha256 = hashes[id] {
            target =
              path + "/"
              + PreservedFile.path(sha256, in: "texts", ".jsonl", isPublic: isPublic)
          }
          writer = try LineWriter(target)
        }
        try writer?.write(record.line(encoder))
        return true
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    try writer?.finish()
  }
}

/// Writes a new file in large pieces.
private final class LineWriter {
  private let file: FileDescriptor
  private var buffer: [UInt8] = []

  init(_ path: String) throws(FileError) {
    try FileSystem.makeFolder(FileSystem.parent(of: path))
    file = try FileDescriptor(path, for: .creating)
  }

  func write(_ line: [UInt8]) throws(FileError) {
    buffer += line
    if buffer.count >= 1 << 20 { try writeBuffer() }
  }

  func finish() throws(FileError) {
    try writeBuffer()
    try file.flush()
  }

  private func writeBuffer() throws(FileError) {
    try file.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
