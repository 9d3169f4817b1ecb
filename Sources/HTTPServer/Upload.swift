import Glibc

/// Content on its way into a file.
///
/// The loop collects octets in `waiting`; the rest is used on the loop's store queue, one call
/// after another.
final class Upload: @unchecked Sendable {
  // Sendable because each variable belongs to one queue, as told above and below.
  let path: String
  /// The loop's.
  var waiting: [UInt8] = []
  /// The store queue's; -1 before the file is made and after it is closed.
  private var descriptor: Int32 = -1
  private var isMade = false

  init(folder: String) {
    let name = String(randomNumber(), radix: 16) + String(randomNumber(), radix: 16)
    path = "\(folder)/\(name).part"
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Writes a piece behind those before it.
  ///
  /// - Parameters:
  ///   - octets: The piece.
  ///   - isLast: Whether the file is then complete, and closed.
  /// - Returns: The error number when that failed.
  func write(_ octets: [UInt8], isLast: Bool) -> Int32? {
    if !isMade {
      descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { return errno }
      isMade = true
    }
    var written = 0
    while written < octets.count {
      // Unsafe: what is written lies in the array.
      let count = unsafe octets.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
        return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count == 0 ? ENOSPC : errno }
      written += count
    }
    guard isLast else { return nil }
    let result = close(descriptor)
    descriptor = -1
    return result == 0 ? nil : errno
  }

  /// Removes what has been written of a file that will not be complete.
  func discard() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
    if isMade { Self.remove(path) }
  }

  /// Removes a file, if nobody has moved it.
  static func remove(_ path: String) { unsafe unlink(path) }
}
