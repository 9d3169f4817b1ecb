internal import Foundation
internal import SQLite

extension CatalogueUploadError {
  init(_ error: any Error) {
    self =
      switch error {
      case let error as CatalogueUploadError: error
      case let error as DepositError: .failed(error.description)
      default: .failed("\(error)")
      }
  }
}

extension ColumnMapping {
  /// As it is stored: `{"Titel":"title","Notiz":"ignore"}`; nil when all is guessed.
  var json: String? {
    guard !uses.isEmpty else { return nil }
    let names = uses.mapValues { use in
      switch use {
      case .field(let field): field.rawValue
      case .other: "other"
      case .ignored: "ignore"
      }
    }
    return (try? JSONEncoder().encode(names)).map { String(decoding: $0, as: UTF8.self) }
  }

  init(json: String?) {
    let names = json.flatMap {
      try? JSONDecoder().decode([String: String].self, from: Data($0.utf8))
    }
    self.init((names ?? [:]).mapValues { Use(name: $0) })
  }
}

extension ColumnMapping.Use {
  /// Reads the name of a field, `ignore`, or anything else for a column that is stored as it is.
  package init(name: String) {
    self =
      switch (name, CatalogueField(rawValue: name)) {
      case (_, let field?): .field(field)
      case ("ignore", nil): .ignored
      default: .other
      }
  }
}

extension Connection {
  /// - Throws: ``CatalogueUploadError/notFound``, or what the database throws.
  func catalogueUpload(_ id: CatalogueUpload.ID) throws -> CatalogueUpload {
    let found = try row(
      """
      SELECT id, name, format, converted, mapping, files, drafts, announces, state, failure, actor,
        uploaded, finished FROM catalogue_upload WHERE id = \(id)
      """
    ) { CatalogueUpload($0) }
    guard var upload = found ?? nil else { throw CatalogueUploadError.notFound }
    let counts = try rows(
      "SELECT result, count(*) FROM catalogue_row WHERE upload = \(id) GROUP BY result"
    ) { (CatalogueUpload.Result(rawValue: $0.text(0)), $0.count(1)) }
    for (result, count) in counts { if let result { upload.counts[result] = count } }
    return upload
  }
}

extension CatalogueUpload {
  fileprivate init?(_ row: Row) {
    guard let format = CatalogueFormat(rawValue: row.text(2)),
      let state = State(rawValue: row.text(8))
    else { return nil }
    self.init(
      id: row.integer(0), name: row.text(1), format: format, converted: row.optionalText(3),
      mapping: ColumnMapping(json: row.optionalText(4)), files: row.count(5),
      addsDrafts: row.integer(6) != 0, announces: row.integer(7) != 0, state: state,
      failure: row.optionalText(9), actor: row.text(10),
      uploaded: Instant(secondsSince1970: row.integer(11)),
      finished: row.optionalInteger(12).map { Instant(secondsSince1970: $0) })
  }
}

extension CatalogueUploads {
  /// Stores what became of each record, and ends the step that ran.
  func finish(_ upload: CatalogueUpload, _ records: [ImportedRecord], at now: Instant) throws {
    let isImported = upload.state == .importing
    try core.change(.nothingPublic) { connection in
      try connection.run("DELETE FROM catalogue_row WHERE upload = \(upload.id)")
      var added = 0
      var changed = 0
      for record in records {
        let row: (result: CatalogueUpload.Result, detail: String, publication: Publication.ID?)
        switch record.result {
        case .new(let id):
          row = (.new, "", id)
          added += 1
        case .changed(let id, let fields):
          row = (.changed, fields.map(\.rawValue).joined(separator: " "), id)
          changed += 1
        case .same(let id): row = (.same, "", id)
        case .wrong(let reason): row = (.wrong, reason.description, nil)
        }
        try connection.run(
          """
          INSERT INTO catalogue_row (upload, line, position, title, result, detail, slug)
          VALUES (\(upload.id), \(record.place.line), \(record.place.column), \(record.title),
            \(row.result.rawValue), \(row.detail),
            (SELECT slug FROM publication WHERE id = \(row.publication)))
          """)
      }
      try connection.run(
        """
        UPDATE catalogue_upload SET state = \(isImported ? "imported" : "checked"),
          finished = \(isImported ? now.secondsSince1970 : nil)
        WHERE id = \(upload.id)
        """)
      if isImported {
        try connection.audit(
          .importedCatalogue, "\(upload.id)", detail: upload.name,
          after: "new: \(added)\nchanged: \(changed)", by: Actor(upload.actor), at: now)
      }
    }
  }
}
