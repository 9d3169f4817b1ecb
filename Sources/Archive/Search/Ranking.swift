internal import Foundation

/// The order of what a query finds.
///
/// Documents are scored by BM25 over the words of the record, a word of the title counting twice,
/// and by a share of the score of the best page of the file. The best are then scored more
/// closely: pairs of words that stand together count, words as they were typed go before others of
/// the same stem, and what lacks words that tell much is put back.
struct Ranking {
  /// A document and how good it is.
  struct Ranked: Sendable {
    let place: Int
    let score: Float
  }

  private let plan: QueryPlan
  private let records: RecordIndex
  private let pages: PageIndex
  private(set) var scores: [Float]
  private(set) var pageScores: [Float] = []
  private var pageBits: [UInt64] = []
  private let table: StemTable

  enum Weight {
    static let saturation: Float = 1.5
    static let length: Float = 0.75
    /// Of the best page beside the record.
    static let page: Float = 0.5
    static let pair: Float = 0.15
    /// Of a word as it was typed, beside others of its stem.
    static let exact: Float = 0.03
    /// Of the newest publication beside the oldest.
    static let recency: Float = 0.01
    /// The most words of a query whose lack puts a document back.
    static let wordsAllRequired = 8
    /// How many are scored more closely.
    static let closely = 200
  }

  init(_ plan: QueryPlan, _ records: RecordIndex, _ pages: PageIndex) {
    self.plan = plan
    self.records = records
    self.pages = pages
    table = StemTable(plan)
    scores = Array(repeating: 0, count: records.documents.count)
  }

  /// Scores every document and page.
  ///
  /// - Parameter isOver: Asked between words; true cuts it off.
  /// - Returns: Whether it came to the end.
  mutating func accumulate(until isOver: () -> Bool) -> Bool {
    for group in plan.groups {
      if isOver() { return false }
      accumulateRecords(group)
    }
    guard !pages.isEmpty else { return true }
    pageScores = Array(repeating: 0, count: pages.lengths.count)
    pageBits = Array(repeating: 0, count: pages.lengths.count)
    for group in plan.groups {
      if isOver() { return false }
      accumulatePages(group)
    }
    return true
  }

  private mutating func accumulateRecords(_ group: QueryPlan.Group) {
    let base = Weight.saturation * (1 - Weight.length)
    let slope = Weight.saturation * Weight.length / records.averageLength
    if group.alternatives.count == 1 {
      let alternative = group.alternatives[0]
      let factor = alternative.weight * alternative.idf * group.times * (Weight.saturation + 1)
      for posting in records.postings[Int(alternative.stem)] {
        let place = Int(posting >> 8)
        if group.parts.count == 2, group.parts.allSatisfy({ records.has($0, at: place) }) {
          continue
        }
        let count = Float(posting & 0xFF)
        scores[place] += factor * count / (count + base + slope * records.lengths[place])
      }
      return
    }
    // Of alternatives the best counts.
    var best = [Float](repeating: 0, count: scores.count)
    for alternative in group.alternatives {
      let factor = alternative.weight * alternative.idf * group.times * (Weight.saturation + 1)
      for posting in records.postings[Int(alternative.stem)] {
        let place = Int(posting >> 8)
        let count = Float(posting & 0xFF)
        let score = factor * count / (count + base + slope * records.lengths[place])
        if score > best[place] { best[place] = score }
      }
    }
    for place in best.indices { scores[place] += best[place] }
  }

  private mutating func accumulatePages(_ group: QueryPlan.Group) {
    let base = Weight.saturation * (1 - Weight.length)
    let slope = Weight.saturation * Weight.length / pages.averageLength
    let bits = group.bits
    for (stem, weight) in group.pageStems {
      guard let found = pages.pages(of: stem) else { continue }
      let idf = QueryPlan.idf(Int(found.count), of: pages.lengths.count)
      let factor = weight * idf * group.times * (Weight.saturation + 1)
      found.each { page, count in
        pageScores[page] += factor * count / (count + base + slope * pages.lengths[page])
        pageBits[page] |= bits
      }
    }
  }

  /// Adds to each document's score that of the best page of its file.
  mutating func addPages() {
    guard !pageScores.isEmpty else { return }
    for (place, document) in records.documents.enumerated() where document.file != 0 {
      guard let range = pages.range(of: document.file) else { continue }
      var best: Float = 0
      for page in range { best = max(best, pageScores[page]) }
      scores[place] += best * Weight.page
    }
  }

