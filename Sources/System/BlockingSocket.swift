import CLinux
import Glibc

/// A connection that blocks while it reads and writes.
package struct BlockingSocket: Sendable {
  package let descriptor: Int32

  package init(descriptor: Int32) { self.descriptor = descriptor }

  /// Connects to an address.
  ///
  /// - Parameters:
  ///   - address: Where a server listens.
  ///   - patience: The longest wait, in seconds, for each step.
  /// - Throws: ``SystemError``
  package init(connectingTo address: SocketAddress, patience: Int) throws(SystemError) {
    let (storage, length) = address.storage
    let family = Int32(storage.ss_family)
    descriptor = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw SystemError("socket") }
    setPatience(patience)
    // Unsafe: the system reads `length` bytes of the larger storage.
    let result = unsafe withUnsafePointer(to: storage) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, length)
      }
    }
    guard result == 0 else {
      let error = SystemError("connect")
      Glibc.close(descriptor)
      throw error
    }
  }

  /// Connects to a Unix socket in a folder.
  ///
  /// Sockets are named by their folder: a path has room for 107 bytes only.
  ///
  /// - Throws: ``SystemError`` when there is none, or nobody listens on it.
  package init(connectingTo name: String, in folder: String) throws(SystemError) {
    let address = try LocalAddress(name, in: folder)
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw SystemError("socket") }
    guard unsafe address.use({ unsafe connect(descriptor, $0, $1) }) == 0 else {
      let error = SystemError("connect")
      Glibc.close(descriptor)
      throw error
    }
  }

  /// Connects to a Unix socket by its path.
  ///
  /// - Parameters:
  ///   - path: Of the socket.
  ///   - patience: The longest wait, in seconds, for each read and each write.
  /// - Throws: ``SystemError`` when there is none, or nobody listens on it.
  package init(connectingToPath path: String, patience: Int) throws(SystemError) {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    try self.init(connectingTo: name, in: FileSystem.parent(of: path))
    setPatience(patience)
  }

  /// Sets the longest wait for each read and each write, in seconds.
  private func setPatience(_ seconds: Int) {
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      // Unsafe: the system reads one timeval.
      unsafe setsockopt(
        descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
    }
  }

  package func close() { _ = Glibc.close(descriptor) }

  /// Ends the sending side.
  package func finishSending() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

  /// Sends all bytes; false when the peer is gone.
  package func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      // Unsafe: the system reads the rest of the array.
      let count = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[sent...])
        return unsafe Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// The next bytes; empty at their end or when the peer is gone, nil when none came in time.
  package func receive() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      // Unsafe: the system writes at most as many bytes as there is room for.
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
      }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return nil }
      return Array(buffer.prefix(max(0, count)))
    }
  }

  /// Whether the peer sends no more; does not wait.
  package var peerHasFinished: Bool {
    var byte: UInt8 = 0
    // Unsafe: one byte of a local is written.
    return unsafe recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) == 0
  }
}

extension Socket {
  /// Listens on a Unix socket to which only its owner can connect.
  ///
  /// A socket of the same name is replaced: a killed process leaves one.
  ///
  /// - Throws: ``SystemError``
  package init(listeningAs name: String, in folder: String) throws(SystemError) {
    let address = try LocalAddress(name, in: folder)
    let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    let descriptor = socket(AF_UNIX, Int32(type), 0)
    guard descriptor >= 0 else { throw SystemError("socket") }
    // Unsafe: paths are passed as C strings for the duration of the calls. The folder is private,
    // so nobody can connect between the two.
    unsafe unlink(folder + "/" + name)
    guard unsafe address.use({ unsafe bind(descriptor, $0, $1) }) == 0,
      unsafe chmod(folder + "/" + name, 0o600) == 0, listen(descriptor, 16) == 0
    else {
      let error = SystemError("bind")
      Glibc.close(descriptor)
      throw error
    }
    self.init(descriptor: descriptor)
  }

  /// Another descriptor of the same connection, which blocks while it reads and writes; nil when
  /// the process has none left.
  package func blockingCopy() -> BlockingSocket? {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { return nil }
    _ = fcntl(copy, F_SETFL, fcntl(copy, F_GETFL, 0) & ~O_NONBLOCK)
    return BlockingSocket(descriptor: copy)
  }

  /// Whether the peer of a Unix socket is a process of the same user, or of root.
  var isOwnersPeer: Bool {
    var peer = peer_credentials()
    return unsafe read_peer_credentials(descriptor, &peer) == 0
      && (peer.user == geteuid() || peer.user == 0)
  }
}

/// Sends one datagram to a Unix socket; errors are ignored.
///
/// - Parameters:
///   - message: The message.
///   - path: The socket's path; `@` begins an abstract name (unix(7)).
package func sendDatagram(_ message: [UInt8], to path: String) {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  var name = Array(path.utf8)
  guard let first = name.first, name.count < MemoryLayout.size(ofValue: address.sun_path) else {
    return
  }
  if first == UInt8(ascii: "@") { name[0] = 0 }
  // Unsafe: the name is shorter than its field.
  unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
  let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
  guard descriptor >= 0 else { return }
  defer { _ = close(descriptor) }
  let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
  // Unsafe: the system reads the message, and `length` bytes of the address.
  _ = unsafe withUnsafePointer(to: &address) { pointer in
    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
      unsafe sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), pointer, length)
    }
  }
}

/// The address of a Unix socket, by a descriptor of its folder.
private struct LocalAddress: ~Copyable {
  private let folder: Int32
  private let name: String

  init(_ name: String, in path: String) throws(SystemError) {
    self.name = name
    // Unsafe: the path is passed as a C string for the duration of the call.
    folder = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw SystemError("open") }
  }

  deinit { _ = close(folder) }

  func use(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    // Unsafe: the path is shorter than its field, whose rest is zero.
    unsafe withUnsafeMutableBytes(of: &address.sun_path) {
      unsafe $0.copyBytes(from: "/proc/self/fd/\(folder)/\(name)".utf8.prefix(107))
    }
    return unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
