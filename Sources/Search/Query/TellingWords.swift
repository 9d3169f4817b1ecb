/// Chooses the words of a long query that say most.
extension QueryTerms {
  /// The words that weigh most by how often the query has them and how rare they are, in their
  /// order; all of them if there are no more.
  ///
  /// A pasted abstract has a hundred words or more. The first forty of them find less than all.
  mutating func mostTelling(
    _ most: Int, of words: [(word: SearchQuery.Word, isLast: Bool)]
  ) -> [(word: SearchQuery.Word, isLast: Bool)] {
    guard words.count > most else { return words }
    let stems = words.map { Stemmer.stem($0.word.letters) }
    let times = Dictionary(stems.map { ($0, Float(1)) }, uniquingKeysWith: +)
    var weights: [[UInt8]: Float] = [:]
    var notInRecords = Set<[UInt8]>()
    for (stem, times) in times {
      if let number = records.vocabulary.stems.number(of: stem),
        records.postings.count(of: number) > 0
      {
        weights[stem] = times * idf(number)
      } else {
        notInRecords.insert(stem)
      }
    }
    let onPages = pages.counts(of: notInRecords)
    isComplete = isComplete && onPages.isComplete
    for (stem, count) in onPages.counts {
      weights[stem] = (times[stem] ?? 0) * QueryPlan.idf(count, of: pages.count)
    }
    let heaviest = weights.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
    }
    let kept = Set(heaviest.prefix(most).map(\.key))
    return zip(words, stems).filter { kept.contains($0.1) }.map(\.0)
  }
}
