internal import System

extension Files {
  /// Copies a PDF out of the archive, unless a whole copy is there already.
  ///
  /// - Parameters:
  ///   - sha256: Its SHA-256.
  ///   - bytes: Its length.
  ///   - target: The path of the copy, which appears there when it is complete.
  /// - Returns: The defect of a PDF that is missing or damaged, which is not copied; nil otherwise.
  /// - Throws: ``FileError`` when the copy cannot be written.
  package func copy(sha256: String, bytes: Int, to target: String) throws -> FileDefect? {
    if FileSystem.bytes(of: target) == bytes, try FileSystem.sha256(of: target) == sha256 {
      return nil
    }
    let source = core.folder.file(sha256)
    guard FileSystem.bytes(of: source) == bytes else { return try defect(sha256, bytes: bytes) }
    try FileSystem.makeFolder(FileSystem.parent(of: target))
    let part = target + ".part"
    try FileSystem.remove(part)
    do {
      guard try FileSystem.copyHashing(source, to: part) == sha256 else {
        try FileSystem.remove(part)
        return try defect(sha256, bytes: bytes)
      }
    } catch let error as FileError where error.path == source {
      return try defect(sha256, bytes: bytes)
    }
    try FileSystem.rename(part, to: target)
    return nil
  }

  /// What is wrong with a file, which counts as damaged from now on; nil if it is whole.
  func defect(_ sha256: String, bytes: Int) throws -> FileDefect? {
    do {
      _ = try open(sha256, octets: bytes)
      return nil
    } catch let defect as FileDefect {
      return defect
    }
  }
}
