internal import SQLite

/// What a bulk edit would do to one publication.
enum PlannedChange: Equatable {
  /// It has the value already.
  case none
  case change(before: String?, after: String?)
  case refused(BulkRefusal)
}

extension BulkEdit {
  static let select: SQL = """
    SELECT id, field, operation, value, replacement, actor, previewed, applied, undone, undone_by,
      unchanged FROM bulk_edit
    """

  /// Reads a row of ``select``, without counts; nil if it has a value that no version writes.
  init?(_ row: Row) {
    guard let field = FieldError.Field(rawValue: row.text(1)),
      let operation = BulkChange.Operation(rawValue: row.text(2))
    else { return nil }
    self.init(
      id: row.integer(0),
      change: BulkChange(field, operation, row.text(3), replacement: row.text(4)),
      actor: row.text(5), previewed: Instant(secondsSince1970: row.integer(6)),
      applied: row.optionalInteger(7).map { Instant(secondsSince1970: $0) },
      undone: row.optionalInteger(8).map { Instant(secondsSince1970: $0) },
      undoneBy: row.optionalText(9), unchanged: row.count(10))
  }
}

extension Publication {
  /// The value of a field as bulk edits store it.
  ///
  /// A status that is scheduled has its time.
  fileprivate func value(of field: FieldError.Field) -> String? {
    guard field == .status else { return record.text(of: field) }
    guard status == .scheduled, let publicFrom else { return status.rawValue }
    return "\(status.rawValue) \(publicFrom.secondsSince1970)"
  }
}

/// A publication as it is while an edit is applied or undone.
struct EditedPublication {
  let modified: Instant
  /// Of the field.
  let value: String?
}

/// What is done with the publication of a row.
enum BulkStep {
  case leave
  /// nil clears the field.
  case write(String?)
}

/// A row of `bulk_change`.
struct BulkRow: Sendable {
  let id: Int64
  let publication: Publication.ID
  let modified: Int64
  let before: String?
  let after: String?
}

extension Connection {
  func ids(in selection: BulkSelection, at now: Instant) throws -> [Publication.ID] {
    switch selection {
    case .matching(let filter): return try ids(selectedBy: filter, at: now)
    case .listed(let ids):
      return try rows("SELECT id FROM publication WHERE id IN \(SQL.list(ids.prefix(10_000)))") {
        $0.integer(0)
      }
    }
  }

  func bulkEdit(_ id: BulkEdit.ID) throws -> BulkEdit {
    guard let edit = try row("\(BulkEdit.select) WHERE id = \(id)", { BulkEdit($0) }) ?? nil else {
      throw DepositError.notFound
    }
    return edit.with(counts: try bulkCounts(id))
  }

  func bulkCounts(_ id: BulkEdit.ID) throws -> [BulkChangeState: Int] {
    let counts = try rows(
      "SELECT state, count(*) FROM bulk_change WHERE bulk_edit = \(id) GROUP BY state"
    ) { (BulkChangeState(rawValue: $0.text(0)), $0.count(1)) }
    return counts.reduce(into: [:]) { counts, row in row.0.map { counts[$0] = row.1 } }
  }

  func insert(_ change: BulkChange, by actor: Actor, at now: Instant) throws -> BulkEdit.ID {
    try run(
      """
      INSERT INTO bulk_edit (field, operation, value, replacement, unchanged, actor, previewed)
      VALUES (\(change.field.rawValue), \(change.operation.rawValue), \(change.value),
        \(change.replacement), 0, \(actor.name), \(now.secondsSince1970))
      """)
    return lastInsertedRow
  }

