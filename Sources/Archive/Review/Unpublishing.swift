internal import SQLite

extension Publications {
  /// Seconds after a publication became public within which that can be undone.
  package static let undoTime: Int64 = 600

  /// When undoing the publication ends to be possible; nil if it is not possible.
  ///
  /// It is possible for ``undoTime`` after it became public for the first time, while no subscriber
  /// has been told about it.
  package func undoLimit(of publication: Publication, at now: Instant = .now) throws -> Instant? {
    try core.read { try $0.undoLimit(of: publication, at: now) }
  }

  /// Makes a publication a draft again as if it had never been public.
  ///
  /// It leaves no tombstone, harvesters see no deleted record, and it is new to subscribers when it
  /// is published again. The audit log keeps what happened.
  ///
  /// - Parameters:
  ///   - id: The publication.
  ///   - actor: Who does it, for the audit log.
  ///   - now: The time.
  /// - Returns: The draft.
  /// - Throws: ``DepositError``: `changedMeanwhile` when it is not possible any more.
  package func undoPublishing(
    _ id: Publication.ID, by actor: Actor, at now: Instant = .now
  ) throws(DepositError) -> Publication {
    try step(id, .unpublished, by: actor, at: now) { connection, old in
      guard try connection.undoLimit(of: old, at: now) != nil else {
        throw DepositError.changedMeanwhile
      }
      try connection.run("DELETE FROM release WHERE publication = \(id)")
      try connection.run("DELETE FROM usage WHERE publication = \(id)")
      try connection.run(
        """
        UPDATE publication SET status = 'draft', public_from = NULL, first_public = NULL
        WHERE id = \(id)
        """)
    }
  }
}

extension Connection {
  fileprivate func undoLimit(
    of publication: Publication, at now: Instant
  ) throws(SQLiteError) -> Instant? {
    guard publication.status == .published,
      let limit = (publication.firstPublic ?? publication.publicFrom)?
        .adding(seconds: Publications.undoTime),
      now < limit
    else { return nil }
    let isTold = try row(
      """
      SELECT 1 FROM release WHERE publication = \(publication.id) AND announced
      UNION ALL SELECT 1 FROM announced WHERE publication = \(publication.id)
      """
    ) { _ in true }
    return isTold == nil ? limit : nil
  }
}
