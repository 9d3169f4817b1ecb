internal import SQLite

/// What a list of addresses says of a public publication.
package struct PublicAddress: Sendable, Equatable {
  package let slug: Slug
  package let modified: Instant
  package let hasFile: Bool
}

extension Publications {
  /// All public publications, in the order in which they were made, so that a list cut into parts
  /// changes little.
  package func addresses(at now: Instant = .now) throws -> [PublicAddress] {
    try core.read { connection in
      try connection.rows(
        """
        SELECT slug, max(modified, public_from), file NOT NULL FROM publication
        WHERE \(Visibility.isPublic(at: now)) ORDER BY id
        """
      ) { row in
        Slug(row.text(0)).map {
          PublicAddress(
            slug: $0, modified: Instant(secondsSince1970: row.integer(1)),
            hasFile: row.integer(2) != 0)
        }
      }.compactMap { $0 }
    }
  }
}
