internal import SQLite

/// What of a publication's page depends on nothing but what the archive holds of that publication,
/// made before anybody asks.
///
/// The archive keeps it and does not look into it. Triggers of the database take it away in the
/// transaction that changes what it was made of, whoever makes the change; what was made otherwise
/// than it would be now has another version and is not found.
package struct Rendition: Sendable, Equatable {
  /// The page up to the publications that are related to its own.
  package var opening: [UInt8]
  /// The page from there on.
  package var closing: [UInt8]
  /// What the pages of others show of it.
  package var mention: [UInt8]
  /// The page's `Link` field.
  package var links: String

  package init(opening: [UInt8], closing: [UInt8], mention: [UInt8], links: String) {
    self.opening = opening
    self.closing = closing
    self.mention = mention
    self.links = links
  }
}

/// A publication's rendition with the mentions of what is related to it, nearest first.
package struct RenderedPublication: Sendable, Equatable {
  package let rendition: Rendition
  package let modified: Instant
  package let related: [[UInt8]]
}

extension Archive {
  /// Finds what has been made of a public publication.
  ///
  /// - Parameters:
  ///   - slug: Names the publication.
  ///   - version: How renditions are made now.
  ///   - now: The moment.
  /// - Returns: nil when there is no such publication, or anything of it has still to be made.
  /// - Throws: What the database throws.
  package func rendered(
    _ slug: Slug, version: String, at now: Instant = .now
  ) throws -> RenderedPublication? {
    try database.read { connection in
      let found = try connection.row(
        """
        SELECT opening, closing, mention, links, max(modified, public_from), others
        FROM publication JOIN rendition ON rendition.publication = publication.id
        LEFT JOIN related ON related.publication = publication.id
        WHERE slug = \(slug.description) AND version = \(version)
          AND \(Visibility.isPublic(at: now))
        """
      ) { row in
        (
          rendition: Rendition(
            opening: row.octets(0), closing: row.octets(1), mention: row.octets(2),
            links: row.text(3)),
          modified: Instant(secondsSince1970: row.integer(4)), others: row.text(5)
        )
      }
      guard let found else { return nil }
      let ids = Related.ids(found.others)
      guard let related = try connection.mentions(of: ids, version: version, at: now)
      else { return nil }
      return RenderedPublication(
        rendition: found.rendition, modified: found.modified, related: related)
    }
  }

  /// Public publications that have no rendition of a version, the newest first; none where nothing
  /// can be written.
  package func unrendered(
    _ most: Int, version: String, at now: Instant = .now
  ) throws -> [Slug] {
    guard isExclusive else { return [] }
    return try database.read { connection in
      try connection.rows(
        """
        SELECT slug FROM publication WHERE \(Visibility.isPublic(at: now))
          AND id NOT IN (SELECT publication FROM rendition WHERE version = \(version))
        ORDER BY id DESC LIMIT \(most)
        """
      ) { Slug(stored: $0.text(0)) }
    }
  }

  /// Gives back the memory that making many renditions took.
  package func releaseMemory() throws { try database.releaseMemory() }

  /// Keeps renditions.
  ///
  /// - Parameters:
  ///   - renditions: By publication.
  ///   - version: How they were made.
  ///   - generation: The archive's before anything was read that they were made of.
  /// - Returns: Whether they were kept; they are not when something has changed since.
  /// - Throws: What the database throws.
  package func keep(
    _ renditions: [(id: Publication.ID, rendition: Rendition)], version: String,
    madeIn generation: UInt64
  ) throws -> Bool {
    try database.write { [self] connection in
      // Changes are numbered while the writer is held, and it is held here.
      guard self.generation == generation else { return false }
      for (id, rendition) in renditions {
        try connection.run(
          """
          INSERT OR REPLACE INTO rendition (
            publication, version, mention, links, opening, closing)
          VALUES (\(id), \(version), \(rendition.mention), \(rendition.links),
            \(rendition.opening), \(rendition.closing))
          """)
      }
      return true
    }
  }
}

extension Connection {
  /// What is said of public publications by their keys, in that order; nil when it has still to be
  /// made of one.
  fileprivate func mentions(
    of ids: [Publication.ID], version: String, at now: Instant
  ) throws -> [[UInt8]]? {
    guard !ids.isEmpty else { return [] }
    var found: [(place: Int, mention: [UInt8])] = []
    var isWhole = true
    try each(
      """
      SELECT id, mention FROM publication
      LEFT JOIN rendition INDEXED BY rendition_mention
        ON rendition.publication = id AND version = \(version)
      WHERE id IN \(SQL.list(ids)) AND \(Visibility.isPublic(at: now))
      """
    ) { row in
      guard !row.isNull(1), let place = ids.firstIndex(of: row.integer(0)) else {
        isWhole = false
        return false
      }
      found.append((place, row.octets(1)))
      return true
    }
    guard isWhole else { return nil }
    return found.sorted { $0.place < $1.place }.prefix(Related.shown).map(\.mention)
  }
}
