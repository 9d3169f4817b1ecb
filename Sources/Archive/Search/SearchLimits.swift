/// What results are limited to beside the words that were typed, in the terms of an index.
struct SearchLimits: Sendable {
  private(set) var years: [ClosedRange<Int>] = []
  /// Each a set of types, or of languages, one of which a result must have.
  private var types: [Set<UInt8>] = []
  private var languages: [Set<UInt16>] = []
  /// Authors and topics, all of which it must have, by their numbers in the index.
  private var authors: [UInt32] = []
  private var topics: [UInt32] = []
  /// Whether something is asked for that nothing has.
  private var areImpossible = false

  /// Limits to everything.
  init() {}

  init(_ query: SearchQuery, _ choice: Browse, _ records: RecordIndex) {
    years = [query.years, choice.year.map { $0...$0 }].compactMap(\.self)
    if !query.types.isEmpty { types.append(Set(query.types.map(\.number))) }
    if let type = choice.type { types.append([type.number]) }
    if !query.languages.isEmpty {
      languages.append(
        Set(
          records.languages.indices.filter { index in
            let known = records.languages[index].lowercased()
            return query.languages.contains { known == $0 || known.hasPrefix($0 + "-") }
          }.map { UInt16($0) }))
    }
    if let language = choice.language {
      languages.append(
        Set(
          records.languages.indices.filter {
            records.languages[$0] == language
          }.map { UInt16($0) }))
    }
    if let author = choice.author {
      let number = records.authors.number(of: author)
      if let number { authors.append(number) } else { areImpossible = true }
    }
    if let topic = choice.topic {
      let number = records.topics.number(of: Array(topic.utf8))
      if let number { topics.append(number) } else { areImpossible = true }
    }
  }

  var areNone: Bool {
    years.isEmpty && types.isEmpty && languages.isEmpty && authors.isEmpty && topics.isEmpty
      && !areImpossible
  }

  func allow(_ records: RecordIndex, _ place: Int) -> Bool {
    let facts = records.facts[place]
    return !areImpossible && years.allSatisfy { $0.contains(facts.year) }
      && types.allSatisfy { $0.contains(facts.type) }
      && languages.allSatisfy { $0.contains(facts.language) }
      && authors.allSatisfy { records.named[facts.authors].contains($0) }
      && topics.allSatisfy { records.named[facts.topics].contains($0) }
  }
}
