internal import SQLite

extension Archive {
  /// Looks for publications; any query whatever gets an answer.
  ///
  /// - Parameters:
  ///   - query: What is looked for.
  ///   - choice: What the results are limited to; its page does not matter.
  ///   - limit: The most results to return.
  ///   - offset: How many of the best to pass over.
  ///   - now: The moment.
  ///   - time: How long it may take before it is cut off.
  /// - Returns: The results, best first: what has all the words before what has some.
  /// - Throws: What the database throws, never because of the query.
  package func search(
    _ query: SearchQuery, within choice: Browse = Browse(), limit: Int = 20, offset: Int = 0,
    at now: Instant = .now, time: Duration = .milliseconds(500)
  ) throws -> SearchResults {
    let shown = min(max(offset, 0), 1_000_000)..<(min(max(offset, 0), 1_000_000) + clamped(limit))
    return try database.read { connection in
      var ranking = Ranking()
      try connection.limited(to: time) {
        try ranking.rank(query, condition: choice.condition(at: now), on: connection)
        if ranking.isEmpty, !ranking.isPartial, let words = query.withoutPhrases {
          try ranking.rank(words, condition: choice.condition(at: now), on: connection)
        }
      }
      let best = ranking.sorted()
      var snippets = SnippetMaker(query)
      let results = try best[shown.clamped(to: 0..<best.count)].compactMap { ranked in
        try connection.result(for: ranked, with: &snippets, at: now)
      }
      return SearchResults(
        query: query.text, total: best.count, isPartial: ranking.isPartial, results: results)
    }
  }

  private func clamped(_ limit: Int) -> Int { min(max(limit, 0), 1000) }
}

extension Connection {
  fileprivate func result(
    for ranked: Ranking.Ranked, with snippets: inout SnippetMaker, at now: Instant
  ) throws -> SearchResult? {
    let found = try row(
      "\(Publication.select(at: now)) WHERE publication.id = \(ranked.id)"
    ) { Publication($0) }
    guard let publication = found ?? nil else { return nil }
    var pages: [PageHit] = []
    for page in ranked.pages {
      let text = try row("SELECT text FROM page WHERE id = \(page.id)") { $0.text(0) } ?? ""
      pages.append(PageHit(page: page.number, snippet: snippets.snippet(of: text)))
    }
    return SearchResult(
      publication: publication, score: ranked.score,
      snippet: snippets.snippet(of: publication.record.abstract), pages: pages)
  }
}
