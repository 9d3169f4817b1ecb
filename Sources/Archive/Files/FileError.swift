internal import Foundation

/// A call on a file that failed.
package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  package let path: String
  /// The system's error number.
  package let code: Int32

  package var isNoSpace: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }

  /// The system's words.
  package var reason: String { unsafe String(cString: strerror(code)) }

  package var description: String { "\(path): \(reason)" }

  /// What the last call left in `errno`.
  init(last path: String) {
    self.path = path
    code = errno
  }
}
