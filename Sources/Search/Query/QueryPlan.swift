internal import Foundation

/// A query expanded to the stems of an index, with their weights.
struct QueryPlan {
  /// The alternatives for one word of the query, or for several.
  struct Group {
    /// Stems of the record index, the best of which counts.
    var alternatives: [Alternative] = []
    /// The same for the pages, as stems.
    var pageStems: [(stem: [UInt8], weight: Float, relation: MatchedWord.Relation)] = []
    /// The words of the query that it matches, a bit each.
    var bits: UInt64
    /// The stems of the two words that it joins; a document with both does not need it.
    var parts: [UInt32] = []
    /// How often the query has it.
    var times: Float = 1
    /// The words as they were typed, which rank above others of the same stem.
    var exact: [UInt32] = []
    /// The words of the query that it is for, folded.
    var typed: [[UInt8]] = []

    struct Alternative {
      let stem: UInt32
      var weight: Float
      let idf: Float
    }
  }

  private(set) var groups: [Group] = []
  /// The weight of each word of the query, by its bit.
  private(set) var shares: [Float] = []
  /// Unknown words and their replacements.
  private(set) var corrections: [Correction.Replacement] = []
  /// Whether the index has a word as it was typed.
  private(set) var hasKnownWord = false
  /// Whether the words of all pages could be read.
  var isComplete: Bool { terms.isComplete }

  private var terms: QueryTerms
  /// How many unknown words may still be guessed, each of which takes longer than a known one.
  private var guessesLeft = 3
  /// The words beside the one that is being added.
  private var neighbours = Guess.Neighbours()

  /// The most different words, a bit each.
  private static let mostWords = 64

  init(_ query: SearchQuery, _ records: RecordIndex, _ pages: PageIndex, completesLast: Bool = true)
  {
    terms = QueryTerms(records, pages)
    if query.isPassage { guessesLeft = 0 }
    let completesLast = completesLast && !query.isPassage
    let clauses = query.clauses.filter { !$0.isExcluded }
    var single: [(word: SearchQuery.Word, isLast: Bool)] = []
    for (index, clause) in clauses.enumerated() {
      if clause.isIdentifier {
        for word in clause.alternatives[0] { _ = add(word, isLast: false, isPart: true) }
        continue
      }
      guard clause.alternatives.count == 1 else {
        add(single)
        single.removeAll()
        add(alternatives: clause.alternatives.flatMap(\.self))
        continue
      }
      let isLast = completesLast && index == clauses.count - 1 && !clause.isQuoted
      single += clause.alternatives[0].map { ($0, isLast) }
    }
    add(single)
  }

  /// Adds words that follow each other.
  private mutating func add(_ words: [(word: SearchQuery.Word, isLast: Bool)]) {
    let words = terms.mostTelling(QueryPlan.mostWords, of: words)
    // Whether a word and the next one are one word in the archive.
    let joined: [Group?] =
      zip(words, words.dropFirst()).map { terms.joined($0.word, $1.word) } + [nil]
    var previous: UInt64?
    for (index, (word, isLast)) in words.enumerated() {
      let before = index > 0 ? joined[index - 1] : nil
      neighbours = Guess.Neighbours(
        before: index > 0 ? terms.stem(of: words[index - 1].word) : nil,
        after: index + 1 < words.count ? terms.stem(of: words[index + 1].word) : nil,
        onPages: [index - 1, index + 1].filter(words.indices.contains).map {
          Stemmer.stem(words[$0].word.letters)
        })
      let bit = add(
        word, isLast: isLast, isPart: joined[index] != nil || before != nil)
      if var whole = before {
        let parts = [previous, bit].compactMap(\.self)
        whole.bits = parts.reduce(0, |)
        if parts.count < 2, let more = newBit() {
          shares[shares.count - 1] = whole.alternatives.map(\.idf).max() ?? 0
          whole.bits |= more
        }
        hasKnownWord = true
        groups.append(whole)
      }
      previous = bit
    }
  }

  private mutating func newBit() -> UInt64? {
    guard shares.count < QueryPlan.mostWords else { return nil }
    shares.append(0)
    return 1 << UInt64(shares.count - 1)
  }

