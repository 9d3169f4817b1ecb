/// The order of results.
package enum SearchOrder: String, Sendable, CaseIterable {
  case relevance, newest, oldest, title
}

/// The documents that match a query, and the best of them in order.
struct Hits {
  /// All matches.
  private(set) var found: BitSet
  /// The best matches in order, as many as were asked for.
  private(set) var best: [Ranking.Ranked] = []
  private(set) var isPartial: Bool
  /// The pages with the words.
  private(set) var pages: PageScores

  /// The documents with an identifier of the query.
  private(set) var identified: [Int] = []

  private let records: RecordIndex
  private let scores: [Float]

  /// Searches the indexes.
  ///
  /// - Parameters:
  ///   - query: The query.
  ///   - plan: The same, expanded to stems.
  ///   - filter: What the results are limited to.
  ///   - order: The order; a query without words has no relevance, so the newest come first.
  ///   - most: How many of the best are needed.
  ///   - records: The index of records.
  ///   - index: The index of pages.
  ///   - now: Seconds since 1970.
  ///   - isOver: Whether time has run out.
  init(
    _ query: SearchQuery, _ plan: QueryPlan, filter: ResolvedFilter, order: SearchOrder, most: Int,
    in records: RecordIndex, _ index: PageIndex, at now: Int64,
    until isOver: @escaping () -> Bool
  ) {
    self.records = records
    var sums = RecordScores(records)
    isPartial = !plan.isComplete
    for group in plan.groups {
      if isOver() { isPartial = true } else { sums.add(group) }
    }
    pages = PageScores(plan, index, until: isOver)
    isPartial = isPartial || !pages.isComplete
    let pageWeight = query.isPassage ? Ranking.Weight.pageOfPassage : Ranking.Weight.page
    if !index.isEmpty {
      for (place, number) in records.fileNumbers.enumerated() {
        let best = pages.best(ofNumber: number)
        if best > 0 { sums.add(best * pageWeight, at: place) }
      }
    }
    scores = sums.scores
    let hasWords = query.clauses.contains { !$0.isExcluded }
    let visible = records.visible(at: now)
    found = visible
    if hasWords { found.formIntersection(sums.found) }
    if !filter.isEmpty { found.filter { filter.allows($0, in: records) } }
    let requirements = Requirements(query, records, index, until: isOver)
    isPartial = isPartial || requirements.isPartial
    for phrase in requirements.phrasePages { pages.prefer(phrase) }
    for places in requirements.required { found.formIntersection(places) }
    let identified = Hits.identified(by: query, in: records, filter, visible)
    for place in identified { found.insert(place) }
    for places in requirements.excluded { found.subtract(places) }
    self.identified = identified.filter(found.contains)
    switch order {
    case .relevance where hasWords:
      let isRegularized =
        !query.isPassage && plan.shares.count >= Ranking.Weight.wordsOfRegularized
      rank(
        most, by: Reranker(plan, records), Meaning(of: plan, in: records),
        isRegularized ? records.meaning.map(ScoreRegularizer.init) : nil)
      putIdentifiedFirst(most)
    default: best = inOrder(order, most)
    }
  }

  /// Adds the results of the same query in other words.
  ///
  /// - Parameters:
  ///   - rewordings: They have the same filter and order.
  ///   - order: The order.
  ///   - most: How many of the best are needed.
  /// - Returns: For each of the best the rewording that finds it best, counted from 1; 0 for the
  ///   query itself.
  mutating func formUnion(_ rewordings: [Hits], order: SearchOrder, most: Int) -> [Int] {
    let all = [self] + rewordings
    for hits in rewordings {
      found.formUnion(hits.found)
      isPartial = isPartial || hits.isPartial
    }
    func score(of place: Int, in number: Int) -> Float {
      guard all[number].found.contains(place) else { return -.infinity }
      return all[number].scores[place] * (number == 0 ? 1 : Ranking.Weight.rewording)
    }
    guard order == .relevance else {
      best = inOrder(order, most)
      return best.map { ranked in
        all.indices.max { score(of: ranked.place, in: $0) < score(of: ranked.place, in: $1) } ?? 0
      }
    }
    var wordings: [Int: (candidate: Candidate, number: Int)] = [:]
    for (number, hits) in all.enumerated() {
      for ranked in hits.best {
        let candidate = Candidate(
          score: ranked.score * (number == 0 ? 1 : Ranking.Weight.rewording),
          date: records.facts[ranked.place].date, place: UInt32(ranked.place),
          id: records.documents[ranked.place].id)
        if let known = wordings[ranked.place]?.candidate, known >= candidate { continue }
        wordings[ranked.place] = (candidate, number)
      }
    }
    let sorted = wordings.values.sorted { $0.candidate > $1.candidate }.prefix(most)
    best = sorted.map { Ranking.Ranked(place: Int($0.candidate.place), score: $0.candidate.score) }
    return sorted.map(\.number)
  }

