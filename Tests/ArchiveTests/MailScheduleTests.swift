import Archive
import Testing

@Suite("Digests are due at the hour of the institute's clocks")
struct MailScheduleTests {
  private func schedule(_ zone: String, hour: Int = 7) throws -> MailSchedule {
    var schedule = MailSchedule()
    schedule.zone = try #require(SiteTimeZone(zone))
    schedule.hour = hour
    return schedule
  }

  private func moment(_ text: String) throws -> Instant { try #require(Instant(text)) }

  @Test(
    arguments: [
      // Monday 7:00 in summer and in winter.
      ("Europe/Stockholm", 7, "2026-07-06T04:59:59Z", "2026-06-29T05:00:00Z"),
      ("Europe/Stockholm", 7, "2026-07-06T05:00:00Z", "2026-07-06T05:00:00Z"),
      ("Europe/Stockholm", 7, "2026-12-07T06:00:00Z", "2026-12-07T06:00:00Z"),
      ("Europe/Stockholm", 7, "2026-12-13T23:59:59Z", "2026-12-07T06:00:00Z"),
      // Far from UTC: on the other date.
      ("Pacific/Auckland", 7, "2026-12-06T18:00:00Z", "2026-12-06T18:00:00Z"),
      ("Pacific/Auckland", 7, "2026-12-06T17:59:59Z", "2026-11-29T18:00:00Z"),
      ("America/Los_Angeles", 23, "2026-12-08T07:00:00Z", "2026-12-08T07:00:00Z"),
      ("UTC", 0, "2026-12-07T00:00:00Z", "2026-12-07T00:00:00Z"),
    ])
  func weekly(_ zone: String, _ hour: Int, at now: String, was due: String) throws {
    #expect(try schedule(zone, hour: hour).lastDue(.weekly, at: moment(now)) == moment(due))
  }

  @Test(
    arguments: [
      ("UTC", 7, "2026-12-01T06:59:59Z", "2026-11-01T07:00:00Z"),
      ("UTC", 7, "2026-12-01T07:00:00Z", "2026-12-01T07:00:00Z"),
      ("UTC", 7, "2028-02-29T12:00:00Z", "2028-02-01T07:00:00Z"),
      ("Pacific/Kiritimati", 0, "2026-12-31T10:00:00Z", "2026-12-31T10:00:00Z"),
    ])
  func monthly(_ zone: String, _ hour: Int, at now: String, was due: String) throws {
    #expect(try schedule(zone, hour: hour).lastDue(.monthly, at: moment(now)) == moment(due))
  }

  @Test("An hour that clocks skip or repeat is due once")
  func clockChanges() throws {
    // Sunday 2026-03-29 02:00 to 03:00 does not occur in Stockholm; 2026-10-25 02:00 occurs twice.
    var schedule = try schedule("Europe/Stockholm", hour: 2)
    schedule.weekday = .sunday
    for (day, due) in [("2026-03-29", "01:00:00"), ("2026-10-25", "00:00:00")] {
      var found = Set<Instant>()
      for minutes in 0..<(26 * 60) {
        let now = try moment("\(day)T00:00:00Z").adding(seconds: Int64(minutes) * 60)
        found.insert(schedule.lastDue(.weekly, at: now))
      }
      #expect(found.contains(try moment("\(day)T\(due)Z")))
      #expect(found.count <= 2)
    }
  }

  @Test("The next moment is the first of which the last is not yet past")
  func next() throws {
    let schedule = try schedule("Europe/Stockholm")
    var now = try moment("2026-01-01T00:30:00Z")
    for _ in 0..<400 {
      for frequency in [Frequency.weekly, .monthly] {
        let next = try #require(schedule.nextDue(frequency, after: now))
        #expect(next > now)
        #expect(schedule.lastDue(frequency, at: next) == next)
        #expect(schedule.lastDue(frequency, at: next.adding(seconds: -1)) <= now)
      }
      now = now.adding(seconds: 25 * 3600)
    }
    #expect(schedule.nextDue(.atOnce, after: now) == nil)
  }
}
