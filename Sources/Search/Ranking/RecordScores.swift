/// Scores each document by BM25 over the words of its record; words of the title count twice.
///
/// All postings of all words are read, since the number of matches is needed too.
struct RecordScores {
  private let records: RecordIndex
  /// The score of each document; 0 without a match.
  private(set) var scores: [Float]
  /// The documents with any of the words.
  private(set) var found: BitSet
  /// The best score of each document among the alternatives of one group; 0 between groups.
  private var best: [Float] = []
  private let norm: Norm

  init(_ records: RecordIndex) {
    self.records = records
    scores = Array(repeating: 0, count: records.documents.count)
    found = BitSet(places: records.documents.count)
    norm = Norm(records)
  }

  /// Adds the scores of one word of the query.
  mutating func add(_ group: QueryPlan.Group) {
    if group.alternatives.count == 1 {
      let alternative = group.alternatives[0]
      RecordScores.add(
        records.postings[alternative.stem], without: places(withBoth: group.parts),
        factor: factor(of: alternative, in: group), norm, to: &scores, &found.bits)
      return
    }
    guard !group.alternatives.isEmpty else { return }
    if best.isEmpty { best = Array(repeating: 0, count: scores.count) }
    for alternative in group.alternatives {
      RecordScores.addBetter(
        records.postings[alternative.stem], factor: factor(of: alternative, in: group), norm,
        than: &best, to: &scores, &found.bits)
    }
    for alternative in group.alternatives {
      for posting in records.postings[alternative.stem] { best[posting.place] = 0 }
    }
  }

  /// Adds the score of the pages of a document's file.
  mutating func add(_ score: Float, at place: Int) {
    scores[place] += score
    found.insert(place)
  }

  private func factor(
    of alternative: QueryPlan.Group.Alternative, in group: QueryPlan.Group
  ) -> Float {
    alternative.weight * alternative.idf * group.times * (Ranking.Weight.saturation + 1)
  }

  /// The length normalization of BM25.
  private struct Norm {
    let lengths: [Float]
    let base = Ranking.Weight.saturation * (1 - Ranking.Weight.length)
    let slope: Float

    init(_ records: RecordIndex) {
      lengths = records.lengths
      slope = Ranking.Weight.saturation * Ranking.Weight.length / records.averageLength
    }
  }

  /// The documents with both of two stems; nil for other numbers of stems.
  private func places(withBoth stems: [UInt32]) -> BitSet? {
    guard stems.count == 2 else { return nil }
    let sets = stems.map { stem in
      var places = BitSet(places: scores.count)
      for posting in records.postings[stem] { places.insert(posting.place) }
      return places
    }
    var both = sets[0]
    both.formIntersection(sets[1])
    return both
  }

  private static func add(
    _ postings: RecordPostings.List, without others: BitSet?, factor: Float, _ norm: Norm,
    to scores: inout [Float], _ found: inout [UInt64]
  ) {
    let lengths = norm.lengths.span
    var sums = scores.mutableSpan
    var bits = found.mutableSpan
    for posting in postings where others?.contains(posting.place) != true {
      let place = posting.place
      let count = Float(posting.count)
      sums[place] += factor * count / (count + norm.base + norm.slope * lengths[place])
      bits[place >> 6] |= 1 << UInt64(place & 63)
    }
  }

  /// Adds how much better each posting scores than other alternatives.
  private static func addBetter(
    _ postings: RecordPostings.List, factor: Float, _ norm: Norm, than best: inout [Float],
    to scores: inout [Float], _ found: inout [UInt64]
  ) {
    let lengths = norm.lengths.span
    var sums = scores.mutableSpan
    var most = best.mutableSpan
    var bits = found.mutableSpan
    for posting in postings {
      let place = posting.place
      let count = Float(posting.count)
      let score = factor * count / (count + norm.base + norm.slope * lengths[place])
      bits[place >> 6] |= 1 << UInt64(place & 63)
      guard score > most[place] else { continue }
      sums[place] += score - most[place]
      most[place] = score
    }
  }
}
