/// Suggestions from the index for what a reader is typing.
package struct IndexSuggestions: Sendable, Equatable {
  /// Words, an author or a topic.
  package struct Item: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
      /// The query with its last word completed.
      case completion
      case author, topic
    }

    package let kind: Kind
    package let text: String
    /// How many publications have it.
    package let publications: Int
  }

  package var items: [Item] = []
  /// Publications with the words in their titles, best first.
  package var titles: [Int64] = []
}

extension SearchIndex {
  /// Completions, authors, topics and titles for what was typed.
  ///
  /// - Parameters:
  ///   - text: What was typed so far; its last word is taken to be unfinished.
  ///   - query: The same, parsed.
  ///   - limit: The most suggestions to return.
  ///   - now: Seconds since 1970.
  ///   - isOver: Whether the time has run out.
  /// - Returns: The suggestions.
  package func suggestions(
    for text: String, _ query: SearchQuery, limit: Int, at now: Int64,
    until isOver: @escaping () -> Bool = { false }
  ) -> IndexSuggestions {
    var query = query
    var suggestions = IndexSuggestions()
    guard limit > 0, let last = query.clauses.last, !last.isExcluded, !last.isQuoted,
      let word = last.alternatives.last?.last
    else { return suggestions }
    let isFinished = text.utf8.last.map { $0 <= 0x20 } ?? true
    if !isFinished { query.completeLastWord() }
    let noPages = PageIndex()
    let plan = QueryPlan(query, records, noPages)
    let hits = Hits(
      query, plan, filter: ResolvedFilter(), order: .relevance, most: 200, in: records, noPages,
      at: now, until: isOver)
    let all = hits.best.filter { records.hasAll(query.words, at: $0.place) }
    if !isFinished {
      suggestions.items += records.completions(of: word, in: query, among: all).prefix(4)
    }
    suggestions.items +=
      records.names(with: query.words, among: hits.best.map(\.place)).prefix(4)
    suggestions.titles = all.filter { records.hasAllInTitle(query.words, at: $0.place) }
      .prefix(max(2, limit - suggestions.items.count)).map { records.documents[$0.place].id }
    return suggestions
  }
}

extension SearchQuery {
  fileprivate mutating func completeLastWord() {
    let clause = clauses.count - 1
    let alternative = clauses[clause].alternatives.count - 1
    let word = clauses[clause].alternatives[alternative].count - 1
    clauses[clause].alternatives[alternative][word].isPrefix = true
  }
}

extension RecordIndex {
  fileprivate func hasAll(_ typed: [SearchQuery.Word], at place: Int) -> Bool {
    has(typed, in: Array(words(at: place)))
  }

  fileprivate func hasAllInTitle(_ typed: [SearchQuery.Word], at place: Int) -> Bool {
    has(typed, in: words(at: place).dropFirst().prefix { $0 < Field.firstMarker })
  }

  private func has(_ typed: [SearchQuery.Word], in numbers: [UInt32]) -> Bool {
    typed.allSatisfy { word in
      let stem = vocabulary.stems.number(of: Stemmer.stem(word.letters))
      return numbers.contains { number in
        guard number < Field.firstMarker else { return false }
        let number = number.word
        return word.isPrefix
          ? vocabulary.words[number].starts(with: word.letters)
          : vocabulary.stemOfWord[Int(number)] == stem
      }
    }
  }

  /// Completes the last word of the query with words of the documents that have the others.
  fileprivate func completions(
    of word: SearchQuery.Word, in query: SearchQuery, among hits: [Ranking.Ranked]
  ) -> [IndexSuggestions.Item] {
    guard word.letters.count >= 2 else { return [] }
    var counts: [UInt32: Int] = [:]
    for hit in hits {
      var seen = Set<UInt32>()
      for number in words(at: hit.place).lazy.map(\.word)
      where number < Field.firstMarker && vocabulary.words[number].starts(with: word.letters)
        && seen.insert(number).inserted
      {
        counts[number, default: 0] += 1
      }
    }
    let start = String(decoding: query.text.utf8.prefix(word.range.lowerBound), as: UTF8.self)
    return counts.sorted {
      $0.value != $1.value
        ? $0.value > $1.value
        : vocabulary.words[$0.key].lexicographicallyPrecedes(vocabulary.words[$1.key])
    }
    .filter { !vocabulary.words[$0.key].elementsEqual(word.letters) }
    .map {
      IndexSuggestions.Item(
        kind: .completion, text: start + String(decoding: vocabulary.words[$0.key], as: UTF8.self),
        publications: $0.value)
    }
  }

  /// Authors and topics of documents that have all the words.
  fileprivate func names(
    with typed: [SearchQuery.Word], among places: [Int]
  ) -> [IndexSuggestions.Item] {
    var authorCounts: [UInt32: Int] = [:]
    var topicCounts: [UInt32: Int] = [:]
    for place in places {
      for name in names(at: place) {
        if let topic = name.topic { topicCounts[topic, default: 0] += 1 }
        if let spelling = name.spelling {
          authorCounts[authors.author(of: spelling), default: 0] += 1
        }
      }
    }
    let counts =
      authorCounts.map { (isAuthor: true, name: authors[$0], number: $0, count: $1) }
      + topicCounts.map { (isAuthor: false, name: topics[$0], number: $0, count: $1) }
    var tokenizer = Tokenizer()
    return counts.sorted {
      if $0.count != $1.count { return $0.count > $1.count }
      if $0.isAuthor != $1.isAuthor { return $0.isAuthor }
      return $0.name.lexicographicallyPrecedes($1.name)
    }
    .prefix(400).compactMap { isAuthor, name, number, count in
      let text = isAuthor ? authors.name(number) : String(decoding: name, as: UTF8.self)
      var folded: [[UInt8]] = []
      tokenizer.each(in: text) { word, _, _ in folded.append(word) }
      let fits = typed.allSatisfy { word in
        folded.contains { word.isPrefix ? $0.starts(with: word.letters) : $0 == word.letters }
      }
      return fits
        ? IndexSuggestions.Item(
          kind: isAuthor ? .author : .topic, text: text, publications: count) : nil
    }
  }
}