  /// Takes documents out of what is found.
  mutating func hide(_ places: [Int]) {
    for place in places { scores[place] = -1 }
  }

  /// The best pages of a document's file, best first, by their numbers in the index of pages.
  func bestPages(of place: Int, most: Int) -> [Int] {
    let file = records.documents[place].file
    guard !pageScores.isEmpty, file != 0, let range = pages.range(of: file) else { return [] }
    var best: [Int] = []
    for page in range where pageScores[page] > 0 {
      let rank = best.firstIndex { pageScores[$0] < pageScores[page] } ?? best.count
      guard rank < most else { continue }
      best.insert(page, at: rank)
      if best.count > most { best.removeLast() }
    }
    return best
  }

  /// Scores a document more closely than by its words alone.
  func closerScore(of place: Int) -> Float {
    let (bits, pairs, exact) = matches(in: records.documents[place], at: place)
    let all = bits | (bestPages(of: place, most: 1).first.map { pageBits[$0] } ?? 0)
    let age = 1 + Weight.recency * records.recency(of: place)
    return (scores[place] + Weight.pair * pairs + Weight.exact * exact) * coverage(all) * age
  }

  /// The part of what the query tells that is there, to a power that falls with its length.
  private func coverage(_ bits: UInt64) -> Float {
    let count = plan.shares.count
    guard count > 1, count <= Weight.wordsAllRequired else { return 1 }
    var found: Float = 0
    var all: Float = 0
    for (index, share) in plan.shares.enumerated() {
      all += share
      if bits & (1 << UInt64(index)) != 0 { found += share }
    }
    return pow(found / max(all, .leastNonzeroMagnitude), 2 / Float(count))
  }

  private func matches(
    in document: RecordIndex.Document, at place: Int
  ) -> (bits: UInt64, pairs: Float, exact: Float) {
    var bits: UInt64 = 0
    var last: UInt64 = 0
    var exactBits: UInt64 = 0
    // By the second word of the pair.
    var pairCounts = InlineArray<64, Float>(repeating: 0)
    var pairBits: UInt64 = 0
    var weight: Float = 1
    for word in document.words {
      if word >= RecordIndex.Field.firstMarker {
        if word != RecordIndex.Field.gap {
          weight = word == RecordIndex.Field.title.marker ? 2 : 1
        }
        last = 0
        continue
      }
      let here = table.bits(of: records.stemOfWord[Int(word)])
      if here != 0 {
        bits |= here
        if table.exact.contains(word) { exactBits |= here }
        var pair = (last << 1) & here
        pairBits |= pair
        while pair != 0 {
          pairCounts[pair.trailingZeroBitCount] += weight
          pair &= pair - 1
        }
      }
      // Words that say nothing may stand between two that belong together.
      if here != 0 || !records.saysNothing[Int(word)] { last = here }
    }
    var pairs: Float = 0
    let norm =
      Weight.saturation
      * (1 - Weight.length + Weight.length * records.lengths[place] / records.averageLength)
    while pairBits != 0 {
      let index = pairBits.trailingZeroBitCount
      let idf = plan.shares[index] + plan.shares[index - 1]
      let count = pairCounts[index]
      pairs += idf * count * (Weight.saturation + 1) / (count + norm)
      pairBits &= pairBits - 1
    }
    var exact: Float = 0
    for (index, share) in plan.shares.enumerated() where exactBits & (1 << UInt64(index)) != 0 {
      exact += share
    }
    return (bits, pairs, exact)
  }
}

/// Which words of a query a stem stands for, in a small open table: most words of a text are none.
private struct StemTable {
  private var stems = [UInt32](repeating: .max, count: 512)
  private var bits = [UInt64](repeating: 0, count: 512)
  /// The words that were typed.
  let exact: Set<UInt32>

  init(_ plan: QueryPlan) {
    exact = Set(plan.groups.flatMap(\.exact))
    var count = 0
    for group in plan.groups {
      for alternative in group.alternatives where count < 400 {
        var place = Int(alternative.stem & 511)
        while stems[place] != alternative.stem, stems[place] != .max { place = (place + 1) & 511 }
        count += stems[place] == .max ? 1 : 0
        stems[place] = alternative.stem
        bits[place] |= group.bits
      }
    }
  }

  @inline(__always)
  func bits(of stem: UInt32) -> UInt64 {
    var place = Int(stem & 511)
    while stems[place] != .max {
      if stems[place] == stem { return bits[place] }
      place = (place + 1) & 511
    }
    return 0
  }
}
