internal import Synchronization

/// A number that changes with what readers can see: after each change, and when a scheduled
/// publication comes due.
final class Generation: Sendable {
  private let number = Atomic<UInt64>(1)
  /// Seconds since 1970 of the first of `dues`.
  private let nextDue = Atomic<Int64>(.max)
  private let dues = Mutex<[Int64]>([])

  /// The number at a moment.
  ///
  /// It reads two atomics; a lock is taken only when a publication comes due.
  func value(at now: Instant) -> UInt64 {
    if now.secondsSince1970 >= nextDue.load(ordering: .acquiring) { pass(now) }
    return number.load(ordering: .acquiring)
  }

  /// Notes a change that readers can see.
  ///
  /// - Parameter dues: The moments at which publications become public from now on, in order.
  func change(dues: [Int64]) {
    self.dues.withLock {
      $0 = dues
      nextDue.store(dues.first ?? .max, ordering: .releasing)
    }
    number.wrappingAdd(1, ordering: .acquiringAndReleasing)
  }

  private func pass(_ now: Instant) {
    dues.withLock { dues in
      let passed = dues.prefix { $0 <= now.secondsSince1970 }.count
      guard passed > 0 else { return }
      dues.removeFirst(passed)
      nextDue.store(dues.first ?? .max, ordering: .releasing)
      number.wrappingAdd(1, ordering: .acquiringAndReleasing)
    }
  }
}
