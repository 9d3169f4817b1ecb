// ISO 32000-1 §14.3 has a file's metadata where its program put them; most of what a record needs
// only the first pages say.

/// Something found, with how sure it is.
package struct Guess<Value: Sendable & Equatable>: Sendable, Equatable {
  package var value: Value
  /// From 0 to 1.
  package var confidence: Double
  package var source: GuessSource

  init(_ value: Value, _ confidence: Double, _ source: GuessSource) {
    self.value = value
    self.confidence = confidence
    self.source = source
  }
}

/// Where something was found.
package enum GuessSource: Sendable, Equatable {
  /// In the file's own metadata.
  case properties
  /// On the first pages.
  case pages
  /// In both, alike.
  case both
}

/// A day, a month or a year.
package struct GuessedDate: Sendable, Hashable {
  package var year: Int
  package var month: Int?
  package var day: Int?

  package init(year: Int, month: Int? = nil, day: Int? = nil) {
    self.year = year
    self.month = month
    self.day = day
  }
}

/// What a document says of itself for a record; nothing that is unlikely to be right.
package struct Guesses: Sendable, Equatable {
  package var title: Guess<String>?
  package var authors: Guess<[String]>?
  package var published: Guess<GuessedDate>?
  package var abstract: Guess<String>?
  /// The primary subtag of a language tag (RFC 5646).
  package var language: Guess<String>?

  /// What is less sure than this is not said: a wrong field is worse than a blank one.
  static let threshold = 0.6

  package init() {}
}
