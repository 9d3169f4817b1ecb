import CLinux
import Glibc

/// A non-blocking socket.
///
/// The value does not own the descriptor; its user closes it once.
package struct Socket: Sendable, Hashable {
  package let descriptor: Int32

  /// What a read found.
  package enum Received: Sendable, Equatable {
    /// So many bytes, at least one.
    case bytes(Int)
    /// The peer sends no more.
    case end
    /// Nothing is there yet.
    case nothing
    /// The connection is broken.
    case broken
  }

  package init(descriptor: Int32) { self.descriptor = descriptor }

  package func close() { _ = Glibc.close(descriptor) }

  // MARK: Listening

  /// Opens a listening socket.
  ///
  /// - Parameters:
  ///   - address: Where to listen; port 0 lets the system choose.
  ///   - leavesIPv4: Whether an IPv6 socket leaves IPv4 to another socket.
  /// - Throws: ``SystemError``
  package init(listeningAt address: SocketAddress, leavesIPv4: Bool) throws(SystemError) {
    let family = address.address.isIPv4 ? AF_INET : AF_INET6
    let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    descriptor = socket(family, Int32(type), 0)
    guard descriptor >= 0 else { throw SystemError("socket") }
    do throws(SystemError) {
      set(SOL_SOCKET, SO_REUSEADDR, to: 1)
      if family == AF_INET6 {
        set(Int32(IPPROTO_IPV6), IPV6_V6ONLY, to: leavesIPv4 ? 1 : 0)
      }
      sendWithoutDelay()
      try bind(to: address)
      guard listen(descriptor, 4096) == 0 else { throw SystemError("listen") }
    } catch {
      close()
      throw error
    }
  }

  /// Whether the descriptor is a listening TCP socket.
  package var isListening: Bool {
    var value: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    // Unsafe: the system writes at most `length` bytes, the size of the value.
    let result = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &value, &length)
    return result == 0 && value == 1 && localAddress != nil
  }

  /// Makes an inherited socket non-blocking and not inheritable.
  ///
  /// - Throws: ``SystemError``
  package func adopt() throws(SystemError) {
    let flags = fcntl(descriptor, F_GETFL, 0)
    guard flags >= 0, fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0,
      fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0
    else { throw SystemError("fcntl") }
    sendWithoutDelay()
  }

  /// Accepted sockets inherit it from their listener.
  private func sendWithoutDelay() { set(Int32(IPPROTO_TCP), TCP_NODELAY, to: 1) }

  private func set(_ level: Int32, _ option: Int32, to value: Int32) {
    // Unsafe: the system reads one Int32. An option that cannot be set leaves a default that
    // works, so the result does not matter.
    _ = unsafe withUnsafePointer(to: value) {
      unsafe setsockopt(descriptor, level, option, $0, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  private func bind(to address: SocketAddress) throws(SystemError) {
    let (storage, length) = address.storage
    // Unsafe: the storage is larger than `length`.
    let result = unsafe withUnsafePointer(to: storage) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe Glibc.bind(descriptor, $0, length)
      }
    }
    guard result == 0 else { throw SystemError("bind") }
  }

  /// The address at this end; nil when that is no IP address.
  package var localAddress: SocketAddress? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    // Unsafe: the system writes at most `length` bytes, the size of the storage.
    let result = unsafe withUnsafeMutablePointer(to: &storage) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getsockname(descriptor, $0, &length)
      }
    }
    return result == 0 ? SocketAddress(storage) : nil
  }

  /// The result of accepting a connection.
  package enum Accepted: Sendable {
    /// A connection; its peer is nil when that has no IP address or is another user's process.
    case connection(Socket, peer: Address?)
    /// Nobody is waiting.
    case nobody
    /// There is no descriptor or no memory for another connection.
    case exhausted
    /// The client, or its network, has left.
    case failed
  }

  package func accept() -> Accepted {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let flags = Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    // Unsafe: the system writes at most `length` bytes, the size of the storage.
    let accepted = unsafe withUnsafeMutablePointer(to: &storage) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe accept4(descriptor, $0, &length, flags)
      }
    }
    guard accepted < 0 else {
      let socket = Socket(descriptor: accepted)
      guard storage.ss_family != sa_family_t(AF_UNIX) else {
        return .connection(socket, peer: socket.isOwnersPeer ? .loopback : nil)
      }
      return .connection(socket, peer: SocketAddress(storage)?.address)
    }
    switch errno {
    case EAGAIN: return .nobody
    case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
    default: return .failed
    }
  }

  // MARK: Reading and writing

  /// Reads into a part of a buffer.
  ///
  /// - Parameters:
  ///   - buffer: Its size does not change.
  ///   - offset: Where the first byte goes.
  ///   - limit: The most bytes to read.
  /// - Returns: What was found.
  package func receive(into buffer: inout [UInt8], at offset: Int, limit: Int) -> Received {
    precondition(offset >= 0 && limit > 0 && limit <= buffer.count - offset)
    // Unsafe: the precondition says that there is room for so many bytes.
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe recv(descriptor, bytes.baseAddress.map { unsafe $0 + offset }, limit, 0)
    }
    if count > 0 { return .bytes(count) }
    if count == 0 { return .end }
    return errno == EAGAIN || errno == EINTR ? .nothing : .broken
  }

  /// Sends bytes.
  ///
  /// - Parameters:
  ///   - bytes: What to send.
  ///   - isContinued: Whether more follows at once, so that the system may wait for it.
  /// - Returns: How many the system took, 0 when it has no room; nil when the connection is broken.
  package func send(_ bytes: ArraySlice<UInt8>, isContinued: Bool = false) -> Int? {
    let flags = Int32(MSG_NOSIGNAL) | (isContinued ? Int32(MSG_MORE) : 0)
    // Unsafe: the system reads the slice.
    return taken(
      unsafe bytes.withUnsafeBytes {
        unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, flags)
      })
  }

  /// Sends two slices in one call.
  ///
  /// - Returns: How many of both the system took; nil when the connection is broken.
  package func send(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> Int? {
    // Unsafe: the system reads both slices.
    taken(
      unsafe first.withUnsafeBytes { first in
        unsafe second.withUnsafeBytes { second in
          var parts = unsafe (
            iovec(
              iov_base: UnsafeMutableRawPointer(mutating: first.baseAddress),
              iov_len: first.count),
            iovec(
              iov_base: UnsafeMutableRawPointer(mutating: second.baseAddress),
              iov_len: second.count)
          )
          return unsafe withUnsafeMutablePointer(to: &parts) { parts in
            unsafe parts.withMemoryRebound(to: iovec.self, capacity: 2) { parts in
              var message = unsafe msghdr()
              unsafe message.msg_iov = parts
              unsafe message.msg_iovlen = 2
              return unsafe sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL))
            }
          }
        }
      })
  }

  /// Sends a part of a file without copying it through the process.
  ///
  /// - Returns: How many bytes the system took; nil when the connection is broken, or the file is
  ///   shorter than the range.
  package func send(file: Int32, _ range: Range<Int>) -> Int? {
    guard !range.isEmpty else { return 0 }
    var offset = off_t(range.lowerBound)
    // Unsafe: the system reads and writes the offset.
    let sent = unsafe sendfile(descriptor, file, &offset, range.count)
    return sent == 0 ? nil : taken(sent)
  }

  private func taken(_ count: Int) -> Int? {
    if count >= 0 { return count }
    return errno == EAGAIN || errno == EINTR ? 0 : nil
  }

  /// Ends the sending side.
  package func finishSending() { _ = shutdown(descriptor, Int32(SHUT_WR)) }
}

/// A spare descriptor for when the process has none left.
///
/// Without one `accept` fails and the client keeps the listener ready. Giving up
/// the spare one lets it be accepted and refused.
package struct SpareDescriptor: ~Copyable {
  private var descriptor: Int32

  package init() { descriptor = Self.open() }

  deinit { if descriptor >= 0 { _ = close(descriptor) } }

  /// Runs `body` with one more descriptor available.
  package mutating func lend(to body: () -> Void) {
    if descriptor >= 0 { _ = close(descriptor) }
    body()
    descriptor = Self.open()
  }

  // Unsafe: the path is passed as a C string for the duration of the call.
  private static func open() -> Int32 { unsafe Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC) }
}
