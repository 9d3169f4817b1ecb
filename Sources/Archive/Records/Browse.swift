internal import SQLite

/// What readers choose of the list of publications; nil chooses nothing.
package struct Browse: Sendable, Hashable {
  /// Counted from 1.
  package var page: Int
  package var year: Int?
  package var topic: String?
  package var type: PublicationType?
  package var author: String?
  package var language: String?

  package static let pageSize = 20

  package init(
    page: Int = 1, year: Int? = nil, topic: String? = nil, type: PublicationType? = nil,
    author: String? = nil, language: String? = nil
  ) {
    self.page = page
    self.year = year
    self.topic = topic
    self.type = type
    self.author = author
    self.language = language
  }

  /// Whether anything but the page is chosen.
  package var isFiltered: Bool {
    year != nil || topic != nil || type != nil || author != nil || language != nil
  }

  func condition(at now: Instant) -> SQL {
    var conditions = [Visibility.isPublic(at: now)]
    if let year { conditions.append("publication.year = \(year)") }
    if let type { conditions.append("publication.type = \(type.rawValue)") }
    if let language { conditions.append("publication.language = \(language)") }
    if let topic {
      conditions.append(
        "publication.id IN (SELECT publication FROM subject WHERE name = \(topic))")
    }
    if let author {
      conditions.append(
        "publication.id IN (SELECT publication FROM creator WHERE name = \(author))")
    }
    return SQL.all(conditions)
  }
}

/// One page of a list.
package struct PageOf<Item: Sendable>: Sendable {
  package let items: [Item]
  /// Counted from 1.
  package let number: Int
  package let size: Int
  /// How many there are on all pages together.
  package let total: Int

  package init(items: [Item], number: Int, size: Int, total: Int) {
    self.items = items
    self.number = number
    self.size = size
    self.total = total
  }

  /// How many pages there are; 1 when there is nothing.
  package var pages: Int { max(1, (total + size - 1) / size) }
}

extension PageOf: Equatable where Item: Equatable {}

/// A value that publications share, and how many of them.
package struct Facet: Sendable, Equatable {
  package let value: String
  package let publications: Int

  package init(value: String, publications: Int) {
    self.value = value
    self.publications = publications
  }
}

/// The values that the chosen publications have, the commonest first.
package struct Facets: Sendable, Equatable {
  /// The most topics, and the most authors, that are counted out.
  package static let most = 20

  package var years: [YearCount] = []
  package var topics: [Facet] = []
  package var types: [Facet] = []
  package var authors: [Facet] = []
  package var languages: [Facet] = []
}

extension Archive {
  /// A page of the public publications chosen, issued last first.
  package func browse(_ browse: Browse, at now: Instant = .now) throws -> PageOf<Publication> {
    try database.read { connection in
      try connection.page(
        of: browse.condition(at: now), order: "publication.issued DESC, publication.id DESC",
        number: browse.page, size: Browse.pageSize, at: now)
    }
  }

  /// The values that the chosen publications have, with true counts; the page does not matter.
  package func facets(of browse: Browse, at now: Instant = .now) throws -> Facets {
    var choice = browse
    choice.page = 1
    return try facetsCache.value(of: choice, under: cacheKey(at: now)) {
      try readFacets(of: choice, at: now)
    }
  }

  private func readFacets(of browse: Browse, at now: Instant) throws -> Facets {
    let chosen = browse.condition(at: now)
    return try database.read { connection in
      func facets(_ sql: SQL) throws -> [Facet] {
        try connection.rows(sql) { Facet(value: $0.text(0), publications: $0.count(1)) }
      }
      return Facets(
        years: try connection.rows(
          """
          SELECT year, count(*) FROM publication WHERE \(chosen) GROUP BY year ORDER BY year DESC
          """
        ) { YearCount(year: $0.count(0), publications: $0.count(1)) },
        topics: try facets(
          """
          SELECT subject.name, count(*)
          FROM publication JOIN subject ON subject.publication = publication.id
          WHERE \(chosen) GROUP BY subject.name ORDER BY 2 DESC, 1 LIMIT \(Facets.most)
          """),
        types: try facets(
          "SELECT type, count(*) FROM publication WHERE \(chosen) GROUP BY 1 ORDER BY 2 DESC, 1"),
        authors: try facets(
          """
          SELECT creator.name, count(*)
          FROM publication JOIN creator ON creator.publication = publication.id
          WHERE \(chosen) GROUP BY creator.name ORDER BY 2 DESC, 1 LIMIT \(Facets.most)
          """),
        languages: try facets(
          """
          SELECT language, count(*) FROM publication WHERE language NOT NULL AND \(chosen)
          GROUP BY 1 ORDER BY 2 DESC, 1
          """))
    }
  }
}

extension Connection {
  /// Reads a page of the publications that satisfy a condition.
  func page(
    of condition: SQL, order: SQL, number: Int, size: Int, at now: Instant
  ) throws -> PageOf<Publication> {
    let total =
      try row("SELECT count(*) FROM publication WHERE \(condition)") { $0.count(0) } ?? 0
    // Clamped before it is multiplied: the number comes from an address.
    let size = min(max(size, 1), 1000)
    let number = min(max(number, 1), 1_000_000_000)
    // What is passed over is passed over in the index, without its row being read.
    let items = try rows(
      """
      \(Publication.select(at: now)) WHERE publication.id IN (
        SELECT publication.id FROM publication WHERE \(condition)
        ORDER BY \(order) LIMIT \(size) OFFSET \((number - 1) * size))
      ORDER BY \(order)
      """
    ) { Publication($0) }.compactMap { $0 }
    return PageOf(items: items, number: number, size: size, total: total)
  }
}
