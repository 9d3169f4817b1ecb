internal import Digests
internal import SQLite

/// What harvesters ask for: the records that were changed within bounds, and those of a group.
///
/// A record that was public and is not now stays among them as a deleted one; so does every former
/// slug of a publication.
package struct Harvest: Sendable, Equatable {
  /// The publications that share something.
  package enum Group: Sendable, Equatable {
    case all
    case anyTopic
    case year(Int)
    case topic(String)
    case type(PublicationType)
  }

  /// Both bounds are within the range.
  package var from: Instant?
  package var until: Instant?
  package var group: Group
  /// Rows after this one, in the order of their numbers: a record that is changed while a harvest
  /// goes on keeps its place in it, so none is passed over and none comes twice.
  package var after: Publication.ID = 0
  /// Rows up to this one; nil takes the last there is.
  ///
  /// What is added during a harvest is for the
  /// next.
  package var through: Publication.ID?

  package init(from: Instant? = nil, until: Instant? = nil, group: Group = .all) {
    self.from = from
    self.until = until
    self.group = group
  }

  /// What was found of a harvest.
  package struct Page: Sendable {
    package var records: [Record]
    /// The row to go on after; nil when this was the last page.
    package var last: Publication.ID?
    /// The last row of the whole harvest.
    package var through: Publication.ID
  }

  /// One record of a harvest.
  package struct Record: Sendable {
    package var publication: Publication
    /// Was public and is not now.
    package var isDeleted: Bool
    /// Slugs under which it was harvested once, which name deleted records now.
    package var formerSlugs: [Slug]
  }

  /// When a record changed for readers, which is indexed under just these words.
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
    case .type(let type): conditions.append("publication.type = \(type.rawValue)")
    case .topic(let topic):
      conditions.append(
        "publication.id IN (SELECT publication FROM topic WHERE name = \(topic))")
    }
    return SQL.all(conditions)
  }
}

extension Publications {
  /// Finds the next records of a harvest.
  ///
  /// - Parameters:
  ///   - harvest: What is asked for.
  ///   - limit: The most publications.
  ///   - now: The moment.
  /// - Returns: The records, in the order in which they were made.
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

  /// How many records a harvest has from its beginning, former slugs among them.
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

  /// The moment of the change that is longest ago; nil when nothing has been public yet.
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

  /// Every year, topic and type that harvesters may ask for, each in order.
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

  /// Proves that a text came from this archive.
  ///
  /// - Parameter text: What a harvester is given to bring back.
  /// - Returns: Hexadecimal digits that only this archive makes of it.
  /// - Throws: What the database throws.
  package func harvestProof(of text: String) throws -> String {
    let key = try core.read { connection in
      try connection.row("SELECT value FROM setting WHERE name = 'harvest key'") { $0.octets(0) }
    }
    return String(hmacSHA256(Array(text.utf8), key: key ?? []).hexadecimal.prefix(32))
  }
}

extension Publications {
  /// Hands over every public publication in the order in which they were made, without holding
  /// all of them.
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
}
