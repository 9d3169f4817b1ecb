internal import Foundation
internal import SQLite
internal import System

extension Folder {
  /// Closes the folder, and what Offprint keeps in it, to other users of the machine.
  func makePrivate() throws(FileError) {
    try FileSystem.makePrivate(path)
    try FileSystem.makePrivateTrees(contents)
  }

  /// What of it other users of the machine may open.
  func openToOthers() throws(FileError) -> [String] {
    (FileSystem.isOpenToOthers(path) ? [path] : [])
      + (try FileSystem.openToOthers(below: contents))
  }
}

extension Folder {
  /// How to read the database.
  ///
  /// Where nothing can be written, as on a read-only mount, SQLite could not make the files it
  /// needs to read beside a writer. Without a write-ahead log there is none.
  var readingAccess: Connection.Access {
    let hasLog = FileSystem.bytes(of: database + "-wal").map { $0 > 0 } ?? false
    return FileSystem.isWritable(path) || hasLog ? .reading : .unchanging
  }

  /// Where files without a name may lie.
  var scratch: String {
    FileSystem.isWritable(incoming) ? incoming : FileManager.default.temporaryDirectory.path
  }
}

/// What lies below a folder, and who else may open it.
extension FileSystem {
  /// The files below a folder, in no order.
  static func descendants(of folder: String) throws(FileError) -> [String] {
    var files: [String] = []
    try walk(folder) { path, status throws(FileError) in
      if !status.isFolder { files.append(path) }
    }
    return files
  }

  /// Takes from group and others what they may do with a file or folder.
  ///
  /// What belongs to another user is left as it is. So is a folder that is shared by intent, as
  /// `/tmp` is (its sticky bit is set).
  fileprivate static func makePrivate(_ path: String) throws(FileError) {
    guard let status = status(path), status.isOpenToOthers, !status.isSticky else { return }
    do throws(FileError) { try setMode(path, status.mode & 0o700) } catch {
      guard [EPERM, EROFS, ENOENT].contains(error.code) else { throw error }
    }
  }

  fileprivate static func makePrivateTrees(_ paths: [String]) throws(FileError) {
    try eachInTrees(paths) { path, status throws(FileError) in
      if status.isOpenToOthers { try makePrivate(path) }
    }
  }

  fileprivate static func isOpenToOthers(_ path: String) -> Bool {
    status(path)?.isOpenToOthers ?? false
  }

  fileprivate static func openToOthers(below paths: [String]) throws(FileError) -> [String] {
    var open: [String] = []
    try eachInTrees(paths) { path, status throws(FileError) in
      if status.isOpenToOthers { open.append(path) }
    }
    return open.sorted()
  }

  private static func eachInTrees(
    _ paths: [String], _ body: (String, FileStatus) throws(FileError) -> Void
  ) throws(FileError) {
    for path in paths {
      guard let status = status(path) else { continue }
      try body(path, status)
      if status.isFolder { try walk(path, body) }
    }
  }

  /// Hands everything below a folder to `body`, a folder before what is in it; what goes
  /// meanwhile is passed over.
  private static func walk(
    _ folder: String, _ body: (String, FileStatus) throws(FileError) -> Void
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
      if status.isFolder { try walk(path, body) }
    }
  }
}
