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
  /// Stores a new publication with its file; when it returns, both are on disk.
  ///
  /// The file is in place and flushed before its row is written. If the row cannot be written, the
  /// file stays: a COMMIT that reported an error may still be there after a crash.
  ///
  /// - Parameters:
  ///   - draft: The record and the status.
  ///   - file: Its PDF.
  ///   - form: The token of the form. A form sent again within a day returns the publication that
  ///     it made.
  ///   - actor: Who does it, for the audit log.
  ///   - now: The time.
  /// - Returns: The publication.
  /// - Throws: ``DepositError``
  package func deposit(
    _ draft: Draft, file: IncomingFile? = nil, form: String? = nil, by actor: Actor,
    at now: Instant = .now
  ) throws(DepositError) -> Publication {
    // Only on arrival: what staff type later is not repaired.
    let draft = try checked(draft.repaired)
    let name = file?.name
    let kept: FileStore.Kept? = if let file { try core.fileStore.keep(file) } else { nil }
    do {
      return try core.change({ _, deposited in
        // Drafts are in no list.
        switch deposited.status {
        case .published, .scheduled: .listed([deposited.slug])
        case .draft, .review, .withdrawn: .beside([deposited.slug])
        }
      }) { connection in
        if let form, let id = try connection.made(by: form, at: now) {
          return try connection.publication(id, at: now)
        }
        var draft = draft
        draft.record = try connection.preferringNames(in: draft.record, isTyped: true)
        let slug = try connection.freeSlug(for: draft)
        let file = try kept.map { try checkedFileRow($0, connection, at: now) }
        let id = try connection.insert(
          draft.record, slug: slug, status: draft.status,
          publicFrom: draft.publicFrom(at: now), file: file, at: now)
        if let name { try connection.keepFileName(name, of: id) }
        try connection.keepBlank(draft.blank, of: id)
        try connection.keepOwner(actor, of: id)
        if let form { try connection.note(form, made: id, at: now) }
        let publication = try connection.publication(id, at: now)
        try connection.auditDeposit(of: publication, by: actor, at: now)
        return publication
      }
    } catch {
      throw DepositError(error)
    }
  }

  /// Replaces the record and status of a publication, and its file if one is given.
  ///
  /// The old slug redirects to a new one.
  ///
  /// - Parameters:
  ///   - id: The publication.
  ///   - draft: The record and the status.
  ///   - file: Its new PDF; nil keeps the present one.
  ///   - version: If the publication has another version, nothing is replaced.
  ///   - review: A comment for other staff, and who is to check it.
  ///   - actor: Who does it. What they have typed and not saved is deleted.
  ///   - now: The time.
  /// - Returns: The publication.
  /// - Throws: ``DepositError``
  package func revise(
    _ id: Publication.ID, to draft: Draft, file: IncomingFile? = nil, seen version: String? = nil,
    review: ReviewNote = ReviewNote(), by actor: Actor, at now: Instant = .now
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
        var draft = draft
        draft.record = try connection.preferringNames(in: draft.record, isTyped: true)
        try connection.replace(old, by: draft, file: file, at: now)
        if file != nil { try connection.keepFileName(name, of: id) }
        try connection.keepBlank(draft.blank, of: id)
        let revised = try connection.publication(id, at: now)
        try connection.auditRevision(
          of: old, to: revised, mayBeUnchanged: !review.isEmpty, by: actor, at: now)
        try connection.keep(review, of: revised, from: old.status, by: actor, at: now)
        try connection.deleteUnsavedForm(of: id, by: actor)
        return (revised: revised, old: old.slug)
      }.revised
    } catch {
      throw DepositError(error)
    }
  }

  /// Withdraws a publication.
  ///
  /// If it was public, its address shows a tombstone; otherwise nothing.
  package func withdraw(
    _ id: Publication.ID, reason: String? = nil, by actor: Actor, at now: Instant = .now
  ) throws(DepositError) -> Publication {
    let reason = reason?.cleanedLine ?? ""
    return try step(id, .withdrawn, by: actor, at: now) { connection, _ in
      try connection.run(
        """
        UPDATE publication SET status = 'withdrawn', public_from = first_public,
          withdrawal_reason = \(reason.isEmpty ? nil : reason)
        WHERE id = \(id)
        """)
    }
  }

  /// Makes a publication public now, whatever its status.
  ///
  /// If it was public before, it keeps the time at which it first became public.
  package func publish(
    _ id: Publication.ID, by actor: Actor, at now: Instant = .now
  ) throws(DepositError) -> Publication {
    try step(id, .published, by: actor, at: now) { connection, old in
      let missing = [FieldError.Field.title, .published].filter(old.blank.contains)
      guard missing.isEmpty else {
        throw DepositError.invalid(missing.map { FieldError($0, .missing) })
      }
      try connection.keepBlank([], of: id)
      try connection.run(
        """
        UPDATE publication SET status = 'published', withdrawal_reason = NULL,
          public_from = ifnull(first_public, \(now.secondsSince1970)),
          first_public = ifnull(first_public, \(now.secondsSince1970))
        WHERE id = \(id)
        """)
    }
  }

  /// Changes the status of a publication, with an entry in the audit log.
  func step(
    _ id: Publication.ID, _ action: AuditAction, by actor: Actor, at now: Instant,
    _ update: @Sendable (Connection, Publication) throws -> Void
  ) throws(DepositError) -> Publication {
    do {
      return try core.change({ _, publication in .listed([publication.slug]) }) { connection in
        let old = try connection.publication(id, at: now)
        if old.status == .published {
          // It may be due and not yet marked as published.
          try connection.run(
            """
            UPDATE publication SET first_public = ifnull(first_public, public_from)
            WHERE id = \(id)
            """)
        }
        try update(connection, old)
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

  /// The row of a stored file.
  ///
  /// A draft with the same file may have been deleted, with the file, since it was stored.
  func checkedFileRow(
    _ kept: FileStore.Kept, _ connection: Connection, at now: Instant
  ) throws -> Int64 {
    guard FileSystem.bytes(of: core.folder.file(kept.sha256)) == kept.octets else {
      throw DepositError.failed("file \(kept.sha256) was just deleted; upload it again")
    }
    return try connection.fileRow(kept, at: now)
  }

  private func checked(_ draft: Draft) throws(DepositError) -> Draft {
    // Checked before the file is moved.
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

  /// The stored time of becoming public.
  fileprivate func publicFrom(at now: Instant) -> Instant? {
    switch status {
    case .draft, .review, .withdrawn: nil
    case .scheduled: publicFrom
    case .published: now
    }
  }
}

extension Publication {
  /// Whether it may be deleted: a draft or in review, and never public.
  package var isDeletable: Bool { (status == .draft || status == .review) && firstPublic == nil }
}
