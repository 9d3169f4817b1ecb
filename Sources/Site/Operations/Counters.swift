import Synchronization

/// Counters for `/metrics`.
final class Counters: Sendable {
  /// How an upload ended.
  enum UploadResult: String, CaseIterable {
    case accepted, refused, failed
  }

  struct Values: Sendable {
    var uploads: [UploadResult: Int] = [:]
    /// The number of searches up to each of ``searchBounds`` and above the previous one; the last
    /// counts longer ones.
    var searches = Array(repeating: 0, count: Counters.searchBounds.count + 1)
    var searchSeconds = 0.0
    var signInFailures = 0
  }

  /// In seconds.
  static let searchBounds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]

  private let state = Mutex(Values())

  var values: Values { state.withLock { $0 } }

  func countUpload(_ result: UploadResult) {
    state.withLock { $0.uploads[result, default: 0] += 1 }
  }

  func countSignInFailure() { state.withLock { $0.signInFailures += 1 } }

  /// Runs a search and records its duration.
  func timeSearch<Results>(_ search: () throws -> Results) rethrows -> Results {
    let start = ContinuousClock.now
    let results = try search()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    state.withLock { values in
      values.searchSeconds += seconds
      let place = Counters.searchBounds.firstIndex { seconds <= $0 } ?? Counters.searchBounds.count
      values.searches[place] += 1
    }
    return results
  }
}
