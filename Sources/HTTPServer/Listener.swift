package import System

/// A listening socket, which all loops take connections from.
struct Listener: Sendable {
  let socket: Socket
  /// nil for a Unix socket.
  let address: SocketAddress?
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

  /// Listens on a Unix socket.
  init(local socket: Socket) {
    self.socket = socket
    address = nil
    isInherited = false
  }

  /// Names the listener to the poller.
  var key: UInt64 { UInt64(UInt32(bitPattern: socket.descriptor)) }

  func closeUnlessInherited() { if !isInherited { socket.close() } }
}

/// The sockets of a server, listening before there is a server, so that what answers can be told
/// the ports that the system chose.
package struct Listeners: Sendable {
  let all: [Listener]

  package var addresses: [SocketAddress] { all.compactMap(\.address) }

  /// Opens the sockets of a configuration, and takes over those it was started with.
  ///
  /// - Parameter configuration: Where to listen.
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
