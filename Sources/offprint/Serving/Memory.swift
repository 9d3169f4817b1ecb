import CLinux
import Foundation

/// The memory of a server that has begun, or made much at once.
enum Memory {
  /// Gives back what was freed, and the pages of code.
  ///
  /// What is done once, as asking Foundation how a language writes dates, leaves some twenty
  /// mebibytes of code in the process that are not run again. Code that is run comes back page by
  /// page from the system's cache. Breakpoints that a debugger has set before are lost.
  static func release() {
    malloc_trim(0)
    guard let mappings = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8) else {
      return
    }
    for mapping in mappings.split(separator: "\n") {
      // Addresses, permissions, offset, device, inode, path.
      let parts = mapping.split(separator: " ", maxSplits: 5)
      guard parts.count == 6, parts[1] == "r-xp", parts[4] != "0" else { continue }
      let ends = parts[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      guard ends.count == 2,
        let start = unsafe UnsafeMutableRawPointer(bitPattern: ends[0])
      else { continue }
      // Unsafe: nobody writes to code, so the file has all that is in these pages.
      unsafe madvise(start, Int(ends[1] - ends[0]), MADV_DONTNEED)
    }
  }
}
