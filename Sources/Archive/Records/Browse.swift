package import Search
internal import SQLite

/// The filters, order and page of the list of publications; nil filters nothing.
package struct Browse: Sendable, Hashable {
  /// Counted from 1.
  package var page: Int
  package var year: Int?
  package var topic: String?
  package var type: TypeName?
  package var author: String?
  package var language: String?
  package var order: Order

  package static let pageSize = 20

  /// The order of the list.
  package enum Order: String, Sendable {
    /// The newest first.
    case date
    /// By title, without the article at its beginning.
    case title
  }

  /// The kinds of filters.
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
    self.type = type.map { TypeName($0) }
    self.author = author
    self.language = language
    self.order = order
  }

  /// The publications of a type, which may be one of the site.
  package init(typeName: TypeName) {
    self.init()
    type = typeName
  }

  /// Whether any filter is set.
  package var isFiltered: Bool {
    year != nil || topic != nil || type != nil || author != nil || language != nil
  }

  /// - Parameters:
  ///   - spellings: How records write the author's name.
  ///   - now: The time.
  /// - Returns: The condition that chosen publications satisfy.
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
  /// How many there are on all pages.
  package let total: Int

  package init(items: [Item], number: Int, size: Int, total: Int) {
    self.items = items
    self.number = number
    self.size = size
    self.total = total
  }

  /// How many pages there are, at least 1.
  package var pages: Int { max(1, (total + size - 1) / size) }
}

extension PageOf: Equatable where Item: Equatable {}

extension Archive {
  /// A page of the chosen public publications.
  ///
  /// - Parameters:
  ///   - browse: The choice.
  ///   - size: The most on a page.
  ///   - now: The moment.
  /// - Returns: The page.
  /// - Throws: What the database throws.
  package func browse(
    _ browse: Browse, size: Int = Browse.pageSize, at now: Instant = .now
  ) throws -> PageOf<Publication> {
    // Clamped before it is multiplied: the number comes from an address.
    let number = min(max(browse.page, 1), 1_000_000)
    let size = min(max(size, 1), 1000)
    let shown = (number - 1) * size..<number * size
    let (ids, total): ([Publication.ID], Int)
    if let index = try browseIndex(at: now) {
      let found = index.search(
        SearchQuery(""), filter: browse.filter, order: browse.order == .title ? .title : .newest,
        shown: shown, at: now.secondsSince1970)
      (ids, total) = (found.hits.map(\.id), found.total)
    } else {
      let condition = browse.condition(authorSpelled: try spellings(of: browse, at: now), at: now)
      (ids, total) = try database.read {
        try $0.list(
          condition, isWhole: !browse.isFiltered, order: browse.order, shown: shown, at: now)
      }
    }
    return PageOf(
      items: try publications(ids, at: now), number: number, size: size, total: total)
  }

  /// The values that the chosen publications have, with their numbers of publications.
  ///
  /// - Parameters:
  ///   - browse: The choice; its page and order do not matter, and its year does not limit years.
  ///   - kinds: The values that are needed.
  ///   - now: The moment.
  /// - Returns: At least the values of these kinds. Authors are missing as long as the search index
  ///   is being built.
  /// - Throws: What the database throws.
  package func facets(
    of browse: Browse, _ kinds: [Browse.Kind] = Browse.Kind.allCases, at now: Instant = .now
  ) throws -> Facets {
    if let index = try browseIndex(at: now) {
      guard browse.isFiltered else {
        return core.facets.value(under: cacheKey(of: .lists, at: now)) {
          index.facets(of: SearchFilter(), at: now.secondsSince1970)
        }
      }
      return index.facets(of: browse.filter, at: now.secondsSince1970)
    }
    let spellings = try spellings(of: browse, at: now)
    // The names of authors are compared by the index alone.
    let authors =
      kinds.contains(.author) && options.indexWait == nil
      ? try searchIndex(at: now).facets(of: browse.filter, at: now.secondsSince1970).authors : nil
    return try database.read { connection in
      var facets = Facets()
      facets.authors = authors ?? []
      facets.isPartial = kinds.contains(.author) && authors == nil
      for kind in kinds {
        try connection.count(kind, of: browse, authorSpelled: spellings, at: now, in: &facets)
      }
      return facets
    }
  }

  /// The years in which public publications were issued, newest first, with their numbers.
  package func years(at now: Instant = .now) throws -> [YearCount] {
    try facets(of: Browse(), [.year], at: now).years
  }

  /// The authors of public publications with their numbers, by family name.
  ///
  /// - Throws: ``IndexNotReady``, or what the database throws.
  package func authors(at now: Instant = .now) throws -> [AuthorEntry] {
    try core.authors.value(under: cacheKey(of: .lists, at: now)) {
      try searchIndex(at: now).authors(at: now.secondsSince1970).map(AuthorEntry.init)
        .sorted { ($0.sortKey, $0.name) < ($1.sortKey, $1.name) }
    }
  }

