/// Finds the words of a query in texts.
///
/// Most words of a text begin with other letters than those of the query. Only pieces between spaces
/// that have a word with the right first two letters are divided into words.
struct QueryWordFinder: Sendable {
  /// A word of a text that is one of the query.
  struct Match: Sendable {
    /// In bytes of the text.
    let range: Range<Int>
    /// The words of the query that it is, a bit each.
    let bits: UInt64
    /// The number of its stem.
    fileprivate let stem: UInt32
    /// Whether it is among the words that were typed.
    fileprivate let isTyped: Bool
  }

  /// The weight of each word of the query, by its bit.
  let weights: [Float]

  private struct Stem {
    var bits: UInt64
    let relation: MatchedWord.Relation
    /// The typed words that it stands for.
    var typed: [[UInt8]]
  }

  private var stems = WordTable()
  private var stemFacts: [Stem] = []
  private var beginnings = WordBeginnings()
  /// The words of the texts so far, so that each is stemmed once.
  private var words = WordTable()
  /// For each word the number of its stem; nil if the query does not have it.
  private var stemOfWord: [UInt32?] = []
  private var tokenizer = Tokenizer()

  init(_ plan: QueryPlan) {
    weights = plan.shares
    for group in plan.groups {
      for (stem, _, relation) in group.pageStems {
        let number = Int(stems.insert(stem))
        if number < stemFacts.count {
          stemFacts[number].bits |= group.bits
          stemFacts[number].typed += group.typed
        } else {
          stemFacts.append(Stem(bits: group.bits, relation: relation, typed: group.typed))
          beginnings.insert(stem)
        }
      }
    }
  }

  mutating func matches(in bytes: Span<UInt8>) -> [Match] {
    var found: [Match] = []
    guard !stemFacts.isEmpty else { return found }
    var index = 0
    while index < bytes.count {
      guard bytes[index] > 0x20 else {
        index += 1
        continue
      }
      let start = index
      let isCandidate = beginnings.isCandidate(at: &index, in: bytes)
      guard isCandidate else { continue }
      while QueryWordFinder.mayGoOn(start..<index, in: bytes) {
        let end = QueryWordFinder.endOfNextPiece(after: index, in: bytes)
        guard end > index else { break }
        index = end
      }
      find(in: bytes.extracting(start..<index), from: start, &found)
    }
    return found
  }

  /// The word of the query that a match is, if it differs from what was typed.
  func word(of match: Match, in bytes: Span<UInt8>) -> MatchedWord? {
    guard !match.isTyped else { return nil }
    let stem = stemFacts[Int(match.stem)]
    guard let typed = stem.typed.first else { return nil }
    return MatchedWord(
      found: String(decoding: bytes.array(match.range), as: UTF8.self),
      typed: String(decoding: typed, as: UTF8.self), relation: stem.relation)
  }

  /// Whether a term may have its next part behind a space: “suffi cient”, “2 500 000”.
  private static func mayGoOn(_ piece: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    guard piece.count <= longestTerm else { return false }
    if piece.count <= shortestWhole { return true }
    let last = bytes[piece.upperBound - 1]
    // The last character may be a ligature: ﬀ, ﬁ, ﬂ, ﬃ, ﬄ.
    if 0x80...0x84 ~= last, bytes[piece.upperBound - 2] == 0xAC { return true }
    if bytes[piece.upperBound - 2] | 0x20 == UInt8(ascii: "f") {
      return [UInt8(ascii: "f"), UInt8(ascii: "i"), UInt8(ascii: "l")].contains(last | 0x20)
    }
    return 0x30...0x39 ~= last && 0x30...0x39 ~= bytes[piece.lowerBound]
  }

  private static let shortestWhole = 4
  private static let longestTerm = 40

  private static func endOfNextPiece(after index: Int, in bytes: Span<UInt8>) -> Int {
    var end = index
    while end < bytes.count, bytes[end] <= 0x20 { end += 1 }
    guard end < bytes.count else { return index }
    while end < bytes.count, bytes[end] > 0x20 { end += 1 }
    return end
  }

