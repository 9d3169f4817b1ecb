import Archive
import Testing

@Suite("Local times are read as the clocks of the time zone show them")
struct SiteTimeZoneTests {
  @Test(
    arguments: [
      ("UTC", "2026-12-01T09:00", "2026-12-01T09:00:00Z"),
      ("Europe/Stockholm", "2026-12-01T09:00", "2026-12-01T08:00:00Z"),
      ("Europe/Stockholm", "2026-07-01T09:00", "2026-07-01T07:00:00Z"),
      // Clocks go from 02:00 to 03:00.
      ("Europe/Stockholm", "2026-03-29T01:59", "2026-03-29T00:59:00Z"),
      ("Europe/Stockholm", "2026-03-29T02:00", "2026-03-29T01:00:00Z"),
      ("Europe/Stockholm", "2026-03-29T02:30", "2026-03-29T01:30:00Z"),
      ("Europe/Stockholm", "2026-03-29T03:00", "2026-03-29T01:00:00Z"),
      // Clocks go from 03:00 back to 02:00.
      ("Europe/Stockholm", "2026-10-25T01:59", "2026-10-24T23:59:00Z"),
      ("Europe/Stockholm", "2026-10-25T02:30", "2026-10-25T00:30:00Z"),
      ("Europe/Stockholm", "2026-10-25T03:00", "2026-10-25T02:00:00Z"),
      ("America/New_York", "2026-03-08T02:30", "2026-03-08T07:30:00Z"),
      ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00Z"),
      ("Asia/Kathmandu", "2026-01-01T00:00", "2025-12-31T18:15:00Z"),
      ("Pacific/Kiritimati", "2026-01-01T13:59", "2025-12-31T23:59:00Z"),
      // Half an hour of daylight saving time.
      ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z"),
      // A whole day was left out.
      ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00:00Z"),
    ])
  func instant(zone name: String, time: String, is expected: String) throws {
    let zone = try #require(SiteTimeZone(name))
    let time = try #require(LocalTime(time))
    #expect(zone.instant(at: time).description == expected)
  }

  @Test(
    arguments: [
      ("UTC", "2026-12-01T09:00:59Z", "2026-12-01T09:00", "UTC"),
      ("Europe/Stockholm", "2026-12-31T23:30:00Z", "2027-01-01T00:30", "UTC+1"),
      ("Europe/Stockholm", "2026-10-25T00:30:00Z", "2026-10-25T02:30", "UTC+2"),
      ("Europe/Stockholm", "2026-10-25T01:30:00Z", "2026-10-25T02:30", "UTC+1"),
      ("America/St_Johns", "2026-01-01T00:00:00Z", "2025-12-31T20:30", "UTC−3:30"),
      ("Europe/London", "2026-01-01T00:00:00Z", "2026-01-01T00:00", "UTC"),
    ])
  func shown(zone name: String, _ instant: String, as expected: String, _ offset: String) throws {
    let zone = try #require(SiteTimeZone(name))
    let instant = try #require(Instant(instant))
    #expect(zone.localTime(at: instant).fieldValue == expected)
    #expect(zone.offsetName(at: instant) == offset)
  }

  @Test(
    arguments: [
      ("2026-12-01T09:00", "2026-12-01T09:00"), ("2026-12-01 09:00", "2026-12-01T09:00"),
      ("2026-12-01 9:00", "2026-12-01T09:00"), ("2026-12-01  9.05", "2026-12-01T09:05"),
      ("2026-12-01t23:59", "2026-12-01T23:59"), ("2026-12-01T09:00:00", "2026-12-01T09:00"),
      ("2026-12-01T09:00:00.000", nil), ("2026-12-01", nil), ("09:00", nil), ("", nil),
      ("2026-12-01 24:00", nil), ("2026-12-01 09:60", nil), ("2026-13-01 09:00", nil),
      ("2026-02-29 09:00", nil), ("1 December 2026 09:00", nil), ("2026-12-01 9", nil),
      ("2026-12-01 -9:00", nil), ("2026-12-01T09:00Z", nil), ("2026-12-01T09:00+01:00", nil),
      ("２０２６-12-01 09:00", nil), ("2026-12-01 09:0\u{301}0", nil),
    ])
  func typed(_ text: String, is expected: String?) {
    #expect(LocalTime(text)?.fieldValue == expected)
  }

  @Test(arguments: [
    "Europe/Stockholm", "America/Argentina/Buenos_Aires", "Etc/GMT+2", "Asia/Kolkata",
  ])
  func known(_ name: String) {
    #expect(SiteTimeZone(name)?.name == name)
  }

  @Test(
    arguments: [
      "", "Sweden/Stockholm", "Europe/Stokholm", "Stockholm", "CET", "GMT+2", "+02:00", "utc",
      "Europe/", "/", "../../etc/passwd", "Europe/Stockholm ",
    ])
  func unknown(_ name: String) {
    #expect(SiteTimeZone(name) == nil)
  }
}
