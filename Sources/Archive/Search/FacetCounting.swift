extension RecordIndex {
  /// Counts the values that documents have.
  func facets(of places: PlaceSet) -> Facets {
    var years = [Int](repeating: 0, count: 10_000)
    var types = [Int](repeating: 0, count: PublicationType.allCases.count + 1)
    var tags = [Int](repeating: 0, count: languages.count)
    var authorCounts = [UInt32](repeating: 0, count: authors.count)
    var topicCounts = [UInt32](repeating: 0, count: topics.count)
    places.each { place in
      let facts = facts[place]
      years[min(max(facts.year, 0), 9999)] += 1
      types[Int(facts.type)] += 1
      tags[Int(facts.language)] += 1
      for index in facts.authors { authorCounts[Int(named[index])] += 1 }
      for index in facts.topics { topicCounts[Int(named[index])] += 1 }
    }
    return Facets(
      years: years.indices.reversed().filter { years[$0] > 0 }.map {
        YearCount(year: $0, publications: years[$0])
      },
      topics: commonest(topicCounts) { topics[$0] },
      types: RecordIndex.facets(
        zip(PublicationType.allCases, types).map { ($0.0.rawValue, $0.1) }),
      authors: commonest(authorCounts) { authors[$0] }.map {
        Facet(value: AuthorName($0.value).text, publications: $0.publications)
      },
      languages: RecordIndex.facets(
        zip(languages, tags).filter { !$0.0.isEmpty }.map { ($0.0, $0.1) }))
  }

  /// The names that were counted most, and how often.
  private func commonest(
    _ counts: [UInt32], named name: (UInt32) -> ArraySlice<UInt8>
  ) -> [Facet] {
    var highest = Best<NameCount>(most: Facets.most)
    var least: UInt32 = 1
    for (number, count) in counts.enumerated() where count >= least {
      highest.offer(NameCount(count: count, name: name(UInt32(number))))
      least = highest.least?.count ?? least
    }
    return highest.sorted.map {
      Facet(value: String(decoding: $0.name, as: UTF8.self), publications: Int($0.count))
    }
  }

  private static func facets(_ counts: [(String, Int)]) -> [Facet] {
    counts.filter { $0.1 > 0 }
      .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
      .map { Facet(value: $0.0, publications: $0.1) }
  }
}

/// How often a name was counted; of equals the first in the order of their octets is greatest.
private struct NameCount: Comparable {
  let count: UInt32
  let name: ArraySlice<UInt8>

  static func < (left: NameCount, right: NameCount) -> Bool {
    left.count != right.count
      ? left.count < right.count : right.name.lexicographicallyPrecedes(left.name)
  }
}
