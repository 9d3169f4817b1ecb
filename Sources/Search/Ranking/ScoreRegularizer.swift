/// Moves the scores of candidates towards those of the candidates that they are most like.
///
/// Texts about the same matter tend to be wanted together, so a text among others with high scores
/// is likelier to be what was meant than one that stands alone (Diaz, “Regularizing Query-Based
/// Retrieval Scores”, Information Retrieval 10(6), 2007).
struct ScoreRegularizer {
  let vectors: RecordVectors

  /// How many of the best candidates are compared with each other.
  static let candidates = 50
  /// How many of the most like each are looked at.
  private static let neighbours = 5
  /// How far a score moves.
  ///
  /// Anything from 0.2 to 0.4 ranks about equally well.
  private static let share: Float = 0.25

  private struct Neighbour: Comparable {
    let nearness: Float
    let score: Float

    static func < (left: Neighbour, right: Neighbour) -> Bool {
      (left.nearness, left.score) < (right.nearness, right.score)
    }
  }

  /// Candidates with their new scores, highest first.
  ///
  /// - Parameter candidates: Candidates, highest first.
  /// - Returns: The same. No score is below the lowest before, so that others stay behind them.
  func regularized(_ candidates: ArraySlice<Candidate>) -> [Candidate] {
    let candidates = Array(candidates)
    let lowest = candidates.last?.score ?? 0
    var nearest = candidates.map { _ in TopK<Neighbour>(most: ScoreRegularizer.neighbours) }
    for (index, candidate) in candidates.enumerated() {
      for other in candidates.indices.dropFirst(index + 1) {
        let nearness = vectors.nearness(
          of: Int(candidate.place), toRecordAt: Int(candidates[other].place))
        guard nearness > 0 else { continue }
        nearest[index].offer(Neighbour(nearness: nearness, score: candidates[other].score))
        nearest[other].offer(Neighbour(nearness: nearness, score: candidate.score))
      }
    }
    return zip(candidates, nearest).map { candidate, nearest in
      let (weight, sum) = nearest.sorted.reduce((Float(0), Float(0))) { sums, neighbour in
        (
          sums.0 + neighbour.nearness,
          sums.1 + neighbour.nearness * (neighbour.score - lowest)
        )
      }
      guard weight > 0 else { return candidate }
      let own = (1 - ScoreRegularizer.share) * (candidate.score - lowest)
      return Candidate(
        score: lowest + own + ScoreRegularizer.share * sum / weight,
        date: candidate.date, place: candidate.place, id: candidate.id)
    }.sorted(by: >)
  }
}
