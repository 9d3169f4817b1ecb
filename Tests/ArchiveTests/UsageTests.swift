import Archive
import Testing

@Suite("Uses add up by publication and month")
struct UsageTests {
  private let store: TemporaryArchive
  private var archive: Archive { store.archive }

  init() throws { store = try TemporaryArchive() }

  private func day(_ date: String) throws -> Day {
    Day(of: try #require(Instant("\(date)T12:00:00Z")))
  }

  private func add(_ slug: Slug, _ date: String, requests: Int) throws {
    let uses = Uses(
      investigations: 2 * requests, requests: requests, uniqueInvestigations: requests,
      uniqueRequests: 1)
    try archive.usage.add([DayUses(slug: slug, day: try day(date), uses: uses)])
  }

  @Test func daysAddUpToMonths() throws {
    let slug = try store.deposit("River Law").slug
    #expect(try archive.usage.of(slug) == nil)
    for (date, requests) in [("2026-01-31", 1), ("2026-02-01", 2), ("2026-02-01", 3)] {
      try add(slug, date, requests: requests)
    }
    let usage = try #require(try archive.usage.of(slug))
    #expect(usage.months.map(\.month.description) == ["2026-01", "2026-02"])
    #expect(usage.months.map(\.uses.requests) == [1, 5])
    #expect(
      usage.total
        == Uses(investigations: 12, requests: 6, uniqueInvestigations: 6, uniqueRequests: 3))
  }

  @Test func aReportHasTheMostRequestedFirstAndOnlyItsMonths() throws {
    let slugs = try ["River Law", "Harbour Dues", "Sea Ice"].map { try store.deposit($0).slug }
    try add(slugs[0], "2026-01-05", requests: 90)
    try add(slugs[0], "2026-02-05", requests: 1)
    try add(slugs[1], "2026-02-28", requests: 5)
    try add(slugs[1], "2026-03-31", requests: 5)
    try add(slugs[2], "2026-04-01", requests: 99)
    let (first, last) = (try #require(Month("2026-02")), try #require(Month("2026-03")))
    let report = try archive.usage.report(from: first, through: last, limit: 10)
    #expect(report.map(\.slug) == [slugs[1], slugs[0]])
    #expect(report.map(\.total.requests) == [10, 1])
    #expect(report.first?.months.keys.sorted().map(\.description) == ["2026-02", "2026-03"])
    #expect(report.first?.title == "Harbour Dues")
    #expect(try archive.usage.report(from: first, through: last, limit: 1).count == 1)
    let all = try archive.usage.ofAll(from: first, through: last)
    #expect(all.months.map(\.uses.requests) == [6, 5])
  }

  @Test func whatIsNotThereIsNotCounted() throws {
    let slug = try #require(Slug("nothing-of-ours"))
    try archive.usage.add([DayUses(slug: slug, day: try day("2026-01-01"), uses: Uses(requests: 1))]
    )
    #expect(try archive.usage.of(slug) == nil)
  }

  @Test(
    arguments: [
      ("2026-01", 1, "2026-02"), ("2026-12", 1, "2027-01"), ("2026-01", -1, "2025-12"),
      ("2026-11", 26, "2029-01"), ("9999-12", Int.max, "9999-12"), ("0001-01", Int.min, "0001-01"),
    ])
  func months(_ month: String, and number: Int, are sum: String) throws {
    #expect(try #require(Month(month)).adding(months: number).description == sum)
  }

  @Test(arguments: ["", "2026", "2026-13", "2026-00", "26-01", "2026-1", "+026-01", "2026-01-01"])
  func noMonth(_ text: String) { #expect(Month(text) == nil) }
}
