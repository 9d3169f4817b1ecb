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

/// An earlier file of a publication.
package struct FormerFile: Sendable, Equatable {
  package let bytes: Int
  /// nil until the file has been read.
  package let pages: Int?
  /// When it was replaced.
  package let replaced: Instant

  package init(bytes: Int, pages: Int?, replaced: Instant) {
    self.bytes = bytes
    self.pages = pages
    self.replaced = replaced
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
      // A featured publication keeps its rank.
      try connection.run(
        """
        INSERT INTO presentation (publication, featured, correction)
        VALUES (\(id), \(featured), \(correction))
        ON CONFLICT (publication) DO UPDATE SET correction = excluded.correction,
          featured = CASE WHEN excluded.featured NOT NULL
            THEN ifnull(featured, excluded.featured) END
        """)
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

  /// The featured public publications, the last chosen first.
  package func featured(_ count: Int, at now: Instant = .now) throws -> [Publication] {
    try core.read { connection in
      try connection.rows(
        """
        \(Publication.select(at: now)) JOIN presentation ON presentation.publication = publication.id
        WHERE presentation.featured NOT NULL AND \(Visibility.isPublic(at: now))
        ORDER BY presentation.featured DESC, publication.id DESC LIMIT \(max(0, count))
        """
      ) { Publication($0) }.compactMap { $0 }
    }
  }
}

extension Connection {
  /// The earlier files of a publication, newest first.
  func formerFiles(of id: Publication.ID) throws -> [FormerFile] {
    try rows(
      """
      SELECT file.bytes, file.pages, former_file.replaced
      FROM former_file JOIN file ON file.id = former_file.file
      WHERE former_file.publication = \(id) ORDER BY former_file.replaced DESC, file.id DESC
      """
    ) { row in
      FormerFile(
        bytes: row.count(0), pages: row.optionalInteger(1).map { Int($0) },
        replaced: Instant(secondsSince1970: row.integer(2)))
    }
  }
}
