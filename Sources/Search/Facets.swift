/// A value that publications share, and how many of them have it.
package struct Facet: Sendable, Equatable {
  package let value: String
  package let publications: Int

  package init(value: String, publications: Int) {
    self.value = value
    self.publications = publications
  }
}

/// A year and how many publications were issued in it.
package struct YearCount: Sendable, Equatable {
  package let year: Int
  package let publications: Int

  package init(year: Int, publications: Int) {
    self.year = year
    self.publications = publications
  }
}

/// The values that publications have, the most frequent first.
package struct Facets: Sendable, Equatable {
  /// The most topics and the most authors that are listed.
  package static let most = 20

  /// The newest first.
  package var years: [YearCount] = []
  package var topics: [Facet] = []
  package var types: [Facet] = []
  package var authors: [Facet] = []
  package var languages: [Facet] = []
  /// Whether the authors are missing, because they have not been counted yet.
  package var isPartial = false

  package init() {}
}

extension RecordIndex {
  /// Counts the values that documents have.
  ///
  /// - Parameter places: Documents that were not removed.
  /// - Returns: The values with their counts.
  func facets(of places: BitSet) -> Facets {
    let counts = counts(of: places)
    var facets = Facets()
    facets.years = counts.years.indices.reversed().filter { counts.years[$0] > 0 }.map {
      YearCount(year: $0, publications: Int(counts.years[$0]))
    }
    facets.topics = mostFrequent(
      (0..<UInt32(topics.count)).map { counts.count(Named(topic: $0)) },
      bytes: { topics[$0] }, text: { String(decoding: topics[$0], as: UTF8.self) })
    facets.types = RecordIndex.facets(types, counts.types)
    facets.authors = mostFrequent(
      authors.sums { counts.count(Named(spelling: $0)) },
      bytes: { authors[$0] }, text: { authors.name($0) })
    facets.languages = RecordIndex.facets(languages, counts.languages)
    return facets
  }

  /// Of more than half of all documents the others are counted and subtracted.
  private func counts(of places: BitSet) -> ValueCounts {
    guard places.count > count / 2 else {
      var counts = totals.cleared
      counts.add(1, places, of: self)
      return counts
    }
    var others = live
    others.subtract(places)
    var counts = totals
    counts.add(-1, others, of: self)
    return counts
  }

  func authors(at now: Int64) -> [IndexedAuthor] {
    let counts = counts(of: visible(at: now))
    let sums = authors.sums { counts.count(Named(spelling: $0)) }
    return sums.enumerated().filter { $1 > 0 }.map { number, count in
      let number = UInt32(number)
      return IndexedAuthor(
        name: String(decoding: authors[number], as: UTF8.self),
        spellings: authors.spellings(of: number), publications: Int(count))
    }
  }

  private func mostFrequent(
    _ counts: [Int32], bytes: (UInt32) -> ArraySlice<UInt8>, text: (UInt32) -> String
  ) -> [Facet] {
    var highest = TopK<NameCount>(most: Facets.most)
    var least: Int32 = 1
    for (number, count) in counts.enumerated() where count >= least {
      let number = UInt32(number)
      highest.offer(NameCount(count: count, name: bytes(number), number: number))
      least = highest.least?.count ?? least
    }
    return highest.sorted.map {
      Facet(value: text($0.number), publications: Int($0.count))
    }
  }

  private static func facets(_ names: [String], _ counts: [Int32]) -> [Facet] {
    zip(names, counts).filter { !$0.isEmpty && $1 > 0 }
      .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
      .map { Facet(value: $0, publications: Int($1)) }
  }
}

/// How often a name was counted; of equal counts the first name in byte order is greatest.
private struct NameCount: Comparable {
  let count: Int32
  let name: ArraySlice<UInt8>
  let number: UInt32

  static func < (left: NameCount, right: NameCount) -> Bool {
    left.count != right.count
      ? left.count < right.count : right.name.lexicographicallyPrecedes(left.name)
  }
}
