internal import SQLite
internal import System

extension Publications {
  /// Deletes a draft that was never public, with its files unless another publication has them.
  ///
  /// The rows are deleted first, so that no row names a missing file.
  ///
  /// - Parameters:
  ///   - id: The draft.
  ///   - actor: Who does it, for the audit log.
  ///   - now: The time.
  /// - Throws: ``DepositError``: `changedMeanwhile` when it is no draft or was public once.
  package func deleteDraft(
    _ id: Publication.ID, by actor: Actor, at now: Instant = .now
  ) throws(DepositError) {
    do {
      let hashes = try core.change({ _, deleted in .beside([deleted.slug]) }) { connection in
        let publication = try connection.publication(id, at: now)
        guard publication.isDeletable else { throw DepositError.changedMeanwhile }
        let hashes = try connection.deleteRows(of: id)
        try connection.audit(
          .deletedDraft, publication.slug.description, before: publication.record.title,
          by: actor, at: now)
        return (slug: publication.slug, hashes: hashes)
      }.hashes
      try core.removeUnusedFiles(hashes)
    } catch {
      throw DepositError(error)
    }
  }
}

extension ArchiveCore {
  /// Removes the files that have no row.
  func removeUnusedFiles(_ hashes: [String]) throws {
    // On the writer, because a deposit of the same file may be about to write its row.
    try database.maintain { [folder, options] connection in
      for hash in hashes
      where try connection.row("SELECT 1 FROM file WHERE sha256 = \(hash)", { _ in true }) == nil {
        options.drawings?.remove(hash)
        try FileSystem.remove(folder.file(hash))
      }
    }
  }
}

extension Connection {
  /// Deletes all rows of a publication, and those of files that no other publication has or had.
  ///
  /// - Returns: The hashes of those files.
  func deleteRows(of id: Publication.ID) throws -> [String] {
    let files = try rows(
      """
      SELECT file FROM publication WHERE id = \(id) AND file NOT NULL
      UNION SELECT file FROM former_file WHERE publication = \(id)
      """
    ) { $0.integer(0) }
    for statement: SQL in [
      "DELETE FROM author WHERE publication = \(id)",
      "DELETE FROM topic WHERE publication = \(id)",
      "DELETE FROM former_slug WHERE publication = \(id)",
      "DELETE FROM former_file WHERE publication = \(id)",
      "DELETE FROM presentation WHERE publication = \(id)",
      "DELETE FROM deposit_form WHERE publication = \(id)",
      "DELETE FROM related WHERE publication = \(id)",
      "DELETE FROM origin WHERE publication = \(id)",
      "DELETE FROM redirect WHERE publication = \(id)",
      "UPDATE redirect SET otherwise = NULL WHERE otherwise = \(id)",
      "DELETE FROM publication WHERE id = \(id)",
    ] { try run(statement) }
    var hashes: [String] = []
    for file in files {
      let isUsed = try row(
        """
        SELECT 1 FROM publication WHERE file = \(file)
        UNION ALL SELECT 1 FROM former_file WHERE file = \(file)
        """
      ) { _ in true }
      guard isUsed == nil else { continue }
      if let hash = try row("SELECT sha256 FROM file WHERE id = \(file)", { $0.text(0) }) {
        hashes.append(hash)
      }
      try run("DELETE FROM page WHERE file = \(file)")
      try run("DELETE FROM contents WHERE file = \(file)")
      try run("DELETE FROM file_fact WHERE file = \(file)")
      try run("DELETE FROM file WHERE id = \(file)")
    }
    return hashes
  }
}
