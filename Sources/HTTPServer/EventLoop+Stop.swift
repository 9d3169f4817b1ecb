import Dispatch
import System

/// Closing connections, and the loop.
extension EventLoop {
  /// Closes a connection whose state is closed.
  func release(_ connection: Connection) {
    let place = Int(connection.socket.descriptor)
    guard connections[place] === connection else { return }
    connections[place] = nil
    connectionCount -= 1
    counters.add(-1, to: .open)
    context.dismiss(connection.peer)
    abandonBody(connection)
    settle(connection.backlog.records, areCut: true)
    connection.backlog = Backlog()
    connection.unread = []
    connection.socket.close()
  }

  /// Stops accepting, and closes idle connections.
  func beginToStop(_ limit: Int64) {
    let isFirst = stopLimit == nil
    stopLimit = min(limit, stopLimit ?? limit)
    guard isFirst else { return }
    rules.isStopping = true
    if acceptsAgain == .max {
      for listener in listeners { poller.remove(listener.socket.descriptor) }
    }
    acceptsAgain = .max
    // Connections that were not accepted would be reset when the socket is closed. An inherited
    // socket stays open for the next program.
    for listener in listeners where !listener.isInherited { accept(from: listener) }
    listeners = []
    for connection in connections.compactMap({ $0 }) { handle(connection, .stop) }
    context.stoppedAccepting.leave()
  }

  /// Reports, once, that only responses on their way are left here.
  func reportIfNobodyAsks() {
    guard stopLimit != nil, !hasReportedNobodyAsks else { return }
    let nobodyAsks = connections.allSatisfy { connection in
      guard let connection else { return true }
      return !connection.state.canAsk(hasUnread: !connection.unread.isEmpty)
    }
    guard nobodyAsks else { return }
    hasReportedNobodyAsks = true
    context.asking.leave()
  }

  func cutIfDue() {
    guard let stopLimit, stopLimit <= now else { return }
    for connection in connections.compactMap({ $0 }) { handle(connection, .reset) }
  }
}
