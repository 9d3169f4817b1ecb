/// Uses of publications, counted as the COUNTER Code of Practice 5.1 counts them.
///
/// An investigation is any use of a publication: its page, its text, its PDF. A request is a use of
/// the full text. Unique ones count once for each reader and hour.
package struct Uses: Sendable, Hashable {
  package var investigations = 0
  package var requests = 0
  package var uniqueInvestigations = 0
  package var uniqueRequests = 0

  package init(
    investigations: Int = 0, requests: Int = 0, uniqueInvestigations: Int = 0,
    uniqueRequests: Int = 0
  ) {
    self.investigations = investigations
    self.requests = requests
    self.uniqueInvestigations = uniqueInvestigations
    self.uniqueRequests = uniqueRequests
  }

  package static func += (left: inout Uses, right: Uses) {
    left.investigations += right.investigations
    left.requests += right.requests
    left.uniqueInvestigations += right.uniqueInvestigations
    left.uniqueRequests += right.uniqueRequests
  }
}

/// A day in UTC, counted from 1970-01-01.
package struct Day: Sendable, Hashable, Comparable {
  package var number: Int64

  package init(number: Int64) { self.number = number }

  package init(of instant: Instant) {
    let seconds = instant.secondsSince1970
    number = seconds >= 0 ? seconds / 86_400 : (seconds + 1) / 86_400 - 1
  }

  package var next: Day { Day(number: number + 1) }

  /// Midnight, when it begins.
  package var start: Instant { Instant(secondsSince1970: number * 86_400) }

  package static func < (left: Day, right: Day) -> Bool { left.number < right.number }
}

/// A calendar month in UTC.
package struct Month: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let year: Int
  /// 1 … 12.
  package let number: Int

  /// nil unless `number` is 1 … 12 and the year has four digits.
  package init?(year: Int, number: Int) {
    guard (1...12).contains(number), (1...9999).contains(year) else { return nil }
    self.year = year
    self.number = number
  }

  /// Parses `YYYY-MM`; nil if it is not that.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.count == 7, parts.count == 2, parts[0].utf8.count == 4,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let year = Int(parts[0]), let number = Int(parts[1])
    else { return nil }
    self.init(year: year, number: number)
  }

  /// The month of a time.
  package init(of instant: Instant) {
    let text = instant.description.prefix(7)
    let read = Month(text)
    year = read?.year ?? 1970
    number = read?.number ?? 1
  }

  /// The month so many months later, or earlier for a negative number, within the years 1 … 9999.
  package func adding(months: Int) -> Month {
    let (sum, overflow) = (year * 12 + number - 1).addingReportingOverflow(months)
    let index = overflow ? (months < 0 ? 12 : 9999 * 12 + 11) : min(max(sum, 12), 9999 * 12 + 11)
    return Month(year: index / 12, number: index % 12 + 1) ?? self
  }

  /// `YYYY-MM`.
  package var description: String {
    String(repeating: "0", count: max(0, 4 - String(year).utf8.count)) + "\(year)-"
      + (number < 10 ? "0" : "") + "\(number)"
  }

  /// Its first day.
  package var firstDay: Day {
    Day(of: Instant("\(self)-01T00:00:00Z") ?? Instant(secondsSince1970: 0))
  }

  package static func < (left: Month, right: Month) -> Bool {
    (left.year, left.number) < (right.year, right.number)
  }
}

/// The uses of one publication or of all, by month.
package struct MonthlyUses: Sendable, Equatable {
  package struct MonthUses: Sendable, Equatable {
    package let month: Month
    package let uses: Uses

    package init(month: Month, uses: Uses) {
      self.month = month
      self.uses = uses
    }
  }

  package let total: Uses
  /// The months in which something was counted, first to last.
  package let months: [MonthUses]

  package init(months: [MonthUses]) {
    self.months = months
    total = months.reduce(into: Uses()) { $0 += $1.uses }
  }
}

/// Uses of one publication on one day, to be added to the totals.
package struct DayUses: Sendable, Equatable {
  package var slug: Slug
  package var day: Day
  package var uses: Uses

  package init(slug: Slug, day: Day, uses: Uses) {
    self.slug = slug
    self.day = day
    self.uses = uses
  }
}
