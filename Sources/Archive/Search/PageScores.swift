/// How good the pages of files are by BM25 over their words, and which of each file are the best.
///
/// The index is walked part by part, so that what is held is bounded by the pages of one part.
struct PageScores {
  /// The best pages of a file, best first.
  struct Pages {
    /// Counted from 1, each with its score.
    fileprivate(set) var best: [(number: Int, score: Float)] = []
    /// The words of the query that stand on the best one.
    fileprivate(set) var bits: UInt64 = 0

    var score: Float { best.first?.score ?? 0 }
  }

  /// For each part the best pages of its files; files without any have no score.
  private var files: [[Pages]] = []
  private let index: PageIndex
  /// Whether all was looked at before time ran out.
  private(set) var isComplete = true

  /// One word of the query: its pages in each part, and what it is worth.
  private struct Term {
    let lists: [PageList?]
    let factor: Float
    let bits: UInt64
  }

  init(_ plan: QueryPlan, _ index: PageIndex, until isOver: () -> Bool) {
    self.index = index
    guard !index.isEmpty else { return }
    var terms: [Term] = []
    for group in plan.groups {
      for (stem, weight) in group.pageStems {
        if isOver() {
          isComplete = false
          return
        }
        let lists = index.lists(of: stem)
        let count = lists.reduce(0) { $0 + ($1?.count ?? 0) }
        guard count > 0 else { continue }
        let idf = QueryPlan.idf(count, of: max(count, index.count))
        terms.append(
          Term(
            lists: lists,
            factor: weight * idf * group.times * (Ranking.Weight.saturation + 1), bits: group.bits))
      }
    }
    for part in 0..<index.parts {
      if isOver() {
        isComplete = false
        return
      }
      files.append(PageScores.pages(ofPart: part, terms, index))
    }
  }

  /// The best pages of a file; nil when none has a word.
  func pages(of file: Int64) -> Pages? {
    guard let location = index.location(of: file), location.part < files.count,
      location.number < files[location.part].count
    else { return nil }
    let pages = files[location.part][location.number]
    return pages.best.isEmpty ? nil : pages
  }

  private static func pages(ofPart part: Int, _ terms: [Term], _ index: PageIndex) -> [Pages] {
    guard terms.contains(where: { $0.lists[part] != nil }) else { return [] }
    let lengths = index.lengths(ofPart: part)
    let base = Ranking.Weight.saturation * (1 - Ranking.Weight.length)
    let slope = Ranking.Weight.saturation * Ranking.Weight.length / index.averageLength
    var scores = [Float](repeating: 0, count: lengths.count)
    var bits = [UInt64](repeating: 0, count: lengths.count)
    for term in terms {
      guard let list = term.lists[part] else { continue }
      var sums = scores.mutableSpan
      var seen = bits.mutableSpan
      let lengths = lengths.span
      list.each { page, count in
        // A list that was damaged on disk names other pages.
        guard page < sums.count else { return }
        sums[page] += term.factor * count / (count + base + slope * Float(lengths[page]))
        seen[page] |= term.bits
      }
    }
    return index.files[part].map { file in
      var pages = Pages()
      for page in file.pages where scores[page] > 0 {
        let number = page - file.pages.lowerBound + 1
        let rank = pages.best.firstIndex { $0.score < scores[page] } ?? pages.best.count
        guard rank < SearchResult.mostPages else { continue }
        pages.best.insert((number, scores[page]), at: rank)
        if pages.best.count > SearchResult.mostPages { pages.best.removeLast() }
        if rank == 0 { pages.bits = bits[page] }
      }
      return pages
    }
  }
}
