import CLinux
import Dispatch
import Glibc
import HTTP

/// Closing connections, and the loop.
extension Loop {
  /// How long a connection that was accepted while the loop stops may take to send its request.
  static let stopPatience: Int64 = 1_000_000_000

  /// A deadline has passed.
  func expire(_ connection: Connection) {
    switch connection.phase {
    case .head where connection.began != 0, .content:
      refuse(connection, .requestTimeout)
      flush(connection)
      settle(connection)
    case .head, .writing, .running, .storing, .lingering, .closed:
      disconnect(connection)
    }
  }

  /// Closes a connection whose last answer has been sent.
  func end(_ connection: Connection) {
    guard connection.lingers, !connection.isHalfClosed else { return disconnect(connection) }
    shutdown(connection.descriptor, Int32(SHUT_WR))
    connection.phase = .lingering
    setInterest(connection, .octets)
    setDeadline(connection, at: now + shared.deadlines.linger)
  }

  /// The client is gone.
  func vanished(_ connection: Connection) { disconnect(connection) }

  func disconnect(_ connection: Connection) {
    guard connection.phase != .closed else { return }
    connection.phase = .closed
    connections[Int(connection.descriptor)] = nil
    connectionCount -= 1
    counters.add(-1, to: .open)
    shared.dismiss(connection.peer)
    abandonContent(connection)
    if let outgoing = connection.outgoing {
      connection.outgoing = nil
      settle(outgoing.records, areCut: true)
    }
    connection.input = []
    connection.partial = nil
    // Epoll forgets a descriptor that is closed.
    Glibc.close(connection.descriptor)
  }

  /// Accepts what has been promised a connection already, and closes what is idle.
  func beginToStop(_ limit: Int64) {
    let isFirst = stopLimit == nil
    stopLimit = min(limit, stopLimit ?? limit)
    guard isFirst else { return }
    if acceptsAgain == .max {
      for listener in listeners { unwatch(listener.descriptor) }
    }
    acceptsAgain = .max
    // Who waits in line would be reset when the socket is closed. An inherited one stays open for
    // the program that comes next.
    for listener in listeners where !listener.isInherited { accept(from: listener) }
    listeners = []
    for connection in connections.compactMap({ $0 }) where connection.phase == .head {
      guard connection.began == 0 else { continue }
      if connection.isUsed {
        disconnect(connection)
      } else {
        setDeadline(connection, at: min(connection.deadline, now + Self.stopPatience))
      }
    }
    shared.stoppedAccepting.leave()
  }

  /// Tells, once, that nothing is left here but answers on their way: no connection can ask for
  /// anything more, or wait for a worker.
  func tellIfNobodyAsks() {
    guard stopLimit != nil, !hasToldNobodyAsks else { return }
    let isOver = connections.allSatisfy { connection in
      guard let connection else { return true }
      switch connection.phase {
      case .writing:
        return connection.intake == nil && (connection.isLast || connection.input.isEmpty)
      case .lingering, .closed: return true
      case .head, .content, .storing, .running: return false
      }
    }
    guard isOver else { return }
    hasToldNobodyAsks = true
    shared.asking.leave()
  }

  func cutIfDue() {
    guard let stopLimit, stopLimit <= now else { return }
    for connection in connections.compactMap({ $0 }) { disconnect(connection) }
  }
}
