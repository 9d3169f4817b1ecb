internal import System

/// A time by the wall clock, in whole seconds since 1970-01-01T00:00:00Z.
package struct Instant: Sendable, Hashable, Comparable, CustomStringConvertible {
  package var secondsSince1970: Int64

  package init(secondsSince1970: Int64) { self.secondsSince1970 = secondsSince1970 }

  /// The time of the system's clock.
  package static var now: Instant { Instant(secondsSince1970: Clock.wall / 1_000_000_000) }

  /// Parses `YYYY-MM-DDThh:mm:ssZ`, as `description` writes it; nil if it is not that.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, bytes[10] == 0x54, bytes[13] == 0x3A, bytes[16] == 0x3A,
      bytes[19] == 0x5A,
      let date = PublicationDate(String(decoding: bytes[..<10], as: UTF8.self)),
      let month = date.month, let day = date.day,
      let hour = Instant.twoDigits(bytes, at: 11), hour < 24,
      let minute = Instant.twoDigits(bytes, at: 14), minute < 60,
      let second = Instant.twoDigits(bytes, at: 17), second < 60
    else { return nil }
    let days = Instant.days(toYear: Int64(date.year), month: Int64(month), day: Int64(day))
    secondsSince1970 = days * 86_400 + hour * 3600 + minute * 60 + second
  }

  /// `YYYY-MM-DDThh:mm:ssZ` for the years 0 to 9999 (RFC 3339).
  package var description: String {
    let days = secondsSince1970.dividedFlooring(by: 86_400)
    let second = secondsSince1970 - days * 86_400
    let (year, month, day) = Instant.date(ofDay: days)
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let years = String(year)
    return String(repeating: "0", count: max(0, 4 - years.utf8.count)) + years
      + "-\(two(month))-\(two(day))"
      + "T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
  }

  /// The date in UTC.
  var date: (year: Int, month: Int, day: Int) {
    let (year, month, day) = Instant.date(ofDay: secondsSince1970.dividedFlooring(by: 86_400))
    return (Int(year), Int(month), Int(day))
  }

  /// The time so many seconds later, or earlier for a negative number.
  package func adding(seconds: Int64) -> Instant {
    let (sum, overflow) = secondsSince1970.addingReportingOverflow(seconds)
    return Instant(secondsSince1970: overflow ? (seconds < 0 ? .min : .max) : sum)
  }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.secondsSince1970 < right.secondsSince1970
  }

  private static func twoDigits(_ bytes: [UInt8], at index: Int) -> Int64? {
    let (ten, one) = (bytes[index], bytes[index + 1])
    guard (0x30...0x39).contains(ten), (0x30...0x39).contains(one) else { return nil }
    return Int64(ten - 0x30) * 10 + Int64(one - 0x30)
  }

  // Years are counted from March, so that the day a leap year adds is the last of its year.

  private static func days(toYear year: Int64, month: Int64, day: Int64) -> Int64 {
    let marchYear = month > 2 ? year : year - 1
    let cycle = marchYear.dividedFlooring(by: 400)
    let yearOfCycle = marchYear - cycle * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
    return cycle * 146_097 + dayOfCycle - 719_468
  }

  private static func date(ofDay days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let cycle = shifted.dividedFlooring(by: 146_097)
    let dayOfCycle = shifted - cycle * 146_097
    let yearOfCycle =
      (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (
      yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * marchMonth + 2) / 5 + 1
    )
  }
}

/// A time by two clocks: the wall clock, which may jump, and the time since the machine started,
/// which does not.
package struct Moment: Sendable, Hashable {
  package var wall: Instant
  /// Seconds since the machine started.
  package var uptime: Int64

  package init(wall: Instant, uptime: Int64) {
    self.wall = wall
    self.uptime = uptime
  }

  package static var now: Moment {
    Moment(wall: .now, uptime: Clock.monotonic / 1_000_000_000)
  }
}

extension Int64 {
  fileprivate func dividedFlooring(by divisor: Int64) -> Int64 {
    self >= 0 ? self / divisor : (self + 1) / divisor - 1
  }
}
