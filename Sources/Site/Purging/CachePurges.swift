package import Archive
package import HTTPServer
internal import Synchronization

/// What the caches before the server have to be told of changes, and how that goes.
///
/// A change is queued in memory for each cache. What waits when the server stops or crashes is not
/// stored: at its next start a server tells every cache to forget everything. That is also needed
/// after a change of the settings in the file, of the program, its style sheet or its languages,
/// after an import without a server and after a restored backup, none of which a list of purges
/// that did not get through would contain.
package final class CachePurges: Sendable {
  /// How purges of a cache have ended.
  enum Result: String, CaseIterable {
    case accepted, failed
  }

  struct Counts: Sendable {
    var results: [Result: Int] = [:]
    /// Keys that have not been sent.
    var waiting = 0
  }

  /// A cache that does not take purges.
  struct Problem: Sendable, Equatable {
    let cache: HTTPAddress
    let reason: String
  }

  /// What a request came to.
  package enum Report: Sendable, Equatable {
    case nothingNew
    /// The first failure after a success.
    case failed(HTTPAddress, reason: String)
    /// The first success after failures.
    case recovered(HTTPAddress)
  }

  private struct State {
    var queues: [HTTPAddress: PurgeQueue]
    var results: [Result: Int] = [:]
  }

  package let caches: [HTTPAddress]
  private let state: Mutex<State>

  package init(caches: [HTTPAddress]) {
    self.caches = caches
    let queue = PurgeQueue(everything: CacheTag.site.surrogateKey)
    state = Mutex(State(queues: Dictionary(caches.map { ($0, queue) }) { first, _ in first }))
  }

  var hasCaches: Bool { !caches.isEmpty }

  /// Queues a change for each cache.
  ///
  /// - Parameters:
  ///   - change: The change.
  ///   - now: The present, in seconds of a clock that only grows.
  package func add(_ change: Change, at now: Int64) {
    add(change.surrogateKeys, hidden: change.hidden.map(\.surrogateKey), at: now)
  }

  /// Queues that each cache forgets everything.
  package func addEverything(at now: Int64) {
    add([CacheTag.site.surrogateKey], hidden: [], at: now)
  }

  private func add(_ keys: [String], hidden: [String], at now: Int64) {
    state.withLock { state in
      for cache in caches { state.queues[cache]?.add(keys, hidden: hidden, at: now) }
    }
  }

  /// Takes the keys of the next request to a cache; empty when there is none to send yet.
  package func next(for cache: HTTPAddress, at now: Int64) -> [String] {
    state.withLock { $0.queues[cache]?.next(at: now) ?? [] }
  }

  /// Notes how the request to a cache ended.
  ///
  /// - Parameters:
  ///   - cache: The cache.
  ///   - failure: Why it failed; nil when the cache has forgotten the keys.
  ///   - now: The present.
  /// - Returns: What is worth logging.
  package func note(_ cache: HTTPAddress, failure: String?, at now: Int64) -> Report {
    state.withLock { state in
      state.results[failure == nil ? .accepted : .failed, default: 0] += 1
      let failures = state.queues[cache]?.failures ?? 0
      guard let failure else {
        state.queues[cache]?.succeed(at: now)
        return failures > 0 ? .recovered(cache) : .nothingNew
      }
      state.queues[cache]?.fail(failure, at: now)
      return failures == 0 ? .failed(cache, reason: failure) : .nothingNew
    }
  }

  /// When there is something to send to a cache; nil when nothing waits.
  package func nextTime(for cache: HTTPAddress) -> Int64? {
    state.withLock { $0.queues[cache]?.nextTime }
  }

  var counts: Counts {
    state.withLock { state in
      Counts(
        results: state.results, waiting: state.queues.values.reduce(0) { $0 + $1.waiting })
    }
  }

  var problems: [Problem] {
    state.withLock { state in
      caches.compactMap { cache in
        state.queues[cache]?.reason.map { Problem(cache: cache, reason: $0) }
      }
    }
  }
}
