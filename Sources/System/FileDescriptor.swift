import CLinux
import Glibc

/// An open file, folder, pipe end or device; closed when its owner goes.
///
/// Child processes do not inherit it.
package struct FileDescriptor: ~Copyable, Sendable {
  /// -1 once it has been closed or given up.
  package private(set) var number: Int32
  /// Named in errors.
  package let path: String

  /// What a file is opened for.
  package enum Purpose: Sendable {
    case reading
    /// Flushing a folder, or naming what is in it.
    case folder
    /// Reading and writing a new file; fails when there is one.
    case creating
    /// Reading and writing; created when there is none.
    case updating
    /// Writing at the end; created when there is none.
    case appending

    fileprivate var flags: Int32 {
      switch self {
      case .reading: O_RDONLY
      case .folder: O_RDONLY | O_DIRECTORY
      case .creating: O_RDWR | O_CREAT | O_EXCL
      case .updating: O_RDWR | O_CREAT
      case .appending: O_WRONLY | O_CREAT | O_APPEND
      }
    }
  }

  /// Opens a file; only its owner can open a new one.
  ///
  /// - Throws: ``FileError``
  package init(_ path: String, for purpose: Purpose) throws(FileError) {
    // Unsafe: the path is passed as a C string for the duration of the call.
    number = try retrying(path) { unsafe open(path, purpose.flags | O_CLOEXEC, 0o600) }
    self.path = path
  }

  /// Another descriptor of an open file.
  ///
  /// - Throws: ``FileError``
  package init(duplicating original: Int32, path: String) throws(FileError) {
    number = try retrying(path) { fcntl(original, F_DUPFD_CLOEXEC, 3) }
    self.path = path
  }

  /// Takes over an open descriptor.
  package init(owning number: Int32, path: String) {
    self.number = number
    self.path = path
  }

  deinit { if number >= 0 { _ = Glibc.close(number) } }

  /// Closes the file, which reports errors of writes that some file systems delay.
  ///
  /// - Throws: ``FileError``
  package consuming func close() throws(FileError) {
    let result = Glibc.close(release())
    guard result == 0 else { throw FileError(last: path) }
  }

  /// Gives up ownership without closing.
  package mutating func release() -> Int32 {
    defer { number = -1 }
    return number
  }

  // MARK: Content

  /// Writes all bytes; a short write continues where it stopped.
  ///
  /// - Throws: ``FileError``
  package func write(_ bytes: [UInt8]) throws(FileError) {
    try writeAll(bytes, to: number, path: path)
  }

  /// Reads the next bytes; empty at the end.
  ///
  /// - Throws: ``FileError``
  package func read(upTo limit: Int = 1 << 17) throws(FileError) -> [UInt8] {
    try unsafe fill(limit) { buffer in unsafe Glibc.read(number, buffer.baseAddress, buffer.count) }
  }

  /// Reads bytes at a place; fewer than asked for where the file ends.
  ///
  /// - Throws: ``FileError``
  package func read(_ range: Range<Int>) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < range.count {
      let start = range.lowerBound + bytes.count
      let piece = try unsafe fill(range.upperBound - start) { buffer in
        unsafe pread(number, buffer.baseAddress, buffer.count, off_t(start))
      }
      if piece.isEmpty { break }
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
    }
    return bytes
  }

  private func fill(
    _ capacity: Int, _ read: (UnsafeMutableBufferPointer<UInt8>) -> Int
  ) throws(FileError) -> [UInt8] {
    var failure: FileError?
    // Unsafe: the system writes at most as many bytes as there is room for, and says how many.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      do throws(FileError) {
        count = try retrying(path) { unsafe read(buffer) }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Passes the bytes from the current position on to `body`, piece by piece, until that returns
  /// false.
  ///
  /// - Throws: ``FileError``
  package func read(_ body: ([UInt8]) -> Bool) throws(FileError) {
    while true {
      let piece = try read()
      guard !piece.isEmpty, body(piece) else { return }
    }
  }

  // MARK: State

  /// - Throws: ``FileError``
  package func status() throws(FileError) -> FileStatus {
    var status = stat()
    // Unsafe: the system writes one stat.
    guard unsafe fstat(number, &status) == 0 else { throw FileError(last: path) }
    return FileStatus(status)
  }

  /// Writes the content, or the names in a folder, to disk (fsync).
  ///
  /// - Throws: ``FileError``
  package func flush() throws(FileError) {
    guard fsync(number) == 0 else { throw FileError(last: path) }
  }

  /// Removes the content.
  ///
  /// - Throws: ``FileError``
  package func truncate() throws(FileError) {
    guard ftruncate(number, 0) == 0 else { throw FileError(last: path) }
  }

  /// Sets the permissions.
  ///
  /// - Throws: ``FileError``
  package func setMode(_ mode: UInt32) throws(FileError) {
    guard fchmod(number, mode) == 0 else { throw FileError(last: path) }
  }

  /// Takes the file's lock (flock); the kernel releases it when the descriptor is closed.
  ///
  /// - Returns: Whether it was free.
  /// - Throws: ``FileError``
  package func lock() throws(FileError) -> Bool {
    if flock(number, LOCK_EX | LOCK_NB) == 0 { return true }
    let error = FileError(last: path)
    guard error.code == EWOULDBLOCK else { throw error }
    return false
  }
}

/// Writes all bytes to a descriptor; a short write continues where it stopped.
///
/// - Throws: ``FileError``
package func writeAll(
  _ bytes: [UInt8], to number: Int32, path: String
) throws(FileError) {
  var written = 0
  while written < bytes.count {
    // Unsafe: the system reads the rest of the array.
    let count = unsafe bytes.withUnsafeBytes { buffer in
      let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
      return unsafe write(number, rest.baseAddress, rest.count)
    }
    if count > 0 {
      written += count
    } else if count == 0 {
      throw FileError(path: path, code: ENOSPC)
    } else if errno == EAGAIN {
      // A process that shares the descriptor has made it non-blocking.
      var waiting = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
      // Unsafe: the system writes one pollfd.
      _ = unsafe poll(&waiting, 1, -1)
    } else if errno != EINTR {
      throw FileError(last: path)
    }
  }
}

/// Repeats a system call that a signal interrupted.
func retrying<Result: BinaryInteger>(
  _ path: String, _ call: () -> Result
) throws(FileError) -> Result {
  while true {
    let result = call()
    if result >= 0 { return result }
    guard errno == EINTR else { throw FileError(last: path) }
  }
}
