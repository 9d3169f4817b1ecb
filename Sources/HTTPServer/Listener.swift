import System

/// A listening socket, which all loops take connections from.
struct Listener: Sendable {
  let socket: Socket
  let address: SocketAddress
  /// Whether the socket was there before the server and stays open when it stops.
  let isInherited: Bool

  /// Opens a listening socket.
  ///
  /// - Parameters:
  ///   - address: Where to listen.
  ///   - leavesIPv4: Whether IPv4 is listened on at the same port, so that an IPv6 socket must leave
  ///     it alone.
  /// - Throws: ``ServerError``
  init(at address: SocketAddress, leavesIPv4: Bool) throws(ServerError) {
    do throws(SystemError) {
      socket = try Socket(listeningAt: address, leavesIPv4: leavesIPv4)
    } catch {
      throw ServerError(error, at: address)
    }
    guard let bound = socket.localAddress else {
      socket.close()
      throw .notListening(descriptor: socket.descriptor)
    }
    self.address = bound
    isInherited = false
  }

  /// Takes over a socket that the program was started with.
  ///
  /// - Throws: ``ServerError``
  init(inherited descriptor: Int32) throws(ServerError) {
    socket = Socket(descriptor: descriptor)
    guard socket.isListening, let address = socket.localAddress else {
      throw .notListening(descriptor: descriptor)
    }
    do throws(SystemError) { try socket.adopt() } catch { throw ServerError(error, at: address) }
    self.address = address
    isInherited = true
  }

  /// Names the listener to the poller.
  var key: UInt64 { UInt64(UInt32(bitPattern: socket.descriptor)) }

  func closeUnlessInherited() { if !isInherited { socket.close() } }
}
