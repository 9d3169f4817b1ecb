internal import SQLite

extension Publications {
  /// The publications, public or not, whose current file is the same as a new one.
  ///
  /// - Parameters:
  ///   - file: In `incoming/`.
  ///   - id: A publication that does not count, as the file is meant for it.
  ///   - form: Names the form that the file came with: what it made does not count either.
  ///   - now: The moment.
  /// - Returns: A few of them, the oldest first; nothing for what is no PDF.
  /// - Throws: What the database throws.
  package func list(
    sharing file: IncomingFile, besides id: Publication.ID?, madeBy form: String, at now: Instant
  ) throws -> [Publication] {
    guard let examined = try? FileStore.examine(file.path) else { return [] }
    return try core.read { connection in
      try connection.rows(
        """
        \(Publication.select(at: now))
        WHERE publication.file = (SELECT id FROM file WHERE sha256 = \(examined.sha256))
          AND publication.id <> \(id ?? -1)
          AND publication.id NOT IN (SELECT publication FROM deposit_form WHERE token = \(form))
        ORDER BY publication.id LIMIT 5
        """
      ) { Publication($0) }.compactMap { $0 }
    }
  }

  /// Of some publications those that have the same file as another, each with the other.
  func sharedFiles(among ids: [Publication.ID]) throws -> [Importer.SharedFile] {
    try core.read { connection in
      try ids.compactMap { id in
        try connection.row(
          """
          SELECT publication.slug, other.slug FROM publication
          JOIN publication AS other ON other.file = publication.file AND other.id <> publication.id
          WHERE publication.id = \(id) ORDER BY other.id LIMIT 1
          """
        ) { Importer.SharedFile(slug: $0.text(0), other: $0.text(1)) }
      }
    }
  }
}
