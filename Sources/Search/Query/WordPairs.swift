/// Finds out which words follow each other in records.
struct WordPairs {
  let records: RecordIndex

  /// A pair in fewer records may be chance, or the same mistake.
  private static let fewest = 2
  /// The most records with both words that are looked at.
  private static let most = 2000

  /// Whether two stems follow each other in several records; stop words may be between them.
  func areUsual(_ first: UInt32, _ second: UInt32) -> Bool {
    var others = records.postings[second].makeIterator()
    var other = others.next()?.place
    var looked = 0
    var found = 0
    for posting in records.postings[first] {
      let place = posting.place
      while let next = other, next < place { other = others.next()?.place }
      guard other == place, records.live.contains(place) else { continue }
      looked += 1
      if follow(first, second, at: place) { found += 1 }
      if found == WordPairs.fewest { return true }
      if looked == WordPairs.most { return false }
    }
    return false
  }

  private func follow(_ first: UInt32, _ second: UInt32, at place: Int) -> Bool {
    var isAfterFirst = false
    for word in records.words(at: place) {
      if word >= RecordIndex.Field.firstMarker {
        isAfterFirst = false
        continue
      }
      let stem = records.vocabulary.stemOfWord[Int(word.word)]
      if isAfterFirst, stem == second { return true }
      if stem == first {
        isAfterFirst = true
      } else if !word.isAtSamePosition, !records.vocabulary.saysNothing[Int(word.word)] {
        isAfterFirst = false
      }
    }
    return false
  }
}
