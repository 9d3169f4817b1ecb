/// What a reader asks for, read from whatever was typed.
///
/// Words are alternatives, phrases in quotation marks are required. Nothing is an error: a mark
/// that means nothing here, such as `*`, `-` or an unpaired quotation mark, only divides words.
package struct SearchQuery: Sendable, Equatable {
  /// What was typed, as far as it is read.
  package let text: String
  /// Stems in the order they were typed, repeated when they were.
  package let words: [Term]
  /// Each of two stems or more.
  package let phrases: [[Term]]
  /// Whether there are only words that nearly everything has; their number then says nothing.
  package let saysLittle: Bool

  /// A word as the index has it.
  package struct Term: Sendable, Hashable {
    package let stem: String
    /// A single ideograph, which stands for the words that begin with it.
    package let isPrefix: Bool
  }

  /// What is read of a query: more says no more, and costs everybody time.
  package static let longestText = 2000
  private static let mostTerms = 40

  package init(_ text: String) {
    self.text = SearchQuery.shortened(text)
    var reader = QueryReader()
    (words, phrases, saysLittle) = reader.read(self.text, most: SearchQuery.mostTerms)
  }

  private init(text: String, words: [Term]) {
    self.text = text
    self.words = words
    phrases = []
    saysLittle = false
  }

  /// Whether nothing is asked for: no letter and no digit.
  package var isEmpty: Bool { words.isEmpty && phrases.isEmpty }

  /// The same query with its phrases taken as words; nil without phrases.
  var withoutPhrases: SearchQuery? {
    phrases.isEmpty ? nil : SearchQuery(text: text, words: words + phrases.flatMap { $0 })
  }

  /// The index's expression for what has any of the words, and all the phrases.
  var anyExpression: String {
    let required = phrases.map(SearchQuery.expression)
    let any = (required + words.map(SearchQuery.expression)).joined(separator: " OR ")
    return (required + ["(\(any))"]).joined(separator: " AND ")
  }

  /// The index's expression for what has all; nil when that is the same as any.
  var allExpression: String? {
    let distinct = Set(words)
    guard distinct.count + phrases.count > 1 else { return nil }
    return
      (phrases.map(SearchQuery.expression)
      + distinct.sorted { $0.stem < $1.stem }
      .map(SearchQuery.expression)).joined(separator: " AND ")
  }

  /// The stems to be marked where they stand.
  var marked: Set<Term> { Set(words).union(phrases.joined()) }

  // Terms consist of letters and digits, so nothing in the quotation marks can end them.

  private static func expression(_ term: Term) -> String {
    term.isPrefix ? "\"\(term.stem)\" *" : "\"\(term.stem)\""
  }

  private static func expression(_ phrase: [Term]) -> String {
    "\"" + phrase.map(\.stem).joined(separator: " ") + "\""
  }

  private static func shortened(_ text: String) -> String {
    guard text.utf8.count > longestText else { return text }
    return String(decoding: text.utf8.prefix(longestText), as: UTF8.self)
  }
}

/// Reads the words and phrases of a query.
private struct QueryReader {
  private var divider = Words()

  mutating func read(
    _ text: String, most: Int
  ) -> (words: [SearchQuery.Term], phrases: [[SearchQuery.Term]], saysLittle: Bool) {
    var words: [[UInt8]] = []
    var phrases: [[SearchQuery.Term]] = []
    var left = most
    let parts = text.split(omittingEmptySubsequences: false) { "\"\u{201C}\u{201D}".contains($0) }
    for (index, part) in parts.enumerated() where left > 0 {
      let found = Array(self.words(of: String(part)).prefix(left))
      // Odd parts stand behind an opening mark; the last one has no closing mark.
      let isQuoted = index % 2 == 1 && index + 1 < parts.count
      if isQuoted, found.count > 1 {
        phrases.append(found.map(term))
      } else {
        words += found
      }
      left -= found.count
    }
    let telling = words.filter { !StopWords.contains($0) }
    let saysLittle = telling.isEmpty && phrases.isEmpty
    let kept = saysLittle ? words : telling
    return (kept.map(term) + joined(words).map(term), phrases, saysLittle)
  }

  private mutating func words(of text: String) -> [[UInt8]] {
    var found: [(word: [UInt8], range: Range<Int>)] = []
    divider.each(in: text) { word, range in
      // The last character of a run of ideographs is part of the pair before it.
      if let last = found.last, last.range.upperBound == range.upperBound { return }
      found.append((word, range))
    }
    return found.map(\.word)
  }

  /// “suffi cient” also asks for the word that was taken apart.
  private func joined(_ words: [[UInt8]]) -> [[UInt8]] {
    zip(words, words.dropFirst()).filter { $0.0.endsInLigature }.map { $0.0 + $0.1 }
  }

  private func term(_ word: [UInt8]) -> SearchQuery.Term {
    let text = String(decoding: EnglishStemmer.stem(word), as: UTF8.self)
    let isIdeograph = text.unicodeScalars.count == 1 && !text.utf8.allSatisfy { $0 < 0x80 }
    return SearchQuery.Term(stem: text, isPrefix: isIdeograph)
  }
}
