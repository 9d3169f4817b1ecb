import Glibc

/// A listening socket, which all loops take connections from.
struct Listener: Sendable {
  let descriptor: Int32
  let address: SocketAddress
  /// Whether the descriptor was there before the server and stays when it stops.
  let isInherited: Bool

  /// Opens a listening socket.
  ///
  /// - Parameters:
  ///   - address: Where to listen.
  ///   - isShared: Whether an IPv4 address with the same port is listened on too, so that an IPv6
  ///     socket must leave IPv4 to it.
  /// - Throws: ``ServerError``.
  init(at address: SocketAddress, isShared: Bool) throws(ServerError) {
    let family = address.address.isIPv4 ? AF_INET : AF_INET6
    let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    let descriptor = socket(family, Int32(type), 0)
    guard descriptor >= 0 else {
      throw .system(call: "socket", errno: errno, address)
    }
    do throws(ServerError) {
      Self.set(descriptor, SOL_SOCKET, SO_REUSEADDR, to: 1)
      if family == AF_INET6 {
        Self.set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, to: isShared ? 1 : 0)
      }
      // Accepted sockets inherit it.
      Self.set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, to: 1)
      try Self.bind(descriptor, to: address)
      guard listen(descriptor, 4096) == 0 else {
        throw errno == EADDRINUSE
          ? .addressInUse(address) : .system(call: "listen", errno: errno, address)
      }
      guard let bound = SocketAddress(of: descriptor) else {
        throw .system(call: "getsockname", errno: errno, address)
      }
      self.descriptor = descriptor
      self.address = bound
      isInherited = false
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// Takes over a socket that the program was started with.
  init(inherited descriptor: Int32) throws(ServerError) {
    guard Self.get(descriptor, SOL_SOCKET, SO_ACCEPTCONN) == 1,
      let address = SocketAddress(of: descriptor)
    else { throw .notListening(descriptor: descriptor) }
    let flags = fcntl(descriptor, F_GETFL, 0)
    guard flags >= 0, fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0,
      fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0
    else { throw .system(call: "fcntl", errno: errno, address) }
    Self.set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, to: 1)
    self.descriptor = descriptor
    self.address = address
    isInherited = true
  }

  func closeUnlessInherited() {
    if !isInherited { close(descriptor) }
  }

  private static func bind(_ descriptor: Int32, to address: SocketAddress) throws(ServerError) {
    let (storage, length) = address.storage
    // Unsafe: the storage is larger than `length`.
    let result = unsafe withUnsafePointer(to: storage) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe Glibc.bind(descriptor, $0, length)
      }
    }
    guard result != 0 else { return }
    switch errno {
    case EADDRINUSE: throw .addressInUse(address)
    case EACCES, EPERM: throw .notPermitted(address)
    case EADDRNOTAVAIL: throw .addressNotLocal(address)
    default: throw .system(call: "bind", errno: errno, address)
    }
  }

  private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, to value: Int32) {
    // Unsafe: the system reads one Int32. An option that cannot be set leaves a default that
    // works, so the result does not matter.
    _ = unsafe withUnsafePointer(to: value) {
      unsafe setsockopt(descriptor, level, option, $0, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  private static func get(_ descriptor: Int32, _ level: Int32, _ option: Int32) -> Int32? {
    var value: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    // Unsafe: the system writes at most `length` octets, the size of the value.
    guard unsafe getsockopt(descriptor, level, option, &value, &length) == 0 else { return nil }
    return value
  }
}
