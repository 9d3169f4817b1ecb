package import System

/// The sockets of a server, listening before there is a server, so that what answers can be told
/// the ports that the system chose.
package struct Listeners: Sendable {
  let all: [Listener]

  package var addresses: [SocketAddress] { all.map(\.address) }

  /// Opens the sockets of a configuration, and takes over those it was started with.
  ///
  /// - Parameter configuration: Where to listen.
  /// - Throws: ``ServerError``; then nothing listens.
  package init(_ configuration: ServerConfiguration) throws(ServerError) {
    guard !configuration.listen.isEmpty || !configuration.inheritedDescriptors.isEmpty else {
      throw .noAddress
    }
    var listeners: [Listener] = []
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
