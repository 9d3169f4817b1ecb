package import Search
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
  package var order: Order

  package static let pageSize = 20

  /// In which order they stand.
  package enum Order: String, Sendable {
    /// Issued last first.
    case date
    /// By the letters of their titles, without the article at the beginning.
    case title
  }

  /// What can be chosen.
  package enum Kind: String, Sendable, CaseIterable {
    case year, topic, type, language, author
  }

  package init(
    page: Int = 1, year: Int? = nil, topic: String? = nil, type: PublicationType? = nil,
    author: String? = nil, language: String? = nil, order: Order = .date
  ) {
    self.page = page
    self.year = year
    self.topic = topic
    self.type = type
    self.author = author
    self.language = language
    self.order = order
  }

  /// Whether anything but the page and the order is chosen.
  package var isFiltered: Bool {
    year != nil || topic != nil || type != nil || author != nil || language != nil
  }

  /// - Parameters:
  ///   - spellings: How records write the author's name.
  ///   - now: The time.
  /// - Returns: The condition of publications that are chosen.
  func condition(authorSpelled spellings: [String], at now: Instant) -> SQL {
    var conditions = [Visibility.isPublic(at: now)]
    if let year { conditions.append("publication.year = \(year)") }
    if let type { conditions.append("publication.type = \(type.rawValue)") }
    if let language { conditions.append("publication.language = \(language)") }
    if let topic {
      conditions.append(
        "publication.id IN (SELECT publication FROM topic WHERE name = \(topic))")
    }
    if author != nil {
      conditions.append(
        """
        publication.id IN (SELECT publication FROM author WHERE name IN \(SQL.list(spellings)))
        """)
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

extension Archive {
  /// A page of the public publications chosen, in their order.
  package func browse(_ browse: Browse, at now: Instant = .now) throws -> PageOf<Publication> {
    let index = try browseIndex(at: now)
    let chosen = index.chosen(by: browse)
    // Clamped before it is multiplied: the number comes from an address.
    let number = min(max(browse.page, 1), 1_000_000)
    let ids = chosen.dropFirst((number - 1) * Browse.pageSize).prefix(Browse.pageSize)
      .map { index.entries[$0].id }
    return PageOf(
      items: try publications(ids, at: now), number: number, size: Browse.pageSize,
      total: chosen.count)
  }

  /// The values that the chosen publications have, with true counts; the page does not matter.
  package func facets(of browse: Browse, at now: Instant = .now) throws -> Facets {
    var choice = browse
    (choice.page, choice.order) = (1, .date)
    return try facetsCache.value(of: choice, under: cacheKey(of: .lists, at: now)) {
      try browseIndex(at: now).facets(of: choice)
    }
  }

  /// The years in which public publications were issued, newest first, with their numbers.
  package func years(at now: Instant = .now) throws -> [YearCount] {
    try facets(of: Browse(), at: now).years
  }

  /// The authors of public publications with their numbers, by the letters of their family names.
  package func authors(at now: Instant = .now) throws -> [AuthorEntry] {
    try browseIndex(at: now).authorEntries
  }

  /// How records write the name of a chosen author; nothing when none is chosen.
  func spellings(of browse: Browse, at now: Instant) throws -> [String] {
    try browse.author.map { try browseIndex(at: now).spellings(of: $0) } ?? []
  }

  private func browseIndex(at now: Instant) throws -> BrowseIndex {
    try browseIndexCache.value(under: cacheKey(of: .lists, at: now)) {
      try database.read { try BrowseIndex(reading: $0, at: now) }
    }
  }

  /// The public ones of some publications, in the order of their names.
  private func publications(_ ids: [Publication.ID], at now: Instant) throws -> [Publication] {
    let found = try database.read { connection in
      try connection.rows(
        """
        \(Publication.select(at: now))
        WHERE publication.id IN \(SQL.list(ids)) AND \(Visibility.isPublic(at: now))
        """
      ) { Publication($0) }.compactMap { $0 }
    }
    let places = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    return found.sorted { places[$0.id, default: 0] < places[$1.id, default: 0] }
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
