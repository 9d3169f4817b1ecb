import HTTP
import Synchronization
import System

/// What a client may ask for so and so often; each kind is counted for itself.
package enum Budget: Int, Sendable, CaseIterable {
  case page, search, signIn
  /// What sends mail, or ends in a message to somebody.
  case mailingList
}

extension ServerConfiguration {
  /// How often a client may ask: a bucket of `burst` tokens, filled at a steady rate.
  package struct Rate: Sendable, Equatable {
    package var perSecond: Double
    package var burst: Double

    package init(perSecond: Double, burst: Double) {
      self.perSecond = max(0.001, perSecond)
      self.burst = max(1, burst)
    }
  }
}

/// The token buckets of all clients, which all loops draw on.
///
/// Of a bucket one number is kept, the moment when it will be full again: a token that is taken
/// moves it on by the time that a token takes to come. So a bucket that nobody has drawn on lately
/// need not be remembered, and to draw is one atomic exchange that no loop waits for.
///
/// There is a fixed number of places. A bucket stands in one of a few; when those are all taken, the
/// one that will be full first is forgotten, so a flood of addresses takes no memory.
final class Budgets: Sendable {
  private struct Rate {
    /// Nanoseconds until there is a token.
    let interval: Int64
    /// Nanoseconds until an empty bucket is full.
    let whole: Int64

    init(_ rate: ServerConfiguration.Rate) {
      interval = Int64(1e9 / rate.perSecond)
      whole = Int64(min(1e9 / rate.perSecond * rate.burst, 1e18))
    }
  }

  private struct Place: ~Copyable {
    /// Whose bucket it is, and of which kind; 0 for nobody's.
    let key = Atomic<Int>(0)
    /// Nanoseconds on the loops' clock.
    let full = Atomic<Int64>(.min)
  }

  private static let sets = 2048
  private static let ways = 8

  private let rates: [Rate?]
  private let places = InlineArray<16_384, Place> { _ in Place() }
  let isEmpty: Bool

  init(_ rates: [Budget: ServerConfiguration.Rate]) {
    self.rates = Budget.allCases.map { rates[$0].map(Rate.init) }
    isEmpty = rates.isEmpty
  }

  /// Takes a token.
  ///
  /// - Parameters:
  ///   - budget: From which bucket.
  ///   - client: Whose; of IPv6 all of a /64 are one client.
  ///   - now: Nanoseconds.
  /// - Returns: Nil, or the seconds until there is a token when the bucket is empty.
  func draw(_ budget: Budget, for client: Address, now: Int64) -> Int? {
    guard let rate = rates[budget.rawValue] else { return nil }
    let place = place(of: budget, client.subscriber, now)
    while true {
      let full = places[place].full.load(ordering: .relaxed)
      let next = max(full, now) + rate.interval
      let missing = next - now - rate.whole
      guard missing <= 0 else { return Int(min(3600, (Double(missing) / 1e9).rounded(.up))) }
      let isTaken = places[place].full.compareExchange(
        expected: full, desired: next, ordering: .relaxed
      ).exchanged
      if isTaken { return nil }
    }
  }

  /// Where a bucket stands; it gets a place when it has none.
  ///
  /// Two loops that give a place away at once may have two clients share a bucket until it is full.
  private func place(of budget: Budget, _ client: Address, _ now: Int64) -> Int {
    // Seeded by the standard library, so that nobody can choose addresses that take turns.
    var hasher = Hasher()
    hasher.combine(budget)
    hasher.combine(client)
    let key = hasher.finalize() | 1
    let first = Int(UInt(bitPattern: key) / 2 % UInt(Self.sets)) * Self.ways
    var earliest = first
    for place in first..<first + Self.ways {
      if places[place].key.load(ordering: .relaxed) == key { return place }
      if places[place].full.load(ordering: .relaxed)
        < places[earliest].full.load(ordering: .relaxed)
      {
        earliest = place
      }
    }
    places[earliest].key.store(key, ordering: .relaxed)
    if places[earliest].full.load(ordering: .relaxed) > now {
      // It was somebody's who has not asked for as long as the others here.
      places[earliest].full.store(now, ordering: .relaxed)
    }
    return earliest
  }
}
