package import Search

/// The results of a search.
package struct SearchResults: Sendable, Equatable {
  /// The query, as far as it was read.
  package let query: String
  /// How many publications match.
  package let total: Int
  /// Whether some results may be missing: the search took too long, the index does not have all
  /// pages yet, or a disk could not be read.
  package let isPartial: Bool
  package let results: [SearchResult]
  /// What was probably meant; nil if the archive has every word.
  package var correction: Correction?
  /// Terms of the same meaning that were searched for too, and found something.
  package var otherTerms: [String] = []
  /// Phrases without matches, as they were typed; their words were searched for instead.
  package var missingPhrases: [String] = []
  /// The values of all results with their counts; nil if they were not asked for.
  package var facets: Facets?
}

/// A publication that a search found.
package struct SearchResult: Sendable, Equatable {
  package let publication: Publication
  /// Higher is better; not comparable between queries.
  package let score: Double
  /// From the abstract; its beginning if it has none of the words.
  package let snippet: Snippet
  /// The pages of the file that match best, best first.
  package let pages: [PageHit]

  /// The page with a passage that matches better than the abstract; nil if none has one.
  package var bestPage: PageHit? {
    guard let best = pages.max(by: { $0.snippet.score < $1.snippet.score }) else { return nil }
    return best.snippet.score > snippet.score
      ? pages.first { $0.snippet.score == best.snippet.score } : nil
  }

  /// The words of its passages that match without being words that were typed, each once.
  package var words: [MatchedWord] {
    var known = Set<MatchedWord>()
    return ([snippet] + pages.map(\.snippet)).flatMap(\.words).filter { word in
      known.insert(word.inLowerCase).inserted
    }
  }
}

/// A page that matches a query.
package struct PageHit: Sendable, Equatable {
  /// Counted from 1, as `#page=` does.
  package let page: Int
  /// The printed page number, which readers cite.
  package let label: String
  package let snippet: Snippet

  init(page: Int, label: String?, snippet: Snippet) {
    self.page = page
    self.label = label ?? "\(page)"
    self.snippet = snippet
  }
}
