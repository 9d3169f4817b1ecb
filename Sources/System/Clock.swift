import Glibc

/// The system's clocks, in nanoseconds.
package enum Clock {
  /// Time that only grows, from an arbitrary start; for durations and deadlines.
  package static var monotonic: Int64 { read(CLOCK_MONOTONIC) }

  /// Time since 1970 in UTC, which an operator can set.
  package static var wall: Int64 { read(CLOCK_REALTIME) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    // Unsafe: the system writes one timespec.
    unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

extension Duration {
  /// As nanoseconds between 0 and a hundred years.
  package var clampedNanoseconds: Int {
    let century = 3_153_600_000 as Int64
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    guard seconds < century else { return Int(century) * 1_000_000_000 }
    return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
  }
}
