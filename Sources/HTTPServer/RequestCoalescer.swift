import HTTP
import Synchronization

/// Lets simultaneous requests for the same response share one call of the service.
///
/// The first request for a key is answered by the service; those that come meanwhile wait for its
/// response. Whether a response may be shared is known only when it has been made. Keys whose
/// responses could not be shared are remembered, so that nobody waits for those again.
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
    /// For each key that the service is answering: who waits for its response.
    var waiting: [Key: [PendingRequest]] = [:]
    var unshared: Set<Key> = []
  }

  /// A bound on what hostile targets take; forgetting costs a wait.
  private static let unsharedLimit = 4096

  private let state = Mutex(State())

  enum Outcome {
    /// Ask the service, then call ``finish(_:isShared:)``.
    case leads(Key)
    /// The request is among those that the call of `finish` for its key returns.
    case waits
    /// Ask the service; nobody waits for the response.
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

  /// Ends the waiting for a key.
  ///
  /// - Parameters:
  ///   - key: Of a request that leads.
  ///   - isShared: Whether its response is good for others.
  /// - Returns: The requests that waited, in order.
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
