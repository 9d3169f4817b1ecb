internal import SQLite

extension Archive {
  /// Looks for publications; any query whatever gets an answer.
  ///
  /// - Parameters:
  ///   - query: What is looked for.
  ///   - choice: What the results are limited to; its page does not matter.
  ///   - order: What goes first.
  ///   - limit: The most results to return.
  ///   - offset: How many of the best to pass over.
  ///   - countsFacets: Whether the values of all that was found are counted.
  ///   - now: The moment.
  ///   - time: How long it may take before it is cut off.
  /// - Returns: The results, in order.
  /// - Throws: What the database throws, never because of the query.
  package func search(
    _ query: SearchQuery, within choice: Browse = Browse(), order: SearchOrder = .relevance,
    limit: Int = 20, offset: Int = 0, countsFacets: Bool = false, at now: Instant = .now,
    time: Duration = .milliseconds(500)
  ) throws -> SearchResults {
    let offset = min(max(offset, 0), 1_000_000)
    let shown = offset..<(offset + min(max(limit, 0), 1000))
    let indexes = try searchIndexes(at: now)
    let records = indexes.records
    let end = ContinuousClock.now + time
    return try database.read { connection in
      func find(_ query: SearchQuery) -> (Hits, QueryPlan) {
        let plan = QueryPlan(query, records, indexes.pages)
        let hits = Hits(
          query, plan, limits: SearchLimits(query, choice, records), order: order,
          most: shown.upperBound, in: records, indexes.pages, at: now.secondsSince1970,
          until: { ContinuousClock.now > end })
        return (hits, plan)
      }
      guard !query.isEmpty || choice.isFiltered else {
        return SearchResults(query: query.text, total: 0, isPartial: false, results: [])
      }
      var (hits, plan) = find(query)
      var missingPhrases: [String] = []
      if hits.found.isEmpty, !hits.isPartial, let words = query.withoutPhrases {
        (hits, plan) = find(words)
        if !hits.found.isEmpty { missingPhrases = query.phrases }
      }
      var snippets = SnippetMaker(plan)
      let best = hits.best
      let results = try best[shown.clamped(to: 0..<best.count)].compactMap { ranked in
        try connection.result(for: ranked, of: hits, in: indexes, with: &snippets, at: now)
      }
      return SearchResults(
        query: query.text, total: hits.found.count, isPartial: hits.isPartial,
        results: results,
        correction: hits.identified.isEmpty
          ? plan.corrected(query.text).map {
            Correction(query: $0, isApplied: !plan.hasKnownWord)
          } : nil,
        missingPhrases: missingPhrases, facets: countsFacets ? records.facets(of: hits.found) : nil)
    }
  }

  /// Ranks without reading any record: what the index alone does, for measuring it.
  ///
  /// - Parameters:
  ///   - query: What is looked for.
  ///   - limit: How many of the best are wanted.
  ///   - now: The moment.
  /// - Returns: How many there are, and the keys of the best.
  /// - Throws: What the database throws.
  package func rank(
    _ query: SearchQuery, limit: Int, at now: Instant = .now
  ) throws -> (total: Int, ids: [Publication.ID]) {
    let indexes = try searchIndexes(at: now)
    let plan = QueryPlan(query, indexes.records, indexes.pages)
    let hits = Hits(
      query, plan, limits: SearchLimits(), order: .relevance, most: limit, in: indexes.records,
      indexes.pages, at: now.secondsSince1970, until: { false })
    return (hits.found.count, hits.best.map { indexes.records.documents[$0.place].id })
  }

  /// The slugs of publications, in the same order.
  package func slugs(of ids: [Publication.ID]) throws -> [Slug] {
    try database.read { connection in
      try ids.compactMap { id in
        try connection.row("SELECT slug FROM publication WHERE id = \(id)") {
          Slug(stored: $0.text(0))
        }
      }
    }
  }

  /// The publications that a query finds, the newest first, as for a feed or an export.
  package func publications(
    matching query: SearchQuery, within choice: Browse = Browse(), order: SearchOrder = .newest,
    limit: Int = 50, at now: Instant = .now
  ) throws -> [Publication] {
    try search(query, within: choice, order: order, limit: limit, at: now).results.map(
      \.publication)
  }

  /// How much there is in the search index.
  package struct IndexSize: Sendable, Equatable {
    package let publications: Int
    package let pages: Int
    package let words: Int
    /// In memory, about.
    package let octets: Int
  }

  package func measureIndex(at now: Instant = .now) throws -> IndexSize {
    let indexes = try searchIndexes(at: now)
    return IndexSize(
      publications: indexes.records.count, pages: indexes.pages.count,
      words: indexes.records.words.count + indexes.pages.openStems,
      octets: indexes.records.weight + indexes.pages.weight)
  }

  /// Makes the index anew when changes have left many empty places in it.
  package func remakeWornIndex() throws {
    if liveIndex.isWorn { try liveIndex.prepare(from: database, pages: emptyPages) }
  }

  /// What the index of pages is made from.
  var emptyPages: PageIndex {
    PageIndex(scratch: folder.scratch, mostOpen: options.openPageOctets)
  }

  func searchIndexes(at now: Instant) throws -> LiveIndex.Indexes {
    // A process that reads for one search waits for the pages; one that serves made them before.
    try liveIndex.indexes(
      at: now, withPages: !isExclusive || !isServing, from: database, pages: emptyPages)
  }
}

extension Connection {
  func page(_ number: Int, ofFile file: Int64) throws -> (text: String, label: String?) {
    try row("SELECT text, label FROM page WHERE file = \(file) AND number = \(number)") {
      ($0.text(0), $0.optionalText(1))
    } ?? ("", nil)
  }

  /// How the pages before and behind one begin and end.
  private func ends(ofPagesBeside page: Int, ofFile file: Int64) throws -> [SnippetText.PageEnds] {
    let length = SnippetText.longestEntry
    return try rows(
      """
      SELECT substr(text, 1, \(length)), substr(text, -\(length)) FROM page
      WHERE file = \(file) AND number BETWEEN \(page - 2) AND \(page + 2) AND number <> \(page)
      """
    ) { SnippetText.PageEnds(beginning: $0.text(0), end: $0.text(1)) }
  }

  fileprivate func result(
    for ranked: Ranking.Ranked, of hits: Hits, in indexes: LiveIndex.Indexes,
    with snippets: inout SnippetMaker, at now: Instant
  ) throws -> SearchResult? {
    let document = indexes.records.documents[ranked.place]
    let found = try row(
      """
      \(Publication.select(at: now))
      WHERE publication.id = \(document.id) AND \(Visibility.isPublic(at: now))
      """
    ) { Publication($0) }
    guard let publication = found ?? nil else { return nil }
    var pages: [PageHit] = []
    for page in hits.pages.bestPages(of: document.file, most: SearchResult.mostPages) {
      let (text, label) = try self.page(page, ofFile: document.file)
      let beside = try ends(ofPagesBeside: page, ofFile: document.file)
      pages.append(
        PageHit(page: page, label: label, snippet: snippets.snippet(of: text, beside: beside)))
    }
    return SearchResult(
      publication: publication, score: Double(ranked.score),
      snippet: snippets.snippet(of: publication.record.abstract), pages: pages)
  }
}
