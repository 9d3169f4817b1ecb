/// A piece of text that shows why it was found.
package struct Snippet: Sendable, Equatable {
  package struct Segment: Sendable, Equatable {
    package let text: String
    /// Whether it is a word of the query.
    package let isMatch: Bool

    package init(_ text: String, isMatch: Bool = false) {
      self.text = text
      self.isMatch = isMatch
    }
  }

  package let segments: [Segment]
  /// Its words that match without being words that were typed, each once.
  package let words: [MatchedWord]
  /// How well it matches: 0 without a word of the query, about 1 with all of them.
  package let score: Float

  /// The piece without marks.
  package var text: String { segments.map(\.text).joined() }

  package init(segments: [Segment], words: [MatchedWord] = [], score: Float = 0) {
    self.segments = segments
    self.words = words
    self.score = score
  }
}

/// A word of a text that stands for a word of a query.
package struct MatchedWord: Sendable, Hashable {
  /// How the two belong together.
  package enum Relation: String, Sendable {
    /// They have one stem: “ports” for “port”; or two spellings: “harbour” for “harbor”.
    case form
    /// The typed one begins it.
    case completion
    /// The archive does not have the typed one, which is spelled like it.
    case correction
  }

  /// As it is in the text.
  package let found: String
  /// As it was typed, folded.
  package let typed: String
  package let relation: Relation

  package init(found: String, typed: String, relation: Relation) {
    self.found = found
    self.typed = typed
    self.relation = relation
  }

  /// The same without regard to capitals.
  package var inLowerCase: MatchedWord {
    MatchedWord(found: found.lowercased(), typed: typed, relation: relation)
  }
}
