import PDF
import Testing

@Suite("Dates are read in the forms of many languages, and those of other events are not")
struct DateGuessTests {
  private func date(_ lines: [String], info: String = "") throws -> Guess<GuessedDate>? {
    let shown: [GuessSample.Line] = lines.enumerated().map { (10, 700 - 14 * $0, $1) }
    let title: GuessSample.Line = (22, 740, "Harbours of the Northern Sea")
    return try GuessSample([title] + shown + GuessSample.text, info: info).guesses().published
  }

  @Test(
    arguments: [
      ("25 février 2010", 25), ("25 de fevereiro de 2010", 25), ("25-02-2010", 25),
      ("25/02/2010", 25), ("2/25/10", 25), ("2010/2/25", 25), ("2010. 2. 25.", 25),
      ("Effective 2/25/10", 25), ("Hamburg, 25.02.2010", 25), ("25th of February 2010", 25),
      ("Feb. 25, 2010", 25), ("Updated February 2010", nil), ("HARBOUR PAPER | February 2010", nil),
      ("MMWR / February 25, 2010 / Vol. 60", 25),
      ("Received 3 January 2009; accepted 4 May 2009; published 25 February 2010", 25),
      ("Published on 25 February 2010", 25), ("Policy Brief | No. 12 | February 2010", nil),
    ] as [(String, Int?)])
  func line(_ line: String, isInFebruary day: Int?) throws {
    let found = try date([line])
    #expect(found?.value == GuessedDate(year: 2010, month: 2, day: day))
    #expect((found?.confidence ?? 0) >= 0.6)
  }

  @Test func dayAndMonthCanBeUnclear() throws {
    #expect((try date(["3/4/2010"])?.confidence ?? 0) < 0.6)
    // Another date of the document shows the order.
    let found = try date(["3/4/2010", "The plan of 2/25/2010 says more about the depth of ports"])
    #expect(found?.value == GuessedDate(year: 2010, month: 3, day: 4))
    #expect((found?.confidence ?? 0) >= 0.6)
  }

  @Test(
    arguments: [
      "Data as of March 29, 2010", "Manuscript completed: January 2010", "Deadline: 3 March 2010",
      "Version 12.3.2010.4", "Chapter 10.11.12",
    ])
  func line(_ line: String) throws {
    #expect((try date([line])?.confidence ?? 0) < 0.6)
  }

  @Test func theDayOfAnEventDoesNotMakeAMonthMorePrecise() throws {
    let found = try date(["February 2010", "The port is closed on February 11, 2010, a holiday"])
    #expect(found?.value == GuessedDate(year: 2010, month: 2))
  }

  @Test func aYearOnTheTitlePageIsConfirmedByTheCopyright() throws {
    let title: GuessSample.Line = (22, 740, "Harbours of the Northern Sea")
    let imprint: GuessSample.Line = (9, 700, "© Institute of Northern Harbours, Bergen, 2010")
    let alone = try GuessSample([title, (10, 700, "2010")] + GuessSample.text).guesses()
    let both = try GuessSample(
      [title, (10, 700, "2010")] + GuessSample.text, more: [[imprint] + GuessSample.text]
    ).guesses()
    #expect((alone.published?.confidence ?? 0) < 0.6)
    #expect(both.published?.value == GuessedDate(year: 2010))
    #expect((both.published?.confidence ?? 0) >= 0.6)
  }
}
