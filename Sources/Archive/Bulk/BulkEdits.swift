internal import SQLite

extension Archive {
  package var bulkEdits: BulkEdits { BulkEdits(core: core) }
}

/// The edits of many publications at once.
///
/// A preview stores what each publication would change from and to. Applying it writes exactly
/// that, and leaves out what somebody has changed since. Undoing it writes the former values back,
/// and leaves out what somebody has edited since.
package struct BulkEdits: Sendable {
  let core: ArchiveCore

  /// How many publications an edit would be made to.
  package func count(_ selection: BulkSelection, at now: Instant = .now) throws -> Int {
    try core.read { try $0.ids(in: selection, at: now).count }
  }

  /// Stores the preview of an edit.
  ///
  /// - Parameters:
  ///   - change: What is to be done, without a problem.
  ///   - selection: The publications to change.
  ///   - actor: Who asks.
  ///   - now: The time.
  /// - Returns: The preview.
  /// - Throws: ``FieldError`` when the change cannot be made at all, or what the database throws.
  package func preview(
    _ change: BulkChange, of selection: BulkSelection, by actor: Actor, at now: Instant = .now
  ) throws -> BulkEdit {
    if let problem = change.problem { throw problem }
    return try core.change(.nothingPublic) { connection in
      try connection.removeOldBulkEdits(at: now)
      let edit = try connection.insert(change, by: actor, at: now)
      var unchanged = 0
      let ids = try connection.ids(in: selection, at: now)
      for chunk in ids.chunks(of: 500) {
        for publication in try connection.publications(Array(chunk), at: now) {
          let planned = try connection.plan(change, for: publication, at: now)
          if planned == .none { unchanged += 1 }
          try connection.insert(planned, of: publication, into: edit)
        }
      }
      try connection.run("UPDATE bulk_edit SET unchanged = \(unchanged) WHERE id = \(edit)")
      return try connection.bulkEdit(edit)
    }
  }

  /// Applies a preview in one transaction; an edit that was applied is returned as it is.
  ///
  /// - Throws: ``DepositError``: `notFound` for a preview that is too old.
  package func apply(
    _ id: BulkEdit.ID, by actor: Actor, at now: Instant = .now
  ) throws(DepositError) -> BulkEdit {
    try step(id) { connection, edit in
      guard edit.applied == nil else { return [] }
      let slugs = try connection.write(
        edit, from: .ready, to: .applied, else: .skipped, at: now
      ) { publication, row in
        publication.modified.secondsSince1970 == row.modified && row.before == publication.value
          ? .write(row.after) : .leave
      }
      try connection.run(
        """
        UPDATE bulk_edit SET applied = \(now.secondsSince1970), actor = \(actor.name)
        WHERE id = \(id)
        """)
      try connection.audit(
        .editedInBulk, "\(id)", detail: edit.change.audited, after: "\(slugs.count)", by: actor,
        at: now)
      return slugs
    }
  }

  /// Undoes an edit in one transaction: what still has its value gets the former value back.
  ///
  /// - Throws: ``DepositError``: `notFound` when it was never applied, or too long ago.
  package func undo(
    _ id: BulkEdit.ID, by actor: Actor, at now: Instant = .now
  ) throws(DepositError) -> BulkEdit {
    try step(id) { connection, edit in
      guard edit.undone == nil else { return [] }
      guard edit.isUndoable(at: now) else { throw DepositError.notFound }
      let slugs = try connection.write(
        edit, from: .applied, to: .undone, else: .kept, at: now
      ) { publication, row in row.after == publication.value ? .write(row.before) : .leave }
      try connection.run(
        """
        UPDATE bulk_edit SET undone = \(now.secondsSince1970), undone_by = \(actor.name)
        WHERE id = \(id)
        """)
      try connection.audit(
        .undidBulkEdit, "\(id)", detail: edit.change.audited, after: "\(slugs.count)", by: actor,
        at: now)
      return slugs
    }
  }

  private func step(
    _ id: BulkEdit.ID, _ body: @Sendable (Connection, BulkEdit) throws -> [Slug]
  ) throws(DepositError) -> BulkEdit {
    do {
      return try core.change({ _, done in Change.listing(done.slugs) }) { connection in
        let slugs = try body(connection, try connection.bulkEdit(id))
        return (edit: try connection.bulkEdit(id), slugs: slugs)
      }.edit
    } catch {
      throw DepositError(error)
    }
  }

  /// An edit; nil when there is none, or it was a preview that is too old.
  package func find(_ id: BulkEdit.ID) throws -> BulkEdit? {
    try core.read { connection in
      do { return try connection.bulkEdit(id) } catch DepositError.notFound { return nil }
    }
  }

  /// The edits that were applied, newest first.
  ///
  /// - Parameters:
  ///   - slug: Only those that changed this publication; nil for all.
  ///   - page: Counted from 1.
  ///   - size: Edits on a page.
  /// - Returns: The page.
  /// - Throws: What the database throws.
  package func list(
    of slug: Slug? = nil, page: Int = 1, size: Int = 50
  ) throws -> PageOf<BulkEdit> {
    let page = min(max(page, 1), 1_000_000)
    let changes: SQL =
      slug.map { slug in
        """
        id IN (SELECT bulk_edit FROM bulk_change
          JOIN publication ON publication.id = bulk_change.publication
          WHERE slug = \(slug.description) AND state IN ('applied', 'undone', 'kept'))
        """
      } ?? "1"
    return try core.read { connection in
      let total =
        try connection.row(
          "SELECT count(*) FROM bulk_edit WHERE applied NOT NULL AND \(changes)"
        ) { $0.count(0) } ?? 0
      let edits = try connection.rows(
        """
        \(BulkEdit.select) WHERE applied NOT NULL AND \(changes)
        ORDER BY applied DESC, id DESC LIMIT \(size) OFFSET \((page - 1) * size)
        """
      ) { BulkEdit($0) }.compactMap { $0 }
      return PageOf(
        items: try edits.map { $0.with(counts: try connection.bulkCounts($0.id)) }, number: page,
        size: size, total: total)
    }
  }

  /// The changes of an edit that have a state, in the order of the preview.
  package func changes(
    of id: BulkEdit.ID, _ state: BulkChangeState, most: Int = 50
  ) throws -> [BulkChangeEntry] {
    try core.read { connection in
      try connection.rows(
        """
        SELECT slug, title, language, reason, before, after
        FROM bulk_change JOIN publication ON publication.id = bulk_change.publication
        WHERE bulk_edit = \(id) AND state = \(state.rawValue) ORDER BY bulk_change.id LIMIT \(most)
        """
      ) { row in
        BulkChangeEntry(
          slug: Slug(stored: row.text(0)), title: row.text(1), language: row.optionalText(2),
          state: state, refusal: row.optionalText(3).flatMap(BulkRefusal.init),
          before: row.optionalText(4), after: row.optionalText(5))
      }
    }
  }
}

extension Change {
  /// What an edit of publications changes for readers.
  fileprivate static func listing(_ slugs: [Slug]) -> Change {
    if slugs.isEmpty { return .nothingPublic }
    // Beyond some hundreds their tags are most of all there are.
    return slugs.count > 500 ? .everything : .listed(slugs)
  }
}

extension BulkChange {
  /// What the audit log says of it: `series set: Working papers`.
  fileprivate var audited: String {
    let value = value.cleanedLine
    let words = "\(field.rawValue) \(operation.rawValue)" + (value.isEmpty ? "" : ": \(value)")
    return operation == .replace ? "\(words) → \(replacement.cleanedLine)" : words
  }
}
