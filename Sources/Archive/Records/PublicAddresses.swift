internal import SQLite

/// An entry of a list of addresses, such as a sitemap.
package struct PublicAddress: Sendable, Equatable {
  package let slug: Slug
  package let modified: Instant
  package let hasFile: Bool
}

/// A range of publications in the order of their creation, which stays the same when others are
/// added.
package struct PublicationRange: Sendable, Equatable {
  /// From 0.
  package let number: Int
  /// When one of its public publications last changed.
  package let modified: Instant

  /// How many ids a range has, as in the triggers of `publication_range`.
  package static let size = 20_000

  package init(number: Int, modified: Instant) {
    self.number = number
    self.modified = modified
  }

  /// The ids of a range.
  static func ids(_ number: Int) -> ClosedRange<Int64> {
    let first = Int64(number) * Int64(size) + 1
    return first...first + Int64(size) - 1
  }
}

extension Publications {
  /// The ranges with public publications.
  ///
  /// Nothing is counted: the database keeps what a range has.
  package func ranges(at now: Instant = .now) throws -> [PublicationRange] {
    try core.read { connection in
      var ranges = Dictionary(
        uniqueKeysWithValues: try connection.rows(
          "SELECT number, modified FROM publication_range WHERE published > 0"
        ) { ($0.count(0), $0.integer(1)) })
      // Those that are due are published soon after, and then counted.
      for (number, modified) in try connection.rows(
        """
        SELECT (id - 1) / \(PublicationRange.size), max(modified, public_from) FROM publication
        WHERE status = 'scheduled' AND public_from <= \(now.secondsSince1970)
        """,
        { ($0.count(0), $0.integer(1)) })
      {
        ranges[number] = max(modified, ranges[number] ?? modified)
      }
      return ranges.sorted { $0.key < $1.key }.map {
        PublicationRange(number: $0, modified: Instant(secondsSince1970: $1))
      }
    }
  }

  /// The public publications of a range, in the order of their creation.
  package func addresses(inRange number: Int, at now: Instant = .now) throws -> [PublicAddress] {
    let ids = PublicationRange.ids(number)
    return try core.read { connection in
      try connection.rows(
        """
        SELECT slug, max(modified, public_from), file NOT NULL FROM publication
        WHERE id BETWEEN \(ids.lowerBound) AND \(ids.upperBound)
          AND \(Visibility.isPublic(at: now)) ORDER BY id
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

extension Connection {
  /// How many publications are public, which the database knows without counting them.
  ///
  /// SQLite would count those that are scheduled in a larger index, which has everything.
  func publicCount(at now: Instant) throws(SQLiteError) -> Int {
    try row(
      """
      SELECT ifnull((SELECT sum(published) FROM publication_range), 0)
        + (SELECT count(*) FROM publication INDEXED BY publication_scheduled
          WHERE status = 'scheduled' AND public_from <= \(now.secondsSince1970))
      """
    ) { $0.count(0) } ?? 0
  }
}
