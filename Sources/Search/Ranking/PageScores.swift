/// How good the pages of files are by BM25 over their words, and which of each file are the best.
struct PageScores {
  private let index: PageIndex
  /// For each part the scores of its pages; none for a part without any of the words.
  private var scores: [[Float]] = []
  /// The words of the query that stand on each page; more than eight are not told apart, since only
  /// of short queries it matters which are there.
  private var bits: [[UInt8]] = []
  /// Whether all was looked at before time ran out.
  private(set) var isComplete = true

  /// One word of the query: its pages in each part, and what it is worth.
  private struct Term {
    let lists: [PostingList?]
    let factor: Float
    let bits: UInt8
  }

  init(_ plan: QueryPlan, _ index: PageIndex, until isOver: () -> Bool) {
    self.index = index
    guard !index.isEmpty else { return }
    var terms: [Term] = []
    for group in plan.groups {
      for (stem, weight) in group.pageStems where isComplete {
        let lists = index.lists(of: stem)
        let count = lists.reduce(0) { $0 + ($1?.count ?? 0) }
        let idf = QueryPlan.idf(count, of: max(count, index.count))
        terms.append(
          Term(
            lists: lists,
            factor: weight * idf * group.times * (Ranking.Weight.saturation + 1),
            bits: UInt8(truncatingIfNeeded: group.bits)))
        isComplete = !isOver()
      }
    }
    for part in 0..<index.parts where isComplete {
      add(terms, ofPart: part)
      isComplete = !isOver()
    }
  }

  /// Puts pages before all others of their files.
  mutating func prefer(_ pages: [BitSet]) {
    for (part, places) in pages.enumerated() where part < scores.count && !scores[part].isEmpty {
      places.each { scores[part][$0] += PageScores.preference }
    }
  }

  /// More than the words of any query add up to.
  private static let preference: Float = 10_000

  /// The score of the best page of a file; 0 when none has a word.
  func best(of file: Int64) -> Float {
    guard let (part, pages) = location(of: file) else { return 0 }
    var best: Float = 0
    for page in pages { best = max(best, scores[part][page]) }
    return best
  }

  /// The words of the query that stand on the best page of a file.
  func bits(of file: Int64) -> UInt64 {
    guard let (part, pages) = location(of: file) else { return 0 }
    let page = pages.max { (scores[part][$0], $1) < (scores[part][$1], $0) }
    return page.map { UInt64(bits[part][$0]) } ?? 0
  }

  /// The numbers of the best pages of a file, counted from 1, best first.
  func bestPages(of file: Int64, most: Int) -> [Int] {
    guard let (part, pages) = location(of: file) else { return [] }
    return pages.filter { scores[part][$0] > 0 }
      .sorted { (scores[part][$0], $1) > (scores[part][$1], $0) }
      .prefix(most).map { $0 - pages.lowerBound + 1 }
  }

  private func location(of file: Int64) -> (part: Int, pages: Range<Int>)? {
    guard file != 0, let location = index.location(of: file), location.part < scores.count,
      !scores[location.part].isEmpty
    else { return nil }
    return (location.part, location.pages)
  }

  private mutating func add(_ terms: [Term], ofPart part: Int) {
    var scores: [Float] = []
    var bits: [UInt8] = []
    let lengths = index.lengths(ofPart: part)
    for term in terms {
      guard let list = term.lists[part] else { continue }
      if scores.isEmpty {
        scores = Array(repeating: 0, count: lengths.count)
        bits = Array(repeating: 0, count: lengths.count)
      }
      PageScores.add(list, term, lengths, index.averageLength, to: &scores, &bits)
    }
    self.scores.append(scores)
    self.bits.append(bits)
  }

  private static func add(
    _ list: PostingList, _ term: Term, _ lengths: [UInt16], _ averageLength: Float,
    to scores: inout [Float], _ bits: inout [UInt8]
  ) {
    let base = Ranking.Weight.saturation * (1 - Ranking.Weight.length)
    let slope = Ranking.Weight.saturation * Ranking.Weight.length / averageLength
    let lengths = lengths.span
    var sums = scores.mutableSpan
    var seen = bits.mutableSpan
    list.each { page, times in
      // A list that was damaged on disk names other pages.
      guard page < sums.count else { return }
      let count = Float(times)
      sums[page] += term.factor * count / (count + base + slope * Float(lengths[page]))
      seen[page] |= term.bits
    }
  }
}
