internal import Synchronization

/// Makes those wait who fail to sign in again and again: under one name, or from one client.
final class Throttle: Sendable {
  private struct Failures {
    var count = 0
    /// Uptime in seconds.
    var last: Int64 = 0

    /// Seconds to wait after the last failure: none for the first four, then 2, 4, 8 … 900.
    var wait: Int64 {
      count < Throttle.free ? 0 : min(900, 2 << Int64(min(count - Throttle.free, 10)))
    }
  }

  private let failures = Mutex<[String: Failures]>([:])

  private static let free = 5
  /// Failures are forgotten after a day without another.
  private static let memory: Int64 = 86_400
  /// Bounds the memory that strangers can take; beyond it the oldest are forgotten.
  private static let mostKeys = 20_000

  /// How many seconds must pass before another attempt under any of the keys; 0 when it may be
  /// made now.
  func wait(_ keys: [String], uptime: Int64) -> Int64 {
    failures.withLock { failures in
      keys.map { key in
        guard let failed = failures[key] else { return 0 }
        return max(0, failed.last + failed.wait - uptime)
      }.max() ?? 0
    }
  }

  func failed(_ keys: [String], uptime: Int64) {
    failures.withLock { failures in
      if failures.count + keys.count > Throttle.mostKeys {
        failures = failures.filter { uptime - $0.value.last < Throttle.memory }
        for (key, _) in failures.sorted(by: { $0.value.last < $1.value.last })
          .prefix(max(0, failures.count + keys.count - Throttle.mostKeys * 3 / 4))
        { failures[key] = nil }
      }
      for key in keys {
        var failed = failures[key] ?? Failures()
        if uptime - failed.last >= Throttle.memory { failed.count = 0 }
        failed.count = min(failed.count + 1, 1000)
        failed.last = uptime
        failures[key] = failed
      }
    }
  }

  func succeeded(_ keys: [String]) {
    failures.withLock { failures in for key in keys { failures[key] = nil } }
  }
}
