internal import Foundation

/// Scores a document by how it has the words of a query, in addition to which of them it has.
///
/// Adjacent pairs of words and words as they were typed raise the score, missing words lower it, and
/// newer documents rank slightly higher.
struct Reranker {
  private let plan: QueryPlan
  private let records: RecordIndex
  private let table: QueryWords
  /// The sum of the weights of all words.
  private let shares: Float

  init(_ plan: QueryPlan, _ records: RecordIndex) {
    self.plan = plan
    self.records = records
    table = QueryWords(plan, records)
    shares = plan.shares.reduce(0, +)
  }

  /// The final score of a document.
  ///
  /// - Parameters:
  ///   - place: The document.
  ///   - score: Its score for the words.
  ///   - pageBits: The words of the query on the best page of its file.
  /// - Returns: The score, at most ``limit(of:)``.
  func score(of place: Int, having score: Float, pageBits: UInt64) -> Float {
    let (bits, pairs, exact) = matches(at: place)
    let age = 1 + Ranking.Weight.recency * records.recency(of: place)
    return (score + Ranking.Weight.pair * pairs + Ranking.Weight.exact * exact)
      * coverage(bits | pageBits) * age
  }

  /// The highest final score of a document with a score for its words.
  func limit(of score: Float) -> Float {
    var pairs: Float = 0
    for (first, second) in zip(plan.shares, plan.shares.dropFirst()) { pairs += first + second }
    return
      (score + Ranking.Weight.pair * pairs * (Ranking.Weight.saturation + 1)
      + Ranking.Weight.exact * shares) * (1 + Ranking.Weight.recency)
  }

  /// The share of the query's weight that is there, to a power that falls with its length.
  private func coverage(_ bits: UInt64) -> Float {
    let count = plan.shares.count
    guard count > 1, count <= Ranking.Weight.wordsAllRequired else { return 1 }
    return pow(shares(of: bits) / max(shares, .leastNonzeroMagnitude), 2 / Float(count))
  }

  private func shares(of bits: UInt64) -> Float {
    var sum: Float = 0
    for (index, share) in plan.shares.enumerated() where bits & (1 << UInt64(index)) != 0 {
      sum += share
    }
    return sum
  }

  private func matches(at place: Int) -> (bits: UInt64, pairs: Float, exact: Float) {
    var bits: UInt64 = 0
    var last: UInt64 = 0
    // Before the position of `last`.
    var beforeLast: UInt64 = 0
    var exactBits: UInt64 = 0
    // By the second word of the pair.
    var pairCounts = InlineArray<64, Float>(repeating: 0)
    var pairBits: UInt64 = 0
    var weight: Float = 1
    let titleWeight = Float(RecordIndex.Field.title.weight)
    for word in records.words(at: place) {
      let here = table.bits(of: word.word)
      let isAtSamePosition = word.isAtSamePosition
      if here != 0 {
        bits |= here
        if table.isExact(word.word) { exactBits |= here }
        let before = isAtSamePosition ? beforeLast : last
        var pair = (before << 1) & here
        pairBits |= pair
        while pair != 0 {
          pairCounts[pair.trailingZeroBitCount] += weight
          pair &= pair - 1
        }
        beforeLast = before
        last = isAtSamePosition ? last | here : here
      } else if isAtSamePosition {
        continue
      } else if word >= RecordIndex.Field.firstMarker {
        if word != RecordIndex.Field.gap {
          weight = word == RecordIndex.Field.title.marker ? titleWeight : 1
        }
        beforeLast = 0
        last = 0
      } else if last | beforeLast != 0, !records.vocabulary.saysNothing[Int(word)] {
        // Stop words may be between the two words of a pair.
        beforeLast = last
        last = 0
      }
    }
    var pairs: Float = 0
    let norm =
      Ranking.Weight.saturation
      * (1 - Ranking.Weight.length
        + Ranking.Weight.length * records.lengths[place] / records.averageLength)
    while pairBits != 0 {
      let index = pairBits.trailingZeroBitCount
      let idf = plan.shares[index] + plan.shares[index - 1]
      let count = pairCounts[index]
      pairs += idf * count * (Ranking.Weight.saturation + 1) / (count + norm)
      pairBits &= pairBits - 1
    }
    return (bits, pairs, shares(of: exactBits))
  }
}

/// Maps words of the index to the words of a query, in a small open hash table.
private struct QueryWords {
  private var words: [UInt32]
  private var bits: [UInt64]
  /// A bit for the lowest bits of each word in the table, which rules out most words at once.
  private var filter: [UInt64]
  private let mask: UInt32
  /// The words that were typed.
  private let exact: Set<UInt32>

  init(_ plan: QueryPlan, _ records: RecordIndex) {
    exact = Set(plan.groups.flatMap(\.exact))
    var found: [(word: UInt32, bits: UInt64)] = []
    for group in plan.groups {
      for alternative in group.alternatives {
        for word in records.vocabulary.words(of: alternative.stem) {
          found.append((word, group.bits))
        }
      }
    }
    var size = 64
    while size < 4 * found.count { size *= 2 }
    mask = UInt32(size - 1)
    words = Array(repeating: .max, count: size)
    bits = Array(repeating: 0, count: size)
    filter = Array(repeating: 0, count: size / 64)
    for (word, more) in found {
      var place = word & mask
      filter[Int(place >> 6)] |= 1 << UInt64(place & 63)
      while words[Int(place)] != word, words[Int(place)] != .max { place = (place + 1) & mask }
      words[Int(place)] = word
      bits[Int(place)] |= more
    }
  }

  func isExact(_ word: UInt32) -> Bool { exact.contains(word) }

  @inline(__always)
  func bits(of word: UInt32) -> UInt64 {
    var place = word & mask
    guard filter[Int(place >> 6)] & (1 << UInt64(place & 63)) != 0 else { return 0 }
    while words[Int(place)] != .max {
      if words[Int(place)] == word { return bits[Int(place)] }
      place = (place + 1) & mask
    }
    return 0
  }
}
