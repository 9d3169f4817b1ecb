internal import Digests
internal import SQLite

/// A selection of records for harvesters: by time of change and by group.
///
/// Records that were public and are not now are included as deleted, and so are former slugs.
package struct Harvest: Sendable, Equatable {
  /// A set of publications that share a value.
  package enum Group: Sendable, Equatable {
    case all
    case anyTopic
    case year(Int)
    case topic(String)
    case type(PublicationType)
  }

  /// Both bounds are inclusive.
  package var from: Instant?
  package var until: Instant?
  package var group: Group
  /// Only rows with a greater key.
  ///
  /// In the order of keys, a record that changes during a harvest keeps its place, so none is
  /// skipped and none comes twice.
  package var after: Publication.ID = 0
  /// Only rows up to this key; nil for the present last one.
  ///
  /// What is added during a harvest is left for the next.
  package var through: Publication.ID?

  package init(from: Instant? = nil, until: Instant? = nil, group: Group = .all) {
    self.from = from
    self.until = until
    self.group = group
  }

  /// A page of a harvest.
  package struct Page: Sendable {
    package var records: [Record]
    /// The key to continue after; nil on the last page.
    package var last: Publication.ID?
    /// The last key of the whole harvest.
    package var through: Publication.ID
  }

  /// One record of a harvest.
  package struct Record: Sendable {
    package var publication: Publication
    /// Was public and is not now.
    package var isDeleted: Bool
    /// Its former slugs, which are deleted records.
    package var formerSlugs: [Slug]
  }

  /// When a record changed for readers; an index has this exact expression.
  fileprivate static let datestamp: SQL =
    "max(publication.modified, ifnull(publication.public_from, 0))"

  fileprivate func condition(at now: Instant) -> SQL {
    var conditions: [SQL] = [
      "(\(Visibility.isPublic(at: now)) OR \(Visibility.wasPublic))"
    ]
    if let from { conditions.append("\(Harvest.datestamp) >= \(from.secondsSince1970)") }
    if let until { conditions.append("\(Harvest.datestamp) <= \(until.secondsSince1970)") }
    switch group {
    case .all: break
    case .anyTopic: conditions.append("publication.id IN (SELECT publication FROM topic)")
    case .year(let year): conditions.append("publication.year = \(year)")
    // With the types of the site that are based on it.
    case .type(let type):
      conditions.append(
        "(publication.type = \(type.rawValue) OR publication.type GLOB \(type.rawValue + ":*"))")
    case .topic(let topic):
      conditions.append(
        "publication.id IN (SELECT publication FROM topic WHERE name = \(topic))")
    }
    return SQL.all(conditions)
  }
}

extension Publications {
  /// Reads the next page of a harvest.
  ///
  /// - Parameters:
  ///   - harvest: The selection.
  ///   - limit: The most publications.
  ///   - now: The time.
  /// - Returns: The records, in the order of their creation.
  /// - Throws: What the database throws.
  package func records(
    of harvest: Harvest, limit: Int, at now: Instant = .now
  ) throws -> Harvest.Page {
    try core.read { connection in
      let through =
        try harvest.through
        ?? connection.row("SELECT ifnull(max(id), 0) FROM publication") { $0.integer(0) } ?? 0
      let found = try connection.rows(
        """
        \(Publication.select(at: now, and: ", \(Visibility.isPublic(at: now))"))
        WHERE publication.id > \(harvest.after) AND publication.id <= \(through)
          AND \(harvest.condition(at: now))
        ORDER BY publication.id LIMIT \(limit + 1)
        """
      ) { row in
        Publication(row).map {
          Harvest.Record(
            publication: $0, isDeleted: row.integer(Publication.columns) == 0, formerSlugs: [])
        }
      }.compactMap { $0 }
      let former = Dictionary(
        grouping: try connection.rows(
          """
          SELECT publication, slug FROM former_slug
          WHERE publication IN \(SQL.list(found.map(\.publication.id))) ORDER BY slug
          """
        ) { (id: $0.integer(0), slug: Slug(stored: $0.text(1))) }, by: \.id)
      let records = found.prefix(limit).map { record in
        var record = record
        record.formerSlugs = former[record.publication.id]?.map(\.slug) ?? []
        return record
      }
      return Harvest.Page(
        records: records,
        last: found.count > limit ? records.last?.publication.id : nil, through: through)
    }
  }

