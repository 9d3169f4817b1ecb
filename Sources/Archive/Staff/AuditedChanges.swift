internal import SQLite

extension Connection {
  /// Adds the entries about a new publication.
  func auditDeposit(of publication: Publication, by actor: Actor, at now: Instant) throws {
    let slug = publication.slug.description
    try audit(.deposited, slug, after: publication.file?.auditedName, by: actor, at: now)
    switch publication.status {
    case .published:
      try audit(.published, slug, after: publication.status.rawValue, by: actor, at: now)
    case .scheduled:
      try audit(
        .scheduled, slug, after: publication.publicFrom?.description, by: actor, at: now)
    case .draft, .review, .withdrawn: break
    }
  }

  /// Adds an entry for each kind of change of a revision, with before and after.
  ///
  /// If nothing changed it adds one without them, unless `mayBeUnchanged`.
  func auditRevision(
    of old: Publication, to new: Publication, mayBeUnchanged: Bool = false, by actor: Actor,
    at now: Instant
  ) throws {
    var isNoted = false
    func note(_ action: AuditAction, _ before: String?, _ after: String?) throws {
      isNoted = true
      try audit(
        action, new.slug.description, before: before, after: after, by: actor, at: now)
    }
    if old.slug != new.slug { try note(.renamed, old.slug.description, new.slug.description) }
    if old.file?.id != new.file?.id {
      try note(.replaced, old.file?.auditedName, new.file?.auditedName)
    }
    var changes = new.record.changes(from: old.record)
    switch new.status {
    case .published where old.status != .published:
      try note(.published, old.status.rawValue, new.status.rawValue)
    case .scheduled where old.status != .scheduled || old.publicFrom != new.publicFrom:
      let before = old.status == .scheduled ? old.publicFrom?.description : old.status.rawValue
      try note(.scheduled, before, new.publicFrom?.description)
    default:
      if old.status != new.status {
        changes.append((.status, old.status.rawValue, new.status.rawValue))
      }
    }
    if !changes.isEmpty {
      try note(
        .revised, changes.map { "\($0.field.rawValue): \($0.before)" }.joined(separator: "\n"),
        changes.map { "\($0.field.rawValue): \($0.after)" }.joined(separator: "\n"))
    }
    if !isNoted, !mayBeUnchanged { try note(.revised, nil, nil) }
  }
}

extension StoredFile {
  /// The name it was uploaded with, and the first digits of its hash.
  var auditedName: String {
    [name, String(sha256.prefix(12))].compactMap(\.self).joined(separator: ", ")
  }
}

extension Record {
  func changes(
    from old: Record
  ) -> [(field: FieldError.Field, before: String, after: String)] {
    let (before, after) = (old.audited, audited)
    return zip(before, after).filter { $0.text != $1.text }.map {
      ($0.field, $0.text.excerpt, $1.text.excerpt)
    }
  }

  /// The fields in a fixed order, each as a line.
  private var audited: [(field: FieldError.Field, text: String)] {
    [
      (.title, title), (.subtitle, subtitle ?? ""),
      (
        .authors,
        authors.map { name in orcids[name].map { "\(name) \($0)" } ?? name }
          .joined(separator: "; ")
      ),
      (.published, published.description), (.type, typeName.rawValue), (.abstract, abstract),
      (.topics, topics.joined(separator: "; ")), (.series, series ?? ""),
      (.issn, issn?.description ?? ""), (.number, number ?? ""), (.language, language ?? ""),
      (.doi, doi ?? ""), (.licence, licence ?? ""),
    ]
  }
}

extension String {
  /// The first 300 characters on one line: the audit log does not repeat whole abstracts.
  fileprivate var excerpt: String {
    let line = cleanedLine
    return line.count > 300 ? "\(line.prefix(300))…" : line
  }
}
