import Archive
internal import Foundation
import Markup

/// A language that the site speaks to readers: its words, and how it writes dates and numbers.
///
/// The words come from a file of the folder `languages` in Public, named by the language's tag: a
/// new file is a new language. What a file lacks is said in English.
package struct Language: Sendable {
  /// A BCP 47 tag.
  package let tag: String
  let isRightToLeft: Bool
  private let phrases: [Phrase: String]
  private let counts: [String: String]
  private let rule: PluralRule
  private let locale: Locale

  /// Reads the words of a file.
  ///
  /// - Parameters:
  ///   - tag: The language's BCP 47 tag.
  ///   - entries: Names and words, as they stand in the file.
  ///   - fallback: The language that says what is lacking; nil for English.
  init(tag: String, entries: [String: String], fallback: Language?) {
    self.tag = tag
    rule = PluralRule(language: tag)
    // Without a region English dates are those of the United States.
    locale = Locale(identifier: tag)
    isRightToLeft = Language.isRightToLeft(tag)
    var phrases = fallback?.phrases ?? [:]
    for phrase in Phrase.allCases {
      if let words = entries[phrase.rawValue] { phrases[phrase] = words }
    }
    self.phrases = phrases
    var counts: [String: String] = [:]
    for thing in Counted.allCases {
      for form in PluralRule.Form.allCases {
        let name = "\(thing).\(form)"
        counts[name] =
          entries[name] ?? entries["\(thing).other"]
          ?? fallback?.counts["\(thing).\(form == .one ? form : .other)"]
      }
    }
    self.counts = counts
  }

  /// The names that a file of a language with these plural forms should have.
  package static func names(for tag: String) -> [String] {
    Phrase.allCases.map(\.rawValue)
      + Counted.allCases.flatMap { thing in
        PluralRule(language: tag).forms.map { "\(thing).\($0)" }
      }
  }

  /// Whether a language is written from right to left.
  static func isRightToLeft(_ tag: String) -> Bool {
    Locale.Language(identifier: tag).characterDirection == .rightToLeft
  }

  // MARK: Words

  /// A phrase as it stands.
  subscript(_ phrase: Phrase) -> String { phrases[phrase] ?? phrase.rawValue }

  /// A phrase with text in its places.
  func callAsFunction(_ phrase: Phrase, _ parts: String...) -> String {
    Language.pieces(of: self[phrase]).map { piece in
      switch piece {
      case .words(let words): words
      case .place(let number): parts.indices.contains(number) ? parts[number] : ""
      }
    }.joined()
  }

  /// A phrase with markup in its places.
  func html(_ phrase: Phrase, _ parts: HTML...) -> HTML {
    Language.pieces(of: self[phrase]).reduce(into: HTML()) { html, piece in
      switch piece {
      case .words(let words): html += "\(words)"
      case .place(let number): if parts.indices.contains(number) { html += parts[number] }
      }
    }
  }

  /// How many of something there are: `5,819 publications`.
  func count(_ thing: Counted, _ number: Int) -> String {
    (counts["\(thing).\(rule.form(of: number))"] ?? "{1}")
      .replacing("{1}", with: self.number(number))
  }

  private enum Piece {
    case words(String)
    /// Counted from 0.
    case place(Int)
  }

  private static func pieces(of words: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = words[...]
    while let brace = rest.firstIndex(of: "{") {
      let after = rest.index(after: brace)
      guard let digit = rest[after...].first?.wholeNumberValue, digit > 0,
        let close = rest.index(after, offsetBy: 1, limitedBy: rest.endIndex), close < rest.endIndex,
        rest[close] == "}"
      else {
        pieces.append(.words(String(rest[..<after])))
        rest = rest[after...]
        continue
      }
      if brace > rest.startIndex { pieces.append(.words(String(rest[..<brace]))) }
      pieces.append(.place(digit - 1))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.words(String(rest))) }
    return pieces
  }

  // MARK: Numbers and dates

  func number(_ number: Int) -> String { number.formatted(.number.locale(locale)) }

  /// `1258291` as `1.3 MB`: powers of ten, as browsers show downloads.
  func size(_ octets: Int) -> String {
    switch octets {
    case ..<1000: return count(.bytes, octets)
    case ..<999_500: return self(.kilobytes, number((octets + 500) / 1000))
    case ..<999_500_000: return self(.megabytes, tenths(Double(octets) / 1_000_000))
    default: return self(.gigabytes, tenths(Double(octets) / 1_000_000_000))
    }
  }

  private func tenths(_ number: Double) -> String {
    number.formatted(
      .number.precision(.fractionLength(0...(number < 100 ? 1 : 0))).locale(locale))
  }

  /// `February 25, 2010`, or what is known of it.
  func date(_ date: PublicationDate) -> String {
    guard let month = date.month else { return "\(date.year)" }
    let day = Language.day(date.year, month, date.day ?? 1)
    let style = Date.FormatStyle(locale: locale, timeZone: .gmt).year().month(.wide)
    return day.formatted(date.day == nil ? style : style.day())
  }

  /// The day of a moment, in UTC.
  func day(_ moment: Instant) -> String {
    PublicationDate(moment.description.prefix(10)).map(date) ?? moment.description
  }

  /// Midnight, UTC, of a day of the Gregorian calendar.
  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Date {
    // Days since March 1 of the year 0, as the leap day is then the last of the year.
    let (y, m) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1
    return Date(timeIntervalSince1970: Double((days - 719_468) * 86_400))
  }

  // MARK: Names

  /// The name of a language by its tag; the tag itself when it has none.
  func name(ofLanguage other: String) -> String {
    guard let name = locale.localizedString(forIdentifier: other), name != other else {
      return other
    }
    return name
  }

  func name(of type: PublicationType) -> String {
    switch type {
    case .report: self[.typeReport]
    case .policyPaper: self[.typePolicyPaper]
    case .workingPaper: self[.typeWorkingPaper]
    case .brief: self[.typeBrief]
    case .article: self[.typeArticle]
    case .book: self[.typeBook]
    case .chapter: self[.typeChapter]
    case .proceedings: self[.typeProceedings]
    case .thesis: self[.typeThesis]
    case .dataset: self[.typeDataset]
    case .other: self[.typeOther]
    }
  }

  /// The same by its name in the archive, which is given when it is none.
  func name(ofType name: String) -> String {
    PublicationType(rawValue: name).map { self.name(of: $0) } ?? name
  }

  /// The names of authors as text.
  func names(_ authors: [String]) -> String {
    switch authors.count {
    case 0: return ""
    case 1: return authors[0]
    case 2...6:
      return self(.namesAnd, authors.dropLast().joined(separator: ", "), authors.last ?? "")
    default:
      return self(
        .namesAnd, authors.prefix(5).joined(separator: ", "),
        count(.otherAuthors, authors.count - 5))
    }
  }

  /// The words for readers of a series with its number.
  func series(_ record: Record) -> String? {
    record.series.map { series in record.number.map { self(.seriesNumber, series, $0) } ?? series }
  }
}
