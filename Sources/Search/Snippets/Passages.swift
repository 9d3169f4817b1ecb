/// Finds the passage of a text that matches a query best.
struct Passages {
  struct Passage {
    /// In bytes of the text.
    let range: Range<Int>
    let score: Float
    /// Whether prose is before or after it.
    let isCutBefore: Bool
    let isCutAfter: Bool
  }

  private let sentences: [Sentence]
  private let matches: [QueryWordFinder.Match]
  private let weights: [Float]
  private let total: Float

  /// Bytes of a passage, about; sentences are added up to this.
  private static let length = 240
  /// A longer sentence is shortened.
  private static let longestSentence = 500
  private static let mostSentences = 3
  /// Bytes that a shortened sentence may begin before its first match.
  private static let lead = 60

  /// What a passage gains for words near each other, beside 1 for all words; and what each more
  /// sentence costs.
  private static let proximity: Float = 0.3
  private static let more: Float = 0.15
  /// What a word that is there once more gains.
  private static let repeated: Float = 0.02
  /// Within so many bytes words are near each other.
  private static let near: Float = 30

  init(_ sentences: [Sentence], _ matches: [QueryWordFinder.Match], _ weights: [Float]) {
    self.sentences = sentences
    self.matches = matches
    self.weights = weights
    total = max(weights.reduce(0, +), .leastNonzeroMagnitude)
  }

  /// The best passage; the beginning of a text without words of the query.
  func best(in bytes: Span<UInt8>) -> Passage {
    guard let best = bestSentences else {
      // The words may only be in a table or a list of contents.
      if let match = focus { return piece(from: match, of: 0..<bytes.count, in: bytes, score: 0.1) }
      guard
        let first = sentences.firstIndex(where: { $0.kind == .whole })
          ?? (sentences.isEmpty ? nil : 0)
      else { return piece(from: 0, of: 0..<bytes.count, in: bytes, score: 0) }
      return passage(of: extended(first...first), score: 0, in: bytes)
    }
    return passage(of: extended(best.sentences), score: best.score, in: bytes)
  }

  private func passage(
    of chosen: ClosedRange<Int>, score: Float, in bytes: Span<UInt8>
  ) -> Passage {
    let range =
      sentences[chosen.lowerBound].range
      .lowerBound..<sentences[chosen.upperBound].range
      .upperBound
    let first = sentences[0].range.lowerBound
    let last = sentences[sentences.count - 1].range.upperBound
    if range.count > Passages.longestSentence {
      let start = matches.first { $0.range.lowerBound >= range.lowerBound }?.range.lowerBound
      let focus = focus(in: range) ?? min(start ?? range.lowerBound, range.upperBound)
      let cut = piece(from: focus, of: range, in: bytes, score: score)
      return Passage(
        range: cut.range, score: score,
        isCutBefore: cut.isCutBefore || range.lowerBound > first,
        isCutAfter: cut.isCutAfter || range.upperBound < last)
    }
    return Passage(
      range: range, score: score, isCutBefore: range.lowerBound > first,
      isCutAfter: range.upperBound < last)
  }

  private var bestSentences: (sentences: ClosedRange<Int>, score: Float)? {
    var best: (sentences: ClosedRange<Int>, score: Float)?
    var firstMatch = 0
    for first in sentences.indices {
      let start = sentences[first].range.lowerBound
      while firstMatch < matches.count, matches[firstMatch].range.lowerBound < start {
        firstMatch += 1
      }
      guard firstMatch < matches.count else { break }
      // It begins with a sentence that has a word.
      guard matches[firstMatch].range.lowerBound < sentences[first].range.upperBound else {
        continue
      }
      var sum = Sum(self)
      var next = firstMatch
      for last in first..<min(first + Passages.mostSentences, sentences.count) {
        if last > first {
          guard sentences[last].paragraph == sentences[first].paragraph,
            sentences[last].range.upperBound - start <= Passages.longestSentence
          else { break }
        }
        let before = next
        while next < matches.count,
          matches[next].range.lowerBound < sentences[last].range.upperBound
        {
          sum.add(matches[next])
          next += 1
        }
        guard next > before else { continue }
        let score =
          (sum.score - Passages.more * Float(last - first)) * share(of: sentences[first].kind)
        if score > best?.score ?? 0 { best = (first...last, score) }
      }
    }
    return best
  }

