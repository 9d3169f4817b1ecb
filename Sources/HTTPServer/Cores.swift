import CLinux
import Glibc

/// The cores that this process may run on.
package func onlineCores() -> Int {
  var set = cpu_set_t()
  let size = MemoryLayout<cpu_set_t>.size
  // Unsafe: the system writes at most `size` octets into the set.
  guard unsafe sched_getaffinity(0, size, &set) == 0 else { return 1 }
  let count = unsafe withUnsafeBytes(of: &set) { octets in
    var count = 0
    for index in octets.indices { unsafe count += octets[index].nonzeroBitCount }
    return count
  }
  return max(1, count)
}
