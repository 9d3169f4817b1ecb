package import Search

/// What a search found.
package struct SearchResults: Sendable, Equatable {
  /// What was looked for, as far as it was read.
  package let query: String
  /// How many publications there are on all pages of the results together.
  package let total: Int
  /// Whether the search was cut off because it took too long; `total` then counts what it had.
  package let isPartial: Bool
  package let results: [SearchResult]
  /// What was probably meant; nil when the archive has every word.
  package var correction: Correction?
  /// Phrases that nothing has, as they were typed; the results then have words of them.
  package var missingPhrases: [String] = []
  /// The values that all of the results have, counted; nil when nobody asked for them.
  package var facets: Facets?
}

/// A publication that a search found.
package struct SearchResult: Sendable, Equatable {
  package let publication: Publication
  /// Higher is better; means nothing beside the score of another query.
  package let score: Double
  /// From the abstract; its beginning when the words stand elsewhere.
  package let snippet: Snippet
  /// The pages of the file on which the words stand best, best first.
  package let pages: [PageHit]
}

/// A page on which the words of a query stand.
package struct PageHit: Sendable, Equatable {
  /// Counted from 1, as `#page=` does.
  package let page: Int
  /// What is printed on the page, which readers cite.
  package let label: String
  package let snippet: Snippet

  init(page: Int, label: String?, snippet: Snippet) {
    self.page = page
    self.label = label ?? "\(page)"
    self.snippet = snippet
  }
}
