internal import SQLite

/// How staff present a publication, beside its record.
package struct Presentation: Sendable, Equatable {
  /// Whether it is featured on the home page.
  package var isFeatured: Bool
  /// The correction notice; nil when there is none.
  package var correction: String?

  package init(isFeatured: Bool = false, correction: String? = nil) {
    self.isFeatured = isFeatured
    self.correction = correction
  }
}

extension Publications {
  /// How staff present a publication; the default if they have set nothing.
  package func presentation(of id: Publication.ID) throws -> Presentation {
    try core.read { connection in
      try connection.row(
        "SELECT featured NOT NULL, correction FROM presentation WHERE publication = \(id)"
      ) { Presentation(isFeatured: $0.integer(0) != 0, correction: $0.optionalText(1)) }
    } ?? Presentation()
  }

  /// Stores how staff present a publication.
  package func present(
    _ id: Publication.ID, as presentation: Presentation, by actor: Actor, at now: Instant = .now
  ) throws {
    let old = try self.presentation(of: id)
    guard old != presentation else { return }
    let correction = presentation.correction.flatMap { $0.isEmpty ? nil : $0 }
    let featured = presentation.isFeatured ? now.secondsSince1970 : nil
    _ = try core.change({ _, slug in .listed([slug]) }) { connection in
      // A featured publication keeps its place; a new one comes first.
      try connection.run(
        """
        INSERT INTO presentation (publication, featured, correction)
        VALUES (\(id), \(featured), \(correction))
        ON CONFLICT (publication) DO UPDATE SET correction = excluded.correction,
          featured = CASE WHEN excluded.featured NOT NULL
            THEN ifnull(featured, excluded.featured) END,
          place = CASE WHEN excluded.featured NOT NULL THEN place END
        """)
      try connection.numberFeatured(connection.featured())
      try connection.run(
        "UPDATE publication SET modified = max(modified, \(now.secondsSince1970)) WHERE id = \(id)")
      let publication = try connection.publication(id, at: now)
      let slug = publication.slug.description
      if old.isFeatured != presentation.isFeatured {
        try connection.audit(
          .presented, slug, before: old.isFeatured ? "featured" : nil,
          after: presentation.isFeatured ? "featured" : nil, by: actor, at: now)
      }
      if old.correction != correction {
        try connection.audit(
          .corrected, slug, before: old.correction, after: correction, by: actor, at: now)
      }
      return publication.slug
    }
  }

  /// The featured public publications in their order.
  package func featured(_ count: Int, at now: Instant = .now) throws -> [Publication] {
    try core.read { connection in
      try connection.rows(
        """
        \(Publication.select(at: now)) JOIN presentation ON presentation.publication = publication.id
        WHERE presentation.featured NOT NULL AND \(Visibility.isPublic(at: now))
        ORDER BY presentation.place, publication.id DESC LIMIT \(max(0, count))
        """
      ) { Publication($0) }.compactMap { $0 }
    }
  }

  /// Moves a featured publication one place up or down among those that are public.
  ///
  /// - Parameters:
  ///   - id: The publication; nothing is changed if it is not featured.
  ///   - isUp: Whether it comes before the one that it follows now.
  ///   - actor: Who does it, for the audit log.
  ///   - now: The time.
  /// - Throws: What the database throws.
  package func moveFeatured(
    _ id: Publication.ID, up isUp: Bool, by actor: Actor, at now: Instant = .now
  ) throws {
    let shown = try featured(Publications.mostFeatured, at: now).map(\.id)
    guard let place = shown.firstIndex(of: id), shown.indices.contains(place + (isUp ? -1 : 1))
    else { return }
    let other = shown[place + (isUp ? -1 : 1)]
    _ = try core.change({ _, slug in .listed([slug]) }) { connection in
      var order = try connection.featured()
      guard let from = order.firstIndex(of: id), let to = order.firstIndex(of: other) else {
        return try connection.publication(id, at: now).slug
      }
      order.remove(at: from)
      order.insert(id, at: to)
      try connection.numberFeatured(order)
      let slug = try connection.publication(id, at: now).slug
      try connection.audit(
        .presented, slug.description, before: "\(place + 1)", after: "\(place + (isUp ? 0 : 2))",
        by: actor, at: now)
      return slug
    }
  }

  /// The most publications whose order staff see and change.
  package static let mostFeatured = 100
}

extension Connection {
  /// The featured publications in their order, public or not.
  fileprivate func featured() throws -> [Publication.ID] {
    try rows(
      """
      SELECT publication FROM presentation WHERE featured NOT NULL
      ORDER BY ifnull(place, 0), featured DESC, publication DESC
      """
    ) { $0.integer(0) }
  }

  fileprivate func numberFeatured(_ order: [Publication.ID]) throws {
    for (place, id) in order.enumerated() {
      try run("UPDATE presentation SET place = \(place + 1) WHERE publication = \(id)")
    }
  }
}
