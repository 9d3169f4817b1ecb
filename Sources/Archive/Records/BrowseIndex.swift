internal import Search
internal import SQLite

/// What public publications are chosen and counted by, in memory, as it is at one moment.
///
/// Whatever is combined, choosing and counting pass over the entries once, in the order in which
/// they are shown, and ask the database nothing.
struct BrowseIndex: Sendable {
  /// A publication with the numbers of its values.
  struct Entry: Sendable {
    let id: Publication.ID
    let year: Int
    let type: Int
    /// nil when it is not known.
    let language: Int?
    let topics: [Int]
    let authors: [Int]
  }

  /// Issued last first.
  let entries: [Entry]
  let authorEntries: [AuthorEntry]
  /// The places of `entries` in the order of titles.
  private let byTitle: [Int]
  private let types: Names
  private let languages: Names
  private let topics: Names
  private let authors: AuthorTable

  /// Values with numbers in the order in which they were met.
  private struct Names: Sendable {
    private(set) var names: [String] = []
    private var numbers: [String: Int] = [:]

    mutating func number(_ name: String) -> Int {
      if let number = numbers[name] { return number }
      numbers[name] = names.count
      names.append(name)
      return names.count - 1
    }

    /// The number of a value that was chosen; -1, which nothing has, for one that is not there.
    func chosen(_ name: String?) -> Int? { name.map { numbers[$0] ?? -1 } }
  }

  init(reading connection: Connection, at now: Instant) throws {
    var (types, languages, topics, authors) = (Names(), Names(), Names(), AuthorTable())
    var titles: [String] = []
    entries = try connection.rows(
      """
      SELECT id, year, type, language, \(Publication.topics), \(Publication.authors), title
      FROM publication
      WHERE \(Visibility.isPublic(at: now)) ORDER BY issued DESC, id DESC
      """
    ) { row in
      titles.append(SortKey.title(row.text(6), language: row.optionalText(3)))
      return Entry(
        id: row.integer(0), year: row.count(1), type: types.number(row.text(2)),
        language: row.optionalText(3).map { languages.number($0) },
        topics: BrowseIndex.values(row.text(4)).map { topics.number($0) },
        authors: BrowseIndex.distinct(
          Publication.authors(row.text(5)).map { authors.number($0.name) }))
    }
    byTitle = titles.indices.sorted { (titles[$0], $0) < (titles[$1], $1) }
    (self.types, self.languages, self.topics, self.authors) = (types, languages, topics, authors)
    var counts = Array(repeating: 0, count: authors.count)
    for entry in entries { for author in entry.authors { counts[author] += 1 } }
    authorEntries = authors.entries(publications: counts)
  }

  /// The values of a column that has one a line, each once.
  private static func values(_ lines: String) -> [String] {
    distinct(Publication.lines(lines))
  }

  private static func distinct<Value: Equatable>(_ list: [Value]) -> [Value] {
    var values: [Value] = []
    for value in list where !values.contains(value) { values.append(value) }
    return values
  }

  /// A choice in the numbers of its values.
  private struct Choice {
    let year: Int?
    let type: Int?
    let language: Int?
    let topic: Int?
    let author: Int?

    /// Whether an entry fits, whatever its year.
    func fitsButYear(_ entry: Entry) -> Bool {
      (type == nil || entry.type == type) && (language == nil || entry.language == language)
        && topic.map(entry.topics.contains) ?? true && author.map(entry.authors.contains) ?? true
    }

    func fits(_ entry: Entry) -> Bool { (year == nil || entry.year == year) && fitsButYear(entry) }
  }

  private func choice(of browse: Browse) -> Choice {
    Choice(
      year: browse.year, type: types.chosen(browse.type?.rawValue),
      language: languages.chosen(browse.language), topic: topics.chosen(browse.topic),
      author: browse.author.map { authors.number(of: $0) ?? -1 })
  }

  /// The places in `entries` of what is chosen, in the order chosen.
  func chosen(by browse: Browse) -> [Int] {
    let choice = choice(of: browse)
    let all = browse.order == .title ? byTitle : Array(entries.indices)
    return browse.isFiltered ? all.filter { choice.fits(entries[$0]) } : all
  }

  /// How records write the name of an author: itself and other spellings of it.
  func spellings(of author: String) -> [String] { authors.spellings(of: author) }

  func facets(of browse: Browse) -> Facets {
    let choice = choice(of: browse)
    var years: [Int: Int] = [:]
    var typeCounts = Array(repeating: 0, count: types.names.count)
    var languageCounts = Array(repeating: 0, count: languages.names.count)
    var topicCounts = Array(repeating: 0, count: topics.names.count)
    var authorCounts = Array(repeating: 0, count: authors.count)
    for entry in entries where choice.fitsButYear(entry) {
      years[entry.year, default: 0] += 1
      guard choice.year == nil || entry.year == choice.year else { continue }
      typeCounts[entry.type] += 1
      if let language = entry.language { languageCounts[language] += 1 }
      for topic in entry.topics { topicCounts[topic] += 1 }
      for author in entry.authors { authorCounts[author] += 1 }
    }
    var facets = Facets()
    facets.years = years.sorted { $0.key > $1.key }.map {
      YearCount(year: $0.key, publications: $0.value)
    }
    facets.topics = BrowseIndex.facets(topics.names, topicCounts, most: Facets.most)
    facets.types = BrowseIndex.facets(types.names, typeCounts, most: .max)
    facets.authors = BrowseIndex.facets(authors.names, authorCounts, most: Facets.most)
    facets.languages = BrowseIndex.facets(languages.names, languageCounts, most: .max)
    return facets
  }

  /// The commonest first, of equals by their names.
  private static func facets(_ names: [String], _ counts: [Int], most: Int) -> [Facet] {
    zip(names, counts).filter { $1 > 0 }
      .map { Facet(value: $0, publications: $1) }
      .sorted { ($1.publications, $0.value) < ($0.publications, $1.value) }
      .prefix(most).map { $0 }
  }
}
