/// Finds words of pages that are spelled like an unknown one.
///
/// Of the words of pages only the stems are known. A variation of the typed word whose stem is on
/// pages is taken for a word of them.
struct PageSpelling {
  let pages: PageIndex
  let records: RecordIndex

  struct Neighbour {
    let letters: [UInt8]
    let stem: [UInt8]
  }

  /// Shorter words have too many neighbours among all words of all pages.
  private static let shortest = 5
  /// The most for which the words beside it are looked at.
  private static let mostInContext = 12

  /// The words that are one edit from a word after its first letter, the most likely first.
  ///
  /// - Parameters:
  ///   - word: A folded word that the archive does not have.
  ///   - beside: The stems of the words beside it.
  /// - Returns: The words, ordered by how many pages they share with the words beside it, then by
  ///   how many they are on; whether the first is on pages with one of these; and whether all pages
  ///   could be read.
  func nearest(
    to word: [UInt8], beside: [[UInt8]]
  ) -> (words: [Neighbour], isInContext: Bool, isComplete: Bool) {
    guard !pages.isEmpty, word.count >= PageSpelling.shortest else { return ([], false, true) }
    let variations = Spelling.variations(of: word)
      .filter { $0.first == word.first && !$0.hasDigit }
      .map { Neighbour(letters: $0, stem: Stemmer.stem($0)) }
    let (counts, isComplete) = pages.counts(of: Set(variations.map(\.stem)))
    var likeliest: [[UInt8]: Neighbour] = [:]
    for variation in variations where counts[variation.stem] != nil {
      if let other = likeliest[variation.stem], !isLikelier(variation, than: other) { continue }
      likeliest[variation.stem] = variation
    }
    var ranked = counts.map { stem, count in
      (stem: stem, pages: count, together: 0)
    }.sorted {
      $0.pages != $1.pages
        ? $0.pages > $1.pages : $0.stem.lexicographicallyPrecedes($1.stem)
    }
    if !beside.isEmpty {
      let known = beside.map(pageSets)
      for index in ranked.indices.prefix(PageSpelling.mostInContext) {
        eachPage(of: ranked[index].stem) { page, segment in
          for sets in known where sets[segment].contains(page) { ranked[index].together += 1 }
        }
      }
    }
    ranked.sort {
      ($0.together, $0.pages) != ($1.together, $1.pages)
        ? ($0.together, $0.pages) > ($1.together, $1.pages)
        : $0.stem.lexicographicallyPrecedes($1.stem)
    }
    let words = ranked.compactMap { likeliest[$0.stem] }
    return (words, (ranked.first?.together ?? 0) > 0, isComplete)
  }

  /// Whether a spelling of a stem is more likely to be a word than another one.
  private func isLikelier(_ word: Neighbour, than other: Neighbour) -> Bool {
    let (rank, otherRank) = (rank(word), rank(other))
    if rank != otherRank { return rank < otherRank }
    return word.letters.count != other.letters.count
      ? word.letters.count > other.letters.count
      : word.letters.lexicographicallyPrecedes(other.letters)
  }

  /// Words of records come first, then the stem itself, then what may be a plural.
  private func rank(_ word: Neighbour) -> Int {
    if let number = records.vocabulary.words.number(of: word.letters),
      records.vocabulary.frequencyOfWord[Int(number)] > 0
    {
      return 0
    }
    return word.letters == word.stem ? 1 : word.letters.last == UInt8(ascii: "s") ? 2 : 3
  }

  /// For each segment the pages that have a stem.
  private func pageSets(of stem: [UInt8]) -> [BitSet] {
    var sets = (0..<pages.segments).map { BitSet(places: pages.lengths(ofSegment: $0).count) }
    eachPage(of: stem) { page, segment in sets[segment].insert(page) }
    return sets
  }

  /// Calls `body` with each page that has a stem and was not removed, and its segment.
  private func eachPage(of stem: [UInt8], _ body: (Int, Int) -> Void) {
    for (segment, list) in pages.postings(of: stem).lists.enumerated() {
      let count = pages.lengths(ofSegment: segment).count
      // A list that was damaged on disk names other pages.
      list?.each { page, _ in
        if page < count, !pages.isRemoved(page, ofSegment: segment) { body(page, segment) }
      }
    }
  }
}
