import System

/// What a request costs when the response cache does not answer it.
package enum Cost: Sendable {
  /// The work of a page, which the cache answers from then on.
  case page
  /// What only programs that show pages to people fetch, such as a style sheet.
  case styleSheet
  /// Much work for a response that is hardly asked for twice: a search, or a filtered list.
  case costly
  /// Perhaps the work of another process, such as drawing a page of a PDF, with a budget of its own.
  case drawing
}

/// A client's claim to costly work, the best first.
package enum Claim: Int, Sendable, CaseIterable, Comparable {
  /// Signed in; never refused.
  case staff
  /// Behaves like a browser with a person before it.
  case reader
  /// Has done neither good nor harm.
  case stranger
  /// Has used more than its share.
  case busy

  package static func < (left: Claim, right: Claim) -> Bool { left.rawValue < right.rawValue }
}

/// The claims of all clients, kept for each network in bounded memory.
///
/// Crawlers fetch pages. Browsers also fetch the style sheet of a page, and send back the validator
/// of a page that they have. Either makes an address a reader for a day. No cookie is needed and
/// nothing is asked of the client.
///
/// The worker time of costly requests is charged to the network, because crawlers change their
/// address within one. It is charged separately for the network's readers and for all others, so
/// that a crawler does not spend what a reader beside it has. The charge drains at a fixed share of
/// a worker's time.
struct Claims {
  /// Worker time that was used, in nanoseconds.
  private struct Account {
    private(set) var used: Int64 = 0
    private var updated: Int64 = 0

    /// How much of it a network may use without being busy: a part of one worker's time, and more
    /// for a while.
    struct Allowance {
      /// One nanosecond drains in so many.
      let drain: Int64
      let burst: Int64
    }

    /// Half of a worker: more than anybody needs who reads the results.
    static let readers = Allowance(drain: 2, burst: 10_000_000_000)
    static let strangers = Allowance(drain: 20, burst: 1_000_000_000)

    func used(at now: Int64, _ allowance: Allowance) -> Int64 {
      max(0, used - max(0, now - updated) / allowance.drain)
    }

    /// Debts are bounded, so that a network is forgiven within minutes.
    mutating func charge(_ amount: Int64, at now: Int64, _ allowance: Allowance) {
      used = min(max(0, used(at: now, allowance) + amount), 10 * allowance.burst)
      updated = now
    }
  }

  private struct Network {
    /// The addresses of readers and when they last showed it, the latest first.
    var readers: [(address: Address, shown: Int64)] = []
    var ofReaders = Account()
    var ofStrangers = Account()
    /// When it was last heard of.
    var seen: Int64 = 0
  }

  /// A client's place among those that wait.
  struct Rank: Comparable {
    let claim: Claim
    /// Doubles of worker time used, so that small differences do not matter.
    let level: Int

    static func < (left: Rank, right: Rank) -> Bool {
      (left.claim, left.level) < (right.claim, right.level)
    }
  }

  private var networks: [Address: Network] = [:]

  static let mostNetworks = 8192
  /// The most readers of one network, so that it cannot fill the memory with addresses.
  static let mostReaders = 16
  /// How long an address stays a reader without showing it again: a day, in nanoseconds.
  static let longestMemory: Int64 = 86_400_000_000_000

  /// How many networks are remembered.
  var count: Int { networks.count }

  /// Notes that a client has behaved like a reader.
  mutating func noteReader(_ client: Address, at now: Int64) {
    update(client, at: now) { network in
      network.readers.removeAll {
        $0.address == client.subscriber || now - $0.shown > Self.longestMemory
      }
      network.readers.insert((client.subscriber, now), at: 0)
      if network.readers.count > Self.mostReaders { network.readers.removeLast() }
    }
  }

  /// Charges worker time to a client's network; a negative amount is given back.
  mutating func charge(_ amount: Int64, to client: Address, at now: Int64) {
    let isReader = isReader(client, at: now)
    update(client, at: now) { network in
      if isReader {
        network.ofReaders.charge(amount, at: now, Account.readers)
      } else {
        network.ofStrangers.charge(amount, at: now, Account.strangers)
      }
    }
  }

  func rank(of client: Address, isStaff: Bool = false, at now: Int64) -> Rank {
    let (used, allowance) = use(by: client, at: now)
    let claim: Claim
    if isStaff {
      claim = .staff
    } else if used > allowance.burst {
      claim = .busy
    } else {
      claim = isReader(client, at: now) ? .reader : .stranger
    }
    // In milliseconds: less is nothing.
    return Rank(claim: claim, level: Int64.bitWidth - (used / 1_000_000).leadingZeroBitCount)
  }

  /// Nanoseconds until a busy client is no longer busy; 0 for others.
  func wait(of client: Address, at now: Int64) -> Int64 {
    let (used, allowance) = use(by: client, at: now)
    return max(0, used - allowance.burst) * allowance.drain
  }

  private func use(by client: Address, at now: Int64) -> (Int64, Account.Allowance) {
    let isReader = isReader(client, at: now)
    let allowance = isReader ? Account.readers : Account.strangers
    guard let network = networks[client.network] else { return (0, allowance) }
    let account = isReader ? network.ofReaders : network.ofStrangers
    return (account.used(at: now, allowance), allowance)
  }

  private func isReader(_ client: Address, at now: Int64) -> Bool {
    networks[client.network]?.readers.contains {
      $0.address == client.subscriber && now - $0.shown <= Self.longestMemory
    } ?? false
  }

  private mutating func update(
    _ client: Address, at now: Int64, _ change: (inout Network) -> Void
  ) {
    var network = networks[client.network] ?? Network()
    change(&network)
    network.seen = now
    networks[client.network] = network
    if networks.count > Self.mostNetworks { forget(at: now) }
  }

  /// Forgets networks that are no better and no worse than unknown ones; if that is too few, the
  /// half without readers that was heard of longest ago, and at last any.
  private mutating func forget(at now: Int64) {
    networks = networks.filter { _, network in
      network.readers.contains { now - $0.shown <= Self.longestMemory }
        || network.ofReaders.used(at: now, Account.readers) > 0
        || network.ofStrangers.used(at: now, Account.strangers) > 0
    }
    let half = Self.mostNetworks / 2
    guard networks.count > half else { return }
    let order = networks.map { (isKept: !$1.readers.isEmpty, seen: $1.seen, address: $0) }
      .sorted { ($0.isKept ? 1 : 0, $0.seen) < ($1.isKept ? 1 : 0, $1.seen) }
    for network in order.prefix(networks.count - half) {
      networks[network.address] = nil
    }
  }
}

extension Address {
  /// The addresses that are given out together: a /24 of IPv4, a /48 of IPv6.
  var network: Address {
    isIPv4 ? Address(high: high, low: low & ~0xFF) : Address(high: high & ~0xFFFF, low: 0)
  }
}
