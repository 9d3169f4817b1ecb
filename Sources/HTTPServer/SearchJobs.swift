import System

/// Searches that wait for a worker, so that a reader has his turn beside a crawl from many addresses.
///
/// A search keeps a core busy, so few run at the same time. Who comes back after a pause, as people
/// do, goes first, the one who has waited for a turn longest before the others, and one place is
/// only theirs. Clients that were never seen follow, the newest first; then those that search all
/// the time, in turns. A client that was never seen counts as one that searches all the time when
/// its network does: a crawl has as many addresses as it wants, but rarely as many networks.
struct SearchJobs {
  typealias Job = Workers.Job

  private struct Waiting {
    let job: Job
    let client: Address
    /// When the client's last search ended.
    let last: Int64
  }

  private let limit: Int
  /// Of clients that came back after a pause, also after their networks had one, and those that
  /// are new.
  private var alone: [Waiting] = []
  private var returning: [Waiting] = []
  private var new: [Waiting] = []
  /// Of all other clients, which have turns.
  private var busy: [Waiting] = []
  private var running = 0
  /// Waiting and running searches of clients and of networks.
  private var active: [Address: Int] = [:]
  /// When the last search of a client or a network ended, in nanoseconds.
  private var ended: [Address: Int64] = [:]

  /// Nobody reads a result and asks again in less.
  private static let pause: Int64 = 15_000_000
  /// More clients and networks are not remembered, and none for longer.
  private static let mostRemembered = 8192
  private static let longestRemembered: Int64 = 600_000_000_000

  init(limit: Int) { self.limit = limit }

  /// How many wait.
  var count: Int { alone.count + returning.count + new.count + busy.count }

  /// How many of a client wait or run.
  func count(of client: Address) -> Int { active[client] ?? 0 }

  private enum Standing { case alone, returning, new, busy }

  private func standing(of client: Address, at now: Int64) -> Standing {
    let network = client.network
    let isQuiet = active[network] == nil && isQuiet(network, at: now)
    guard active[client] == nil else { return .busy }
    guard ended[client] != nil else { return isQuiet ? .new : .busy }
    guard self.isQuiet(client, at: now) else { return .busy }
    return isQuiet ? .alone : .returning
  }

  private func isQuiet(_ address: Address, at now: Int64) -> Bool {
    ended[address].map { now - $0 >= SearchJobs.pause } ?? true
  }

  /// Whether a client searches all the time, or its network does.
  func isBusy(_ client: Address, at now: Int64) -> Bool { standing(of: client, at: now) == .busy }

  /// Whether a search would not have to wait for another.
  func canStart(for client: Address, at now: Int64) -> Bool {
    switch standing(of: client, at: now) {
    case .alone, .returning: running <= limit && alone.isEmpty && returning.isEmpty
    case .new, .busy: running < limit && count == 0
    }
  }

  mutating func append(_ job: @escaping Job, for client: Address, at now: Int64) {
    let waiting = Waiting(job: job, client: client, last: ended[client] ?? .min)
    switch standing(of: client, at: now) {
    case .alone: alone.append(waiting)
    case .returning: returning.append(waiting)
    case .new: new.append(waiting)
    case .busy: busy.append(waiting)
    }
    active[client, default: 0] += 1
    if client.network != client { active[client.network, default: 0] += 1 }
  }

  /// Whether there is one that may begin now.
  var hasNext: Bool {
    running < limit && count > 0 || running == limit && !(alone.isEmpty && returning.isEmpty)
  }

  /// The search to begin now; nil when none may.
  mutating func next() -> (Job, Address)? {
    guard hasNext else { return nil }
    running += 1
    let waiting =
      SearchJobs.takeLongestWithoutTurn(from: &alone)
      ?? SearchJobs.takeLongestWithoutTurn(from: &returning) ?? new.popLast()
      ?? takeBusy()
    return waiting.map { ($0.job, $0.client) }
  }

  /// Takes note that a search of a client ended.
  mutating func end(_ client: Address, at now: Int64) {
    running -= 1
    for address in Set([client, client.network]) {
      active[address] = active[address].flatMap { $0 > 1 ? $0 - 1 : nil }
    }
    refuse(client, at: now)
  }

  /// Takes note that a client was there, and got nothing.
  mutating func refuse(_ client: Address, at now: Int64) {
    ended[client] = now
    ended[client.network] = now
    guard ended.count > SearchJobs.mostRemembered else { return }
    ended = ended.filter { now - $0.value < SearchJobs.longestRemembered }
    // The longer half of a flood of addresses.
    if ended.count > SearchJobs.mostRemembered {
      let middle = ended.values.sorted()[ended.count / 2]
      ended = ended.filter { $0.value > middle }
    }
  }

  private static func takeLongestWithoutTurn(from waiting: inout [Waiting]) -> Waiting? {
    waiting.indices.min { waiting[$0].last < waiting[$1].last }.map { waiting.remove(at: $0) }
  }

  /// The one whose client had its last turn before the others had theirs.
  private mutating func takeBusy() -> Waiting? {
    let first = busy.indices.min { left, right in
      let (left, right) = (busy[left].client, busy[right].client)
      return (ended[left] ?? .min) < (ended[right] ?? .min)
    }
    return first.map { busy.remove(at: $0) }
  }
}

extension Address {
  /// The addresses that are given out together: of IPv4 the first 24 bits, of IPv6 the first 48.
  var network: Address {
    isIPv4 ? Address(high: high, low: low & ~0xFF) : Address(high: high & ~0xFFFF, low: 0)
  }
}
