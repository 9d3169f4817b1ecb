internal import CLinux
internal import Foundation

/// The lock that lets one process write in a data folder.
///
/// The kernel releases it when the process ends, however that happens, so it is never stale.
final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock, or says who has it.
  init(_ folder: Folder) throws {
    descriptor = try DurableFiles.open(folder.lock, O_RDWR | O_CREAT)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let isTaken = errno == EWOULDBLOCK
      let error = FileError(last: folder.lock)
      var text: [UInt8] = []
      try? DurableFiles.read(folder.lock) {
        text = Array($0.prefix(16))
        return false
      }
      guard isTaken else { throw error }
      let digits = String(decoding: text.prefix { (0x30...0x39).contains($0) }, as: UTF8.self)
      throw ArchiveError.locked(folder: folder.path, process: Int32(digits))
    }
    guard ftruncate(descriptor, 0) == 0 else { throw FileError(last: folder.lock) }
    try DurableFiles.write(Array("\(getpid())\n".utf8), to: descriptor, path: folder.lock)
  }

  deinit { _ = Foundation.close(descriptor) }
}