  private mutating func find(in bytes: Span<UInt8>, from start: Int, _ matches: inout [Match]) {
    var broken: (word: [UInt8], start: Int)?
    // Taken out, since the closure also changes `self`.
    var tokenizer = Tokenizer()
    swap(&tokenizer, &self.tokenizer)
    defer { swap(&tokenizer, &self.tokenizer) }
    tokenizer.each(in: bytes) { word, range, role in
      let range = range.lowerBound + start..<range.upperBound + start
      let isPart =
        switch role {
        case .part, .spelling: true
        case .word, .whole: false
        }
      if let match = match(word, range) { matches.append(match) }
      if isPart { return }
      if let former = broken, matches.last?.range != range,
        let whole = match(former.word + word, former.start..<range.upperBound)
      {
        matches.append(whole)
      }
      broken = word.endsInLigature ? (word, range.lowerBound) : nil
    }
  }

  /// A word of a text as a match; nil if the query does not have its stem.
  private mutating func match(_ word: [UInt8], _ range: Range<Int>) -> Match? {
    let number = Int(words.insert(word))
    if number == stemOfWord.count { stemOfWord.append(stems.number(of: Stemmer.stem(word))) }
    guard let stem = stemOfWord[number] else { return nil }
    let facts = stemFacts[Int(stem)]
    return Match(
      range: range, bits: facts.bits, stem: stem, isTyped: facts.typed.contains(word))
  }
}

/// The first two letters of the words that may have the stems of a query.
private struct WordBeginnings: Sendable {
  /// By the first byte and by the lowest five bits of the first two.
  private var first = [Bool](repeating: false, count: 32)
  private var firstTwo = [Bool](repeating: false, count: 1024)

  mutating func insert(_ stem: [UInt8]) {
    let letters = stem.filter { ASCII.folded($0) != nil || $0 >= 0x80 }
    insert(letters[...])
    for spelling in AmericanSpelling.beginnings(ofWordsSpelled: letters) { insert(spelling[...]) }
  }

  private mutating func insert(_ letters: ArraySlice<UInt8>) {
    guard let letter = letters.first, letter < 0x80 else { return }
    first[Int(letter & 31)] = true
    if letters.count > 1 {
      firstTwo[WordBeginnings.place(letter, letters[letters.startIndex + 1])] = true
    } else {
      // A word of a single letter may be the beginning of an abbreviation.
      for second in 0..<32 { firstTwo[Int(letter & 31) << 5 | second] = true }
    }
  }

  private static func place(_ first: UInt8, _ second: UInt8) -> Int {
    // The stemmer makes “dy” of “die”, and the other way round.
    let second = second | 0x20 == UInt8(ascii: "y") ? UInt8(ascii: "i") : second
    return Int(first & 31) << 5 | Int(second & 31)
  }

  /// Whether a piece between spaces may have one of the words.
  ///
  /// - Parameters:
  ///   - index: Where it begins; moved to its end.
  ///   - bytes: The text.
  /// - Returns: False if it has none of them.
  func isCandidate(at index: inout Int, in bytes: Span<UInt8>) -> Bool {
    var isCandidate = false
    var isInWord = false
    while index < bytes.count, bytes[index] > 0x20 {
      let byte = bytes[index]
      defer { index += 1 }
      if byte >= 0x80 {
        // Punctuation of U+2000 to U+206F, the only such bytes in most English text.
        if byte == 0xE2, index + 2 < bytes.count, bytes[index + 1] & 0xFE == 0x80 {
          isInWord = false
          index += 2
        } else if !isInWord || byte >= 0xE3 {
          isCandidate = true
          isInWord = true
        }
        continue
      }
      guard ASCII.folded(byte) != nil else {
        isInWord = false
        continue
      }
      if isInWord { continue }
      isInWord = true
      guard !isCandidate, first[Int(byte & 31)] else { continue }
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0x20
      isCandidate = ASCII.folded(next) == nil || firstTwo[WordBeginnings.place(byte, next)]
    }
    return isCandidate
  }
}

extension Span<UInt8> {
  /// A copy of some of it.
  func array(_ range: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for index in range { bytes.append(self[index]) }
    return bytes
  }
}
