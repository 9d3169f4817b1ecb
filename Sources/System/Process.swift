import CLinux
import Glibc

/// The limits of the process.
package enum ProcessLimits {
  /// The number of cores that this process may run on.
  package static func cores() -> Int {
    var set = cpu_set_t()
    let size = MemoryLayout<cpu_set_t>.size
    // Unsafe: the system writes at most `size` bytes into the set.
    guard unsafe sched_getaffinity(0, size, &set) == 0 else { return 1 }
    let count = unsafe withUnsafeBytes(of: &set) { bytes in
      var count = 0
      for index in bytes.indices { unsafe count += bytes[index].nonzeroBitCount }
      return count
    }
    return max(1, count)
  }

  /// The most descriptors that this process may have, after raising the limit if needed.
  ///
  /// Shells and service managers start programs with 1,024 and allow more to those that ask.
  package static func descriptors(wanted: Int) -> Int {
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
}

extension ProcessLimits {
  /// The most heaps of the allocator; each keeps what threads that used it have freed.
  package static func setHeaps(_ count: Int) { mallopt(M_ARENA_MAX, Int32(clamping: count)) }
}

/// Gives the system back what the allocator holds of freed memory.
///
/// After a large job, which the allocator would keep the room for.
package func returnFreeMemory() { malloc_trim(0) }

/// Removes a variable of the environment.
package func removeEnvironmentVariable(_ name: String) {
  // Unsafe: the name is passed as a C string for the duration of the call.
  _ = unsafe unsetenv(name)
}

/// Blocks SIGPIPE on the calling thread, so that `sendfile` to a client that has left fails instead
/// of ending the process.
package func blockBrokenPipeSignal() {
  var signals = sigset_t()
  // Unsafe: the set is a local that these calls fill and read.
  unsafe sigemptyset(&signals)
  unsafe sigaddset(&signals, SIGPIPE)
  unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
}
