extension SearchIndex {
  /// Where the text of a page has what a query asks for.
  ///
  /// The words are those that the search itself would find: forms of the same stem, corrections of
  /// misspellings, words that an extraction has broken at a ligature. A phrase counts as a whole; its
  /// words count alone only if the page does not have the phrase and the query has nothing else.
  ///
  /// - Parameters:
  ///   - query: The query.
  ///   - rewordings: The same in other words.
  ///   - text: The text of the page.
  /// - Returns: Ranges of the text's UTF-8, in order; they do not overlap.
  package func matches(
    of query: SearchQuery, rewordings: [Synonyms.Rewording] = [], in text: String
  ) -> [Range<Int>] {
    var found = ([query] + rewordings.map(\.query)).flatMap { terms(of: $0, in: text) }
    if found.isEmpty, let single = query.withoutPhrases { found = words(of: single, in: text) }
    return Self.merged(found)
  }

  private func terms(of query: SearchQuery, in text: String) -> [Range<Int>] {
    let phrases = query.clauses.filter(\.isPhrase).flatMap(\.alternatives).filter { $0.count > 1 }
    var rest = query
    rest.clauses.removeAll { $0.isPhrase && $0.alternatives.contains { $0.count > 1 } }
    return PhraseFinder.ranges(of: phrases, in: text) + words(of: rest, in: text)
  }

  private func words(of query: SearchQuery, in text: String) -> [Range<Int>] {
    guard !query.clauses.isEmpty else { return [] }
    var finder = QueryWordFinder(QueryPlan(query, records, pages))
    return finder.matches(in: Array(text.utf8).span).map(\.range)
  }

  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = merged.last, range.lowerBound < last.upperBound {
        merged[merged.count - 1] =
          last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }
}

/// Finds phrases: words of the same stems, one after the other.
private struct PhraseFinder {
  private struct Position {
    var range: Range<Int>
    /// Of the word, or of the spellings and parts of a term.
    var stems: [[UInt8]]
    var words: [[UInt8]]
  }

  static func ranges(of phrases: [[SearchQuery.Word]], in text: String) -> [Range<Int>] {
    guard !phrases.isEmpty else { return [] }
    let positions = positions(in: text)
    return phrases.flatMap { phrase in
      let wanted = phrase.map { (word: $0, stem: Stemmer.stem($0.letters)) }
      return positions.indices.compactMap { start -> Range<Int>? in
        guard positions.count - start >= wanted.count else { return nil }
        let isHere = zip(positions[start...], wanted).allSatisfy { position, wanted in
          position.stems.contains(wanted.stem)
            || wanted.word.isPrefix
              && position.words.contains { $0.starts(with: wanted.word.letters) }
        }
        guard isHere else { return nil }
        return positions[start].range
          .lowerBound..<positions[start + wanted.count - 1].range.upperBound
      }
    }
  }

  private static func positions(in text: String) -> [Position] {
    var positions: [Position] = []
    var tokenizer = Tokenizer()
    tokenizer.each(in: text) { word, range, role in
      switch role {
      case .word, .whole:
        positions.append(Position(range: range, stems: [Stemmer.stem(word)], words: [word]))
      case .part, .spelling:
        guard !positions.isEmpty else { return }
        positions[positions.count - 1].stems.append(Stemmer.stem(word))
        positions[positions.count - 1].words.append(word)
      }
    }
    return positions
  }
}
