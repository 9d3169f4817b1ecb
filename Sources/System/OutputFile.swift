import Glibc

/// A new file that is written from its beginning to its end.
package struct OutputFile: ~Copyable, Sendable {
  private let descriptor: Int32

  /// Creates a file that only its owner can read.
  ///
  /// - Parameter path: A path at which there is nothing.
  /// - Throws: ``SystemError``
  package init(creating path: String) throws(SystemError) {
    // Unsafe: the path is passed as a C string for the duration of the call.
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemError("open") }
  }

  deinit { _ = Glibc.close(descriptor) }

  /// Appends all of the bytes.
  ///
  /// - Throws: ``SystemError``
  package func write(_ bytes: [UInt8]) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      // Unsafe: the system reads the rest of the array.
      let count = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
        return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count != 0 else { throw SystemError(call: "write", number: ENOSPC) }
      guard count > 0 else { throw SystemError("write") }
      written += count
    }
  }

  /// Closes the file, which reports errors of writes that some file systems delay.
  ///
  /// - Throws: ``SystemError``
  package consuming func close() throws(SystemError) {
    let result = Glibc.close(descriptor)
    discard self
    guard result == 0 else { throw SystemError("close") }
  }

  /// Removes a file; a file that is not there is left alone.
  package static func remove(_ path: String) {
    // Unsafe: the path is passed as a C string for the duration of the call.
    _ = unsafe unlink(path)
  }
}
