import CLinux
import Glibc

/// Taking connections.
extension Loop {
  func accept(from listener: Listener) {
    // Not all that wait: other loops take some, and connections here want their turn.
    for _ in 0..<16 {
      guard acceptOne(from: listener) else { return }
    }
  }

  /// Takes a connection.
  ///
  /// - Returns: Whether another may be waiting.
  private func acceptOne(from listener: Listener) -> Bool {
    var storage = sockaddr_storage()
    let descriptor = Self.accept(listener, into: &storage)
    guard descriptor >= 0 else {
      switch errno {
      case EAGAIN: return false
      case EMFILE, ENFILE, ENOBUFS, ENOMEM:
        turnAway(from: listener)
        return false
      // The client has left, or its network has.
      default: return true
      }
    }
    guard let peer = SocketAddress(storage)?.address else {
      close(descriptor)
      return true
    }
    let isTrusted = shared.configuration.trustedProxies.contains { $0.contains(peer) }
    counters.add(1, to: .accepted)
    guard shared.admit(peer) else {
      counters.add(1, to: .refused)
      Self.sayBusy(descriptor)
      close(descriptor)
      return true
    }
    add(descriptor, peer: peer, isTrusted: isTrusted)
    return true
  }

  private static func accept(_ listener: Listener, into storage: inout sockaddr_storage) -> Int32 {
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let flags = Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    // Unsafe: the system writes at most `length` octets, the size of the storage.
    return unsafe withUnsafeMutablePointer(to: &storage) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe accept4(listener.descriptor, $0, &length, flags)
      }
    }
  }

  private func add(_ descriptor: Int32, peer: Address, isTrusted: Bool) {
    lastSerial = lastSerial == .max ? 1 : lastSerial + 1
    let connection = Connection(
      descriptor: descriptor, serial: lastSerial, peer: peer, isTrusted: isTrusted,
      isUnlimited: shared.configuration.isUnlimited(peer))
    let place = Int(descriptor)
    while connections.count <= place { connections.append(nil) }
    connections[place] = connection
    connectionCount += 1
    counters.add(1, to: .open)
    watch(descriptor, key: connection.key, events: connection.interest.events)
    let patience = stopLimit == nil ? shared.deadlines.idle : Self.stopPatience
    setDeadline(connection, at: now + patience)
  }

  /// Closes a connection that there is no descriptor for, and accepts none for a second.
  ///
  /// The connection would stay in line and make the listener ready for ever.
  private func turnAway(from listener: Listener) {
    if spareDescriptor >= 0 { close(spareDescriptor) }
    var storage = sockaddr_storage()
    let descriptor = Self.accept(listener, into: &storage)
    if descriptor >= 0 {
      counters.add(1, to: .accepted)
      counters.add(1, to: .refused)
      Self.sayBusy(descriptor)
      close(descriptor)
    }
    spareDescriptor = openSpareDescriptor()
    if acceptsAgain == .max {
      for listener in listeners { unwatch(listener.descriptor) }
    }
    acceptsAgain = now + 1_000_000_000
  }

  func acceptAgainIfDue() {
    guard acceptsAgain <= now else { return }
    acceptsAgain = .max
    for listener in listeners { watch(listener) }
  }

  /// Answers 503 to whatever is asked.
  ///
  /// The client may not see it, as nothing waits for it to read.
  private static func sayBusy(_ descriptor: Int32) {
    let answer = Array(
      "HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
        .utf8)
    // Unsafe: the octets of the array are read.
    _ = unsafe answer.withUnsafeBytes {
      unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    shutdown(descriptor, Int32(SHUT_WR))
  }
}
