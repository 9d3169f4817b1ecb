internal import SQLite

extension Publications {
  /// The publications, public or not, that have the same file as an upload.
  ///
  /// - Parameters:
  ///   - file: In `incoming/`.
  ///   - id: A publication to leave out: the one that the file is for.
  ///   - form: The token of the form. Publications that it made are left out too.
  ///   - now: The time.
  /// - Returns: A few of them, the oldest first; none if the file is not a PDF.
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

  /// The publications among some that share their file with another one, each with that one.
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
