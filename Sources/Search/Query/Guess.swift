/// What a word that the archive does not have may mean: two words in one, a word with a similar
/// spelling, or a word that it begins.
struct Guess {
  /// One group for each word that it may stand for.
  private(set) var groups: [QueryPlan.Group] = []
  /// What it is most likely a misspelling of.
  private(set) var replacement: Correction.Replacement?

  private let word: SearchQuery.Word
  private let neighbours: Neighbours

  /// The stems of the words beside a word of a query.
  struct Neighbours {
    /// In the index of records, if they are there.
    var before: UInt32?
    var after: UInt32?
    /// As they are on pages.
    var onPages: [[UInt8]] = []
  }

  /// The most known words that stand for an unknown word.
  private static let mostWords = 3
  /// The most for which the words beside it are looked at.
  private static let mostInContext = 12
  /// The most records that have a word that is rare beside one of pages.
  private static let mostOfRareWord = 3
  /// The weight of a word that was guessed.
  private static let weight: Float = 0.8

  /// Guesses what a word means.
  ///
  /// - Parameters:
  ///   - word: The word.
  ///   - isLast: Whether it may be unfinished.
  ///   - neighbours: The words beside it.
  ///   - terms: The indexes.
  init(
    _ word: SearchQuery.Word, isLast: Bool, beside neighbours: Neighbours,
    in terms: inout QueryTerms
  ) {
    self.word = word
    self.neighbours = neighbours
    var group = QueryPlan.Group(bits: 0, typed: [word.letters])
    if isLast, word.letters.count >= 2 {
      group = terms.completions(of: word.letters, weight: Guess.weight)
    }
    let isBeginning = !group.pageStems.isEmpty
    let spelling = Spelling(
      words: terms.records.vocabulary.words, frequencies: terms.records.vocabulary.frequencyOfWord,
      sortedWords: terms.records.sortedWords)
    var similar = likeliest(
      spelling.nearest(to: word.letters, shortest: Spelling.shortestInContext), in: terms.records)
    if !isBeginning {
      let most = similar.first.map(terms.frequency) ?? 0
      if most <= Guess.mostOfRareWord, let found = ofPages(besides: most, in: &terms) {
        groups = [found]
        return
      }
      if let (first, second) = terms.split(word.letters),
        similar.isEmpty
          || min(terms.frequency(first), terms.frequency(second))
            > similar.map(terms.frequency).max() ?? 0
      {
        replace(by: "\(terms.text(first)) \(terms.text(second))")
        groups = [correction(by: first, in: terms), correction(by: second, in: terms)]
        return
      }
    }
    if similar.isEmpty {
      similar = likeliest(spelling.farther(from: word.letters), in: terms.records)
    }
    for other in similar {
      let more = correction(by: other, in: terms)
      group.alternatives += more.alternatives
      group.pageStems += more.pageStems
    }
    if let best = similar.first, !isBeginning { replace(by: terms.text(best)) }
    groups = [group]
  }

  /// What the word may be a misspelling of among the words of pages; nil for nothing.
  ///
  /// - Parameters:
  ///   - frequency: How many records have a word that it may be too. The words of pages must then be
  ///     on more pages, and beside the other words of the query if it has any.
  ///   - terms: The indexes.
  /// - Returns: The alternatives.
  private mutating func ofPages(
    besides frequency: UInt32, in terms: inout QueryTerms
  ) -> QueryPlan.Group? {
    let found = PageSpelling(pages: terms.pages, records: terms.records).nearest(
      to: word.letters, beside: neighbours.onPages)
    terms.isComplete = terms.isComplete && found.isComplete
    let isSupported = found.isInContext || neighbours.onPages.isEmpty
    guard let best = found.words.first,
      frequency == 0
        || (isSupported && terms.pages.count(of: best.stem).count > Int(frequency))
    else { return nil }
    replace(by: String(decoding: best.letters, as: UTF8.self), isOfPages: true)
    var group = QueryPlan.Group(bits: 0, typed: [word.letters])
    group.pageStems = found.words.prefix(Guess.mostWords).map {
      ($0.stem, Guess.weight, .correction)
    }
    return group
  }

  private func correction(by other: UInt32, in terms: QueryTerms) -> QueryPlan.Group {
    var group = terms.group(of: other, weight: Guess.weight, .correction)
    group.typed = [word.letters]
    return group
  }

  /// The likeliest of the words that the word may be a misspelling of.
  ///
  /// “wsr” may be “war” as well as “was”; after “korean” it is what follows that word elsewhere.
  private func likeliest(_ found: [UInt32], in records: RecordIndex) -> [UInt32] {
    let pairs = WordPairs(records: records)
    let usual = found.prefix(Guess.mostInContext).filter { other in
      let stem = records.vocabulary.stemOfWord[Int(other)]
      return neighbours.before.map { pairs.areUsual($0, stem) } ?? false
        || neighbours.after.map { pairs.areUsual(stem, $0) } ?? false
    }
    let others = found.filter { !usual.contains($0) }
    let isLongEnough =
      String(decoding: word.letters, as: UTF8.self).unicodeScalars.count >= Spelling.shortest
    return Array((usual + (isLongEnough ? others : [])).prefix(Guess.mostWords))
  }

  private mutating func replace(by text: String, isOfPages: Bool = false) {
    replacement = Correction.Replacement(
      range: word.range, typed: word.text, word: text, isOfPages: isOfPages)
  }
}
