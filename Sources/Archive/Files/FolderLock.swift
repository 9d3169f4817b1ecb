internal import CLinux
internal import Foundation

/// The lock that lets one process write in a folder.
///
/// The kernel releases it when the process ends, however that happens, so it is never stale.
final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Who writes in the folder.
  enum Purpose {
    /// The process whose data folder it is.
    case archive
    /// A backup into it.
    case backup
  }

  /// Takes the lock.
  ///
  /// - Throws: ``ArchiveError`` that names the process which has it; ``FileError``.
  init(_ folder: Folder, _ purpose: Purpose = .archive) throws {
    let path =
      switch purpose {
      case .archive: folder.lock
      case .backup: folder.backupLock
      }
    descriptor = try DurableFiles.open(path, O_RDWR | O_CREAT)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let isTaken = errno == EWOULDBLOCK
      let error = FileError(last: path)
      var text: [UInt8] = []
      try? DurableFiles.read(path) {
        text = Array($0.prefix(16))
        return false
      }
      guard isTaken else { throw error }
      let digits = String(decoding: text.prefix { (0x30...0x39).contains($0) }, as: UTF8.self)
      switch purpose {
      case .archive: throw ArchiveError.locked(folder: folder.path, process: Int32(digits))
      case .backup: throw ArchiveError.backupRuns(folder: folder.path, process: Int32(digits))
      }
    }
    guard ftruncate(descriptor, 0) == 0 else { throw FileError(last: path) }
    try DurableFiles.write(Array("\(getpid())\n".utf8), to: descriptor, path: path)
  }

  deinit { _ = Foundation.close(descriptor) }
}
