/// Finds publications by the words of another that tell most.
struct Related {
  /// How many are found for each publication; a page shows fewer, since some may be withdrawn.
  static let kept = 10
  /// How many words represent a publication.
  private static let words = 24
  /// Of the nearness in the latent space, beside that of the words.
  private static let meaning: Float = 1

  private let records: RecordIndex

  init(_ records: RecordIndex) { self.records = records }

  /// The keys of the nearest publications, nearest first.
  func others(of id: Int64) -> [Int64] {
    guard let place = records.place(of: id) else { return [] }
    var counts: [UInt32: Float] = [:]
    var weight: Float = 2
    for word in records.words(at: place) {
      if word >= RecordIndex.Field.firstMarker {
        if word == RecordIndex.Field.abstract.marker { weight = 1 }
        // Authors and topics have lists of their own.
        if word == RecordIndex.Field.authors.marker { break }
      } else if !word.isAtSamePosition, !records.vocabulary.saysNothing[Int(word)] {
        counts[records.vocabulary.stemOfWord[Int(word)], default: 0] += weight
      }
    }
    let total = records.count
    let telling = counts.map { stem, count in
      let frequency = records.postings.count(of: stem)
      // A word that nothing else has leads nowhere.
      let idf = frequency > 1 ? QueryPlan.idf(frequency, of: total) : 0
      return (stem: stem, weight: idf * count / (count + 1.5))
    }.sorted {
      $0.weight != $1.weight
        ? $0.weight > $1.weight
        : records.vocabulary.stems[$0.stem].lexicographicallyPrecedes(
          records.vocabulary.stems[$1.stem])
    }.prefix(Related.words)
    var scores = [Float](repeating: 0, count: records.documents.count)
    for (stem, weight) in telling {
      for posting in records.postings[stem] where records.live.contains(posting.place) {
        let other = posting.place
        let count = Float(posting.count)
        let length = records.lengths[other] / records.averageLength
        scores[other] += weight * count / (count + 0.4 + 1.1 * length)
      }
    }
    scores[place] = 0
    // One word in common may be chance.
    let least = telling.reduce(0) { $0 + $1.weight } * 0.08
    let highest = scores.max() ?? 0
    let vectors = records.meaning
    let direction = vectors?.vector(at: place) ?? []
    return scores.indices.filter { scores[$0] > least }
      .map { other in
        let nearness = vectors?.nearness(of: other, to: direction) ?? 0
        return (
          score: scores[other] / highest + Related.meaning * nearness,
          id: records.documents[other].id
        )
      }
      .sorted { ($0.score, $0.id) > ($1.score, $1.id) }
      .prefix(Related.kept).map(\.id)
  }
}
