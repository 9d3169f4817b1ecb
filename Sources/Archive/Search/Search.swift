package import Search
internal import SQLite
internal import System

extension Archive {
  /// Searches for publications.
  ///
  /// - Parameters:
  ///   - query: The query; any text is one.
  ///   - choice: The filters; the page does not matter.
  ///   - order: The order of the results.
  ///   - limit: The most results to return.
  ///   - offset: The number of results to skip.
  ///   - countsFacets: Whether the values of all results are counted.
  ///   - now: The time.
  ///   - time: How long it may take before it is cut off.
  /// - Returns: The results, in order.
  /// - Throws: ``IndexNotReady``, or what the database throws.
  package func search(
    _ query: SearchQuery, within choice: Browse = Browse(), order: SearchOrder = .relevance,
    limit: Int = 20, offset: Int = 0, countsFacets: Bool = false, at now: Instant = .now,
    time: Duration = .milliseconds(500)
  ) throws -> SearchResults {
    let offset = min(max(offset, 0), 1_000_000)
    let shown = offset..<(offset + min(max(limit, 0), 1000))
    let index = try searchIndex(at: now)
    let end = ContinuousClock.now + time
    guard !query.isEmpty || choice.isFiltered else {
      return SearchResults(query: query.text, total: 0, isPartial: false, results: [])
    }
    var query = query
    let rewordings = try synonyms.synonyms(at: now).rewordings(of: &query, types: SearchQuery.types)
    let outcome = index.search(
      query, rewordings: rewordings, filter: choice.filter, order: order, shown: shown,
      countsFacets: countsFacets,
      at: now.secondsSince1970, until: { ContinuousClock.now > end })
    let results = try database.read { connection in
      var snippets = outcome.snippets
      return try outcome.hits.compactMap { hit in
        try connection.result(for: hit, with: &snippets[hit.wording], at: now)
      }
    }
    return SearchResults(
      query: query.text, total: outcome.total, isPartial: outcome.isPartial, results: results,
      correction: outcome.correction?.spelled(asIn: results.flatMap(\.words)),
      otherTerms: outcome.otherTerms,
      missingPhrases: outcome.missingPhrases, facets: outcome.facets)
  }

  /// Searches the index without reading records, to measure it alone.
  ///
  /// - Parameters:
  ///   - query: The query.
  ///   - limit: How many of the best to return.
  ///   - now: The time.
  /// - Returns: How many there are, and the ids of the best.
  /// - Throws: What the database throws.
  package func rank(
    _ query: SearchQuery, limit: Int, at now: Instant = .now
  ) throws -> (total: Int, ids: [Publication.ID]) {
    let outcome = try searchIndex(at: now).search(
      query, shown: 0..<limit, at: now.secondsSince1970)
    return (outcome.total, outcome.hits.map(\.id))
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

  /// The size of the search index.
  package struct IndexSize: Sendable, Equatable {
    package let publications: Int
    package let pages: Int
    package let words: Int
    /// In memory, approximately.
    package let bytes: Int
  }

  package func measureIndex(at now: Instant = .now) throws -> IndexSize {
    let index = try searchIndex(at: now)
    return IndexSize(
      publications: index.recordCount, pages: index.pageCount, words: index.wordCount,
      bytes: index.weight)
  }

  /// Rebuilds the index when much of it is out of use.
  package func remakeWornIndex() throws {
    if liveIndex.isWorn { try liveIndex.prepare(from: database, empty: core.emptyIndex) }
    liveIndex.updateSpace()
  }

  /// The search index as it is at a moment.
  ///
  /// - Throws: ``IndexNotReady``, or what the database throws.
  func searchIndex(at now: Instant) throws -> SearchIndex {
    guard let limit = options.indexWait else {
      return try liveIndex.index(at: now, buildingFrom: database, empty: core.emptyIndex)
    }
    let total = try publications.count(at: now)
    // A worker is not kept waiting for an archive that takes longer to read.
    let isSoon = total - liveIndex.progress <= IndexNotReady.recordsPerSecond
    if let index = liveIndex.index(at: now, waiting: isSoon ? limit : .zero) { return index }
    throw IndexNotReady(publications: liveIndex.progress, total: total)
  }
}

/// The search index is still being built.
package struct IndexNotReady: Error, Equatable {
  /// How many publications it has so far.
  package let publications: Int
  /// How many there are.
  package let total: Int

  /// How many records are read in a second, at least.
  fileprivate static let recordsPerSecond = 10_000

  /// The seconds until it will probably be ready, at least 2.
  package var secondsLeft: Int { max(2, (total - publications) / Self.recordsPerSecond) }
}

extension ScratchFile: SegmentFile {}

extension SearchQuery {
  /// The names that may follow `type:`.
  static let types = PublicationType.allCases.map(\.rawValue)

  /// Parses a query.
  package init(_ text: String) {
    self.init(text, types: SearchQuery.types)
  }
}

extension Connection {
  func page(_ number: Int, ofFile file: Int64) throws -> (text: String, label: String?) {
    try row("SELECT text, label FROM page WHERE file = \(file) AND number = \(number)") {
      ($0.text(0), $0.optionalText(1))
    } ?? ("", nil)
  }

  /// How two pages near one begin and end: the running heads of left and right pages may differ.
  private func ends(ofPagesBeside page: Int, ofFile file: Int64) throws -> [PageEnds] {
    let (first, second) = page > 2 ? (page - 1, page - 2) : (page + 1, page + 2)
    return try rows(
      """
      SELECT substr(CAST(text AS BLOB), 1, \(PageEnds.length)),
        substr(CAST(text AS BLOB), -\(PageEnds.length)) FROM page
      WHERE file = \(file) AND number IN (\(first), \(second))
      """
    ) {
      PageEnds(
        beginning: String(decoding: $0.bytes(0), as: UTF8.self),
        end: String(decoding: $0.bytes(1), as: UTF8.self))
    }
  }

  fileprivate func result(
    for hit: SearchHit, with snippets: inout SnippetMaker, at now: Instant
  ) throws -> SearchResult? {
    let found = try row(
      """
      \(Publication.select(at: now))
      WHERE publication.id = \(hit.id) AND \(Visibility.isPublic(at: now))
      """
    ) { Publication($0) }
    guard let publication = found ?? nil else { return nil }
    var pages: [PageHit] = []
    for page in hit.pages {
      let (text, label) = try self.page(page, ofFile: hit.file)
      let beside = try ends(ofPagesBeside: page, ofFile: hit.file)
      pages.append(
        PageHit(page: page, label: label, snippet: snippets.snippet(of: text, beside: beside)))
    }
    return SearchResult(
      publication: publication, score: Double(hit.score),
      snippet: snippets.snippet(of: publication.record.abstract), pages: pages)
  }
}
