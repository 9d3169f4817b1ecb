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
  private(set) var isComplete = true

  private let records: RecordIndex
  private let pages: PageIndex
  private var correctionsLeft = 6
  /// The stems before and after the word that is being added, if the index has them.
  private var beside: (before: UInt32?, after: UInt32?)
  /// The same as they are on pages.
  private var besideOnPages: [[UInt8]] = []

  /// The most different words, a bit each.
  private static let mostWords = 64
  /// The most words that an unknown one is taken for.
  private static let mostNeighbours = 3
  /// The most for which the words beside it are looked at.
  private static let mostNeighboursInContext = 12
  /// The most words that a prefix expands to.
  private static let mostCompletions = 24
  /// The fewest bytes of a word that was written together with another.
  private static let shortestPart = 3
  /// The most records that have a word that is rare beside one of pages.
  private static let mostOfRareWord = 3
  /// The weight of a word that was guessed.
  private static let guessed: Float = 0.8

  init(_ query: SearchQuery, _ records: RecordIndex, _ pages: PageIndex, completesLast: Bool = true)
  {
    self.records = records
    self.pages = pages
    if query.isPassage { correctionsLeft = 0 }
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
    let words = mostTelling(words)
    // Whether a word and the next one are one word in the archive.
    let joined: [Group?] =
      zip(words, words.dropFirst()).map { self.joined($0.word, $1.word) } + [nil]
    var previous: UInt64?
    for (index, (word, isLast)) in words.enumerated() {
      let before = index > 0 ? joined[index - 1] : nil
      beside = (
        index > 0 ? stem(of: words[index - 1].word) : nil,
        index + 1 < words.count ? stem(of: words[index + 1].word) : nil
      )
      besideOnPages = [index - 1, index + 1].filter(words.indices.contains).map {
        Stemmer.stem(words[$0].word.letters)
      }
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

  /// The words that weigh most by how often the query has them and how rare they are, as many as
  /// there are bits, in their order; all of a query with no more than that.
  ///
  /// A pasted abstract has a hundred words or more. The first forty of them find less than all.
  private func mostTelling(
    _ words: [(word: SearchQuery.Word, isLast: Bool)]
  ) -> [(word: SearchQuery.Word, isLast: Bool)] {
    guard words.count > QueryPlan.mostWords else { return words }
    let stems = words.map { Stemmer.stem($0.word.letters) }
    var weights: [[UInt8]: Float] = [:]
    for (stem, times) in Dictionary(stems.map { ($0, Float(1)) }, uniquingKeysWith: +) {
      if let number = records.stems.number(of: stem), !records.postings[Int(number)].isEmpty {
        weights[stem] = times * idf(number)
      } else if pages.postings(of: stem).count > 0 {
        weights[stem] = times * pageIDF(stem)
      }
    }
    let heaviest = weights.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
    }
    let kept = Set(heaviest.prefix(QueryPlan.mostWords).map(\.key))
    return zip(words, stems).filter { kept.contains($0.1) }.map(\.0)
  }

  private func stem(of word: SearchQuery.Word) -> UInt32? {
    records.stems.number(of: Stemmer.stem(word.letters))
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
    if let known = group(stem: stem, word: word.letters), !word.isPrefix {
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
    if word.isPrefix { return append(completions(of: word.letters, weight: 1)) }
    // A similar number or identifier is not what was meant.
    guard correctionsLeft > 0, !isPart, !word.isCertain, !word.letters.hasDigit else { return nil }
    correctionsLeft -= 1
    return addGuess(for: word, isLast: isLast)
  }

  /// Adds the alternatives for a term of several words; returns the bits of its words.
  private mutating func add(term: SearchQuery.Word, isLast: Bool) -> UInt64? {
    var whole = Group(bits: 0)
    for letters in [term.letters] + term.spellings {
      guard let known = group(stem: Stemmer.stem(letters), word: letters) else { continue }
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

  /// Adds what an unknown word may mean: two words in one, a word with a similar spelling, or a
  /// word that it begins.
  private mutating func addGuess(for word: SearchQuery.Word, isLast: Bool) -> UInt64? {
    var guess = Group(bits: 0, typed: [word.letters])
    if isLast, word.letters.count >= 2 {
      guess = completions(of: word.letters, weight: QueryPlan.guessed)
    }
    let isBeginning = !guess.pageStems.isEmpty
    var neighbours = likeliest(
      spelling.nearest(to: word.letters, shortest: Spelling.shortestInContext), for: word.letters)
    if !isBeginning {
      let most = neighbours.first.map(frequency) ?? 0
      if most <= QueryPlan.mostOfRareWord, let group = pageNeighbours(of: word, besides: most) {
        return append(group)
      }
      if let (first, second) = split(word.letters),
        neighbours.isEmpty
          || min(frequency(first), frequency(second)) > neighbours.map(frequency).max() ?? 0
      {
        correct(word, by: "\(text(first)) \(text(second))")
        _ = append(correction(of: word, by: first))
        return append(correction(of: word, by: second))
      }
    }
    if neighbours.isEmpty {
      neighbours = likeliest(spelling.farther(from: word.letters), for: word.letters)
    }
    for neighbour in neighbours {
      let more = correction(of: word, by: neighbour)
      guess.alternatives += more.alternatives
      guess.pageStems += more.pageStems
    }
    if let best = neighbours.first, !isBeginning { correct(word, by: text(best)) }
    return append(guess)
  }

  /// What a word may be a misspelling of among the words of pages; nil for nothing.
  ///
  /// - Parameters:
  ///   - word: The word.
  ///   - frequency: How many records have a word that it may be too. The words of pages must then be
  ///     on more pages, and beside the other words of the query if it has any.
  /// - Returns: The alternatives.
  private mutating func pageNeighbours(
    of word: SearchQuery.Word, besides frequency: UInt32
  ) -> Group? {
    let found = PageSpelling(pages: pages, records: records).nearest(
      to: word.letters, beside: besideOnPages)
    isComplete = isComplete && found.isComplete
    let isSupported = found.isInContext || besideOnPages.isEmpty
    guard let best = found.words.first,
      frequency == 0 || (isSupported && pages.postings(of: best.stem).count > Int(frequency))
    else { return nil }
    correct(word, by: String(decoding: best.letters, as: UTF8.self), isOfPages: true)
    var group = Group(bits: 0, typed: [word.letters])
    group.pageStems = found.words.prefix(QueryPlan.mostNeighbours).map {
      ($0.stem, QueryPlan.guessed, .correction)
    }
    return group
  }

  private var spelling: Spelling {
    Spelling(
      words: records.words, frequencies: records.frequencyOfWord, sortedWords: records.sortedWords)
  }

  private func correction(of word: SearchQuery.Word, by other: UInt32) -> Group {
    var group = group(of: other, weight: QueryPlan.guessed, .correction)
    group.typed = [word.letters]
    return group
  }

  /// The likeliest of the words that a typed one may be a misspelling of.
  ///
  /// “wsr” may be “war” as well as “was”; after “korean” it is what follows that word elsewhere.
  private func likeliest(_ found: [UInt32], for word: [UInt8]) -> [UInt32] {
    let pairs = WordPairs(records: records)
    let usual = found.prefix(QueryPlan.mostNeighboursInContext).filter { neighbour in
      let stem = records.stemOfWord[Int(neighbour)]
      return beside.before.map { pairs.areUsual($0, stem) } ?? false
        || beside.after.map { pairs.areUsual(stem, $0) } ?? false
    }
    let others = found.filter { !usual.contains($0) }
    let isLongEnough =
      String(decoding: word, as: UTF8.self).unicodeScalars.count >= Spelling.shortest
    return Array((usual + (isLongEnough ? others : [])).prefix(QueryPlan.mostNeighbours))
  }

  private mutating func correct(
    _ word: SearchQuery.Word, by text: String, isOfPages: Bool = false
  ) {
    corrections.append(
      Correction.Replacement(
        range: word.range, typed: word.text, word: text, isOfPages: isOfPages))
  }

  private mutating func add(alternatives words: [SearchQuery.Word]) {
    var all = Group(bits: 0)
    for word in words {
      guard
        let one = word.isPrefix
          ? completions(of: word.letters, weight: 1)
          : group(stem: Stemmer.stem(word.letters), word: word.letters)
      else { continue }
      hasKnownWord = true
      all.alternatives += one.alternatives
      all.pageStems += one.pageStems
      all.typed += one.typed
      all.exact += one.exact
    }
    _ = append(all)
  }

  /// The group for two neighbours that are one word in the index; nil if they are not.
  private mutating func joined(_ first: SearchQuery.Word, _ second: SearchQuery.Word) -> Group? {
    let whole = first.letters + second.letters
    guard first.letters != second.letters, !second.isPrefix, whole.count <= 40,
      first.kind == nil, second.kind == nil,
      var joined = group(stem: Stemmer.stem(whole), word: whole), joined.exact.count == 1,
      !joined.alternatives.isEmpty
    else { return nil }
    joined.parts = [first, second].compactMap {
      records.stems.number(of: Stemmer.stem($0.letters))
    }
    return joined
  }

  private mutating func append(_ group: Group) -> UInt64? {
    guard !group.alternatives.isEmpty || !group.pageStems.isEmpty, let bit = newBit() else {
      return nil
    }
    var group = group
    group.bits = bit
    shares[shares.count - 1] =
      group.alternatives.map(\.idf).max() ?? pageIDF(group.pageStems[0].stem)
    groups.append(group)
    return bit
  }

  private mutating func completions(of prefix: [UInt8], weight: Float) -> Group {
    var commonest = TopK<Completion>(most: QueryPlan.mostCompletions)
    for word in records.sortedWords.words(beginningWith: prefix, in: records.words)
    where frequency(word) > 0 {
      commonest.offer(
        Completion(frequency: frequency(word), word: word, letters: records.words[word]))
    }
    var group = Group(bits: 0, typed: [prefix])
    for word in commonest.sorted.map(\.word) {
      let more = self.group(of: word, weight: weight, .completion)
      if group.alternatives.contains(where: { $0.stem == more.alternatives.first?.stem }) {
        continue
      }
      group.alternatives += more.alternatives
      group.pageStems += more.pageStems
      if records.words[word].elementsEqual(prefix) { group.exact.append(word) }
    }
    let known = Set(group.pageStems.map(\.stem))
    let more = pages.stems(beginningWith: prefix, most: QueryPlan.mostCompletions)
    isComplete = isComplete && more.isComplete
    for stem in more.stems where !known.contains(stem) {
      group.pageStems.append((stem, weight, .completion))
    }
    return group
  }

  /// A word and how many documents have it; of equal ones the first in byte order is greater.
  private struct Completion: Comparable {
    let frequency: UInt32
    let word: UInt32
    let letters: ArraySlice<UInt8>

    static func == (left: Completion, right: Completion) -> Bool { left.word == right.word }

    static func < (left: Completion, right: Completion) -> Bool {
      left.frequency != right.frequency
        ? left.frequency < right.frequency : right.letters.lexicographicallyPrecedes(left.letters)
    }
  }

  /// The group for a word of the index.
  private func group(
    of word: UInt32, weight: Float, _ relation: MatchedWord.Relation
  ) -> Group {
    let stem = records.stemOfWord[Int(word)]
    return Group(
      alternatives: [.init(stem: stem, weight: weight, idf: idf(stem))],
      pageStems: [(Array(records.stems[stem]), weight, relation)], bits: 0)
  }

  /// The group for a word; nil if the index does not have it.
  private mutating func group(stem: [UInt8], word: [UInt8]) -> Group? {
    var group = Group(bits: 0)
    if let number = records.stems.number(of: stem), !records.postings[Int(number)].isEmpty {
      group.alternatives = [.init(stem: number, weight: 1, idf: idf(number))]
    }
    if group.alternatives.isEmpty {
      let postings = pages.postings(of: stem)
      isComplete = isComplete && postings.isComplete
      if postings.count == 0 { return nil }
    }
    group.pageStems = [(stem, 1, .form)]
    group.typed = [word]
    if let number = records.words.number(of: word), frequency(number) > 0 {
      group.exact = [number]
    }
    return group
  }

  /// The two words that an unknown one is made of, the rarer of which is the commonest.
  private func split(_ word: [UInt8]) -> (UInt32, UInt32)? {
    guard word.count >= 5, word.count <= 40 else { return nil }
    var best: (UInt32, UInt32)?
    for middle in 2...(word.count - 2)
    where middle >= QueryPlan.shortestPart && word.count - middle >= QueryPlan.shortestPart {
      guard let first = records.words.number(of: Array(word[..<middle])),
        let second = records.words.number(of: Array(word[middle...])),
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

  private func frequency(_ word: UInt32) -> UInt32 { records.frequencyOfWord[Int(word)] }

  private func text(_ word: UInt32) -> String {
    String(decoding: records.words[word], as: UTF8.self)
  }

  private func idf(_ stem: UInt32) -> Float {
    QueryPlan.idf(records.postings[Int(stem)].count, of: records.count)
  }

  private func pageIDF(_ stem: [UInt8]) -> Float {
    QueryPlan.idf(pages.postings(of: stem).count, of: pages.count)
  }

  /// The inverse document frequency of BM25.
  static func idf(_ frequency: Int, of total: Int) -> Float {
    log(1 + (Float(total - frequency) + 0.5) / (Float(frequency) + 0.5))
  }
}
