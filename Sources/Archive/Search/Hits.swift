/// What goes first in a list of results.
package enum SearchOrder: String, Sendable, CaseIterable {
  case relevance, newest, oldest, title
}

/// What results are limited to beside the words that were typed, in the terms of an index.
struct SearchLimits: Sendable {
  var years: [ClosedRange<Int>] = []
  /// Each a set of types, or of languages, one of which a result must have.
  var types: [Set<UInt8>] = []
  var languages: [Set<UInt16>] = []
  /// Authors and topics, all of which it must have, by their numbers in the index.
  var authors: [UInt32] = []
  var topics: [UInt32] = []
  /// Whether something is asked for that nothing has.
  var areImpossible = false

  var areNone: Bool {
    years.isEmpty && types.isEmpty && languages.isEmpty && authors.isEmpty && topics.isEmpty
      && !areImpossible
  }

  func allow(_ document: RecordIndex.Document) -> Bool {
    let year = Int(document.date) / 10_000
    return !areImpossible && years.allSatisfy { $0.contains(year) }
      && types.allSatisfy { $0.contains(document.type) }
      && languages.allSatisfy { $0.contains(document.language) }
      && authors.allSatisfy { document.names[..<document.authors].contains($0) }
      && topics.allSatisfy { document.names[document.authors...].contains($0) }
  }
}

/// Looks through the indexes for a query: what satisfies it, and in which order.
struct Hits {
  /// All places, in their order.
  private(set) var places: [UInt32] = []
  /// The best, in their order, as many as were asked for.
  private(set) var best: [Ranking.Ranked] = []
  private(set) var isPartial = false
  private(set) var ranking: Ranking

  private let records: RecordIndex

  /// Finds what a query asks for.
  ///
  /// - Parameters:
  ///   - query: What is asked for.
  ///   - plan: The same in the terms of the indexes.
  ///   - limits: What the results are limited to.
  ///   - order: What goes first; what a query without words finds has no relevance, and the
  ///     newest goes first.
  ///   - most: How many of the best are put in order.
  ///   - records: The index of records.
  ///   - pages: The index of pages.
  ///   - now: Seconds since 1970.
  ///   - text: Reads a page.
  ///   - isOver: Whether time has run out.
  init(
    _ query: SearchQuery, _ plan: QueryPlan, limits: SearchLimits, order: SearchOrder, most: Int,
    in records: RecordIndex, _ pages: PageIndex, at now: Int64,
    text: Requirements.PageText, until isOver: @escaping () -> Bool
  ) rethrows {
    self.records = records
    ranking = Ranking(plan, records, pages)
    isPartial = !ranking.accumulate(until: isOver)
    ranking.addPages()
    let requirements = try Requirements(query, records, pages, text: text, until: isOver)
    isPartial = isPartial || requirements.isPartial
    let hasWords = query.clauses.contains { !$0.isExcluded }
    ranking.hide(records.empty)
    ranking.hide(records.dated.filter { records.documents[$0].visibleFrom > now })
    let isLimited = !limits.areNone || !requirements.isEmpty
    places.reserveCapacity(hasWords ? 0 : records.count)
    for place in records.documents.indices {
      let score = ranking.scores[place]
      guard hasWords ? score > 0 : score >= 0 else { continue }
      if isLimited {
        guard limits.allow(records.documents[place]), requirements.allow(place) else { continue }
      }
      places.append(UInt32(place))
    }
    rank(order == .relevance && !hasWords ? .newest : order, most)
  }

  private mutating func rank(_ order: SearchOrder, _ most: Int) {
    guard order == .relevance else {
      best = sorted(by: order).prefix(most).map {
        Ranking.Ranked(place: Int($0), score: max(0, ranking.scores[Int($0)]))
      }
      return
    }
    let candidates = highest(max(most, Ranking.Weight.closely))
    let closely = candidates.prefix(Ranking.Weight.closely).map { place in
      Ranking.Ranked(place: Int(place), score: ranking.closerScore(of: Int(place)))
    }
    let rest = candidates.dropFirst(Ranking.Weight.closely).map {
      Ranking.Ranked(place: Int($0), score: ranking.scores[Int($0)])
    }
    best = Array((closely.sorted(by: precedes) + rest).prefix(most))
  }

  /// Of equals the newest goes first.
  private func precedes(_ left: Ranking.Ranked, _ right: Ranking.Ranked) -> Bool {
    if left.score != right.score { return left.score > right.score }
    return isNewer(left.place, right.place)
  }

  private func isNewer(_ left: Int, _ right: Int) -> Bool {
    let dates = (records.documents[left].date, records.documents[right].date)
    return dates.0 != dates.1 ? dates.0 > dates.1 : left > right
  }

  /// The places with the highest scores, highest first.
  private func highest(_ most: Int) -> ArraySlice<UInt32> {
    func isHigher(_ left: UInt32, _ right: UInt32) -> Bool {
      let scores = (ranking.scores[Int(left)], ranking.scores[Int(right)])
      return scores.0 != scores.1 ? scores.0 > scores.1 : isNewer(Int(left), Int(right))
    }
    // Sorted whenever twice as many have gathered, so that most are only compared once.
    var gathered: [UInt32] = []
    var threshold = -Float.infinity
    for place in places where ranking.scores[Int(place)] >= threshold {
      gathered.append(place)
      if gathered.count >= 2 * most + 64 {
        gathered.sort(by: isHigher)
        gathered.removeLast(gathered.count - most)
        threshold = ranking.scores[Int(gathered[most - 1])]
      }
    }
    gathered.sort(by: isHigher)
    return gathered.prefix(most)
  }

  private func sorted(by order: SearchOrder) -> [UInt32] {
    switch order {
    case .relevance: places
    case .newest: places.sorted { isNewer(Int($0), Int($1)) }
    case .oldest: places.sorted { isNewer(Int($1), Int($0)) }
    case .title:
      places.map { (records.title(of: Int($0)), $0) }.sorted {
        $0.0 != $1.0 ? $0.0.lexicographicallyPrecedes($1.0) : $0.1 < $1.1
      }.map(\.1)
    }
  }
}
