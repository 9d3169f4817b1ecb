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
