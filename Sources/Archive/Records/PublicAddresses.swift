internal import SQLite

/// An entry of a list of addresses, such as a sitemap.
package struct PublicAddress: Sendable, Equatable {
  package let slug: Slug
  package let modified: Instant
  package let hasFile: Bool
}

extension Publications {
  /// All public publications in the order of their creation, so that parts of the list change
  /// little.
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