  /// The number of records of a whole harvest, including former slugs.
  package func count(of harvest: Harvest, at now: Instant = .now) throws -> Int {
    let chosen = harvest.condition(at: now)
    return try core.read { connection in
      let records = try connection.row("SELECT count(*) FROM publication WHERE \(chosen)") {
        $0.count(0)
      }
      let former = try connection.row(
        """
        SELECT count(*) FROM former_slug JOIN publication ON publication.id = publication
        WHERE \(chosen)
        """
      ) { $0.count(0) }
      return (records ?? 0) + (former ?? 0)
    }
  }

  /// The time of the oldest change; nil if nothing has been public.
  package func earliestDatestamp(at now: Instant = .now) throws -> Instant? {
    try core.read { connection in
      try connection.row(
        """
        SELECT \(Harvest.datestamp) FROM publication
        WHERE \(Harvest().condition(at: now)) ORDER BY \(Harvest.datestamp) LIMIT 1
        """
      ) { Instant(secondsSince1970: $0.integer(0)) }
    }
  }

  /// Every year, topic and type that harvesters may select, each in order.
  package func harvestGroups(at now: Instant = .now) throws -> [Harvest.Group] {
    let chosen = Harvest().condition(at: now)
    return try core.read { connection in
      let years = try connection.rows(
        "SELECT DISTINCT year FROM publication WHERE \(chosen) ORDER BY year"
      ) { Harvest.Group.year($0.count(0)) }
      let topics = try connection.rows(
        """
        SELECT DISTINCT topic.name FROM publication JOIN topic
        ON topic.publication = publication.id WHERE \(chosen) ORDER BY topic.name
        """
      ) { Harvest.Group.topic($0.text(0)) }
      return years + topics + PublicationType.allCases.map(Harvest.Group.type)
    }
  }

  /// Signs a text, such as a resumption token, so that it can be recognized.
  ///
  /// - Parameter text: The text.
  /// - Returns: Hexadecimal digits that only this archive can compute.
  /// - Throws: What the database throws.
  package func harvestProof(of text: String) throws -> String {
    let key = try core.read { connection in
      try connection.row("SELECT value FROM setting WHERE name = 'harvest key'") { $0.bytes(0) }
    }
    return String(hmacSHA256(Array(text.utf8), key: key ?? []).hexadecimal.prefix(32))
  }
}

extension Publications {
  /// Calls `body` with every public publication in the order of their creation, without loading all
  /// at once.
  package func forEachPublic(
    at now: Instant = .now, _ body: (Publication) throws -> Void
  ) throws {
    var harvest = Harvest()
    while true {
      let page = try records(of: harvest, limit: 500, at: now)
      for record in page.records where !record.isDeleted { try body(record.publication) }
      guard let last = page.last else { return }
      harvest.after = last
      harvest.through = page.through
    }
  }

  /// Passes every publication to `body`, in the order in which they were made.
  ///
  /// - Parameters:
  ///   - hasDrafts: Whether those are included that are not public.
  ///   - now: The time.
  ///   - body: Takes one.
  /// - Throws: What `body` and the database throw.
  package func forEach(
    hasDrafts: Bool, at now: Instant = .now, _ body: (Publication) throws -> Void
  ) throws {
    guard hasDrafts else { return try forEachPublic(at: now, body) }
    var last: Publication.ID = -1
    while true {
      let publications = try core.read { [last] connection in
        try connection.rows(
          """
          \(Publication.select(at: now)) WHERE publication.id > \(last)
          ORDER BY publication.id LIMIT 500
          """
        ) { Publication($0) }.compactMap(\.self)
      }
      guard let end = publications.last else { return }
      for publication in publications { try body(publication) }
      last = end.id
    }
  }

  /// The slugs that redirect to a publication.
  package func formerSlugs(of id: Publication.ID) throws -> [Slug] {
    try core.read { connection in
      try connection.rows(
        "SELECT slug FROM former_slug WHERE publication = \(id) ORDER BY slug"
      ) { Slug(stored: $0.text(0)) }
    }
  }
}
