internal import Compression
internal import Dispatch
internal import Foundation
internal import SQLite
internal import System

/// The catalogues that were uploaded on the desk.
///
/// The files of an upload are in a folder of its own until it is imported, or for a week. Checking
/// and importing run in the background, one at a time. Importing a catalogue again changes nothing
/// that has not changed, so an import that was interrupted runs again from its beginning.
package final class CatalogueUploads: Sendable {
  private let archive: Archive
  private let queue = DispatchQueue(label: "catalogue uploads")

  var core: ArchiveCore { archive.core }

  package init(_ archive: Archive) { self.archive = archive }

  /// The largest catalogue, in bytes, without its PDFs.
  package static let longest = 256 << 20

  // MARK: Uploading

  /// Stores a catalogue with its PDFs.
  ///
  /// - Parameters:
  ///   - catalogue: In `incoming/`, with the name it was uploaded with; plain or in gzip.
  ///   - files: PDFs, and ZIP files of PDFs, in `incoming/`.
  ///   - actor: Who uploads.
  ///   - now: The time.
  /// - Returns: The upload.
  /// - Throws: ``CatalogueUploadError``
  package func add(
    _ catalogue: IncomingFile, files: [IncomingFile], by actor: Actor, at now: Instant = .now
  ) throws(CatalogueUploadError) -> CatalogueUpload {
    let name = catalogue.name ?? ""
    guard let format = CatalogueFormat(fileName: name) else { throw .unknownFormat(name) }
    let text = try UploadedText(path: catalogue.path)
    do {
      try sweep(at: now)
      let id = try core.change(.nothingPublic) { connection in
        try connection.run(
          """
          INSERT INTO catalogue_upload (name, format, converted, files, state, actor, uploaded)
          VALUES (\(String(name.cleanedLine.suffix(200))), \(format.rawValue), \(text.converted), 0,
            'uploaded', \(actor.name), \(now.secondsSince1970))
          """)
        return connection.lastInsertedRow
      }
      do {
        let folder = UploadFolder(core.folder, id)
        try folder.make()
        try FileSystem.create(folder.catalogue, text.bytes)
        for file in files { try folder.take(file) }
        let count = try folder.names().count
        try core.change(.nothingPublic) {
          _ = try $0.run("UPDATE catalogue_upload SET files = \(count) WHERE id = \(id)")
        }
      } catch {
        try remove(id)
        throw error
      }
      return try core.read { try $0.catalogueUpload(id) }
    } catch {
      throw CatalogueUploadError(error)
    }
  }

  /// Removes an upload with its files; what it has imported stays.
  package func remove(_ id: CatalogueUpload.ID) throws {
    try core.change(.nothingPublic) {
      _ = try $0.run("DELETE FROM catalogue_upload WHERE id = \(id)")
    }
    UploadFolder(core.folder, id).remove()
  }

  /// Removes the uploads that were not imported within a week.
  private func sweep(at now: Instant) throws {
    let old = try core.read { connection in
      try connection.rows(
        """
        SELECT id FROM catalogue_upload WHERE state IN ('uploaded', 'checked', 'failed')
          AND uploaded <= \(now.secondsSince1970 - CatalogueUpload.keepingTime)
        """
      ) { $0.integer(0) }
    }
    for id in old { try remove(id) }
  }

  // MARK: Reading

  package func find(_ id: CatalogueUpload.ID) throws -> CatalogueUpload? {
    try core.read { connection in
      do { return try connection.catalogueUpload(id) } catch CatalogueUploadError.notFound {
        return nil
      }
    }
  }

  /// The last uploads, newest first.
  package func list(most: Int = 50) throws -> [CatalogueUpload] {
    try core.read { connection in
      let ids = try connection.rows(
        "SELECT id FROM catalogue_upload ORDER BY id DESC LIMIT \(most)"
      ) { $0.integer(0) }
      return try ids.map { try connection.catalogueUpload($0) }
    }
  }

  /// The first records with a result, in the order of the catalogue.
  package func rows(
    of id: CatalogueUpload.ID, _ result: CatalogueUpload.Result, most: Int = 100
  ) throws -> [CatalogueUploadRow] {
    try core.read { connection in
      try connection.rows(
        """
        SELECT line, position, title, detail, slug FROM catalogue_row
        WHERE upload = \(id) AND result = \(result.rawValue) ORDER BY id LIMIT \(most)
        """
      ) { row in
        CatalogueUploadRow(
          line: row.count(0), column: row.isNull(1) ? nil : row.count(1),
          title: row.optionalText(2),
          fields: result == .changed
            ? row.text(3).split(separator: " ").compactMap {
              FieldError.Field(rawValue: String($0))
            }
            : [], reason: result == .wrong ? row.text(3) : nil,
          slug: row.optionalText(4).map(Slug.init(stored:)))
      }
    }
  }

  /// The header and the first rows of a table; empty for another format, or when it has no rows.
  package func table(_ id: CatalogueUpload.ID, rows: Int = 5) throws -> [[String]] {
    guard try find(id)?.format == .csv else { return [] }
    var lines = try LineReader(path: UploadFolder(core.folder, id).catalogue)
    return try CSVParser.table(first: rows + 1) { try lines.next() }
  }

  // MARK: Checking and importing

  /// Checks a catalogue against the archive, in the background.
  ///
  /// - Throws: ``CatalogueUploadError``
  package func check(
    _ id: CatalogueUpload.ID, mapping: ColumnMapping, addsDrafts: Bool, announces: Bool
  ) throws(CatalogueUploadError) {
    try begin(id, .checking, from: [.uploaded, .checked, .failed]) { connection in
      try connection.run(
        """
        UPDATE catalogue_upload SET mapping = \(mapping.json), drafts = \(addsDrafts),
          announces = \(announces && !addsDrafts)
        WHERE id = \(id)
        """)
    }
  }

  /// Imports a catalogue that was checked, in the background.
  ///
  /// - Parameters:
  ///   - id: The upload.
  ///   - leavesOutWrong: Whether the good lines are imported when others are wrong.
  /// - Throws: ``CatalogueUploadError``
  package func start(
    _ id: CatalogueUpload.ID, leavesOutWrong: Bool
  ) throws(CatalogueUploadError) {
    try begin(id, .importing, from: [.checked]) { connection in
      let wrong = try connection.catalogueUpload(id)[.wrong]
      guard wrong == 0 || leavesOutWrong else { throw CatalogueUploadError.wrongLines(wrong) }
    }
  }

  private func begin(
    _ id: CatalogueUpload.ID, _ state: CatalogueUpload.State, from states: [CatalogueUpload.State],
    _ prepare: @Sendable (Connection) throws -> Void
  ) throws(CatalogueUploadError) {
    do {
      try core.change(.nothingPublic) { connection in
        let upload = try connection.catalogueUpload(id)
        guard states.contains(upload.state) else { throw CatalogueUploadError.running }
        try prepare(connection)
        try connection.run(
          """
          UPDATE catalogue_upload SET state = \(state.rawValue), failure = NULL WHERE id = \(id)
          """)
      }
    } catch {
      throw CatalogueUploadError(error)
    }
    queue.async { [self] in run(id) }
  }

  /// Continues what was interrupted when the archive was closed.
  package func resume() {
    guard core.isExclusive else { return }
    let ids =
      try? core.read { connection in
        try connection.rows(
          "SELECT id FROM catalogue_upload WHERE state IN ('checking', 'importing') ORDER BY id"
        ) { $0.integer(0) }
      }
    for id in ids ?? [] { queue.async { [self] in run(id) } }
  }

  /// Waits for what runs; for tests.
  package func wait() { queue.sync {} }

  private func run(_ id: CatalogueUpload.ID) {
    do {
      guard let upload = try find(id), upload.state.isRunning else { return }
      try finish(upload, try results(of: upload), at: core.now)
      if upload.state == .importing { UploadFolder(core.folder, id).remove() }
    } catch {
      // A closed archive fails everything; its successor resumes.
      guard !archive.isClosed else { return }
      let reason = CatalogueUploadError(error).description
      _ = try? core.change(.nothingPublic) {
        _ = try $0.run(
          """
          UPDATE catalogue_upload SET state = 'failed', failure = \(reason) WHERE id = \(id)
          """)
      }
    }
  }

  /// What became of each record, or would.
  private func results(of upload: CatalogueUpload) throws -> [ImportedRecord] {
    let folder = UploadFolder(core.folder, upload.id)
    var records: [ImportedRecord] = []
    var importer = Importer(
      into: archive, filesFolder: upload.files > 0 ? folder.files : nil,
      isTrial: upload.state == .checking, announces: upload.announces, report: { _ in })
    importer.findsFilesByName = true
    importer.addsDrafts = upload.addsDrafts
    importer.follow = { records.append($0) }
    var reader = CatalogueReader(upload.format, mapping: upload.mapping)
    var lines = try LineReader(path: folder.catalogue)
    var isAtEnd = false
    while !isAtEnd {
      var entries: [CatalogueEntry] = []
      do throws(LineError) {
        if let line = try lines.next() {
          entries = reader.take(line, number: lines.lineNumber)
        } else {
          isAtEnd = true
        }
      } catch .lineTooLong(let number, _) {
        importer.take(unreadable: "the line is too long", number: number)
      } catch {
        throw CatalogueUploadError.failed("\(error)")
      }
      for entry in entries { try importer.take(entry) }
    }
    for entry in reader.finish() { try importer.take(entry) }
    try importer.finish()
    return records
  }
}
