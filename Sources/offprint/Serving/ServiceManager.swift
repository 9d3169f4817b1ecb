import Foundation
import System

/// The protocol of a service manager such as systemd.
enum ServiceManager {
  /// The first inherited descriptor (sd_listen_fds(3)).
  static let firstDescriptor: Int32 = 3

  /// The listening sockets that were opened for this process.
  ///
  /// Unsets their variables, which are not for child processes.
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
      for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { removeEnvironmentVariable(name) }
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

  /// Reports a state to the service manager, if there is one (sd_notify(3)).
  static func notify(
    _ state: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    guard let path = environment["NOTIFY_SOCKET"], let first = path.utf8.first,
      first == UInt8(ascii: "/") || first == UInt8(ascii: "@")
    else { return }
    sendDatagram(Array(state.utf8), to: path)
  }
}
