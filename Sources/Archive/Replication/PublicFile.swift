internal import SQLite

extension Publications {
  /// The file with a hash, if a publication that readers may see has or had it.
  ///
  /// - Parameters:
  ///   - sha256: In lower-case hexadecimal digits.
  ///   - now: The time.
  /// - Returns: The file; nil also for files of drafts and of what was withdrawn.
  /// - Throws: What the database throws.
  package func publicFile(_ sha256: String, at now: Instant) throws -> StoredFile? {
    try core.read { connection in
      try connection.row(
        """
        SELECT \(StoredFile.columns) FROM file WHERE sha256 = \(sha256) AND EXISTS (
          SELECT 1 FROM publication WHERE \(Visibility.isPublic(at: now)) AND publication.id IN (
            SELECT present.id FROM publication AS present WHERE present.file = file.id
            UNION ALL
            SELECT former_file.publication FROM former_file
            WHERE former_file.file = file.id AND former_file.was_public))
        """
      ) { StoredFile($0, from: 0) }
    }
  }
}