  func insert(
    _ planned: PlannedChange, of publication: Publication, into edit: BulkEdit.ID
  ) throws {
    let row: (state: BulkChangeState, reason: BulkRefusal?, before: String?, after: String?)
    switch planned {
    case .none: return
    case .change(let before, let after): row = (.ready, nil, before, after)
    case .refused(let reason): row = (.refused, reason, nil, nil)
    }
    try run(
      """
      INSERT INTO bulk_change (bulk_edit, publication, state, reason, modified, before, after)
      VALUES (\(edit), \(publication.id), \(row.state.rawValue), \(row.reason?.rawValue),
        \(publication.modified.secondsSince1970), \(row.before), \(row.after))
      """)
  }

  /// Removes previews that nobody applied, and the values of edits that can no longer be undone.
  ///
  /// Which publications an edit changed stays known.
  func removeOldBulkEdits(at now: Instant) throws {
    try run(
      """
      DELETE FROM bulk_edit
      WHERE applied IS NULL AND previewed <= \(now.secondsSince1970 - BulkEdit.previewTime)
      """)
    try run(
      """
      UPDATE bulk_change SET before = NULL, after = NULL
      WHERE bulk_edit IN (SELECT id FROM bulk_edit
          WHERE applied <= \(now.secondsSince1970 - BulkEdit.undoTime))
        AND (before NOT NULL OR after NOT NULL)
      """)
  }

  /// What a change would do to a publication.
  func plan(
    _ change: BulkChange, for publication: Publication, at now: Instant
  ) throws -> PlannedChange {
    guard change.field != .status else { return try planStatus(change, for: publication) }
    let changed = change.applied(to: publication.record)
    let (before, after) = (
      publication.record.text(of: change.field), changed.text(of: change.field)
    )
    guard before != after else { return .none }
    if let problem = changed.problems.first(where: { $0.field == change.field }) {
      return .refused(BulkRefusal(problem))
    }
    return .change(before: before, after: after)
  }

  private func planStatus(
    _ change: BulkChange, for publication: Publication
  ) throws -> PlannedChange {
    let status = publication.status
    let target: Publication.Status
    switch change.operation {
    case .review:
      target = .review
      guard status == .draft || status == target else { return .refused(.notDraft) }
    case .withdraw:
      target = .withdrawn
      guard status == .published || status == target else { return .refused(.notPublic) }
    default:
      target = .published
      guard status != .withdrawn else { return .refused(.withdrawn) }
      if status != target, let refusal = try publishingRefusal(publication) {
        return .refused(refusal)
      }
    }
    return status == target
      ? .none : .change(before: publication.value(of: .status), after: target.rawValue)
  }

  private func publishingRefusal(_ publication: Publication) throws -> BulkRefusal? {
    guard let file = publication.file else { return .noPDF }
    if file.text == .waiting { return .waitingPDF }
    if file.defect != nil { return .unreadablePDF }
    let isBlank = publication.blank.contains(.title) || publication.blank.contains(.published)
    return isBlank ? .unchecked : nil
  }

  /// Writes the changes of an edit that have a state, and gives each its new state.
  ///
  /// - Parameters:
  ///   - edit: The edit.
  ///   - old: The state of the changes to write.
  ///   - new: The state of those that were written.
  ///   - other: The state of those that were not.
  ///   - now: The time.
  ///   - decide: What to do with each.
  /// - Returns: The publications that were changed.
  /// - Throws: What the database throws.
  func write(
    _ edit: BulkEdit, from old: BulkChangeState, to new: BulkChangeState,
    else other: BulkChangeState, at now: Instant,
    _ decide: (EditedPublication, BulkRow) -> BulkStep
  ) throws -> [Slug] {
    let changes = try rows(
      """
      SELECT id, publication, modified, before, after FROM bulk_change
      WHERE bulk_edit = \(edit.id) AND state = \(old.rawValue) ORDER BY id
      """
    ) { row in
      BulkRow(
        id: row.integer(0), publication: row.integer(1), modified: row.integer(2),
        before: row.optionalText(3), after: row.optionalText(4))
    }
    let field = edit.change.field
    var slugs: [Slug] = []
    for chunk in changes.chunks(of: 500) {
      let found = try publications(chunk.map(\.publication), at: now)
      let byID = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
      for change in chunk {
        guard let publication = byID[change.publication] else { continue }
        let edited = EditedPublication(
          modified: publication.modified, value: publication.value(of: field))
        var state = other
        if case .write(let value) = decide(edited, change) {
          try write(value, into: field, of: publication, edit.change, at: now)
          slugs.append(publication.slug)
          state = new
        }
        try run("UPDATE bulk_change SET state = \(state.rawValue) WHERE id = \(change.id)")
      }
    }
    return slugs
  }

