internal import CLinux
internal import Foundation
internal import SQLite

extension Folder {
  /// Closes the folder, and what Offprint keeps in it, to other users of the machine.
  func makePrivate() throws(FileError) {
    try DurableFiles.makePrivate(path)
    try DurableFiles.makePrivateTrees(contents)
  }

  /// What of it other users of the machine may open.
  func openToOthers() throws(FileError) -> [String] {
    (DurableFiles.isOpenToOthers(path) ? [path] : [])
      + (try DurableFiles.openToOthers(below: contents))
  }
}

extension Folder {
  /// How to read the database.
  ///
  /// Where nothing can be written, as on a read-only mount, SQLite could not make the files it
  /// needs to read beside a writer. Without a write-ahead log there is none.
  var readingAccess: Connection.Access {
    let hasLog = DurableFiles.octets(of: database + "-wal").map { $0 > 0 } ?? false
    let isWritable = unsafe access(path, W_OK) == 0
    return isWritable || hasLog ? .reading : .unchanging
  }

  /// Where files without a name may lie.
  var scratch: String {
    unsafe access(incoming, W_OK | X_OK) == 0
      ? incoming : FileManager.default.temporaryDirectory.path
  }
}

/// What lies below a folder, and who else may open it.
extension DurableFiles {
  /// The files below a folder, in no order.
  static func descendants(of folder: String) throws(FileError) -> [String] {
    var files: [String] = []
    try walk(folder) { path, status throws(FileError) in
      if !isFolder(status) { files.append(path) }
    }
    return files
  }

  /// Takes from group and others what they may do with a file or folder.
  ///
  /// What belongs to another user is left as it is. So is a folder that is shared by intent, as
  /// `/tmp` is (its sticky bit is set).
  fileprivate static func makePrivate(_ path: String) throws(FileError) {
    guard let status = status(path), status.st_mode & othersMask != 0,
      status.st_mode & S_ISVTX == 0
    else { return }
    guard unsafe chmod(path, status.st_mode & 0o700) == 0 else {
      if [EPERM, EROFS, ENOENT].contains(errno) { return }
      throw FileError(last: path)
    }
  }

  fileprivate static func makePrivateTrees(_ paths: [String]) throws(FileError) {
    try eachInTrees(paths) { path, status throws(FileError) in
      if status.st_mode & othersMask != 0 { try makePrivate(path) }
    }
  }

  fileprivate static func isOpenToOthers(_ path: String) -> Bool {
    status(path).map { $0.st_mode & othersMask != 0 } ?? false
  }

  fileprivate static func openToOthers(below paths: [String]) throws(FileError) -> [String] {
    var open: [String] = []
    try eachInTrees(paths) { path, status throws(FileError) in
      if status.st_mode & othersMask != 0 { open.append(path) }
    }
    return open.sorted()
  }

  private static func eachInTrees(
    _ paths: [String], _ body: (String, stat) throws(FileError) -> Void
  ) throws(FileError) {
    for path in paths {
      guard let status = status(path) else { continue }
      try body(path, status)
      if isFolder(status) { try walk(path, body) }
    }
  }

  private static let othersMask: mode_t = 0o077

  private static func isFolder(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFDIR }

  /// Hands everything below a folder to `body`, a folder before what is in it; what goes
  /// meanwhile is passed over.
  private static func walk(
    _ folder: String, _ body: (String, stat) throws(FileError) -> Void
  ) throws(FileError) {
    let names: [String]
    do { names = try self.names(in: folder) } catch {
      if error.code == ENOENT { return }
      throw error
    }
    for name in names {
      let path = "\(folder)/\(name)"
      guard let status = status(path) else { continue }
      try body(path, status)
      if isFolder(status) { try walk(path, body) }
    }
  }
}