  /// The documents with an identifier of the query, the newest first.
  private static func identified(
    by query: SearchQuery, in records: RecordIndex, _ filter: ResolvedFilter, _ visible: BitSet
  ) -> [Int] {
    var places = Set<Int>()
    for key in query.identifiers {
      guard let stem = records.vocabulary.stems.number(of: key) else { continue }
      for posting in records.postings[stem] { places.insert(posting.place) }
    }
    return places.filter { place in
      visible.contains(place) && (filter.isEmpty || filter.allows(place, in: records))
    }.sorted {
      (records.facts[$0].date, records.documents[$1].id)
        > (records.facts[$1].date, records.documents[$0].id)
    }
  }

  private mutating func putIdentifiedFirst(_ most: Int) {
    guard !identified.isEmpty else { return }
    let first = Set(identified)
    let score = (best.first?.score ?? 0) + 1
    let others = best.filter { !first.contains($0.place) }
    best = Array(
      (identified.map { Ranking.Ranked(place: $0, score: score) } + others).prefix(most))
  }

  /// Reranks the best by their words and by what they are about, until none of the rest can be among
  /// those that are needed; then by those that they are like.
  private mutating func rank(
    _ most: Int, by look: Reranker, _ meaning: Meaning?, _ regularizer: ScoreRegularizer?
  ) {
    let candidates = highest(max(most, Ranking.Weight.closely))
    let weight = Ranking.Weight.meaning * (candidates.first?.score ?? 0)
    let mostOfMeaning = meaning == nil ? 0 : weight
    let compared = regularizer == nil ? 0 : ScoreRegularizer.candidates
    var closest = TopK<Candidate>(most: max(most, compared))
    var closely: [Candidate] = []
    for candidate in candidates.prefix(Ranking.Weight.closely) {
      if let least = closest.least, look.limit(of: candidate.score) + mostOfMeaning < least.score {
        break
      }
      let place = Int(candidate.place)
      let bits = pages.bits(of: records.documents[place].file)
      let nearness = meaning.map { $0.nearness(of: place) } ?? 0
      let closer = Candidate(
        score: look.score(of: place, having: candidate.score, pageBits: bits) + weight * nearness,
        date: candidate.date, place: candidate.place, id: candidate.id)
      closest.offer(closer)
      closely.append(closer)
    }
    closely.sort(by: >)
    if let regularizer {
      let first = closely.prefix(compared)
      closely.replaceSubrange(first.indices, with: regularizer.regularized(first))
    }
    best = (closely + candidates.dropFirst(Ranking.Weight.closely)).prefix(most).map {
      Ranking.Ranked(place: Int($0.place), score: $0.score)
    }
  }

  /// The candidates with the highest scores, highest first.
  private func highest(_ most: Int) -> [Candidate] {
    let scores = scores.span
    var highestScores = TopK<Float>(most: most)
    var least = -Float.infinity
    found.each { place in
      guard scores[place] > least else { return }
      highestScores.offer(scores[place])
      least = highestScores.least ?? least
    }
    // Only now, since what else decides lies elsewhere in memory for each document.
    var highest = TopK<Candidate>(most: most)
    found.each { place in
      guard scores[place] >= least else { return }
      highest.offer(
        Candidate(
          score: scores[place], date: records.facts[place].date, place: UInt32(place),
          id: records.documents[place].id))
    }
    return highest.sorted
  }

  /// The first in an order that does not depend on the words.
  private func inOrder(_ order: SearchOrder, _ most: Int) -> [Ranking.Ranked] {
    switch order {
    case .relevance, .newest: first(most, of: records.sortedPlaces.byDate)
    case .oldest: oldest(most)
    case .title: first(most, of: records.sortedPlaces.byTitle)
    }
  }

  private func first(_ most: Int, of places: [UInt32]) -> [Ranking.Ranked] {
    places.lazy.map { Int($0) }.filter(found.contains).prefix(most).map {
      Ranking.Ranked(place: $0, score: scores[$0])
    }
  }

  /// The oldest, of those with one date the last added first.
  private func oldest(_ most: Int) -> [Ranking.Ranked] {
    let places = records.sortedPlaces.byDate
    var oldest: [Int] = []
    var end = places.count
    while end > 0, oldest.count < most {
      let date = records.facts[Int(places[end - 1])].date
      let start =
        places[..<end].lastIndex { records.facts[Int($0)].date != date }.map { $0 + 1 } ?? 0
      oldest += places[start..<end].lazy.map { Int($0) }.filter(found.contains)
      end = start
    }
    return oldest.prefix(most).map { Ranking.Ranked(place: $0, score: scores[$0]) }
  }
}
