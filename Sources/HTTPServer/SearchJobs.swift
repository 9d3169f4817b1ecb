import System

/// Searches that wait for a worker.
///
/// A search keeps a core busy, so few run at the same time. So that readers need not wait for a
/// crawl from many addresses, clients that return after a pause go first and have one place that
/// only they use, the one that was served longest ago first. Clients that were never seen follow,
/// the newest first. All others, which search all the time, are served least recently served first.
/// A client whose network searches all the time is one of those: a crawl may have many addresses,
/// but rarely many networks.
struct SearchJobs {
  typealias Job = Workers.Job

  private enum Standing: Int { case returning, new, busy }

  private struct Waiting {
    let job: Job
    let client: Address
    let standing: Standing
    /// Counts up.
    let number: Int
  }

  private let limit: Int
  private var waiting: [Waiting] = []
  private var lastNumber = 0
  private var running = 0
  /// Waiting and running searches of clients and of networks.
  private var active: [Address: Int] = [:]
  /// When the last search of a client or a network ended, in nanoseconds.
  private var ended: [Address: Int64] = [:]

  /// Nobody reads a result and asks again in less.
  private static let pause: Int64 = 15_000_000
  /// The most clients and networks that are remembered, and how long.
  private static let mostRemembered = 8192
  private static let longestRemembered: Int64 = 600_000_000_000

  init(limit: Int) { self.limit = limit }

  /// How many wait.
  var count: Int { waiting.count }

  /// How many of a client wait or run.
  func count(of client: Address) -> Int { active[client] ?? 0 }

  private func standing(of client: Address, at now: Int64) -> Standing {
    let isQuiet = [client, client.network].allSatisfy { address in
      active[address] == nil && ended[address].map { now - $0 >= Self.pause } ?? true
    }
    guard isQuiet else { return .busy }
    return ended[client] == nil ? .new : .returning
  }

  /// Whether a client or its network searches all the time.
  func isBusy(_ client: Address, at now: Int64) -> Bool { standing(of: client, at: now) == .busy }

  private var hasReturning: Bool { waiting.contains { $0.standing == .returning } }

  /// Whether a search would not have to wait for another.
  func canStart(for client: Address, at now: Int64) -> Bool {
    standing(of: client, at: now) == .returning
      ? running <= limit && !hasReturning : running < limit && waiting.isEmpty
  }

  mutating func append(_ job: @escaping Job, for client: Address, at now: Int64) {
    lastNumber += 1
    waiting.append(
      Waiting(
        job: job, client: client, standing: standing(of: client, at: now), number: lastNumber))
    for address in Set([client, client.network]) { active[address, default: 0] += 1 }
  }

  /// Whether there is one that may begin now.
  var hasNext: Bool {
    running < limit && !waiting.isEmpty || running == limit && hasReturning
  }

  /// The search to begin now; nil when none may.
  mutating func next() -> (Job, Address)? {
    guard hasNext else { return nil }
    let ranks = waiting.map { search -> (Int, Int64) in
      let turn = search.standing == .new ? -Int64(search.number) : ended[search.client] ?? .min
      return (search.standing.rawValue, turn)
    }
    guard let first = ranks.indices.min(by: { ranks[$0] < ranks[$1] }) else { return nil }
    running += 1
    let search = waiting.remove(at: first)
    return (search.job, search.client)
  }

  /// Notes that a search of a client ended.
  mutating func end(_ client: Address, at now: Int64) {
    running -= 1
    for address in Set([client, client.network]) {
      active[address] = active[address].flatMap { $0 > 1 ? $0 - 1 : nil }
    }
    refuse(client, at: now)
  }

  /// Notes that a client was turned away.
  mutating func refuse(_ client: Address, at now: Int64) {
    ended[client] = now
    ended[client.network] = now
    guard ended.count > Self.mostRemembered else { return }
    ended = ended.filter { now - $0.value < Self.longestRemembered }
    // In a flood of addresses, keep the later half.
    if ended.count > Self.mostRemembered {
      let middle = ended.values.sorted()[ended.count / 2]
      ended = ended.filter { $0.value > middle }
    }
  }
}

extension Address {
  /// The addresses that are given out together: a /24 of IPv4, a /48 of IPv6.
  var network: Address {
    isIPv4 ? Address(high: high, low: low & ~0xFF) : Address(high: high & ~0xFFFF, low: 0)
  }
}
