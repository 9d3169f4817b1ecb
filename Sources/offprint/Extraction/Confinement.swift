import CLinux
import Foundation

/// What a process takes from itself before it reads a file that nobody has looked at.
struct Confinement: Equatable, Sendable {
  var memory: Int
  var processorTime: Duration

  enum Failure: Error, CustomStringConvertible {
    case refused(limit: String, errno: Int32)

    var description: String {
      switch self {
      case .refused(let limit, let number): "cannot lower \(limit): \(systemReason(of: number))"
      }
    }
  }

  /// Lowers the limits of this process for good.
  ///
  /// - Throws: ``Failure`` when one stands; then nothing should be read.
  func apply() throws(Failure) {
    let seconds = max(1, processorTime.components.seconds)
    // The soft limit of processor time ends the process; the hard one is for the case that the
    // signal is ignored. A trap leaves no core.
    try lower(__rlimit_resource_t(RLIMIT_AS.rawValue), "address space", to: UInt64(memory))
    try lower(
      __rlimit_resource_t(RLIMIT_CPU.rawValue), "processor time", to: UInt64(seconds),
      hard: UInt64(seconds) + 1)
    try lower(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), "file size", to: 256 << 20)
    try lower(__rlimit_resource_t(RLIMIT_CORE.rawValue), "core size", to: 0)
    try lower(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), "open files", to: 16)
    // The server waits for its child, and must not be survived by one that has lost its way.
    guard end_with_parent(SIGKILL) == 0 else {
      throw .refused(limit: "lifetime", errno: errno)
    }
    try Self.closeOff()
  }

  /// Takes from this thread, for good, the files and the network, and all system calls that reading
  /// what is in memory and writing to what is open do not need.
  ///
  /// Each of the two ways stands where the other is missing; a kernel without both still has the
  /// limits.
  ///
  /// - Throws: ``Failure`` when the kernel has one of them and refuses it.
  static func closeOff() throws(Failure) {
    guard forbid_new_privileges() == 0 else {
      throw .refused(limit: "privileges", errno: errno)
    }
    guard forbid_files() == 0 || errno == ENOSYS || errno == EOPNOTSUPP else {
      throw .refused(limit: "files", errno: errno)
    }
    guard forbid_system_calls() == 0 || errno == ENOSYS || errno == EINVAL else {
      throw .refused(limit: "system calls", errno: errno)
    }
  }

  private func lower(
    _ resource: __rlimit_resource_t, _ name: String, to value: UInt64, hard: UInt64? = nil
  ) throws(Failure) {
    var limit = rlimit()
    guard unsafe getrlimit(resource, &limit) == 0 else {
      throw .refused(limit: name, errno: errno)
    }
    limit.rlim_cur = min(rlim_t(value), limit.rlim_max)
    limit.rlim_max = min(rlim_t(hard ?? value), limit.rlim_max)
    guard unsafe setrlimit(resource, &limit) == 0 else {
      throw .refused(limit: name, errno: errno)
    }
  }
}
