package import HTTP
import Synchronization

/// Counters of a server since its start.
package struct ServerStatistics: Sendable {
  /// Responses by method and status code.
  package struct Answers: Sendable, Equatable {
    /// Nil when no method could be read.
    package var method: Method?
    package var status: Int
    package var count: Int
  }

  package var answers: [Answers] = []
  /// Requests by duration: one count for each of ``durationBounds``, and one for longer ones.
  package var durationCounts = Array(repeating: 0, count: durationBounds.count + 1)
  package var durationSum: Duration = .zero
  package var openConnections = 0
  package var acceptedConnections = 0
  /// Closed at once: too many in all, or from one address.
  package var refusedConnections = 0
  package var receivedBytes = 0
  package var sentBytes = 0
  /// Requests answered from the response cache, and those that the service was asked for.
  package var cacheHits = 0
  package var cacheMisses = 0
  /// The approximate memory of cached responses.
  package var cacheBytes = 0
  /// Requests that wait for a worker.
  package var waitingRequests = 0
  /// Requests answered 503 because too many waited for a worker.
  package var turnedAway = 0
  package var costly = Costly()
  /// The same of drawn pages.
  package var drawing = Costly()

  /// Costly requests: the searches and filtered lists that the cache did not answer.
  package struct Costly: Sendable {
    /// Why a request was refused.
    package enum Reason: String, Sendable, CaseIterable {
      /// The queue was too long for its claim.
      case queue
      /// Others with a better claim came first for too long.
      case wait
    }

    package var started: [Claim: Int] = [:]
    package var refused: [Claim: [Reason: Int]] = [:]
    /// The time that workers took for them.
    package var workerTime: Duration = .zero
    /// How long a request with the least claim would wait now.
    package var expectedWait: Duration = .zero
    /// Networks whose claims are remembered.
    package var networks = 0
  }

  /// In seconds.
  package static let durationBounds = [
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ]
}

/// The counters of one loop, which only it writes, so adding needs no atomic addition.
final class Counters: Sendable {
  enum Cell: Int, CaseIterable {
    case open, accepted, refused, received, sent, hits, misses, cacheBytes, turnedAway
    case durationNanoseconds
  }

  private static let statuses = 600

  /// The bounds of durations in nanoseconds.
  private let bounds = InlineArray<16, Int64> { Int64(ServerStatistics.durationBounds[$0] * 1e9) }
  private let cells = InlineArray<16, Atomic<Int>> { _ in Atomic(0) }
  private let durations = InlineArray<17, Atomic<Int>> { _ in Atomic(0) }
  /// By method (0 for none) and status code.
  private let answers = InlineArray<4800, Atomic<Int>> { _ in Atomic(0) }

  func add(_ amount: Int, to cell: Cell) {
    let value = cells[cell.rawValue].load(ordering: .relaxed)
    cells[cell.rawValue].store(value &+ amount, ordering: .relaxed)
  }

  func set(_ cell: Cell, to value: Int) { cells[cell.rawValue].store(value, ordering: .relaxed) }

  func countAnswer(_ method: Method?, status: Int, nanoseconds: Int64) {
    let row = method.map { $0.index + 1 } ?? 0
    Self.increment(answers[row * Self.statuses + min(max(status, 0), Self.statuses - 1)])
    add(Int(nanoseconds), to: .durationNanoseconds)
    var bucket = 0
    while bucket < bounds.count, nanoseconds > bounds[bucket] { bucket += 1 }
    Self.increment(durations[bucket])
  }

  private static func increment(_ cell: borrowing Atomic<Int>) {
    cell.store(cell.load(ordering: .relaxed) &+ 1, ordering: .relaxed)
  }

  func add(to total: inout ServerStatistics) {
    func value(_ cell: Cell) -> Int { cells[cell.rawValue].load(ordering: .relaxed) }
    total.openConnections += value(.open)
    total.acceptedConnections += value(.accepted)
    total.refusedConnections += value(.refused)
    total.receivedBytes += value(.received)
    total.sentBytes += value(.sent)
    total.cacheHits += value(.hits)
    total.cacheMisses += value(.misses)
    total.cacheBytes += value(.cacheBytes)
    total.turnedAway += value(.turnedAway)
    total.durationSum += .nanoseconds(value(.durationNanoseconds))
    for bucket in total.durationCounts.indices {
      total.durationCounts[bucket] += durations[bucket].load(ordering: .relaxed)
    }
    let methods: [Method?] = [nil] + Method.allCases
    for (row, method) in methods.enumerated() {
      for status in 0..<Self.statuses {
        let count = answers[row * Self.statuses + status].load(ordering: .relaxed)
        guard count > 0 else { continue }
        if let place = total.answers.firstIndex(where: {
          $0.method == method && $0.status == status
        }) {
          total.answers[place].count += count
        } else {
          total.answers.append(.init(method: method, status: status, count: count))
        }
      }
    }
  }
}
