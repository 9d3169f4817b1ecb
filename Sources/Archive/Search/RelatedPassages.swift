internal import Search

extension Archive {
  /// Finds pages and publications about the same matter as a passage.
  ///
  /// - Parameters:
  ///   - text: The passage.
  ///   - slug: A publication to leave out: the one that the passage is from.
  ///   - limit: The most publications to return.
  ///   - now: The time.
  ///   - time: How long it may take before it is cut off.
  /// - Returns: Publications, the nearest first, each with its nearest pages.
  /// - Throws: ``IndexNotReady``, or what the database throws.
  package func related(
    toPassage text: String, except slug: Slug? = nil, limit: Int = 10, at now: Instant = .now,
    time: Duration = .milliseconds(500)
  ) throws -> SearchResults {
    let query = SearchQuery(passage: text)
    let found = try search(query, limit: limit + (slug == nil ? 0 : 1), at: now, time: time)
    let others = found.results.filter { $0.publication.slug != slug }
    return SearchResults(
      query: found.query, total: found.total, isPartial: found.isPartial,
      results: Array(others.prefix(limit)))
  }
}
