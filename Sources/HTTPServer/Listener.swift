package import System

/// A listening socket, from which all loops accept.
struct Listener: Sendable {
  let socket: Socket
  /// nil for a Unix socket.
  let address: SocketAddress?
  /// Whether the program was started with it; it stays open when the server stops.
  let isInherited: Bool

  /// Opens a listening socket, for IPv6 alone if another one has the port for IPv4.
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
  init(inherited descriptor: Int32) throws(ServerError) {
    socket = Socket(descriptor: descriptor)
    guard socket.isListening, let address = socket.localAddress else {
      throw .notListening(descriptor: descriptor)
    }
    do throws(SystemError) { try socket.adopt() } catch { throw ServerError(error, at: address) }
    self.address = address
    isInherited = true
  }

  init(local socket: Socket) {
    self.socket = socket
    address = nil
    isInherited = false
  }

  /// Identifies the listener to the poller.
  var key: UInt64 { UInt64(UInt32(bitPattern: socket.descriptor)) }

  func closeUnlessInherited() { if !isInherited { socket.close() } }
}

/// Listening sockets, opened before the server is made, so that the service can know the ports.
package struct Listeners: Sendable {
  let all: [Listener]

  package var addresses: [SocketAddress] { all.compactMap(\.address) }

  /// Opens the sockets of a configuration, and takes over those the program was started with.
  ///
  /// - Throws: ``ServerError``; then nothing listens.
  package init(_ configuration: ServerConfiguration) throws(ServerError) {
    var listeners = configuration.localSocket.map { [Listener(local: $0)] } ?? []
    guard
      !configuration.listen.isEmpty || !configuration.inheritedDescriptors.isEmpty
        || !listeners.isEmpty
    else { throw .noAddress }
    do throws(ServerError) {
      for descriptor in configuration.inheritedDescriptors {
        listeners.append(try Listener(inherited: descriptor))
      }
      for address in configuration.listen {
        let leavesIPv4 = configuration.listen.contains {
          $0.address.isIPv4 && $0.port == address.port
        }
        listeners.append(try Listener(at: address, leavesIPv4: leavesIPv4))
      }
    } catch {
      for listener in listeners { listener.closeUnlessInherited() }
      throw error
    }
    all = listeners
  }
}
