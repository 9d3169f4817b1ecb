// ISO 32000-1 §14.3: a file's metadata is where its program put it, but most of what a record needs
// is only on the first pages.

/// A value with its confidence.
package struct Guess<Value: Sendable & Equatable>: Sendable, Equatable {
  package var value: Value
  /// From 0 to 1.
  package var confidence: Double
  package var source: GuessSource
  /// The page on which it is, from 1; nil if it is not on one page.
  package var page: Int?

  init(_ value: Value, _ confidence: Double, _ source: GuessSource, page: Int? = nil) {
    self.value = value
    self.confidence = confidence
    self.source = source
    self.page = page
  }
}

/// Where a value was found.
package enum GuessSource: Sendable, Equatable {
  /// In the file's metadata.
  case properties
  /// On the pages.
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
  package var subtitle: Guess<String>?
  package var authors: Guess<[String]>?
  package var published: Guess<GuessedDate>?
  package var abstract: Guess<String>?
  /// The primary subtag of a language tag (RFC 5646).
  package var language: Guess<String>?
  package var series: Guess<String>?
  /// The number in the series, or of the report.
  package var number: Guess<String>?
  /// Without a resolver.
  package var doi: Guess<String>?

  /// Less certain values are left out: they are more often wrong than right.
  static let least = 0.3

  package init() {}
}
