internal import SQLite
internal import Synchronization

/// Counts failed sign-ins until they are written to the audit log, so that somebody who guesses
/// makes a few entries and not thousands.
final class SignInFailures: Sendable {
  enum Kind: Sendable { case password, code }

  struct Key: Hashable, Sendable {
    /// The name of an account; empty for all names that no account has, which may be passwords that
    /// were typed into the wrong field.
    let name: String
    let kind: Kind
  }

  struct Tally: Sendable {
    var count = 0
    /// Some of the networks.
    var networks: [String] = []
    /// Whether there were more networks.
    var hasMoreNetworks = false
    /// Whether the next attempts have to wait.
    var isSlowed = false
    /// Uptime in seconds of the first.
    let began: Int64
    var last: Instant
  }

  /// Seconds for which failures make one entry.
  private static let period: Int64 = 600
  private static let mostNetworks = 5

  private struct State {
    var tallies: [Key: Tally] = [:]
    /// Uptime at which a delay was last written.
    var slowed: [Key: Int64] = [:]
  }

  private let state = Mutex(State())

  /// Counts a failure.
  ///
  /// - Parameters:
  ///   - key: Under what it is counted.
  ///   - network: Where it came from.
  ///   - isSlowed: Whether it made the next attempts wait.
  ///   - now: The time.
  /// - Returns: What is to be written now.
  func note(
    _ key: Key, from network: String, isSlowed: Bool, at now: Moment
  ) -> [(key: Key, tally: Tally)] {
    state.withLock { state in
      var tally = state.tallies[key] ?? Tally(began: now.uptime, last: now.wall)
      tally.count += 1
      tally.last = now.wall
      if !tally.networks.contains(network) {
        if tally.networks.count < Self.mostNetworks {
          tally.networks.append(network)
        } else {
          tally.hasMoreNetworks = true
        }
      }
      let isNews =
        isSlowed && state.slowed[key].map { now.uptime - $0 >= Self.period } ?? true
      if isNews {
        tally.isSlowed = true
        state.slowed[key] = now.uptime
      }
      state.tallies[key] = tally
      return Self.take(&state) { $0 == key && isNews || now.uptime - $1.began >= Self.period }
    }
  }

  /// What has not been written: all of it, or that of an account.
  func takeAll(of name: String? = nil) -> [(key: Key, tally: Tally)] {
    state.withLock { state in Self.take(&state) { key, _ in name == nil || key.name == name } }
  }

  private static func take(
    _ state: inout State, where isDue: (Key, Tally) -> Bool
  ) -> [(key: Key, tally: Tally)] {
    let due = state.tallies.filter { isDue($0.key, $0.value) }
    for key in due.keys { state.tallies[key] = nil }
    return due.sorted { $0.value.last < $1.value.last }.map { (key: $0.key, tally: $0.value) }
  }
}

extension Staff {
  /// Counts a failed sign-in, and writes what is due; a full disk does not change the answer.
  func failed(
    _ kind: SignInFailures.Kind, as name: String, client: String, isSlowed: Bool, at now: Moment
  ) {
    let due = failures.note(
      SignInFailures.Key(name: name, kind: kind), from: KnownNetwork.name(of: client),
      isSlowed: isSlowed, at: now)
    try? write(due)
  }

  /// Writes the failures that have been counted to the audit log; called before it is read and
  /// before the archive closes.
  func flushFailures(of name: String? = nil) throws {
    guard core.isExclusive else { return }
    try write(failures.takeAll(of: name))
  }

  private func write(_ due: [(key: SignInFailures.Key, tally: SignInFailures.Tally)]) throws {
    guard !due.isEmpty else { return }
    try core.change(.nothingPublic) { connection in
      for (key, tally) in due {
        let networks = tally.networks.joined(separator: ", ") + (tally.hasMoreNetworks ? ", …" : "")
        try connection.audit(
          key.kind == .password ? .failedSignIns : .failedCodes, key.name,
          detail: "\(tally.count): \(networks)", by: .nobody, at: tally.last)
        if tally.isSlowed {
          try connection.audit(.slowedSignIns, key.name, by: .program, at: tally.last)
        }
      }
    }
  }
}
