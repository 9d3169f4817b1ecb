/// Finds words that were typed as two, and two that were typed as one.
extension QueryTerms {
  /// The fewest bytes of a word that was written together with another.
  private static let shortestPart = 3

  /// The group for two neighbours that are one word in the index; nil if they are not.
  mutating func joined(_ first: SearchQuery.Word, _ second: SearchQuery.Word) -> QueryPlan.Group? {
    let whole = first.letters + second.letters
    guard first.letters != second.letters, !second.isPrefix, whole.count <= 40,
      first.kind == nil, second.kind == nil,
      // Ruled out before pages are read: few neighbours are one word.
      let number = records.vocabulary.words.number(of: whole), frequency(number) > 0,
      var joined = group(stem: Stemmer.stem(whole), word: whole),
      !joined.alternatives.isEmpty
    else { return nil }
    joined.parts = [first, second].compactMap {
      records.vocabulary.stems.number(of: Stemmer.stem($0.letters))
    }
    return joined
  }

  /// The two words that an unknown one is made of, the rarer of which is the commonest.
  func split(_ word: [UInt8]) -> (UInt32, UInt32)? {
    guard word.count >= 5, word.count <= 40 else { return nil }
    var best: (UInt32, UInt32)?
    for middle in 2...(word.count - 2)
    where middle >= QueryTerms.shortestPart && word.count - middle >= QueryTerms.shortestPart {
      guard let first = records.vocabulary.words.number(of: Array(word[..<middle])),
        let second = records.vocabulary.words.number(of: Array(word[middle...])),
        min(frequency(first), frequency(second)) > 1
      else { continue }
      let isBetter =
        best.map {
          min(frequency(first), frequency(second)) > min(frequency($0.0), frequency($0.1))
        } ?? true
      if isBetter { best = (first, second) }
    }
    return best
  }
}
