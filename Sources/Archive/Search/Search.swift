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
      func find(_ query: SearchQuery) throws -> (Hits, QueryPlan) {
        let plan = QueryPlan(query, records, indexes.pages)
        let hits = try Hits(
          query, plan, limits: SearchLimits(query, choice, records), order: order,
          most: shown.upperBound, in: records, indexes.pages, at: now.secondsSince1970,
          text: { try connection.text(ofFile: $0, page: $1) },
          until: { ContinuousClock.now > end })
        return (hits, plan)
      }
      guard !query.isEmpty || choice.isFiltered else {
        return SearchResults(query: query.text, total: 0, isPartial: false, results: [])
      }
      var (hits, plan) = try find(query)
      if hits.places.isEmpty, !hits.isPartial, let words = query.withoutPhrases {
        (hits, plan) = try find(words)
      }
      var snippets = SnippetMaker(plan)
      let best = hits.best
      let results = try best[shown.clamped(to: 0..<best.count)].compactMap { ranked in
        try connection.result(for: ranked, of: hits, in: indexes, with: &snippets, at: now)
      }
      return SearchResults(
        query: query.text, total: hits.places.count, isPartial: hits.isPartial,
        results: results,
        correction: plan.corrected(query.text).map {
          Correction(query: $0, isApplied: !plan.hasKnownWord)
        }, facets: countsFacets ? records.facets(of: hits.places) : nil)
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
      indexes.pages, at: now.secondsSince1970, text: { _, _ in "" }, until: { false })
    return (hits.places.count, hits.best.map { indexes.records.documents[$0.place].id })
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
      words: indexes.records.words.count + indexes.pages.stems.count,
      octets: indexes.records.weight + indexes.pages.weight)
  }

  /// Makes the index anew when changes have left many empty places in it.
  package func remakeWornIndex() throws {
    if liveIndex.isWorn { try liveIndex.prepare(from: database) }
  }

  func searchIndexes(at now: Instant) throws -> LiveIndex.Indexes {
    // A process that reads for one search waits for the pages; one that serves made them before.
    try liveIndex.indexes(at: now, withPages: !isExclusive || !isServing, from: database)
  }
}

extension SearchLimits {
  fileprivate init(_ query: SearchQuery, _ choice: Browse, _ records: RecordIndex) {
    years = [query.years, choice.year.map { $0...$0 }].compactMap(\.self)
    if !query.types.isEmpty { types.append(Set(query.types.map(\.number))) }
    if let type = choice.type { types.append([type.number]) }
    for tag in query.languages {
      languages.append(
        Set(
          records.languages.indices.filter { index in
            let known = records.languages[index].lowercased()
            return known == tag || known.hasPrefix(tag + "-")
          }.map { UInt16($0) }))
    }
    if languages.count > 1 { languages = [languages.reduce([]) { $0.union($1) }] }
    if let language = choice.language {
      languages.append(
        Set(records.languages.firstIndex(of: language).map { UInt16($0) }.map { [$0] } ?? []))
    }
    for (name, isAuthor) in [(choice.author, true), (choice.topic, false)] {
      guard let name else { continue }
      guard let number = records.names.number(of: Array(name.utf8)) else {
        areImpossible = true
        continue
      }
      if isAuthor { authors.append(number) } else { topics.append(number) }
    }
  }
}

extension RecordIndex {
  /// Counts the values that documents have.
  func facets(of places: [UInt32]) -> Facets {
    var years: [Int: Int] = [:]
    var types = [Int](repeating: 0, count: PublicationType.allCases.count + 1)
    var tags = [Int](repeating: 0, count: languages.count)
    var authors = [Int32](repeating: 0, count: names.count)
    var topics = authors
    for place in places {
      let document = documents[Int(place)]
      years[Int(document.date) / 10_000, default: 0] += 1
      types[Int(document.type)] += 1
      tags[Int(document.language)] += 1
      for (index, name) in document.names.enumerated() {
        if index < document.authors { authors[Int(name)] += 1 } else { topics[Int(name)] += 1 }
      }
    }
    return Facets(
      years: years.map { YearCount(year: $0.key, publications: $0.value) }
        .sorted { $0.year > $1.year },
      topics: commonest(topics),
      types: RecordIndex.facets(
        zip(PublicationType.allCases, types).map { ($0.0.rawValue, $0.1) }),
      authors: commonest(authors),
      languages: RecordIndex.facets(
        zip(languages, tags).filter { !$0.0.isEmpty }.map { ($0.0, $0.1) }))
  }

  private func commonest(_ counts: [Int32]) -> [Facet] {
    // Of many names few are the commonest, and those with less than these need no text.
    let found = counts.indices.filter { counts[$0] > 0 }
    let least =
      found.count > Facets.most
      ? found.map { counts[$0] }.sorted(by: >)[Facets.most - 1] : 1
    let values = found.filter { counts[$0] >= least }.map {
      (String(decoding: names[UInt32($0)], as: UTF8.self), Int(counts[$0]))
    }
    return Array(RecordIndex.facets(values).prefix(Facets.most))
  }

  private static func facets(_ counts: [(String, Int)]) -> [Facet] {
    counts.filter { $0.1 > 0 }
      .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
      .map { Facet(value: $0.0, publications: $0.1) }
  }
}

extension Connection {
  func text(ofFile file: Int64, page: Int) throws -> String {
    try row("SELECT text FROM page WHERE file = \(file) AND number = \(page)") { $0.text(0) } ?? ""
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
    if let range = indexes.pages.range(of: document.file) {
      for page in hits.ranking.bestPages(of: ranked.place, most: SearchResult.mostPages) {
        let number = page - range.lowerBound + 1
        let text = try text(ofFile: document.file, page: number)
        pages.append(PageHit(page: number, snippet: snippets.snippet(of: text)))
      }
    }
    return SearchResult(
      publication: publication, score: Double(ranked.score),
      snippet: snippets.snippet(of: publication.record.abstract), pages: pages)
  }
}
