import HTTP

/// The reads that workers are answering, and who else waits for each answer.
///
/// When something changes, many ask for the same page at once; it is made once. Whether an answer
/// can be shared is known when it is there, so targets whose answers could not are remembered, and
/// nobody waits for those.
struct JoinedRequests {
  private struct Target: Hashable {
    var path: String
    var query: String?
    var language: Int

    init(_ request: Request) {
      path = request.path
      query = request.query
      language = request.language
    }
  }

  /// For each target that a worker has: who asked after the first.
  private var waiting: [Target: [Pending]] = [:]
  private var unshared: Set<Target> = []

  /// Whether the request waits for another that leads; else it leads itself, unless nobody should
  /// wait for it.
  mutating func joins(_ pending: inout Pending) -> Bool {
    let target = Target(pending.request)
    guard !unshared.contains(target) else { return false }
    guard waiting[target] != nil else {
      waiting[target] = []
      pending.leads = true
      return false
    }
    waiting[target]?.append(pending)
    return true
  }

  /// Ends the waiting for a request, if it leads.
  ///
  /// - Parameters:
  ///   - pending: A request that did not wait.
  ///   - isShared: Whether its answer is good for others; when not, nobody waits for this
  ///     target again.
  /// - Returns: Who waited, in order.
  mutating func leave(_ pending: Pending, isShared: Bool) -> [Pending] {
    guard pending.leads else { return [] }
    let target = Target(pending.request)
    if !isShared {
      // A bound on what hostile targets take; forgetting costs a wait.
      if unshared.count >= 4096 { unshared.removeAll() }
      unshared.insert(target)
    }
    return waiting.removeValue(forKey: target) ?? []
  }
}

extension Request.Content {
  var isNone: Bool {
    if case .none = self { return true }
    return false
  }
}
