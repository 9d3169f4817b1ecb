/// What a query is about: a direction in the latent space of an index.
struct Meaning {
  private let vectors: RecordVectors
  private let direction: [Float]

  /// The direction of a query; nil when the index has no space, or the space has none of the words.
  init?(of plan: QueryPlan, in records: RecordIndex) {
    guard let vectors = records.meaning else { return nil }
    self.vectors = vectors
    direction = vectors.vector(
      of: plan.groups.compactMap { group in
        group.alternatives.first.map { ($0.stem, $0.weight * group.times) }
      })
    guard direction.contains(where: { $0 != 0 }) else { return nil }
  }

  /// How near a document is to it, from 0 to 1.
  func nearness(of place: Int) -> Float { vectors.nearness(of: place, to: direction) }
}