  private func write(
    _ value: String?, into field: FieldError.Field, of publication: Publication,
    _ change: BulkChange, at now: Instant
  ) throws {
    let id = publication.id
    var record = publication.record
    _ = record.set(field, to: value)
    record.typeName = try known(record.typeName)
    try run("DELETE FROM blank_field WHERE publication = \(id) AND field = \(field.rawValue)")
    let assignment: SQL?
    switch field {
    case .title: assignment = "title = \(record.title)"
    case .subtitle: assignment = "subtitle = \(record.subtitle)"
    case .abstract: assignment = "abstract = \(record.abstract)"
    case .published:
      assignment = "issued = \(record.published.description), year = \(record.published.year)"
    case .type: assignment = "type = \(record.typeName.rawValue)"
    case .series: assignment = "series = \(record.series)"
    case .issn: assignment = "issn = \(record.issn?.description)"
    case .number: assignment = "number = \(record.number)"
    case .language: assignment = "language = \(record.language)"
    case .doi: assignment = "doi = \(record.doi)"
    case .licence: assignment = "licence = \(record.licence)"
    case .source: assignment = "source = \(record.source)"
    case .authors:
      assignment = nil
      try run("DELETE FROM author WHERE publication = \(id)")
      try insertAuthors(record.authors, record.orcids, of: id)
    case .topics:
      assignment = nil
      try run("DELETE FROM topic WHERE publication = \(id)")
      try insertTopics(record.topics, of: id)
    case .status:
      assignment = statusAssignment(value ?? "", reason: change.value.cleanedLine, at: now)
    case .publicFrom, .slug, .file: assignment = nil
    }
    let modified: SQL = "modified = max(modified, \(now.secondsSince1970))"
    let all: SQL = if let assignment { "\(assignment), \(modified)" } else { modified }
    try run("UPDATE publication SET \(all) WHERE id = \(id)")
  }

  /// The columns that belong to a status.
  ///
  /// What was public once is known to have been.
  private func statusAssignment(_ value: String, reason: String, at now: Instant) -> SQL {
    let parts = value.split(separator: " ")
    let status = parts.first.flatMap { Publication.Status(rawValue: String($0)) } ?? .draft
    let was: SQL = """
      CASE status WHEN 'published' THEN ifnull(first_public, public_from) ELSE first_public END
      """
    switch status {
    case .draft, .review:
      return """
        status = \(status.rawValue), withdrawal_reason = NULL, first_public = \(was),
        public_from = \(was)
        """
    case .scheduled:
      return """
        status = 'scheduled', withdrawal_reason = NULL, first_public = \(was),
        public_from = \(parts.last.flatMap { Int64($0) })
        """
    case .published:
      return """
        status = 'published', withdrawal_reason = NULL,
        public_from = ifnull(first_public, \(now.secondsSince1970)),
        first_public = ifnull(first_public, \(now.secondsSince1970))
        """
    case .withdrawn:
      return """
        status = 'withdrawn', withdrawal_reason = \(reason.isEmpty ? nil : reason),
        first_public = \(was), public_from = \(was)
        """
    }
  }
}

extension Collection where Index == Int {
  /// The elements in runs of a length, the last of which may be shorter.
  func chunks(of length: Int) -> [SubSequence] {
    stride(from: startIndex, to: endIndex, by: length).map {
      self[$0..<Swift.min($0 + length, endIndex)]
    }
  }
}
