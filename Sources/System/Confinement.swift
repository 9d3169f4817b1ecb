import CLinux
import Glibc

/// What a process gives up before it reads an untrusted file.
package struct Confinement: Equatable, Sendable {
  /// Address space in bytes.
  package var memory: Int
  package var processorTime: Duration

  package init(memory: Int, processorTime: Duration) {
    self.memory = memory
    self.processorTime = processorTime
  }

  package enum Failure: Error, CustomStringConvertible {
    case refused(limit: String, code: Int32)

    package var description: String {
      switch self {
      case .refused(let limit, let code):
        "cannot lower \(limit): \(errorDescription(code).lowercased())"
      }
    }
  }

  /// Lowers the limits of this process for good.
  ///
  /// - Throws: ``Failure`` when one cannot be lowered; then nothing should be read.
  package func apply() throws(Failure) {
    let seconds = UInt64(max(1, processorTime.components.seconds))
    // The soft limit of processor time ends the process; the hard one is for a process that
    // ignores the signal. A crash leaves no core.
    try lower(RLIMIT_AS, "address space", to: UInt64(memory))
    try lower(RLIMIT_CPU, "processor time", to: seconds, hard: seconds + 1)
    try lower(RLIMIT_FSIZE, "file size", to: 256 << 20)
    try lower(RLIMIT_CORE, "core size", to: 0)
    try lower(RLIMIT_NOFILE, "open files", to: 16)
    // The child must not outlive the server.
    guard end_with_parent(SIGKILL) == 0 else { throw .refused(limit: "lifetime", code: errno) }
    try Self.closeOff()
  }

  /// Gives up files, the network, and all system calls that reading from memory and writing to
  /// open descriptors do not need (Landlock and seccomp), for this thread and for good.
  ///
  /// Either one suffices where the kernel lacks the other; a kernel without both still has the
  /// limits.
  ///
  /// - Throws: ``Failure`` when the kernel has one of them and refuses it.
  package static func closeOff() throws(Failure) {
    guard forbid_new_privileges() == 0 else { throw .refused(limit: "privileges", code: errno) }
    _ = try forbidFiles()
    guard forbid_system_calls() == 0 || errno == ENOSYS || errno == EINVAL else {
      throw .refused(limit: "system calls", code: errno)
    }
  }

  /// Gives up files and the network by Landlock alone.
  ///
  /// - Returns: Whether the kernel has Landlock.
  /// - Throws: ``Failure`` when the kernel has it and refuses it.
  package static func forbidFiles() throws(Failure) -> Bool {
    guard forbid_new_privileges() == 0 else { throw .refused(limit: "privileges", code: errno) }
    if forbid_files() == 0 { return true }
    guard errno == ENOSYS || errno == EOPNOTSUPP else {
      throw .refused(limit: "files", code: errno)
    }
    return false
  }

  private func lower(
    _ resource: __rlimit_resource, _ name: String, to value: UInt64, hard: UInt64? = nil
  ) throws(Failure) {
    let resource = __rlimit_resource_t(resource.rawValue)
    var limit = rlimit()
    // Unsafe: the system writes and reads one rlimit.
    guard unsafe getrlimit(resource, &limit) == 0 else {
      throw .refused(limit: name, code: errno)
    }
    limit.rlim_cur = min(rlim_t(value), limit.rlim_max)
    limit.rlim_max = min(rlim_t(hard ?? value), limit.rlim_max)
    guard unsafe setrlimit(resource, &limit) == 0 else {
      throw .refused(limit: name, code: errno)
    }
  }
}
