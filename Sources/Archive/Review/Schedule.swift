internal import SQLite

extension Publications {
  /// The publications that become public later, the next one first.
  ///
  /// - Parameters:
  ///   - count: The most to return.
  ///   - now: The time.
  /// - Returns: The publications.
  /// - Throws: What the database throws.
  package func scheduled(_ count: Int = 1000, at now: Instant = .now) throws -> [Publication] {
    try core.read { connection in
      try connection.rows(
        """
        \(Publication.select(at: now)) WHERE \(Visibility.isDue(after: now))
        ORDER BY public_from, publication.id LIMIT \(max(0, count))
        """
      ) { Publication($0) }.compactMap { $0 }
    }
  }

  /// Changes when a scheduled publication becomes public.
  ///
  /// - Parameters:
  ///   - id: The publication.
  ///   - moment: In the future.
  ///   - actor: Who does it, for the audit log.
  ///   - now: The time.
  /// - Returns: The publication.
  /// - Throws: ``DepositError``: `changedMeanwhile` when it is not scheduled any more.
  package func reschedule(
    _ id: Publication.ID, for moment: Instant, by actor: Actor, at now: Instant = .now
  ) throws(DepositError) -> Publication {
    guard moment > now else { throw .invalid([FieldError(.publicFrom, .past)]) }
    return try whileScheduled(id, at: now) { connection, old in
      try connection.run(
        "UPDATE publication SET public_from = \(moment.secondsSince1970) WHERE id = \(id)")
      try connection.audit(
        .scheduled, old.slug.description, before: old.publicFrom?.description,
        after: moment.description, by: actor, at: now)
    }
  }

  /// Makes a scheduled publication a draft.
  ///
  /// - Parameters:
  ///   - id: The publication.
  ///   - actor: Who does it, for the audit log.
  ///   - now: The time.
  /// - Returns: The publication.
  /// - Throws: ``DepositError``: `changedMeanwhile` when it is not scheduled any more.
  package func cancelSchedule(
    of id: Publication.ID, by actor: Actor, at now: Instant = .now
  ) throws(DepositError) -> Publication {
    try whileScheduled(id, at: now) { connection, old in
      try connection.run(
        """
        UPDATE publication SET status = 'draft', public_from = first_public WHERE id = \(id)
        """)
      try connection.audit(
        .unpublished, old.slug.description, before: old.publicFrom?.description,
        after: Publication.Status.draft.rawValue, by: actor, at: now)
    }
  }

  private func whileScheduled(
    _ id: Publication.ID, at now: Instant,
    _ body: @Sendable (Connection, Publication) throws -> Void
  ) throws(DepositError) -> Publication {
    do {
      return try core.change({ _, publication in .listed([publication.slug]) }) { connection in
        let old = try connection.publication(id, at: now)
        // One that is due counts as published.
        guard old.status == .scheduled else { throw DepositError.changedMeanwhile }
        try body(connection, old)
        try connection.run(
          "UPDATE publication SET modified = max(modified, \(now.secondsSince1970)) WHERE id = \(id)"
        )
        return try connection.publication(id, at: now)
      }
    } catch {
      throw DepositError(error)
    }
  }
}
