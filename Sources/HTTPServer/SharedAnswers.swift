import HTTP
import Synchronization

/// The prepared answers that the loops have in common, and the requests that wait for one.
///
/// A loop comes here when it has no answer of its own. Whether there is one, whether it is being
/// made, and that it has been made are told under one lock, so it is made once.
final class SharedAnswers: Sendable {
  private struct State {
    var answers: PreparedAnswers
    var joined = JoinedRequests()
  }

  enum Outcome {
    case found(Prepared)
    /// Another request is being answered, and this one then.
    case waits
    /// Others wait for this one.
    case leads
    case goesAlone
  }

  private let state: Mutex<State>

  init(limit: Int) {
    state = Mutex(State(answers: PreparedAnswers(limit: limit, isShared: true)))
  }

  /// The octets of all answers.
  var octets: Int { state.withLock { $0.answers.octets } }

  /// Asks for the answer to a read without content.
  func ask(_ pending: inout Pending, _ service: any Service, at now: Int64) -> Outcome {
    let target = pending.target
    let language = pending.request.language
    let (outcome, leads) = state.withLock { [pending] state -> (Outcome, Bool) in
      let found = state.answers.find(
        target.span, 0..<target.count, language: language, service, at: now)
      if let found { return (.found(found), false) }
      var pending = pending
      if state.joined.joins(&pending) { return (.waits, false) }
      return (pending.leads ? .leads : .goesAlone, pending.leads)
    }
    pending.leads = leads
    return outcome
  }

  /// Keeps an answer in place of the one that it was made of.
  func keep(_ prepared: Prepared) { state.withLock { $0.answers.insert(prepared) } }

  /// The answer in both codings that is kept for the same target, or else this one, kept from now on,
  /// so that loops that read it from a file have it in common.
  func common(_ prepared: Prepared, _ service: any Service, at now: Int64) -> Prepared {
    state.withLock { state in
      let target = prepared.target
      let kept = state.answers.find(
        target.span, 0..<target.count, language: prepared.language ?? 0, service, at: now)
      if let kept, kept.gzip != nil { return kept }
      state.answers.insert(prepared)
      return prepared
    }
  }

  /// Keeps an answer, and ends the waiting for it.
  ///
  /// - Parameters:
  ///   - pending: The request that has been answered.
  ///   - prepared: What others get; nil when there is nothing for them.
  ///   - isShared: Whether others may wait for this target again.
  /// - Returns: Who has waited, in order.
  func leave(_ pending: Pending, _ prepared: Prepared?, isShared: Bool) -> [Pending] {
    state.withLock { state in
      if let prepared { state.answers.insert(prepared) }
      return state.joined.leave(pending, isShared: isShared)
    }
  }
}
