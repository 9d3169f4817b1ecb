import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("Staff pages use the site's time zone")
struct TimeZoneTests {
  private let site: TestSite
  private let staff: (fields: Fields, token: String)

  init() throws {
    var settings = TestSite.settings
    settings.timeZone = try #require(SiteTimeZone("Europe/Stockholm"))
    site = try TestSite(settings)
    staff = try site.signIn()
  }

  private func send(
    _ time: String, to resource: Resource = .newPublication, _ more: [(String, String)] = [],
    as other: (fields: Fields, token: String)? = nil
  ) -> Response {
    let staff = other ?? staff
    return site.upload(
      resource.path,
      [
        ("form-token", staff.token), ("title", "Quiet Harbours"), ("published", "2024"),
        ("type", "report"), ("status", "scheduled"), ("public-from", time),
      ] + more, file: TestSite.pdf, staff.fields)
  }

  private func publication() throws -> Publication {
    let slug = try #require(Slug("quiet-harbours"))
    return try #require(try site.archive.publications.forStaff(slug, at: site.now))
  }

  @Test(
    arguments: [
      ("2100-12-01T09:00", "2100-12-01T08:00:00Z", "2100-12-01T09:00"),
      ("2100-07-01 9:30", "2100-07-01T07:30:00Z", "2100-07-01T09:30"),
      // Clocks go from 02:00 to 03:00.
      ("2100-03-28T02:30", "2100-03-28T01:30:00Z", "2100-03-28T03:30"),
    ])
  func scheduled(_ typed: String, _ instant: String, shown: String) throws {
    #expect(send(typed).status == .seeOther)
    #expect(try publication().publicFrom?.description == instant)
    let page = site.get("/staff/publications/quiet-harbours", staff.fields).text
    #expect(page.contains("value=\"\(shown)\""))
    #expect(page.contains("in the time zone Europe/Stockholm"))
  }

  /// 02:30 of that night occurs at 00:30Z and at 01:30Z.
  @Test func aTimeThatOccursTwiceStaysWhenTheFormIsSaved() throws {
    let second = try #require(Instant("2100-10-31T01:30:00Z"))
    try site.deposit(TestSite.record("Quiet Harbours"), status: .scheduled, publicFrom: second)
    let resource = Resource.record(try publication().slug)
    for (time, expected) in [
      ("2100-10-31T02:30", second), ("2100-10-31T02:31", second.adding(seconds: -3540)),
    ] {
      let version = try publication().version
      #expect(send(time, to: resource, [("version", version)]).status == .seeOther)
      #expect(try publication().publicFrom == expected)
    }
  }

  @Test func pagesNameTheDifferenceFromUTC() throws {
    site.environment.wait(seconds: 11 * 3600 + 1800)
    // The session from before has ended.
    let staff = try site.signIn(as: .editor)
    #expect(send("2100-12-01T09:00", as: staff).status == .seeOther)
    #expect(site.get("/staff", staff.fields).text.contains("March 2, 2100, 00:30 UTC+1"))
    let record = site.get("/staff/publications/quiet-harbours", staff.fields).text
    #expect(record.contains("March 2, 2100, 00:30 UTC+1"))
    let audit = site.get("/staff/audit", staff.fields).text
    #expect(audit.contains("Time (Europe/Stockholm)"))
    #expect(audit.contains("<time datetime=\"2100-03-01T23:30:00Z\">00:30</time>"))
  }
}