  /// Adds the alternatives for a word; returns its bit, or nil if there are none.
  ///
  /// - Parameters:
  ///   - word: The word.
  ///   - isLast: Whether it may be unfinished.
  ///   - isPart: Whether it is one word with its neighbour; then nothing is guessed.
  /// - Returns: Its bit, which it shares with the same word before.
  private mutating func add(_ word: SearchQuery.Word, isLast: Bool, isPart: Bool) -> UInt64? {
    if word.kind != nil, !word.isPrefix { return add(term: word, isLast: isLast) }
    let stem = Stemmer.stem(word.letters)
    if let known = terms.group(stem: stem, word: word.letters), !word.isPrefix {
      hasKnownWord = true
      let same = groups.firstIndex { group in
        group.pageStems.count == 1 && group.pageStems[0].stem == stem
          && group.bits.nonzeroBitCount == 1
      }
      if let same {
        groups[same].times += 1
        groups[same].typed += known.typed
        groups[same].exact += known.exact
        return groups[same].bits
      }
      return append(known)
    }
    if word.isPrefix { return append(terms.completions(of: word.letters, weight: 1)) }
    // A similar number or identifier is not what was meant.
    guard guessesLeft > 0, !isPart, !word.isCertain, !word.letters.hasDigit else { return nil }
    guessesLeft -= 1
    let guess = Guess(word, isLast: isLast, beside: neighbours, in: &terms)
    if let replacement = guess.replacement { corrections.append(replacement) }
    return guess.groups.map { append($0) }.last ?? nil
  }

  /// Adds the alternatives for a term of several words; returns the bits of its words.
  private mutating func add(term: SearchQuery.Word, isLast: Bool) -> UInt64? {
    var whole = Group(bits: 0)
    for letters in [term.letters] + term.spellings {
      guard let known = terms.group(stem: Stemmer.stem(letters), word: letters) else { continue }
      whole.alternatives += known.alternatives
      whole.pageStems += known.pageStems
      whole.typed += known.typed
      whole.exact += known.exact
    }
    let isKnown = !whole.pageStems.isEmpty
    hasKnownWord = hasKnownWord || isKnown
    let telling = term.parts.filter { !$0.letters.isOneLetter && !StopWords.contains($0.letters) }
    switch term.kind {
    case .apostrophe where !telling.isEmpty:
      // “l'école” also means “école”; documents with the whole term rank first.
      let bits = telling.compactMap { part in
        add(part, isLast: isLast && part == telling.last, isPart: isKnown)
      }.reduce(0, |)
      guard isKnown else { return bits == 0 ? nil : bits }
      guard bits != 0 else { return append(whole) }
      whole.bits = bits
      groups.append(whole)
      return bits
    case _ where isKnown: return append(whole)
    // The groups of a number mean nothing alone.
    case .grouped(isSpaced: false): return nil
    default:
      let bits = (telling.isEmpty ? term.parts : telling).compactMap { part in
        add(part, isLast: false, isPart: true)
      }.reduce(0, |)
      return bits == 0 ? nil : bits
    }
  }

  private mutating func add(alternatives words: [SearchQuery.Word]) {
    var all = Group(bits: 0)
    for word in words {
      guard
        let one = word.isPrefix
          ? terms.completions(of: word.letters, weight: 1)
          : terms.group(stem: Stemmer.stem(word.letters), word: word.letters)
      else { continue }
      hasKnownWord = true
      all.alternatives += one.alternatives
      all.pageStems += one.pageStems
      all.typed += one.typed
      all.exact += one.exact
    }
    _ = append(all)
  }

  private mutating func append(_ group: Group) -> UInt64? {
    guard !group.alternatives.isEmpty || !group.pageStems.isEmpty, let bit = newBit() else {
      return nil
    }
    var group = group
    group.bits = bit
    shares[shares.count - 1] =
      group.alternatives.map(\.idf).max() ?? terms.pageIDF(group.pageStems[0].stem)
    groups.append(group)
    return bit
  }

  /// The inverse document frequency of BM25.
  static func idf(_ frequency: Int, of total: Int) -> Float {
    log(1 + (Float(total - frequency) + 0.5) / (Float(frequency) + 0.5))
  }
}
