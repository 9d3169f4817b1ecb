internal import Foundation
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
  private let authors: Names

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
    var (types, languages, topics, authors) = (Names(), Names(), Names(), Names())
    var titles: [String] = []
    entries = try connection.rows(
      """
      SELECT id, year, type, language, topics, authors, title FROM publication
      WHERE \(Visibility.isPublic(at: now)) ORDER BY issued DESC, id DESC
      """
    ) { row in
      titles.append(SortKey.title(row.text(6), language: row.optionalText(3)))
      return Entry(
        id: row.integer(0), year: row.count(1), type: types.number(row.text(2)),
        language: row.optionalText(3).map { languages.number($0) },
        topics: BrowseIndex.values(row.text(4)).map { topics.number($0) },
        authors: BrowseIndex.values(row.text(5)).map { authors.number($0) })
    }
    byTitle = titles.indices.sorted { (titles[$0], $0) < (titles[$1], $1) }
    (self.types, self.languages, self.topics, self.authors) = (types, languages, topics, authors)
    var counts = Array(repeating: 0, count: authors.names.count)
    for entry in entries { for author in entry.authors { counts[author] += 1 } }
    authorEntries = zip(authors.names, counts).map { name, count in
      AuthorEntry(name: name, sortKey: SortKey.person(name), publications: count)
    }.sorted { ($0.sortKey, $0.name) < ($1.sortKey, $1.name) }
  }

  /// The values of a column that has one a line, each once.
  private static func values(_ lines: String) -> [String] {
    var values: [String] = []
    for line in Publication.lines(lines) where !values.contains(line) { values.append(line) }
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
      author: authors.chosen(browse.author))
  }

  /// The places in `entries` of what is chosen, in the order chosen.
  func chosen(by browse: Browse) -> [Int] {
    let choice = choice(of: browse)
    let all = browse.order == .title ? byTitle : Array(entries.indices)
    return browse.isFiltered ? all.filter { choice.fits(entries[$0]) } : all
  }

  func facets(of browse: Browse) -> Facets {
    let choice = choice(of: browse)
    var years: [Int: Int] = [:]
    var typeCounts = Array(repeating: 0, count: types.names.count)
    var languageCounts = Array(repeating: 0, count: languages.names.count)
    var topicCounts = Array(repeating: 0, count: topics.names.count)
    var authorCounts = Array(repeating: 0, count: authors.names.count)
    for entry in entries where choice.fitsButYear(entry) {
      years[entry.year, default: 0] += 1
      guard choice.year == nil || entry.year == choice.year else { continue }
      typeCounts[entry.type] += 1
      if let language = entry.language { languageCounts[language] += 1 }
      for topic in entry.topics { topicCounts[topic] += 1 }
      for author in entry.authors { authorCounts[author] += 1 }
    }
    return Facets(
      years: years.sorted { $0.key > $1.key }.map {
        YearCount(year: $0.key, publications: $0.value)
      },
      topics: BrowseIndex.facets(topics, topicCounts, most: Facets.most),
      types: BrowseIndex.facets(types, typeCounts, most: .max),
      authors: BrowseIndex.facets(authors, authorCounts, most: Facets.most),
      languages: BrowseIndex.facets(languages, languageCounts, most: .max))
  }

  /// The commonest first, of equals by their names.
  private static func facets(_ names: Names, _ counts: [Int], most: Int) -> [Facet] {
    zip(names.names, counts).filter { $1 > 0 }
      .map { Facet(value: $0, publications: $1) }
      .sorted { ($1.publications, $0.value) < ($0.publications, $1.value) }
      .prefix(most).map { $0 }
  }
}

/// An author and how many public publications they have.
package struct AuthorEntry: Sendable, Equatable {
  package let name: String
  /// What the name is sorted by: the family name first, folded to plain lower-case letters.
  package let sortKey: String
  package let publications: Int

  /// The letter under which the name stands: A to Z, or the first character of another script; nil
  /// for digits and signs.
  package var letter: String? {
    sortKey.first { !$0.isWhitespace }.flatMap { $0.isLetter ? String($0).uppercased() : nil }
  }
}

/// What titles and names are put in order by.
enum SortKey {
  /// A title without its article, in lower case and without accents.
  static func title(_ title: String, language: String?) -> String {
    let key = folded(title)
    let articles = articles[language?.prefix(2).lowercased() ?? "en"] ?? []
    let article = articles.first { key.hasPrefix($0 + " ") }
    return article.map { String(key.dropFirst($0.count + 1)) } ?? key
  }

  /// A name with its last word first, where that is not done already with a comma.
  static func person(_ name: String) -> String {
    let key = folded(name)
    guard !name.contains(",") else { return key }
    var words = key.split(separator: " ")
    while words.count > 1, let last = words.last, suffixes.contains(String(last)) {
      words.removeLast()
    }
    guard words.count > 1, let last = words.last, last.unicodeScalars.allSatisfy(isAlphabetic)
    else { return key }
    return ([last] + words.dropLast()).joined(separator: " ")
  }

  private static let articles = [
    "en": ["the", "a", "an"], "fr": ["le", "la", "les", "l", "un", "une"],
    "de": ["der", "die", "das", "ein", "eine"], "es": ["el", "la", "los", "las", "un", "una"],
    "it": ["il", "lo", "la", "i", "gli", "le", "un", "una"], "sv": ["en", "ett", "den", "det"],
  ]
  private static let suffixes: Set<String> = ["jr", "sr", "ii", "iii", "iv"]

  /// Names in Hangul, which is in its parts here, Han and Kana have the family name first.
  private static func isAlphabetic(_ scalar: Unicode.Scalar) -> Bool {
    !(0x1100...0x11FF).contains(scalar.value) && !(0x2E80...0xD7FF).contains(scalar.value)
  }

  /// Letters and digits in lower case and without accents, with single spaces for all else.
  private static func folded(_ text: String) -> String {
    var key = ""
    var isSpaced = false
    for character in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
      if character.properties.generalCategory == .nonspacingMark { continue }
      guard character.properties.isAlphabetic || character.properties.numericType != nil else {
        isSpaced = !key.isEmpty
        continue
      }
      if isSpaced { key.append(" ") }
      isSpaced = false
      key.unicodeScalars.append(character)
    }
    return key
  }
}
