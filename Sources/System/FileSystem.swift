import CLinux
import Glibc

/// Calls on files and folders by their paths.
package enum FileSystem {
  // MARK: Folders

  /// Creates a folder and its parents, and flushes the folders that get a new entry.
  ///
  /// - Throws: ``FileError``
  package static func makeFolder(_ path: String) throws(FileError) {
    if isFolder(path) { return }
    let parent = self.parent(of: path)
    if parent != path { try makeFolder(parent) }
    // Unsafe: the path is passed as a C string for the duration of the call.
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileError(last: path) }
    guard isFolder(path) else { throw FileError(path: path, code: ENOTDIR) }
    try flushFolder(parent)
  }

  package static func isFolder(_ path: String) -> Bool { status(path)?.isFolder ?? false }

  /// Flushes a folder, so that the names in it survive a power failure.
  ///
  /// - Throws: ``FileError``
  package static func flushFolder(_ path: String) throws(FileError) {
    try FileDescriptor(path, for: .folder).flush()
  }

  /// The names in a folder, without `.` and `..`.
  ///
  /// - Throws: ``FileError``
  package static func names(in folder: String) throws(FileError) -> [String] {
    // Unsafe: the stream is closed once, and each entry is copied before the next is read.
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

  /// The bytes that may still be written to the file system of a path; 0 when it cannot be asked.
  package static func freeBytes(_ path: String) -> Int {
    var status = statvfs()
    // Unsafe: the system writes one statvfs.
    guard unsafe statvfs(path, &status) == 0 else { return 0 }
    let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(
      by: UInt64(status.f_frsize))
    return overflow ? .max : Int(clamping: bytes)
  }

  // MARK: Files

  /// The status of a file or folder, behind symbolic links; nil when there is none or it cannot be
  /// asked.
  package static func status(_ path: String) -> FileStatus? {
    var status = stat()
    // Unsafe: the system writes one stat.
    return unsafe stat(path, &status) == 0 ? FileStatus(status) : nil
  }

  /// Whether a path is itself a symbolic link, whatever it leads to.
  package static func isLink(_ path: String) -> Bool {
    var status = stat()
    // Unsafe: the system writes one stat.
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// The length of a file in bytes; nil when there is none.
  package static func bytes(of path: String) -> Int? {
    guard let status = status(path), status.isFile else { return nil }
    return status.bytes
  }

  /// Passes the content of a file to `body`, piece by piece, until that returns false.
  ///
  /// - Throws: ``FileError``
  package static func read(_ path: String, _ body: ([UInt8]) -> Bool) throws(FileError) {
    try FileDescriptor(path, for: .reading).read(body)
  }

  /// Flushes the content of a file.
  ///
  /// - Throws: ``FileError``
  package static func flush(_ path: String) throws(FileError) {
    try FileDescriptor(path, for: .reading).flush()
  }

  /// Creates a file with the given content and flushes it; its name is not yet durable.
  ///
  /// - Throws: ``FileError``
  package static func create(_ path: String, _ bytes: [UInt8]) throws(FileError) {
    let file = try FileDescriptor(path, for: .creating)
    try file.write(bytes)
    try file.flush()
  }

  /// Copies a file and flushes the copy; its name is not yet durable.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - target: Where there is no file; none is left there when the copy fails.
  ///   - inspecting: Called with each piece.
  /// - Throws: ``FileError``
  package static func copy(
    _ path: String, to target: String, inspecting: ([UInt8]) -> Void = { _ in }
  ) throws(FileError) {
    let source = try FileDescriptor(path, for: .reading)
    let copy = try FileDescriptor(target, for: .creating)
    do throws(FileError) {
      while true {
        let piece = try source.read()
        if piece.isEmpty { break }
        inspecting(piece)
        try copy.write(piece)
      }
      try copy.flush()
    } catch {
      try remove(target)
      throw error
    }
  }

  /// - Throws: ``FileError``
  package static func rename(_ path: String, to target: String) throws(FileError) {
    // Unsafe: both paths are passed as C strings for the duration of the call.
    guard unsafe Glibc.rename(path, target) == 0 else { throw FileError(last: path) }
  }

  /// Sets the permissions.
  ///
  /// - Throws: ``FileError``
  package static func setMode(_ path: String, _ mode: UInt32) throws(FileError) {
    // Unsafe: the path is passed as a C string for the duration of the call.
    guard unsafe chmod(path, mode) == 0 else { throw FileError(last: path) }
  }

  /// Removes a file if it is there.
  ///
  /// - Throws: ``FileError``
  package static func remove(_ path: String) throws(FileError) {
    // Unsafe: the path is passed as a C string for the duration of the call.
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw FileError(last: path) }
  }

  /// Whether this process may write to a file, or create files in a folder.
  package static func isWritable(_ path: String) -> Bool {
    // Unsafe: the path is passed as a C string for the duration of the call.
    unsafe access(path, W_OK) == 0 && (!isFolder(path) || access(path, X_OK) == 0)
  }

  // MARK: Paths

  package static func parent(of path: String) -> String {
    let trimmed = path.last == "/" && path != "/" ? String(path.dropLast()) : path
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }

  /// The absolute path behind symbolic links; nil when there is nothing.
  package static func realPath(_ path: String) -> String? {
    // Unsafe: the system allocates the result, which is copied and freed.
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
