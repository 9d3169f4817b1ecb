import Glibc

/// A call on a file that failed.
package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  package let path: String
  /// The system's error number.
  package let code: Int32

  package init(path: String, code: Int32) {
    self.path = path
    self.code = code
  }

  /// The call that has just failed on this thread.
  init(last path: String) { self.init(path: path, code: errno) }

  /// Whether a disk, a quota or a file size limit is full.
  package var isNoSpace: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }

  /// Whether there is nothing at the path.
  package var isMissing: Bool { code == ENOENT || code == ENOTDIR }

  /// Whether the process or the system has no descriptors or memory left.
  package var isExhausted: Bool { code == EMFILE || code == ENFILE || code == ENOMEM }

  /// The system's description of the error.
  package var reason: String { errorDescription(code) }

  package var description: String { "\(path): \(reason)" }
}

/// The system's description of an error number.
package func errorDescription(_ number: Int32) -> String {
  // Unsafe: the text is copied before another call on this thread can replace it.
  guard let text = unsafe strerror(number) else { return "error \(number)" }
  return unsafe String(cString: text)
}
