/// When digests are due.
package struct MailSchedule: Sendable, Equatable {
  /// The hour of weekly and monthly digests, in `zone`.
  package var hour = 7
  package var weekday = Weekday.monday
  package var zone = SiteTimeZone.utc
  /// Seconds that a publication waits for others before it is announced at once.
  package var delay: Int64 = 600

  package init() {}

  package enum Weekday: String, Sendable, CaseIterable {
    case monday = "Monday"
    case tuesday = "Tuesday"
    case wednesday = "Wednesday"
    case thursday = "Thursday"
    case friday = "Friday"
    case saturday = "Saturday"
    case sunday = "Sunday"
  }

  /// The last moment, up to the present, for which digests were due.
  ///
  /// What became public by then and has not been announced is due. A server that was down at that
  /// moment sends afterwards, and what became public since waits for the next.
  ///
  /// - Parameters:
  ///   - frequency: How often; at once is due for what became public `delay` ago.
  ///   - now: The present.
  /// - Returns: The moment.
  package func lastDue(_ frequency: Frequency, at now: Instant) -> Instant {
    guard frequency != .atOnce else { return now.adding(seconds: -delay) }
    var day = localDay(at: now)
    // At most once: the moment of the day of the digest itself may be still to come.
    while true {
      day = firstDay(of: frequency, upTo: day)
      let moment = self.moment(on: day)
      if moment <= now { return moment }
      day -= 1
    }
  }

  /// The first moment after the present at which digests are due; nil for at once, which depends on
  /// what becomes public.
  package func nextDue(_ frequency: Frequency, after now: Instant) -> Instant? {
    guard frequency != .atOnce else { return nil }
    var day = localDay(at: now)
    while true {
      if firstDay(of: frequency, upTo: day) == day {
        let moment = self.moment(on: day)
        if moment > now { return moment }
      }
      day += 1
    }
  }

  // Days count from 1970-01-01, which was a Thursday.

  private func localDay(at now: Instant) -> Int64 {
    let date = zone.localTime(at: now).fieldValue.prefix(10)
    return (Instant("\(date)T00:00:00Z")?.secondsSince1970 ?? 0) / 86_400
  }

  /// The last day of a digest that is not after the given one.
  private func firstDay(of frequency: Frequency, upTo day: Int64) -> Int64 {
    if frequency == .monthly {
      let date = Instant(secondsSince1970: day * 86_400).description.prefix(10)
      return day - (Int64(date.suffix(2)) ?? 1) + 1
    }
    let weekdays: [Weekday] = [
      .thursday, .friday, .saturday, .sunday, .monday, .tuesday, .wednesday,
    ]
    let wanted = Int64(weekdays.firstIndex(of: weekday) ?? 0)
    return day - ((day - wanted) % 7 + 7) % 7
  }

  /// The moment of digests on a day.
  ///
  /// When clocks skip or repeat it, ``SiteTimeZone`` says which.
  private func moment(on day: Int64) -> Instant {
    let date = Instant(secondsSince1970: day * 86_400).description.prefix(10)
    let hour = self.hour < 10 ? "0\(self.hour)" : "\(self.hour)"
    guard let time = LocalTime("\(date)T\(hour):00") else {
      return Instant(secondsSince1970: day * 86_400)
    }
    return zone.instant(at: time)
  }
}
