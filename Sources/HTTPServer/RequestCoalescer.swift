import HTTP
import Synchronization

/// Lets simultaneous requests for the same response share one call of the service.
///
/// Whether a response may be shared is known only when it was made. Keys whose responses could not
/// be shared are remembered, so that requests do not wait for those again.
final class RequestCoalescer: Sendable {
  struct Key: Hashable {
    let path: String
    let query: String?
    let language: Int
    /// nil when the request accepts neither.
    let coding: ContentCoding?

    init(_ request: Request) {
      path = request.path
      query = request.query
      language = request.language
      coding = request.acceptedCodings.preferred
    }
  }

  private struct State {
    /// By key that the service is answering: the requests that wait.
    var waiting: [Key: [PendingRequest]] = [:]
    var unshared: Set<Key> = []
  }

  /// Bounds what hostile targets take; forgetting costs a wait.
  private static let unsharedLimit = 4096

  private let state = Mutex(State())

  enum Outcome {
    /// Ask the service, then call ``finish(_:isShared:)``.
    case leads(Key)
    /// The request is among those that the call of `finish` for its key returns.
    case waits
    /// Ask the service.
    case alone
  }

  func join(_ pending: PendingRequest) -> Outcome {
    let key = Key(pending.request)
    return state.withLock { state in
      if state.unshared.contains(key) { return .alone }
      if state.waiting[key] == nil {
        state.waiting[key] = []
        return .leads(key)
      }
      state.waiting[key]?.append(pending)
      return .waits
    }
  }

  /// Ends the waiting for the response of a request that leads, and returns those that waited.
  func finish(_ key: Key, isShared: Bool) -> [PendingRequest] {
    state.withLock { state in
      if !isShared {
        if state.unshared.count >= Self.unsharedLimit { state.unshared.removeAll() }
        state.unshared.insert(key)
      }
      return state.waiting.removeValue(forKey: key) ?? []
    }
  }
}
