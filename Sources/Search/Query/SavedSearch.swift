extension SearchIndex {
  /// The records that a saved search finds.
  ///
  /// Unlike the results that a reader looks through, best first, these have all words of the query:
  /// nobody wants a message about one word of three. No word is corrected or completed.
  ///
  /// - Parameters:
  ///   - query: The query; one that is empty limits nothing.
  ///   - filter: What the records are limited to.
  /// - Returns: Their ids.
  package func ids(matchingAllOf query: SearchQuery, filter: SearchFilter) -> Set<Int64> {
    var query = query
    for index in query.clauses.indices where !query.clauses[index].isExcluded {
      query.clauses[index].isQuoted = true
    }
    let limits = ResolvedFilter(query, filter, records)
    let requirements = Requirements(query, records, pages, until: { false })
    var found = records.live
    for places in requirements.required { found.formIntersection(places) }
    for places in requirements.excluded { found.subtract(places) }
    var ids = Set<Int64>()
    found.each { place in
      if limits.isEmpty || limits.allows(place, in: records) {
        ids.insert(records.documents[place].id)
      }
    }
    return ids
  }
}
