internal import Foundation

/// The time zone in which staff read and enter dates and times.
package struct SiteTimeZone: Sendable, Hashable {
  /// Its name in the IANA time zone database, such as `Europe/Stockholm`.
  package let name: String
  private let zone: TimeZone

  package static let utc = SiteTimeZone(name: "UTC", zone: .gmt)

  /// Finds a time zone by its IANA name, in its usual spelling; nil when there is none.
  package init?(_ name: String) {
    // Foundation also accepts abbreviations and offsets such as “EST” and “GMT+2”, which do not say
    // when daylight saving time begins.
    guard name == "UTC" || name.contains("/"), let zone = TimeZone(identifier: name) else {
      return nil
    }
    self.init(name: name, zone: zone)
  }

  private init(name: String, zone: TimeZone) {
    self.name = name
    self.zone = zone
  }

  /// The date and time that clocks of this zone show at an instant.
  package func localTime(at instant: Instant) -> LocalTime {
    LocalTime(reading: instant.adding(seconds: offset(at: instant)))
  }

  /// The instant at which clocks of this zone show a date and time.
  ///
  /// When clocks are turned back, a time occurs twice: the first one is meant. When they are turned
  /// forward, some times do not occur: the offset from before the change applies, so that 02:30
  /// becomes 03:30. Both rules are those of calendars (RFC 5545 §3.3.5).
  package func instant(at time: LocalTime) -> Instant {
    // No offset is more than 14 hours, so these are before and after a change on this day.
    let (before, after) = (
      offset(at: time.reading.adding(seconds: -86_400)),
      offset(at: time.reading.adding(seconds: 86_400))
    )
    let first = time.reading.adding(seconds: -before)
    let second = time.reading.adding(seconds: -after)
    return offset(at: first) != before && offset(at: second) == after ? second : first
  }

  /// How clocks differ from UTC at an instant, such as `UTC+1` or `UTC−3:30`.
  package func offsetName(at instant: Instant) -> String {
    let minutes = offset(at: instant) / 60
    guard minutes != 0 else { return "UTC" }
    let (hour, minute) = (abs(minutes) / 60, abs(minutes) % 60)
    let digits = minute < 10 ? "0\(minute)" : "\(minute)"
    return "UTC\(minutes < 0 ? "−" : "+")\(hour)\(minute == 0 ? "" : ":\(digits)")"
  }

  /// Seconds to add to UTC.
  private func offset(at instant: Instant) -> Int64 {
    Int64(
      zone.secondsFromGMT(
        for: Date(timeIntervalSince1970: Double(instant.secondsSince1970))))
  }
}

/// A date and a time of day as a clock shows them, without a time zone, to the minute.
package struct LocalTime: Sendable, Hashable {
  /// The instant at which a clock that shows UTC reads the same.
  fileprivate let reading: Instant

  fileprivate init(reading: Instant) { self.reading = reading }

  /// Reads what a date-and-time field sends or what people type in its place: `2026-12-01T09:00`,
  /// `2026-12-01 9:00`, `2026-12-01 09.00`; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split { $0 == " " || $0 == "T" || $0 == "t" }
    guard parts.count == 2 else { return nil }
    let numbers = parts[1].split(separator: parts[1].contains(".") ? "." : ":")
    // Some browsers send seconds, which are always zero.
    guard (2...3).contains(numbers.count), numbers.count == 2 || numbers[2].hasPrefix("00"),
      (1...2).contains(numbers[0].utf8.count), numbers[1].utf8.count == 2
    else { return nil }
    let hour = numbers[0].utf8.count == 1 ? "0\(numbers[0])" : "\(numbers[0])"
    guard let reading = Instant("\(parts[0])T\(hour):\(numbers[1]):00Z") else { return nil }
    self.reading = reading
  }

  /// nil outside of the years 1000 to 9999.
  package var date: PublicationDate? { PublicationDate(reading.description.prefix(10)) }

  /// From 0 to 23.
  package var hour: Int { Int(time.prefix(2)) ?? 0 }

  /// The time of day, such as `09:00`.
  package var time: String { String(reading.description.dropFirst(11).prefix(5)) }

  /// `2026-12-01T09:00`, the value of a date-and-time field in HTML.
  package var fieldValue: String { String(reading.description.prefix(16)) }
}
