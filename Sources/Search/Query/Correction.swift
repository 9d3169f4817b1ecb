/// A query with words of the archive in place of those that it does not have.
package struct Correction: Sendable, Equatable {
  /// A word of a query, and the word that takes its place.
  struct Replacement: Sendable, Equatable {
    /// In the UTF-8 of the query.
    let range: Range<Int>
    /// What was typed, folded.
    let typed: String
    var word: String
    /// Whether the word is one of pages, of which the index knows only the stem.
    let isOfPages: Bool
  }

  /// Whether the results are those of this query, because no word that was typed has a match.
  package let isApplied: Bool
  private let text: String
  private var replacements: [Replacement]

  /// - Returns: Nil without replacements.
  init?(of text: String, _ replacements: [Replacement], isApplied: Bool) {
    guard !replacements.isEmpty else { return nil }
    self.text = text
    self.replacements = replacements
    self.isApplied = isApplied
  }

  package var query: String {
    var bytes = Array(text.utf8)
    for replacement in replacements.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      bytes.replaceSubrange(replacement.range, with: replacement.word.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same with words of pages as they are spelled there.
  ///
  /// - Parameter words: Words of results that stand for words of the query.
  /// - Returns: The correction; as it was where no result has the word.
  package func spelled(asIn words: [MatchedWord]) -> Correction {
    var spelled = self
    for index in replacements.indices where replacements[index].isOfPages {
      let found = words.first {
        $0.relation == .correction && $0.typed == replacements[index].typed
      }
      if let found { spelled.replacements[index].word = found.inLowerCase.found }
    }
    return spelled
  }
}
