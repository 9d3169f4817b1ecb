internal import SQLite

extension Publications {
  /// Marks the scheduled publications that are due as published.
  ///
  /// Readers see them without this as soon as they are due; once marked they stay public whatever
  /// the clock says. It is called every few seconds and reads a small index.
  package func publishDue(at now: Instant = .now) throws {
    let isAnyDue = try core.read { connection in
      try connection.row("SELECT 1 FROM publication WHERE \(due(at: now))") { _ in true } ?? false
    }
    guard isAnyDue else { return }
    _ = try core.change({ _, slugs in .listed(slugs) }) { try $0.publishDue(at: now) }
  }
}

extension Connection {
  /// Marks what is due as published since the time it was scheduled for.
  func publishDue(at now: Instant) throws -> [Slug] {
    let slugs = try rows("SELECT slug FROM publication WHERE \(due(at: now))") {
      Slug(stored: $0.text(0))
    }
    guard !slugs.isEmpty else { return [] }
    try run(
      """
      UPDATE publication SET status = 'published', modified = max(modified, public_from),
        first_public = ifnull(first_public, public_from)
      WHERE \(due(at: now))
      """)
    for slug in slugs {
      try audit(
        .published, slug.description, before: Publication.Status.scheduled.rawValue,
        after: Publication.Status.published.rawValue, by: .program, at: now)
    }
    return slugs
  }
}

private func due(at now: Instant) -> SQL {
  "publication.status = 'scheduled' AND publication.public_from <= \(now.secondsSince1970)"
}
