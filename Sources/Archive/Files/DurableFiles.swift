internal import CLinux
internal import Digests
internal import Foundation

/// Calls on files that are durable when they return.
enum DurableFiles {
  /// Makes a folder, its parents too, and flushes the folders that got a new entry.
  static func makeFolder(_ path: String) throws(FileError) {
    if isFolder(path) { return }
    let parent = self.parent(of: path)
    if parent != path { try makeFolder(parent) }
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileError(last: path) }
    guard isFolder(path) else {
      errno = ENOTDIR
      throw FileError(last: path)
    }
    try flushFolder(parent)
  }

  static func isFolder(_ path: String) -> Bool {
    guard let status = status(path) else { return false }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// What the system knows of a path; nil when there is nothing or it cannot be asked.
  static func status(_ path: String) -> stat? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status : nil
  }

  /// The length of a file; nil when there is none.
  static func octets(of path: String) -> Int? {
    guard let status = status(path), status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// When a file was last written to, in seconds since 1970.
  static func modified(_ path: String) -> Int64? { status(path).map { Int64($0.st_mtim.tv_sec) } }

  /// Flushes a folder, so that the names in it outlast a power failure.
  static func flushFolder(_ path: String) throws(FileError) {
    let descriptor = try open(path, O_RDONLY | O_DIRECTORY)
    defer { _ = Foundation.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileError(last: path) }
  }

  /// Opens a file that is closed in child processes.
  static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o600) throws(FileError) -> Int32
  {
    while true {
      let descriptor = unsafe Foundation.open(path, flags | O_CLOEXEC, mode)
      if descriptor >= 0 { return descriptor }
      guard errno == EINTR else { throw FileError(last: path) }
    }
  }

  /// Writes all octets; a short write goes on where it stopped.
  static func write(_ octets: [UInt8], to descriptor: Int32, path: String) throws(FileError) {
    var written = 0
    while written < octets.count {
      let count = unsafe octets.withUnsafeBytes {
        unsafe Foundation.write(
          descriptor, $0.baseAddress.map { unsafe $0 + written },
          octets.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw FileError(last: path)
      }
    }
  }

  /// Hands the file's octets in pieces to `body`, from first to last, until that answers false.
  static func read(_ path: String, _ body: ([UInt8]) -> Bool) throws(FileError) {
    let descriptor = try open(path, O_RDONLY)
    defer { _ = Foundation.close(descriptor) }
    try read(descriptor, path: path, body)
  }

  /// The same of an open file, from where it is read next.
  static func read(
    _ descriptor: Int32, path: String, _ body: ([UInt8]) -> Bool
  ) throws(FileError) {
    while true {
      var count = 0
      let octets = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 17) { buffer, filled in
        count = unsafe Foundation.read(descriptor, buffer.baseAddress, buffer.count)
        filled = max(0, count)
      }
      if count > 0 {
        guard body(octets) else { return }
      } else if count == 0 {
        return
      } else if errno != EINTR {
        throw FileError(last: path)
      }
    }
  }

  /// Flushes the content of a file.
  static func flush(_ path: String) throws(FileError) {
    let descriptor = try open(path, O_RDONLY)
    defer { _ = Foundation.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileError(last: path) }
  }

  static func rename(_ path: String, to target: String) throws(FileError) {
    guard unsafe Foundation.rename(path, target) == 0 else { throw FileError(last: path) }
  }

  static func setMode(_ path: String, _ mode: mode_t) throws(FileError) {
    guard unsafe chmod(path, mode) == 0 else { throw FileError(last: path) }
  }

  /// Removes a file if it is there.
  static func remove(_ path: String) throws(FileError) {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw FileError(last: path) }
  }

  /// Makes a new file with the given content and flushes it; its name is not yet durable.
  static func create(_ path: String, _ octets: [UInt8]) throws(FileError) {
    let descriptor = try open(path, O_WRONLY | O_CREAT | O_EXCL)
    defer { _ = Foundation.close(descriptor) }
    try write(octets, to: descriptor, path: path)
    guard fsync(descriptor) == 0 else { throw FileError(last: path) }
  }

  /// Copies a file and flushes the copy; its name is not yet durable.
  ///
  /// When something fails, a part of the copy may be left.
  static func copy(
    _ path: String, to target: String, inspecting: ([UInt8]) -> Void = { _ in }
  ) throws(FileError) {
    let descriptor = try open(target, O_WRONLY | O_CREAT | O_EXCL)
    defer { _ = Foundation.close(descriptor) }
    var failure: FileError?
    try read(path) { octets in
      do throws(FileError) {
        inspecting(octets)
        try write(octets, to: descriptor, path: target)
        return true
      } catch {
        failure = error
        return false
      }
    }
    if let failure {
      try remove(target)
      throw failure
    }
    guard fsync(descriptor) == 0 else { throw FileError(last: target) }
  }

  /// Copies a file as `copy` does, and returns the SHA-256 of what was copied.
  static func copyHashing(_ path: String, to target: String) throws(FileError) -> String {
    var hash = SHA256()
    try copy(path, to: target) { hash.update($0) }
    return hash.finish().hexadecimal
  }

  /// The SHA-256 of a file's content, in lower-case hexadecimal digits.
  static func sha256(of path: String) throws(FileError) -> String {
    var hash = SHA256()
    try read(path) {
      hash.update($0)
      return true
    }
    return hash.finish().hexadecimal
  }

  /// The names in a folder, without `.` and `..`.
  static func names(in folder: String) throws(FileError) -> [String] {
    guard let stream = unsafe opendir(folder) else { throw FileError(last: folder) }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// The octets that may still be written to the file system of a path.
  static func freeOctets(_ path: String) -> Int {
    var status = statvfs()
    guard unsafe statvfs(path, &status) == 0 else { return 0 }
    let (octets, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(
      by: UInt64(status.f_frsize))
    return overflow ? .max : Int(clamping: octets)
  }

  static func parent(of path: String) -> String {
    let trimmed = path.last == "/" && path != "/" ? String(path.dropLast()) : path
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }
}
