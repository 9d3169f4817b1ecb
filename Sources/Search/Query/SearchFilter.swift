/// What results are limited to beside the words of a query; nil limits nothing.
package struct SearchFilter: Sendable, Hashable {
  package var year: Int?
  package var topic: String?
  package var type: String?
  /// By any spelling of the name.
  package var author: String?
  package var language: String?

  package init(
    year: Int? = nil, topic: String? = nil, type: String? = nil, author: String? = nil,
    language: String? = nil
  ) {
    self.year = year
    self.topic = topic
    self.type = type
    self.author = author
    self.language = language
  }
}

/// The limits of a query and of a filter, by the numbers of an index.
struct ResolvedFilter: Sendable {
  private(set) var years: [ClosedRange<Int>] = []
  /// Each a set of types, or of languages, one of which a result must have.
  private var types: [Set<UInt8>] = []
  private var languages: [Set<UInt16>] = []
  /// Authors and topics, all of which it must have, by their numbers in the index.
  private var authors: [UInt32] = []
  private var topics: [UInt32] = []
  /// Whether nothing in the index can match.
  private var isImpossible = false

  /// Limits nothing.
  init() {}

  init(_ query: SearchQuery, _ filter: SearchFilter, _ records: RecordIndex) {
    years = [query.years, filter.year.map { $0...$0 }].compactMap(\.self)
    for names in [query.types, [filter.type].compactMap(\.self)] where !names.isEmpty {
      types.append(
        Set(records.types.indices.filter { names.contains(records.types[$0]) }.map { UInt8($0) }))
    }
    if !query.languages.isEmpty {
      languages.append(
        Set(
          records.languages.indices.filter { index in
            let known = records.languages[index].lowercased()
            return query.languages.contains { known == $0 || known.hasPrefix($0 + "-") }
          }.map { UInt16($0) }))
    }
    if let language = filter.language {
      languages.append(
        Set(
          records.languages.indices.filter {
            records.languages[$0] == language
          }.map { UInt16($0) }))
    }
    if let author = filter.author {
      let number = records.authors.author(named: author)
      if let number { authors.append(number) } else { isImpossible = true }
    }
    if let topic = filter.topic {
      let number = records.topics.number(of: Array(topic.utf8))
      if let number { topics.append(number) } else { isImpossible = true }
    }
  }

  var isEmpty: Bool {
    years.isEmpty && types.isEmpty && languages.isEmpty && authors.isEmpty && topics.isEmpty
      && !isImpossible
  }

  func allows(_ place: Int, in records: RecordIndex) -> Bool {
    let facts = records.facts[place]
    let names = records.names(at: place)
    return !isImpossible && years.allSatisfy { $0.contains(facts.year) }
      && types.allSatisfy { $0.contains(facts.type) }
      && languages.allSatisfy { $0.contains(facts.language) }
      && authors.allSatisfy { author in
        names.contains { $0.spelling.map(records.authors.author) == author }
      }
      && topics.allSatisfy { topic in names.contains { $0.topic == topic } }
  }
}
