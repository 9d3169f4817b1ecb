import System

/// Taking connections.
extension EventLoop {
  func accept(from listener: Listener) {
    // A bounded number: other loops accept too, and connections here need their turn.
    for _ in 0..<16 {
      switch listener.socket.accept() {
      case .nobody: return
      case .exhausted: return turnAway(from: listener)
      case .failed: continue
      case .connection(let socket, let peer): add(socket, peer)
      }
    }
  }

  private func add(_ socket: Socket, _ peer: Address?) {
    guard let peer else { return socket.close() }
    counters.add(1, to: .accepted)
    guard context.admit(peer) else { return refuse(socket) }
    let configuration = context.configuration
    lastSerial = lastSerial == .max - 1 ? 1 : lastSerial + 1
    let connection = Connection(
      socket, serial: lastSerial, peer: peer,
      isTrusted: configuration.trustedProxies.contains { $0.contains(peer) },
      isUnlimited: configuration.isUnlimited(peer), state: ConnectionState(at: now, rules))
    let place = Int(socket.descriptor)
    while connections.count <= place { connections.append(nil) }
    connections[place] = connection
    connectionCount += 1
    counters.add(1, to: .open)
    poller.add(socket.descriptor, key: connection.key, for: connection.interest)
    update(connection)
  }

  /// Answers 503 without reading a request, and closes.
  private func refuse(_ socket: Socket) {
    counters.add(1, to: .refused)
    let response =
      "HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
    _ = socket.send(Array(response.utf8)[...])
    socket.finishSending()
    socket.close()
  }

  /// Refuses a connection that there is no descriptor for, and accepts none for a second.
  ///
  /// Otherwise it would keep the listener ready, and the loop would spin.
  private func turnAway(from listener: Listener) {
    spareDescriptor.lend {
      guard case .connection(let socket, _) = listener.socket.accept() else { return }
      counters.add(1, to: .accepted)
      refuse(socket)
    }
    if acceptsAgain == .max {
      for listener in listeners { poller.remove(listener.socket.descriptor) }
    }
    acceptsAgain = now + 1_000_000_000
  }

  func acceptAgainIfDue() {
    guard acceptsAgain <= now else { return }
    acceptsAgain = .max
    for listener in listeners { watch(listener) }
  }
}
