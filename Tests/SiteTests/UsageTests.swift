import Archive
import Site
import Testing

@Suite("Usage is counted by the COUNTER Code of Practice 5.1")
struct UsageTests {
  private static let start: Int64 = 1_795_514_460  // 2026-11-24T10:01:00Z

  private func slug(_ text: String = "river-law") throws -> Slug { try #require(Slug(text)) }

  private func count(
    _ uses: [(reader: Int, kind: PublicationUse.Kind, seconds: Int64)]
  ) throws -> Uses {
    var tally = UsageTally()
    for use in uses {
      tally.count(
        PublicationUse(
          reader: use.reader, slug: try slug(), kind: use.kind, time: Self.start + use.seconds))
    }
    let days = tally.takeAll()
    #expect(days.count <= 1)
    return days.first?.uses ?? Uses()
  }

  @Test(
    "Of two uses within 30 seconds the first is dropped (§7.2)",
    arguments: [
      ([0], 1), ([0, 29], 1), ([0, 30], 1), ([0, 31], 2), ([0, 35], 2), ([0, 20, 40, 60], 1),
      ([0, 20, 51], 2), ([0, 0], 1),
    ] as [([Int64], Int)])
  func doubleClicks(_ seconds: [Int64], count expected: Int) throws {
    let uses = try count(seconds.map { (1, .page, $0) })
    #expect(uses.investigations == expected && uses.requests == 0)
  }

  @Test func differentAddressesAndReadersAreNoDoubleClick() throws {
    let uses = try count([(1, .page, 0), (1, .document, 1), (1, .reading, 2), (2, .page, 3)])
    #expect(
      uses
        == Uses(
          investigations: 4, requests: 2, uniqueInvestigations: 2, uniqueRequests: 1))
  }

  @Test func turningDrawnPagesIsOneUse() throws {
    let turns = (0..<20).map { (1, PublicationUse.Kind.drawnPage, Int64($0 * 60)) }
    let uses = try count(turns + [(1, .document, 1300), (2, .drawnPage, 1310)])
    #expect(
      uses
        == Uses(investigations: 3, requests: 3, uniqueInvestigations: 2, uniqueRequests: 2))
  }

  @Test func aReaderIsUniqueOnceAnHour() throws {
    let uses = try count([(1, .page, 0), (1, .page, 1000), (1, .page, 3540), (1, .page, 5000)])
    #expect(uses.investigations == 4)
    #expect(
      uses.uniqueInvestigations == 2, "10:01 and 10:17 are of one hour, 11:00 and 11:24 of the next"
    )
  }

  @Test func theLastOfAChainGivesTheDay() throws {
    var tally = UsageTally()
    let midnight = Day(of: Instant(secondsSince1970: Self.start)).number * 86_400 + 86_400
    for seconds in [-10, 10] as [Int64] {
      tally.count(
        PublicationUse(reader: 1, slug: try slug(), kind: .page, time: midnight + seconds))
    }
    let days = tally.takeAll()
    #expect(days.map(\.day.number) == [midnight / 86_400])
  }

  @Test func anHourIsSettledWhenNothingInItCanChange() throws {
    var tally = UsageTally()
    tally.count(PublicationUse(reader: 1, slug: try slug(), kind: .page, time: Self.start))
    let endOfHour = Self.start - 60 + 3600
    #expect(tally.take(at: endOfHour).isEmpty)
    #expect(tally.take(at: endOfHour + 30).isEmpty)
    #expect(tally.take(at: endOfHour + 31).map(\.uses.investigations) == [1])
    #expect(tally.take(at: endOfHour + 5000).isEmpty, "it is taken once")
    #expect(tally.takeAll().isEmpty)
  }

  @Test func whoTakesMoreThanAPersonCanDoesNotCount() throws {
    var tally = UsageTally()
    for number in 0...100 {
      let slug = try slug("paper-\(number)")
      tally.count(
        PublicationUse(
          reader: 1, slug: slug, kind: .document, time: Self.start + Int64(number)))
    }
    tally.count(
      PublicationUse(reader: 2, slug: try slug("paper-5"), kind: .page, time: Self.start))
    let days = tally.takeAll()
    #expect(days.map(\.slug.description) == ["paper-5"])
    #expect(days.map(\.uses.investigations) == [1])
  }

  @Test(
    arguments: [
      ("", true),
      ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", true),
      ("Mozilla/5.0 (compatible; Claude-User/1.0)", true),
      ("meta-externalagent/1.1", true),
      ("CURL/8.5.0", true),
      ("python-requests/2.32", true), ("x", true), ("Firefox", true), ("Mozilla", true),
      ("FDM+3", true), ("FDM x", false), ("java/17.0.2", true),
      ("a java/17.0.2", false), ("catfish", true), ("afish", false), ("BigSur.ai", true),
      ("link checker", true), ("破解后的", true), ("破解后的!", false),
      ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", false),
      (
        """
        Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 \
        (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1
        """, false
      ),
    ])
  func programs(_ userAgent: String, areToldFromPeople isRobot: Bool) throws {
    #expect(try RobotList().matches(userAgent) == isRobot)
  }
}
