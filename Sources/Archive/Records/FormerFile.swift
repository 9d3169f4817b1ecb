internal import SQLite

/// An earlier file of a publication.
package struct FormerFile: Sendable, Equatable {
  package let sha256: String
  package let bytes: Int
  /// nil until the file has been read.
  package let pages: Int?
  /// When it was replaced.
  package let replaced: Instant
  /// What readers are told about why it was replaced; nil for nothing.
  package let reason: String?
  /// The name it had when it was uploaded; nil when unknown.
  package let name: String?
  /// Whether readers could get it; a file that only a draft had is for staff alone.
  package let wasPublic: Bool

  package init(
    sha256: String, bytes: Int, pages: Int?, replaced: Instant, reason: String? = nil,
    name: String? = nil, wasPublic: Bool = true
  ) {
    self.sha256 = sha256
    self.bytes = bytes
    self.pages = pages
    self.replaced = replaced
    self.reason = reason
    self.name = name
    self.wasPublic = wasPublic
  }
}

extension Publications {
  /// The earlier files of a publication for staff, newest first.
  package func formerFiles(of id: Publication.ID) throws -> [FormerFile] {
    try core.read { try $0.formerFiles(of: id) }
  }

  /// A file that a publication has or had.
  ///
  /// - Parameters:
  ///   - sha256: Its hash.
  ///   - publication: The publication.
  ///   - isForStaff: Whether files count that were never public.
  /// - Returns: nil when it has and had none with that hash.
  /// - Throws: What the database throws.
  package func file(
    _ sha256: String, of publication: Publication, isForStaff: Bool = false
  ) throws -> StoredFile? {
    if let file = publication.file, file.sha256 == sha256 { return file }
    return try core.read { connection in
      try connection.row(
        """
        SELECT \(StoredFile.columns) FROM file
        WHERE sha256 = \(sha256) AND id IN (
          SELECT file FROM former_file
          WHERE publication = \(publication.id) AND (was_public OR \(isForStaff)))
        """
      ) { StoredFile($0, from: 0) }
    }
  }

  /// Makes an earlier file of a publication its current one again.
  ///
  /// - Parameters:
  ///   - sha256: The file.
  ///   - id: The publication.
  ///   - reason: What readers are told about why the present file is replaced; nil for nothing.
  ///   - actor: Who does it, for the audit log.
  ///   - now: The time.
  /// - Returns: The publication.
  /// - Throws: ``DepositError``: `notFound` when it has no such earlier file.
  package func restoreFile(
    _ sha256: String, of id: Publication.ID, reason: String? = nil, by actor: Actor,
    at now: Instant = .now
  ) throws(DepositError) -> Publication {
    do {
      return try core.change({ _, publication in .listed([publication.slug]) }) { connection in
        let old = try connection.publication(id, at: now)
        let found = try connection.row(
          """
          SELECT file.id, former_file.name FROM former_file JOIN file ON file.id = former_file.file
          WHERE former_file.publication = \(id) AND sha256 = \(sha256)
          """
        ) { (id: $0.integer(0), name: $0.optionalText(1)) }
        guard let found else { throw DepositError.notFound }
        try connection.replaceFile(
          of: old, by: found.id, name: found.name, reason: reason, at: now)
        let publication = try connection.publication(id, at: now)
        try connection.audit(
          .restoredFile, publication.slug.description, before: old.file?.auditedName,
          after: publication.file?.auditedName, by: actor, at: now)
        return publication
      }
    } catch {
      throw DepositError(error)
    }
  }
}

extension Connection {
  /// Makes a file the current one of a publication; the present one becomes an earlier one.
  func replaceFile(
    of old: Publication, by file: Int64, name: String?, reason: String?, at now: Instant
  ) throws {
    try keepFormerFile(of: old, replacedBy: file, reason: reason, at: now)
    try run(
      """
      UPDATE publication SET file = \(file), file_name = \(name),
        modified = max(modified, \(now.secondsSince1970))
      WHERE id = \(old.id)
      """)
  }

  /// Notes that the file of a publication is replaced by another one, which is then no earlier file.
  func keepFormerFile(
    of old: Publication, replacedBy file: Int64, reason: String?, at now: Instant
  ) throws {
    guard let former = old.file, former.id != file else { return }
    let reason = reason?.cleanedParagraphs ?? ""
    let wasPublic =
      try old.status == .published
      || row(
        """
        SELECT 1 FROM last_public_file WHERE publication = \(old.id) AND file = \(former.id)
        """
      ) { _ in true } != nil
    try run("DELETE FROM former_file WHERE publication = \(old.id) AND file = \(file)")
    try run(
      """
      INSERT OR REPLACE INTO former_file (publication, file, replaced, reason, name, was_public)
      VALUES (\(old.id), \(former.id), \(now.secondsSince1970), \(reason.isEmpty ? nil : reason),
        \(former.name), \(wasPublic))
      """)
  }

  /// The earlier files of a publication that readers could get, newest first.
  func publicFormerFiles(of id: Publication.ID) throws -> [FormerFile] {
    try formerFiles(of: id).filter(\.wasPublic)
  }

  /// The earlier files of a publication, newest first.
  func formerFiles(of id: Publication.ID) throws -> [FormerFile] {
    try rows(
      """
      SELECT file.sha256, file.bytes, file.pages, former_file.replaced, former_file.reason,
        former_file.name, former_file.was_public
      FROM former_file JOIN file ON file.id = former_file.file
      WHERE former_file.publication = \(id) ORDER BY former_file.replaced DESC, file.id DESC
      """
    ) { row in
      FormerFile(
        sha256: row.text(0), bytes: row.count(1), pages: row.optionalInteger(2).map { Int($0) },
        replaced: Instant(secondsSince1970: row.integer(3)), reason: row.optionalText(4),
        name: row.optionalText(5), wasPublic: row.integer(6) != 0)
    }
  }
}
