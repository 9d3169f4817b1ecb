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
  func facets(of places: BitSet) -> Facets {
    var years = [Int](repeating: 0, count: 10_000)
    var typeCounts = [Int](repeating: 0, count: types.count)
    var languageCounts = [Int](repeating: 0, count: languages.count)
    var authorCounts = [UInt32](repeating: 0, count: authors.count)
    var topicCounts = [UInt32](repeating: 0, count: topics.count)
    let named = named.span
    let allFacts = self.facts.span
    var authorSums = authorCounts.mutableSpan
    var topicSums = topicCounts.mutableSpan
    places.each { place in
      let facts = allFacts[place]
      years[min(max(facts.year, 0), 9999)] += 1
      typeCounts[Int(facts.type)] += 1
      languageCounts[Int(facts.language)] += 1
      for index in facts.authors { authorSums[Int(authors.author(of: named[index]))] += 1 }
      for index in facts.topics { topicSums[Int(named[index])] += 1 }
    }
    var facets = Facets()
    facets.years = years.indices.reversed().filter { years[$0] > 0 }.map {
      YearCount(year: $0, publications: years[$0])
    }
    facets.topics = mostFrequent(
      topicCounts, bytes: { topics[$0] }, text: { String(decoding: topics[$0], as: UTF8.self) })
    facets.types = RecordIndex.facets(types, typeCounts)
    facets.authors = mostFrequent(authorCounts, bytes: { authors[$0] }, text: { authors.name($0) })
    facets.languages = RecordIndex.facets(languages, languageCounts)
    return facets
  }

  func authors(at now: Int64) -> [IndexedAuthor] {
    var counts = [Int](repeating: 0, count: authors.count)
    visible(at: now).each { place in
      for index in facts[place].authors { counts[Int(authors.author(of: named[index]))] += 1 }
    }
    return counts.enumerated().filter { $1 > 0 }.map { number, count in
      let number = UInt32(number)
      return IndexedAuthor(
        name: String(decoding: authors[number], as: UTF8.self),
        spellings: authors.spellings(of: number), publications: count)
    }
  }

  private func mostFrequent(
    _ counts: [UInt32], bytes: (UInt32) -> ArraySlice<UInt8>, text: (UInt32) -> String
  ) -> [Facet] {
    var highest = TopK<NameCount>(most: Facets.most)
    var least: UInt32 = 1
    for (number, count) in counts.enumerated() where count >= least {
      let number = UInt32(number)
      highest.offer(NameCount(count: count, name: bytes(number), number: number))
      least = highest.least?.count ?? least
    }
    return highest.sorted.map {
      Facet(value: text($0.number), publications: Int($0.count))
    }
  }

  private static func facets(_ names: [String], _ counts: [Int]) -> [Facet] {
    zip(names, counts).filter { !$0.isEmpty && $1 > 0 }
      .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
      .map { Facet(value: $0, publications: $1) }
  }
}

/// How often a name was counted; of equal counts the first name in byte order is greatest.
private struct NameCount: Comparable {
  let count: UInt32
  let name: ArraySlice<UInt8>
  let number: UInt32

  static func < (left: NameCount, right: NameCount) -> Bool {
    left.count != right.count
      ? left.count < right.count : right.name.lexicographicallyPrecedes(left.name)
  }
}
