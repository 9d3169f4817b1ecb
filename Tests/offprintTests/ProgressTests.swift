import Testing

@testable import offprint

@Suite("Progress shows the share done, the speed and the time left")
struct ProgressTests {
  @Test(
    arguments: [
      (0, 5819, 0, Duration.zero, "Importing: 0 of 5,819, 0 %"),
      (2910, 5819, 0.5, .seconds(2), "Importing: 2,910 of 5,819, 50 %, 1,455/s, 2 s left"),
      (1, 4, 0.25, .seconds(40), "Importing: 1 of 4, 25 %, 2 min 0 s left"),
      (10, 5819, 0.009, .seconds(10), "Importing: 10 of 5,819, 0 %, 1.0/s"),
      (100, 200, 0.5, .seconds(1), "Importing: 100 of 200, 50 %, 100/s"),
      (100, 200, 0.5, .seconds(1000), "Importing: 100 of 200, 50 %, 0.1/s, 17 min left"),
      (9, 900, 0.01, .seconds(9000), "Importing: 9 of 900, 1 %, more than 2 days left"),
      (10, nil, nil, .seconds(2), "Importing: 10, 5.0/s"),
      (100, 1_000_000, 0.0001, .seconds(36000), "Importing: 100 of 1,000,000, 0 %"),
      (5819, 5819, 1, .seconds(4), "Importing: 5,819 of 5,819, 100 %, 1,454/s"),
    ] as [(Int, Int?, Double?, Duration, String)])
  func line(done: Int, total: Int?, fraction: Double?, elapsed: Duration, is text: String) {
    let progress = Progress(
      label: "Importing", done: done, total: total, fraction: fraction, elapsed: elapsed)
    #expect(progress.line == text)
  }

  @Test func theEstimateFollowsTheRecentSpeed() {
    // The first half was passed over quickly, as it was imported before.
    let progress = Progress(
      label: "Importing", done: 5, total: 10, fraction: 0.5, elapsed: .seconds(10),
      recentSpeed: 0.001)
    #expect(progress.line.hasSuffix("8 min 20 s left"))
  }

  @Test(arguments: [0, 5, 40, 60, 79, 200])
  func barFillsItsColumns(_ columns: Int) {
    for fraction in [nil, -1, 0, 0.5, 1, 7] as [Double?] {
      let progress = Progress(
        label: "Reading", done: 3, total: 7, fraction: fraction, elapsed: .seconds(9))
      #expect(progress.bar(columns: columns).count == columns)
    }
  }

  @Test func barIsHalfFull() {
    let progress = Progress(label: "R", done: 1, total: 2, fraction: 0.5, elapsed: .zero)
    let bar = progress.bar(columns: 80)
    #expect(bar.filter { $0 == "█" }.count == 20)
    #expect(bar.filter { $0 == "·" }.count == 20)
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")])
  func thousands(_ number: Int, read text: String) {
    #expect(grouped(number) == text)
  }
}