  /// What a passage is worth by how it begins.
  private func share(of kind: Sentence.Kind) -> Float {
    switch kind {
    case .whole: 1
    case .fragment: 0.7
    case .heading: 0.4
    }
  }

  /// How well the words of a passage cover those of the query.
  private struct Sum {
    private let passages: Passages
    private var bits: UInt64 = 0
    private var coverage: Float = 0
    private var nearness: Float = 0
    private var count = 0
    private var last: QueryWordFinder.Match?

    init(_ passages: Passages) { self.passages = passages }

    mutating func add(_ match: QueryWordFinder.Match) {
      coverage += passages.weight(of: match.bits & ~bits)
      bits |= match.bits
      count += 1
      if let last, last.bits != match.bits {
        let distance = Float(max(0, match.range.lowerBound - last.range.upperBound))
        let pair = passages.weight(of: last.bits | match.bits)
        nearness = max(nearness, pair / (1 + distance / Passages.near))
      }
      last = match
    }

    var score: Float {
      (coverage + Passages.proximity * nearness) / passages.total
        + Passages.repeated * Float(min(count - bits.nonzeroBitCount, 5))
    }
  }

  private func weight(of bits: UInt64) -> Float {
    var sum: Float = 0
    var rest = bits
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      if bit < weights.count { sum += weights[bit] }
      rest &= rest - 1
    }
    return sum
  }

  /// The sentences with those after and before them that there is room for.
  private func extended(_ chosen: ClosedRange<Int>) -> ClosedRange<Int> {
    var (first, last) = (chosen.lowerBound, chosen.upperBound)
    func hasRoom(_ first: Int, _ last: Int) -> Bool {
      last - first < Passages.mostSentences
        && sentences[last].range.upperBound - sentences[first].range.lowerBound <= Passages.length
    }
    func isContext(_ index: Int, behind other: Int) -> Bool {
      sentences[index].kind != .heading && sentences[other].followsPrevious
    }
    while last + 1 < sentences.count, isContext(last + 1, behind: last + 1),
      hasRoom(first, last + 1)
    {
      last += 1
    }
    while first > 0, isContext(first - 1, behind: first), sentences[first - 1].kind == .whole,
      hasRoom(first - 1, last)
    {
      first -= 1
    }
    return first...last
  }

  // MARK: Pieces of what has no sentences

  private var focus: Int? { focus(in: 0..<Int.max) }

  /// Where the stretch of a passage's length begins that has the heaviest words.
  private func focus(in range: Range<Int>) -> Int? {
    var best: (start: Int, weight: Float)?
    for (index, match) in matches.enumerated() where range.contains(match.range.lowerBound) {
      var bits: UInt64 = 0
      for other in matches[index...] {
        guard other.range.upperBound - match.range.lowerBound <= Passages.length - Passages.lead
        else { break }
        bits |= other.bits
      }
      let weight = weight(of: bits)
      if weight > best?.weight ?? -1 { best = (match.range.lowerBound, weight) }
    }
    return best?.start
  }

  /// The words around a place: from the beginning of one to the end of another.
  private func piece(
    from focus: Int, of whole: Range<Int>, in bytes: Span<UInt8>, score: Float
  ) -> Passage {
    var start = whole.lowerBound
    if focus - start > Passages.lead {
      start = focus
      for index in (focus - Passages.lead)..<focus
      where bytes[index] <= 0x20 || bytes[index] >= 0xE3 {
        start = bytes[index] <= 0x20 ? index + 1 : index
        break
      }
    }
    var end = whole.upperBound
    if end - start > Passages.length {
      let limit = start + Passages.length
      end = limit
      while end > start + Passages.length / 2, bytes[end] > 0x20 { end -= 1 }
      if bytes[end] > 0x20 { end = limit }
      // Without spaces there, at the beginning of a character.
      while end > start, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    while start < end, bytes[start] <= 0x20 { start += 1 }
    return Passage(
      range: start..<end, score: score, isCutBefore: start > whole.lowerBound,
      isCutAfter: end < whole.upperBound)
  }
}
