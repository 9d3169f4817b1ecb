internal import Synchronization
internal import System

/// Delays repeated failures to sign in under one name or from one client.
final class Throttle: Sendable {
  struct Key: Hashable {
    let text: String
    /// In seconds.
    ///
    /// A name waits less than a client, or strangers could lock its owner out.
    let longestWait: Int64

    /// A name from anywhere, or within one network that its owner is known in.
    static func name(_ name: String, in network: String? = nil) -> Key {
      Key(text: "name \(network ?? "") \(name.lowercased())", longestWait: 60)
    }

    /// The codes of an account, which only somebody who knows the password can try: nobody else is
    /// kept out, so the wait may be long.
    static func code(of account: Account) -> Key {
      Key(text: "code \(account.id)", longestWait: 900)
    }

    static func client(_ client: String) -> Key {
      Key(text: "client " + Address.network(of: client, ipv4Bytes: 4), longestWait: 900)
    }
  }

  private struct Failures {
    var count = 0
    /// Uptime in seconds.
    var last: Int64 = 0

    /// Seconds to wait after the last failure: none for the first four, then 2, 4, 8 and so on.
    func wait(atMost longest: Int64) -> Int64 {
      count < Throttle.slowedFrom
        ? 0 : min(longest, 2 << Int64(min(count - Throttle.slowedFrom, 10)))
    }
  }

  private let failures = Mutex<[Key: Failures]>([:])
  private let attempts = Atomic<Int>(0)

  private static let slowedFrom = 5
  /// The most attempts at a time: checking a password is slow and occupies a worker.
  private static let mostAttempts = 2
  /// Seconds without a failure after which earlier ones are forgotten.
  private static let memory: Int64 = 86_400
  /// The most keys, which bounds memory; beyond it the oldest are forgotten.
  private static let mostKeys = 20_000

  /// Begins an attempt, to be ended with ``end()``; false when there are too many at once.
  func begin() -> Bool {
    guard attempts.wrappingAdd(1, ordering: .relaxed).newValue <= Throttle.mostAttempts else {
      end()
      return false
    }
    return true
  }

  func end() { attempts.wrappingSubtract(1, ordering: .relaxed) }

  /// The seconds until the next attempt under the keys is allowed; 0 when it is allowed now.
  func wait(_ keys: [Key], uptime: Int64) -> Int64 {
    failures.withLock { failures in
      keys.map { key in
        guard let failed = failures[key] else { return 0 }
        return max(0, failed.last + failed.wait(atMost: key.longestWait) - uptime)
      }.max() ?? 0
    }
  }

  /// Counts a failure.
  ///
  /// - Returns: Whether it is the one from which on attempts under one of the keys have to wait.
  @discardableResult
  func failed(_ keys: [Key], uptime: Int64) -> Bool {
    failures.withLock { failures in
      if failures.count + keys.count > Throttle.mostKeys {
        let kept = failures.sorted { $0.value.last > $1.value.last }
          .prefix(Throttle.mostKeys * 3 / 4)
        failures = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
      }
      var isSlowed = false
      for key in keys {
        var failed = failures[key] ?? Failures()
        if uptime - failed.last >= Throttle.memory { failed.count = 0 }
        failed.count = min(failed.count + 1, 1000)
        failed.last = uptime
        failures[key] = failed
        if failed.count == Throttle.slowedFrom { isSlowed = true }
      }
      return isSlowed
    }
  }

  func succeeded(_ keys: [Key]) {
    failures.withLock { failures in for key in keys { failures[key] = nil } }
  }
}
