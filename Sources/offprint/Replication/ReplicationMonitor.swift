import Archive
import Dispatch
import Site
import Synchronization

/// What the server that writes does for an outside replicator: it writes the time for replicas,
/// waits for confirmations, and says when the replicator seems dead.
final class ReplicationMonitor: Sendable {
  /// How long staff wait for a confirmation, in seconds.
  ///
  /// A store far away takes less than one; after this long something is wrong, and what was changed
  /// is safe on this server.
  static let patience = 10
  /// The same while the last confirmation failed, so that a dead replicator delays staff little.
  static let patienceInTrouble = 2
  /// The size of the write-ahead log above which it should not grow.
  ///
  /// Litestream writes it back after about 4 MB.
  static let mostLogBytes = 64 << 20

  private struct State {
    /// Those of the last look.
    var warnings: [ReplicationWarning] = []
    var confirmations = Replication.Confirmations()
    /// Whether the replica store has not confirmed the last change.
    var isBehind = false
    var logBytes = 0
  }

  private let archive: Archive
  private let litestream: Litestream?
  private let log: Log
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "offprint.replication", qos: .utility)
  private let timer = Mutex<(any DispatchSourceTimer)?>(nil)

  /// - Parameters:
  ///   - archive: Open for writing, with checkpoints left to the replicator.
  ///   - litestream: Its control socket, if changes are to be confirmed.
  ///   - log: Gets warnings.
  init(archive: Archive, litestream: Litestream?, log: Log) {
    self.archive = archive
    self.litestream = litestream
    self.log = log
  }

  var replication: Replication {
    var confirm: (@Sendable () -> Bool)?
    if let litestream { confirm = { [self] in self.confirm(by: litestream) } }
    return Replication(
      warnings: { [self] in
        state.withLock { $0.warnings + ($0.isBehind ? [.notConfirmed] : []) }
      },
      confirm: confirm,
      confirmations: { [self] in state.withLock { $0.confirmations } })
  }

  func start() {
    timer.withLock { timer in
      let source = DispatchSource.makeTimerSource(queue: queue)
      source.schedule(deadline: .now(), repeating: Archive.timeInterval / .seconds(1))
      source.setEventHandler { [weak self] in self?.look() }
      source.resume()
      timer = source
    }
  }

  func stop() {
    timer.withLock { timer in
      timer?.cancel()
      timer = nil
    }
    // Waits for what is running.
    queue.sync {}
  }

  private func look() {
    do { try archive.recordTime() } catch {
      if !archive.isClosed {
        log.write(.error, "time not recorded", [("error", .text(explanation(of: error)))])
      }
    }
    if let litestream, state.withLock({ $0.isBehind }) {
      let isConfirmed: ()? = try? litestream.sync(within: Self.patienceInTrouble)
      if isConfirmed != nil { state.withLock { $0.isBehind = false } }
    }
    let warnings = warningsNow()
    let former = state.withLock { state in
      defer { state.warnings = warnings }
      return state.warnings
    }
    for warning in warnings where !former.contains(where: { $0.isLike(warning) }) {
      log.write(.warning, "replication", [("warning", .text(warning.description))])
    }
    if warnings.isEmpty, !former.isEmpty { log.write(.notice, "replication works again") }
  }

  private func warningsNow() -> [ReplicationWarning] {
    var warnings: [ReplicationWarning] = []
    if let litestream {
      do throws(Litestream.Failure) {
        let version = try litestream.version()
        if Litestream.isOutdated(version) {
          warnings.append(.replicatorOutdated(version: version ?? "before 0.5.17"))
        }
      } catch {
        warnings.append(.replicatorSilent)
      }
    }
    let bytes = archive.logFileBytes
    let former = state.withLock { state in
      defer { state.logBytes = bytes }
      return state.logBytes
    }
    if bytes > Self.mostLogBytes, former > 0, bytes > former {
      warnings.append(.logGrows(bytes: bytes))
    }
    return warnings
  }

  private func confirm(by litestream: Litestream) -> Bool {
    let wasBehind = state.withLock { $0.isBehind }
    do throws(Litestream.Failure) {
      try litestream.sync(within: wasBehind ? Self.patienceInTrouble : Self.patience)
      state.withLock { state in
        state.confirmations.succeeded += 1
        state.isBehind = false
      }
      return true
    } catch {
      state.withLock { state in
        state.confirmations.failed += 1
        state.isBehind = true
      }
      log.write(
        .error, "change not confirmed by the replica store",
        [("error", .text(error.description))])
      return false
    }
  }
}

extension ReplicationWarning {
  /// Whether two warnings are of one kind.
  fileprivate func isLike(_ other: ReplicationWarning) -> Bool {
    if case (.logGrows, .logGrows) = (self, other) { return true }
    return self == other
  }
}
