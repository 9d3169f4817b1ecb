internal import Search
internal import SQLite

/// What a reader may go on to type.
package struct Suggestion: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// The query with its last word completed.
    case completion
    case title(Slug)
    case author, topic
  }

  package let kind: Kind
  package let text: String
  /// How many publications have it; for a title 1.
  package let publications: Int
}

extension Archive {
  /// Suggests completions, authors, topics and titles for what was typed.
  ///
  /// - Parameters:
  ///   - text: What was typed so far; its last word is taken to be unfinished.
  ///   - limit: The most to return.
  ///   - now: The time.
  /// - Returns: Suggestions, each text once.
  /// - Throws: What the database throws.
  package func suggestions(
    for text: String, limit: Int = 10, at now: Instant = .now
  ) throws -> [Suggestion] {
    let index = try searchIndex(at: now)
    let end = ContinuousClock.now + .milliseconds(50)
    let found = index.suggestions(
      for: text, SearchQuery(text), limit: limit, at: now.secondsSince1970,
      until: { ContinuousClock.now > end })
    let titles = try database.read { connection in
      try found.titles.compactMap { id in
        try connection.row(
          """
          SELECT slug, title FROM publication
          WHERE id = \(id) AND \(Visibility.isPublic(at: now))
          """
        ) {
          Suggestion(kind: .title(Slug(stored: $0.text(0))), text: $0.text(1), publications: 1)
        }
      }
    }
    var texts = Set<String>()
    return Array(
      (found.items.map(Suggestion.init) + titles).filter { texts.insert($0.text).inserted }
        .prefix(limit))
  }
}

extension Suggestion {
  fileprivate init(_ item: IndexSuggestions.Item) {
    let kind: Kind =
      switch item.kind {
      case .completion: .completion
      case .author: .author
      case .topic: .topic
      }
    self.init(kind: kind, text: item.text, publications: item.publications)
  }
}