  /// The spellings of the chosen author's name in records; empty if none is chosen.
  func spellings(of browse: Browse, at now: Instant) throws -> [String] {
    guard let author = browse.author else { return [] }
    if let index = try browseIndex(at: now) { return index.spellings(of: author) }
    let found = try database.read { connection in
      try connection.rows(
        """
        SELECT name FROM list_name WHERE entry IN (
          SELECT entry FROM list_name WHERE list = 'authors'
            AND (name = \(author) OR key = \(NameList.authors.key(author))))
        """
      ) { $0.text(0) }
    }
    return found.isEmpty ? [author] : found
  }

  /// The search index, if it has been built and follows all changes.
  ///
  /// Lists do not wait for it: the database gives the same answers, more slowly, except those with
  /// authors. An archive without a thread that builds it builds it now.
  private func browseIndex(at now: Instant) throws -> SearchIndex? {
    guard core.isAlone else { return nil }
    return options.indexWait == nil ? try searchIndex(at: now) : liveIndex.current(at: now)
  }

  /// The publications with these ids that are public, in this order.
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

extension Browse {
  var filter: SearchFilter {
    SearchFilter(year: year, topic: topic, type: type?.rawValue, author: author, language: language)
  }
}

extension Connection {
  /// A part of the list of publications that satisfy a condition, and how many there are.
  ///
  /// - Parameters:
  ///   - condition: What is chosen.
  ///   - isWhole: Whether that is all that is public.
  ///   - order: The order.
  ///   - shown: The places to return.
  ///   - now: The moment.
  /// - Returns: The ids in these places, and how many publications are chosen.
  /// - Throws: What the database throws.
  fileprivate func list(
    _ condition: SQL, isWhole: Bool, order: Browse.Order, shown: Range<Int>, at now: Instant
  ) throws -> (ids: [Publication.ID], total: Int) {
    let newestFirst: SQL = "publication.issued DESC, publication.id DESC"
    switch order {
    case .date:
      let total =
        isWhole
        ? try publicCount(at: now)
        : try row("SELECT count(*) FROM publication WHERE \(condition)") { $0.count(0) } ?? 0
      let ids = try rows(
        """
        SELECT id FROM publication WHERE \(condition)
        ORDER BY \(newestFirst) LIMIT \(shown.count) OFFSET \(shown.lowerBound)
        """
      ) { $0.integer(0) }
      return (ids, total)
    case .title:
      let all = try rows(
        """
        SELECT id, title, language FROM publication WHERE \(condition) ORDER BY \(newestFirst)
        """
      ) { row in
        (
          id: row.integer(0),
          key: Array(SortKey.title(row.text(1), language: row.optionalText(2)).utf8)
        )
      }
      let places = all.indices.sorted {
        all[$0].key == all[$1].key
          ? $0 < $1 : all[$0].key.lexicographicallyPrecedes(all[$1].key)
      }
      return (places[shown.clamped(to: 0..<places.count)].map { all[$0].id }, all.count)
    }
  }

  /// Counts the values of one kind, except authors.
  fileprivate func count(
    _ kind: Browse.Kind, of browse: Browse, authorSpelled spellings: [String], at now: Instant,
    in facets: inout Facets
  ) throws {
    let condition = browse.condition(authorSpelled: spellings, at: now)
    func values(_ column: SQL) throws -> [Facet] {
      try rows(
        """
        SELECT \(column), count(*) FROM publication WHERE \(condition) AND \(column) NOT NULL
        GROUP BY \(column) ORDER BY count(*) DESC, \(column)
        """
      ) { Facet(value: $0.text(0), publications: $0.count(1)) }
    }
    switch kind {
    case .year:
      var anyYear = browse
      anyYear.year = nil
      let condition = anyYear.condition(authorSpelled: spellings, at: now)
      facets.years = try rows(
        "SELECT year, count(*) FROM publication WHERE \(condition) GROUP BY year ORDER BY year DESC"
      ) { YearCount(year: $0.count(0), publications: $0.count(1)) }
    case .topic:
      // Few publications are not public, so that leaving these out is faster.
      let chosen: SQL =
        browse.isFiltered
        ? "publication IN (SELECT id FROM publication WHERE \(condition))"
        : """
        publication NOT IN (SELECT id FROM \(Visibility.index) WHERE NOT \(condition))
        """
      facets.topics = try rows(
        """
        SELECT name, count(*) FROM topic WHERE \(chosen)
        GROUP BY name ORDER BY count(*) DESC, name LIMIT \(Facets.most)
        """
      ) { Facet(value: $0.text(0), publications: $0.count(1)) }
    case .type: facets.types = try values("type")
    case .language: facets.languages = try values("language")
    case .author: break
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
    // The inner query reads the index only, so that skipped rows are not read.
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
