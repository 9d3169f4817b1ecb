import Foundation

/// What a service manager such as systemd hands to a service, and is told by it.
enum ServiceManager {
  /// The first descriptor that is handed over (sd_listen_fds(3)).
  static let firstDescriptor: Int32 = 3

  /// The listening sockets that were opened for this process.
  ///
  /// The variables that say so are unset, as a child is not meant by them.
  ///
  /// - Parameters:
  ///   - isSuccessor: Whether a server has handed over its sockets, which cannot know the process
  ///     that it is about to start.
  ///   - environment: The variables.
  /// - Returns: Their descriptors.
  static func takeDescriptors(
    isSuccessor: Bool,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> [Int32] {
    defer {
      for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsafe unsetenv(name) }
    }
    var environment = environment
    if isSuccessor { environment["LISTEN_PID"] = "\(getpid())" }
    return descriptors(environment: environment, process: getpid())
  }

  static func descriptors(environment: [String: String], process: pid_t) -> [Int32] {
    guard environment["LISTEN_PID"].flatMap(pid_t.init) == process,
      let count = environment["LISTEN_FDS"].flatMap(Int32.init), (1...256).contains(count)
    else { return [] }
    return Array(firstDescriptor..<firstDescriptor + count)
  }

  /// Tells the service manager that asked for it how the service is (sd_notify(3)).
  static func notify(
    _ state: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    guard let path = environment["NOTIFY_SOCKET"], let first = path.utf8.first,
      first == UInt8(ascii: "/") || first == UInt8(ascii: "@")
    else { return }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    var octets = Array(path.utf8)
    guard octets.count < capacity else { return }
    // An abstract socket's name begins with NUL.
    if first == UInt8(ascii: "@") { octets[0] = 0 }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: octets) }
    let descriptor = socket(
      AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let length = MemoryLayout<sa_family_t>.size + octets.count
    let message = Array(state.utf8)
    _ = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe sendto(
          descriptor, message, message.count, Int32(MSG_NOSIGNAL), pointer,
          socklen_t(length))
      }
    }
  }
}
