import HTTP
import Synchronization
import System

/// A kind of request with a rate limit of its own.
package enum RateClass: Int, Sendable, CaseIterable {
  case page, signIn
  /// Requests that send mail.
  case mailingList
}

extension ServerConfiguration {
  /// How often a client may ask: a token bucket of `burst` tokens, refilled at a steady rate.
  package struct Rate: Sendable, Equatable {
    package var perSecond: Double
    package var burst: Double

    package init(perSecond: Double, burst: Double) {
      self.perSecond = max(0.001, perSecond)
      self.burst = max(1, burst)
    }
  }
}

/// The token buckets of all clients, shared by all loops.
///
/// A bucket is one number: the moment when it will be full again, which taking a token postpones in
/// one atomic exchange. A full bucket need not be kept.
///
/// The table has a fixed size and is set-associative: when all places of a set are in use, the
/// bucket that will be full first is replaced, so a flood of addresses takes no memory.
final class RateLimiter: Sendable {
  private struct Rate {
    /// Nanoseconds until the next token.
    let interval: Int64
    /// Nanoseconds until an empty bucket is full.
    let whole: Int64

    init(_ rate: ServerConfiguration.Rate) {
      interval = Int64(1e9 / rate.perSecond)
      whole = Int64(min(1e9 / rate.perSecond * rate.burst, 1e18))
    }
  }

  private struct Place: ~Copyable {
    /// Hash of the client and the class; 0 when the place is free.
    let key = Atomic<Int>(0)
    /// Nanoseconds on the loops' clock.
    let full = Atomic<Int64>(.min)
  }

  private static let sets = 2048
  private static let ways = 8

  private let rates: [Rate?]
  private let places = InlineArray<16_384, Place> { _ in Place() }
  let isEmpty: Bool

  init(_ rates: [RateClass: ServerConfiguration.Rate]) {
    self.rates = RateClass.allCases.map { rates[$0].map(Rate.init) }
    isEmpty = rates.isEmpty
  }

  /// Takes a token of a client; an IPv6 /64 is one client.
  ///
  /// - Returns: Nil, or the seconds until the next token when the bucket is empty.
  func take(_ rateClass: RateClass, for client: Address, now: Int64) -> Int? {
    guard let rate = rates[rateClass.rawValue] else { return nil }
    let place = place(of: rateClass, client.subscriber, now)
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

  /// The place of a bucket, which is assigned if it has none.
  ///
  /// When two loops replace one place at once, two clients may share a bucket until it is full.
  private func place(of rateClass: RateClass, _ client: Address, _ now: Int64) -> Int {
    // Seeded by the standard library, so that clients cannot choose addresses that collide.
    var hasher = Hasher()
    hasher.combine(rateClass)
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
    // The client that was replaced may owe tokens, which the new one does not.
    if places[earliest].full.load(ordering: .relaxed) > now {
      places[earliest].full.store(now, ordering: .relaxed)
    }
    return earliest
  }
}
