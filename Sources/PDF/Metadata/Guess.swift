// ISO 32000-1 §14.3: a file's metadata is where its program put it, but most of what a record needs
// is only on the first pages.

/// A value with its confidence.
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

/// Where a value was found.
package enum GuessSource: Sendable, Equatable {
  /// In the file's metadata.
  case properties
  /// On the first pages.
  case pages
  /// In both, with the same value.
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

/// Metadata proposed for a record; unlikely values are left out.
package struct Guesses: Sendable, Equatable {
  package var title: Guess<String>?
  package var authors: Guess<[String]>?
  package var published: Guess<GuessedDate>?
  package var abstract: Guess<String>?
  /// The primary subtag of a language tag (RFC 5646).
  package var language: Guess<String>?

  /// Less certain values are left out: a wrong field is worse than a blank one.
  static let threshold = 0.6

  package init() {}
}
