import Archive
internal import Foundation
internal import Synchronization

/// How a language writes numbers, dates and the names of languages, by the Unicode CLDR.
///
/// Formatting with Foundation takes as long as rendering a page, so patterns are derived from a few
/// formatted numbers and dates. Where a pattern does not fit, Foundation formats each time.
final class Conventions: Sendable {
  private let locale: Locale
  /// The separator of groups of three digits, and the least number of digits with one; nil for other
  /// digits or groups.
  private let groups: (sign: String, leastDigits: Int)?
  private let known = Mutex(Known())

  /// What has been formatted.
  private struct Known {
    /// By month, with the day and without.
    var dates: [Int: DatePattern?] = [:]
    var languages: [String: String] = [:]
  }

  /// Tags come from records, so the cache is bounded.
  private static let mostLanguages = 500

  init(_ tag: String) {
    // Without a region English dates are those of the United States.
    let locale = Locale(identifier: tag)
    self.locale = locale
    groups = Conventions.groups(of: locale)
  }

  // MARK: Numbers

  func number(_ number: Int) -> String {
    guard number >= 0, let groups else { return Conventions.formatted(number, locale) }
    let digits = String(number)
    guard digits.utf8.count >= groups.leastDigits else { return digits }
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.utf8.count - index).isMultiple(of: 3) { text += groups.sign }
      text.append(digit)
    }
    return text
  }

  /// A number with one decimal when it is below 100 and that is not zero, and else without.
  func short(_ number: Double) -> String {
    number.formatted(
      .number.precision(.fractionLength(0...(number < 100 ? 1 : 0))).locale(locale))
  }

  private static func formatted(_ number: Int, _ locale: Locale) -> String {
    number.formatted(.number.locale(locale))
  }

  private static func groups(of locale: Locale) -> (sign: String, leastDigits: Int)? {
    let sample = formatted(1_234_567, locale)
    guard sample.hasPrefix("1"), sample.hasSuffix("567") else { return nil }
    let sign = String(sample.dropFirst().prefix { $0 != "2" })
    guard sample == "1\(sign)234\(sign)567", formatted(98_765, locale) == "98\(sign)765"
    else { return nil }
    let isGrouped = formatted(1234, locale) == "1\(sign)234"
    guard isGrouped || formatted(1234, locale) == "1234" else { return nil }
    return (sign, isGrouped ? 4 : 5)
  }

  // MARK: Dates

  /// `February 25, 2010`, or what is known of it.
  func date(_ date: PublicationDate) -> String {
    guard let month = date.month else { return "\(date.year)" }
    let key = date.day == nil ? month : month + 12
    let pattern =
      known.withLock { $0.dates[key] }
      ?? {
        let pattern = DatePattern(month: month, hasDay: date.day != nil, locale)
        _ = known.withLock { $0.dates.updateValue(pattern, forKey: key) }
        return pattern
      }()
    return pattern?.text(year: date.year, day: date.day)
      ?? Conventions.formatted(date.year, month, date.day, locale)
  }

  fileprivate static func formatted(
    _ year: Int, _ month: Int, _ day: Int?, _ locale: Locale
  ) -> String {
    let style = Date.FormatStyle(locale: locale, timeZone: .gmt).year().month(.wide)
    return midnight(year, month, day ?? 1).formatted(day == nil ? style : style.day())
  }

  /// Midnight, UTC, of a day of the Gregorian calendar.
  private static func midnight(_ year: Int, _ month: Int, _ day: Int) -> Date {
    // Days since March 1 of the year 0, as the leap day is then the last of the year.
    let (y, m) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1
    return Date(timeIntervalSince1970: Double((days - 719_468) * 86_400))
  }

  // MARK: Names

  /// The name of a language by its tag; the tag itself when it has none.
  func name(ofLanguage tag: String) -> String {
    if let name = known.withLock({ $0.languages[tag] }) { return name }
    let name = locale.localizedString(forIdentifier: tag) ?? tag
    known.withLock {
      if $0.languages.count < Conventions.mostLanguages { $0.languages[tag] = name }
    }
    return name
  }
}

/// The text before, between and after year and day in the dates of a month.
private struct DatePattern {
  private let parts: [String]
  private let isYearFirst: Bool

  /// Nil if dates of this month differ in more than their digits.
  init?(month: Int, hasDay: Bool, _ locale: Locale) {
    // Of a year and a day that no other number in the date can be taken for.
    let sample = Conventions.formatted(2468, month, hasDay ? 19 : nil, locale)
    var parts = sample.components(separatedBy: "2468")
    isYearFirst = hasDay && parts.last?.contains("19") == true
    if hasDay {
      let place = isYearFirst ? parts.count - 1 : 0
      parts.replaceSubrange(place...place, with: parts[place].components(separatedBy: "19"))
    }
    guard parts.count == (hasDay ? 3 : 2) else { return nil }
    self.parts = parts
    let other = Conventions.formatted(1862, month, hasDay ? 8 : nil, locale)
    guard text(year: 1862, day: hasDay ? 8 : nil) == other else { return nil }
  }

  func text(year: Int, day: Int?) -> String {
    guard let day else { return "\(parts[0])\(year)\(parts[1])" }
    return isYearFirst
      ? "\(parts[0])\(year)\(parts[1])\(day)\(parts[2])"
      : "\(parts[0])\(day)\(parts[1])\(year)\(parts[2])"
  }
}
