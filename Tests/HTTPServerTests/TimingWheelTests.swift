import HTTPServer
import Testing

@Suite("The timing wheel returns due entries once and not early")
struct TimingWheelTests {
  @Test(arguments: [0, 1, 99, 100, 101, 5_000, 51_100, 51_200, 51_300, 1_000_000])
  func aDeadline(_ due: Int64) {
    var wheel = TimingWheel(tick: 100, now: 1234)
    wheel.schedule(7, at: 1234 + due)
    var entries: [TimingWheel.Entry] = []
    var now: Int64 = 1234
    while entries.isEmpty, now < 2_000_000 {
      guard let pause = wheel.pause(from: now) else { break }
      now += max(1, pause)
      wheel.advance(to: now, into: &entries)
    }
    #expect(entries.map(\.key) == [7])
    #expect(now >= 1234 + due)
    #expect(now <= 1234 + due + 200)
    #expect(wheel.pause(from: now) == nil)
  }

  @Test func manyDeadlinesInWhateverOrder() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20 {
      var wheel = TimingWheel(tick: 10, now: 0)
      var expected: [Int64] = []
      for key in 0..<500 {
        let due = Int64.random(in: 0..<20_000, using: &generator)
        wheel.schedule(UInt64(key), at: due)
        expected.append(due)
      }
      var now: Int64 = 0
      var found = 0
      while now < 30_000 {
        now += Int64.random(in: 1..<500, using: &generator)
        var entries: [TimingWheel.Entry] = []
        wheel.advance(to: now, into: &entries)
        for entry in entries {
          #expect(entry.due == expected[Int(entry.key)])
          #expect(entry.due <= now && entry.due > now - 520)
        }
        found += entries.count
      }
      #expect(found == 500)
      #expect(wheel.pause(from: now) == nil)
    }
  }

  @Test func aLongSleepLosesNothing() {
    var wheel = TimingWheel(tick: 10, now: 0)
    for key in 0..<1000 { wheel.schedule(UInt64(key), at: Int64(key) * 10) }
    var entries: [TimingWheel.Entry] = []
    wheel.advance(to: 1 << 40, into: &entries)
    // What was put back for lying beyond the ring comes in the next turn.
    wheel.advance(to: 1 << 41, into: &entries)
    #expect(entries.count == 1000)
  }
}
