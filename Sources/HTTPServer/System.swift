import CLinux
import Glibc

/// Nanoseconds on the clock that nobody sets.
func monotonicNow() -> Int64 { read(CLOCK_MONOTONIC) }

/// Nanoseconds since 1970.
func wallNow() -> Int64 { read(CLOCK_REALTIME) }

private func read(_ clock: clockid_t) -> Int64 {
  var time = timespec()
  // Unsafe: the system writes one timespec.
  unsafe clock_gettime(clock, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// Keeps writing to a client who has left from ending the process, on this thread.
func blockBrokenPipeSignal() {
  var signals = sigset_t()
  // Unsafe: the set is a local that these calls fill and read.
  unsafe sigemptyset(&signals)
  unsafe sigaddset(&signals, SIGPIPE)
  unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
}

/// Random octets of the system, as a number.
func randomNumber() -> UInt64 {
  var generator = SystemRandomNumberGenerator()
  return generator.next()
}

/// A descriptor to keep in reserve; -1 when there is none left.
///
/// Without descriptors `accept` fails and the client stays in line, ready, so that waiting for it
/// would spin. Giving up the spare lets it be taken and sent away.
func openSpareDescriptor() -> Int32 { unsafe open("/dev/null", O_RDONLY | O_CLOEXEC) }

/// The most descriptors that this process may have, after asking for more if need be.
///
/// Shells and service managers start programs with 1,024 and allow more to those that ask.
func descriptorLimit(wanted: Int) -> Int {
  let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  var limit = rlimit()
  // Unsafe: the system writes and reads one rlimit.
  guard unsafe getrlimit(resource, &limit) == 0 else { return 1024 }
  let wanted = rlim_t(clamping: wanted)
  if limit.rlim_cur < wanted, limit.rlim_cur < limit.rlim_max {
    var raised = limit
    raised.rlim_cur = min(wanted, limit.rlim_max)
    if unsafe setrlimit(resource, &raised) == 0 { limit = raised }
  }
  return Int(min(limit.rlim_cur, 1 << 30))
}

extension SocketAddress {
  /// The address a socket has at its own end; nil when that is no IP address.
  init?(of socket: Int32) {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    // Unsafe: the system writes at most `length` octets, the size of the storage.
    let result = unsafe withUnsafeMutablePointer(to: &storage) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getsockname(socket, $0, &length)
      }
    }
    guard result == 0 else { return nil }
    self.init(storage)
  }

  /// Reads what the system wrote.
  init?(_ storage: sockaddr_storage) {
    var storage = storage
    // Unsafe: all offsets lie in the 128 octets of the storage.
    let (port, ipv4, high, low) = unsafe withUnsafeBytes(of: &storage) { octets in
      unsafe (
        UInt16(bigEndian: octets.loadUnaligned(fromByteOffset: 2, as: UInt16.self)),
        UInt32(bigEndian: octets.loadUnaligned(fromByteOffset: 4, as: UInt32.self)),
        UInt64(bigEndian: octets.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        UInt64(bigEndian: octets.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
      )
    }
    switch Int32(storage.ss_family) {
    case AF_INET: self.init(address: Address(ipv4: ipv4), port: port)
    case AF_INET6: self.init(address: Address(high: high, low: low), port: port)
    default: return nil
    }
  }

  /// What the system reads, and how many octets of it.
  var storage: (sockaddr_storage, socklen_t) {
    var storage = sockaddr_storage()
    storage.ss_family = sa_family_t(address.isIPv4 ? AF_INET : AF_INET6)
    let address = self.address
    // Unsafe: all offsets lie in the 128 octets of the storage.
    unsafe withUnsafeMutableBytes(of: &storage) { octets in
      unsafe octets.storeBytes(of: port.bigEndian, toByteOffset: 2, as: UInt16.self)
      if address.isIPv4 {
        let ipv4 = UInt32(truncatingIfNeeded: address.low)
        unsafe octets.storeBytes(of: ipv4.bigEndian, toByteOffset: 4, as: UInt32.self)
      } else {
        unsafe octets.storeBytes(of: address.high.bigEndian, toByteOffset: 8, as: UInt64.self)
        unsafe octets.storeBytes(of: address.low.bigEndian, toByteOffset: 16, as: UInt64.self)
      }
    }
    let size = address.isIPv4 ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
    return (storage, socklen_t(size))
  }
}
