internal import SQLite
internal import System

extension DepositError {
  init(_ error: any Error) {
    self =
      switch error {
      case let error as DepositError: error
      case let error as FileError where error.isNoSpace: .noSpace
      case let error as SQLiteError where error.reason == .diskFull: .noSpace
      default: .failed("\(error)")
      }
  }
}

extension Publications {
  /// Keeps a new publication with its file; when it returns, both are on disk.
  ///
  /// The file is in its place and flushed before the row that names it is written; a row that
  /// could not be written leaves the file, since a COMMIT that reported an error may still come
  /// back after a crash.
  ///
  /// - Parameters:
  ///   - draft: What is said of it.
  ///   - file: Its PDF.
  ///   - form: Names the form it was filled in on: one that is sent again within a day is answered
  ///     with the publication that it made.
  ///   - actor: Who does it.
  ///   - now: The moment.
  /// - Returns: The publication.
  /// - Throws: ``DepositError``
  package func deposit(
    _ draft: Draft, file: IncomingFile? = nil, form: String? = nil, by actor: Actor,
    at now: Instant = .now
  ) throws(DepositError) -> Publication {
    // Once, when a text arrives; what staff make of it afterwards stays as they typed it.
    let draft = try checked(draft.repaired)
    let name = file?.name
    let kept: FileStore.Kept? = if let file { try core.fileStore.keep(file) } else { nil }
    do {
      return try core.change({ _, deposited in
        // Before it is published or scheduled it is in no list.
        switch deposited.status {
        case .published, .scheduled: .listed([deposited.slug])
        case .draft, .review, .withdrawn: .beside([deposited.slug])
        }
      }) { connection in
        if let form, let id = try connection.made(by: form, at: now) {
          return try connection.publication(id, at: now)
        }
        let slug = try connection.freeSlug(for: draft)
        let file = try kept.map { try checkedFileRow($0, connection, at: now) }
        let id = try connection.insert(
          draft.record, slug: slug, status: draft.status,
          publicFrom: draft.publicFrom(at: now), file: file, at: now)
        if let name { try connection.keepFileName(name, of: id) }
        try connection.keepBlank(draft.blank, of: id)
        if let form { try connection.note(form, made: id, at: now) }
        let publication = try connection.publication(id, at: now)
        try connection.auditDeposit(of: publication, by: actor, at: now)
        return publication
      }
    } catch {
      throw DepositError(error)
    }
  }

  /// Replaces what is said of a publication, and its file when one is given.
  ///
  /// A new slug leaves the old one as an address that has moved. What is of another version than
  /// the one given, if one is, is not replaced.
  package func revise(
    _ id: Publication.ID, to draft: Draft, file: IncomingFile? = nil, seen version: String? = nil,
    by actor: Actor, at now: Instant = .now
  ) throws(DepositError) -> Publication {
    let draft = try checked(draft)
    let name = file?.name
    let kept: FileStore.Kept? = if let file { try core.fileStore.keep(file) } else { nil }
    do {
      return try core.change({ _, value in .listed([value.old, value.revised.slug]) }) {
        connection in
        let old = try connection.publication(id, at: now)
        if let version, version != old.version { throw DepositError.changedMeanwhile }
        let file = try kept.map { try checkedFileRow($0, connection, at: now) }
        try connection.replace(old, by: draft, file: file, at: now)
        if file != nil { try connection.keepFileName(name, of: id) }
        try connection.keepBlank(draft.blank, of: id)
        let revised = try connection.publication(id, at: now)
        try connection.auditRevision(of: old, to: revised, by: actor, at: now)
        return (revised: revised, old: old.slug)
      }.revised
    } catch {
      throw DepositError(error)
    }
  }

  /// Takes a publication from readers.
  ///
  /// What was public leaves a tombstone; what was not leaves
  /// nothing.
  package func withdraw(
    _ id: Publication.ID, reason: String? = nil, by actor: Actor, at now: Instant = .now
  ) throws(DepositError) -> Publication {
    let reason = reason?.cleanedLine ?? ""
    return try step(id, .withdrawn, by: actor, at: now) { connection in
      try connection.run(
        """
        UPDATE publication SET status = 'withdrawn', public_from = first_public,
          withdrawal_reason = \(reason.isEmpty ? nil : reason)
        WHERE id = \(id)
        """)
    }
  }

  /// Makes a publication public now, whatever its status was.
  ///
  /// One that was public before keeps the moment at which it became so first.
  package func publish(
    _ id: Publication.ID, by actor: Actor, at now: Instant = .now
  ) throws(DepositError) -> Publication {
    try step(id, .published, by: actor, at: now) { connection in
      try connection.run(
        """
        UPDATE publication SET status = 'published', withdrawal_reason = NULL,
          public_from = ifnull(first_public, \(now.secondsSince1970)),
          first_public = ifnull(first_public, \(now.secondsSince1970))
        WHERE id = \(id)
        """)
    }
  }

  private func step(
    _ id: Publication.ID, _ action: AuditAction, by actor: Actor, at now: Instant,
    _ update: @Sendable (Connection) throws -> Void
  ) throws(DepositError) -> Publication {
    do {
      return try core.change({ _, publication in .listed([publication.slug]) }) { connection in
        let old = try connection.publication(id, at: now)
        if old.status == .published {
          // It may be due, and not marked as published yet.
          try connection.run(
            """
            UPDATE publication SET first_public = ifnull(first_public, public_from)
            WHERE id = \(id)
            """)
        }
        try update(connection)
        try connection.run(
          "UPDATE publication SET modified = max(modified, \(now.secondsSince1970)) WHERE id = \(id)"
        )
        let publication = try connection.publication(id, at: now)
        try connection.audit(
          action, publication.slug.description, before: old.status.rawValue,
          after: publication.status.rawValue, by: actor, at: now)
        return publication
      }
    } catch {
      throw DepositError(error)
    }
  }

  /// The row of a file that is in its place; a draft that had the same file may have been deleted
  /// with it since it was put there.
  private func checkedFileRow(
    _ kept: FileStore.Kept, _ connection: Connection, at now: Instant
  ) throws -> Int64 {
    guard FileSystem.bytes(of: core.folder.file(kept.sha256)) == kept.octets else {
      throw DepositError.failed("file \(kept.sha256) was just deleted; upload it again")
    }
    return try connection.fileRow(kept, at: now)
  }

  private func checked(_ draft: Draft) throws(DepositError) -> Draft {
    // Before its file is moved anywhere.
    guard core.isExclusive else { throw .failed("the archive is open for reading only") }
    var draft = draft
    draft.record = draft.record.interpreted.cleaned
    let problems = draft.problems
    guard problems.isEmpty else { throw .invalid(problems) }
    return draft
  }
}

extension Draft {
  fileprivate var repaired: Draft {
    var draft = self
    draft.record = record.interpreted.repaired
    return draft
  }

  /// What the row says of when it is public.
  fileprivate func publicFrom(at now: Instant) -> Instant? {
    switch status {
    case .draft, .review, .withdrawn: nil
    case .scheduled: publicFrom
    case .published: now
    }
  }
}

extension Publication {
  /// Whether it may be deleted: it is a draft or in review, and was never public.
  package var isDeletable: Bool { (status == .draft || status == .review) && firstPublic == nil }
}
