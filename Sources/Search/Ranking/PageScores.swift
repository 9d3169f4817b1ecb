/// Scores the pages of files by BM25 and finds the best ones of each file.
struct PageScores {
  private let index: PageIndex
  /// For each segment the scores of its pages; none for a segment without any of the words.
  private var scores: [[Float]] = []
  /// The words of the query on each page; only the first eight, since this matters in short
  /// queries only.
  private var bits: [[UInt8]] = []
  /// Whether all pages were scored: time did not run out and every segment could be read.
  private(set) var isComplete = true

  /// One word of the query: its pages in each segment, and its weight.
  private struct Term {
    let lists: [PostingList?]
    let factor: Float
    let bits: UInt8
  }

  init(_ plan: QueryPlan, _ index: PageIndex, until isOver: () -> Bool) {
    self.index = index
    guard !index.isEmpty else { return }
    var terms: [Term] = []
    var hasRunOut = false
    defer { isComplete = isComplete && !hasRunOut }
    for group in plan.groups {
      for (stem, weight, _) in group.pageStems where !hasRunOut {
        let postings = index.postings(of: stem)
        isComplete = postings.isComplete && isComplete
        let idf = QueryPlan.idf(postings.count, of: index.count)
        terms.append(
          Term(
            lists: postings.lists,
            factor: weight * idf * group.times * (Ranking.Weight.saturation + 1),
            bits: UInt8(truncatingIfNeeded: group.bits)))
        hasRunOut = isOver()
      }
    }
    for segment in 0..<index.segments where !hasRunOut {
      add(terms, ofSegment: segment)
      hasRunOut = isOver()
    }
  }

  /// Puts pages before all others of their files.
  mutating func prefer(_ pages: [BitSet]) {
    for (segment, places) in pages.enumerated()
    where segment < scores.count && !scores[segment].isEmpty {
      places.each { scores[segment][$0] += PageScores.preference }
    }
  }

  /// More than any query can score.
  private static let preference: Float = 10_000

  /// The score of the best page of a file.
  ///
  /// - Parameter number: The number of the file in the index of pages; -1 for none.
  /// - Returns: The score; 0 if no page has a word.
  func best(ofNumber number: Int32) -> Float {
    guard let location = index.location(ofNumber: number), location.segment < scores.count,
      !scores[location.segment].isEmpty
    else { return 0 }
    return scores[location.segment][location.pages].reduce(0, max)
  }

  /// The words of the query on the best page of a file.
  func bits(of file: Int64) -> UInt64 {
    guard let (segment, pages) = location(of: file) else { return 0 }
    let page = pages.max { (scores[segment][$0], $1) < (scores[segment][$1], $0) }
    return page.map { UInt64(bits[segment][$0]) } ?? 0
  }

  /// The numbers of the best pages of a file, counted from 1, best first.
  func bestPages(of file: Int64, most: Int) -> [Int] {
    guard let (segment, pages) = location(of: file) else { return [] }
    return pages.filter { scores[segment][$0] > 0 }
      .sorted { (scores[segment][$0], $1) > (scores[segment][$1], $0) }
      .prefix(most).map { $0 - pages.lowerBound + 1 }
  }

  private func location(of file: Int64) -> (segment: Int, pages: Range<Int>)? {
    guard file != 0, let location = index.location(of: file), location.segment < scores.count,
      !scores[location.segment].isEmpty
    else { return nil }
    return (location.segment, location.pages)
  }

  private mutating func add(_ terms: [Term], ofSegment segment: Int) {
    var scores: [Float] = []
    var bits: [UInt8] = []
    let lengths = index.lengths(ofSegment: segment)
    for term in terms {
      guard let list = term.lists[segment] else { continue }
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
