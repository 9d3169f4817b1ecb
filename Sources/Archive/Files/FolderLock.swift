internal import Foundation
internal import System

/// The lock that lets one process write in a folder.
///
/// The kernel releases it when the process ends, however that happens, so it is never stale.
final class FolderLock: Sendable {
  private let file: FileDescriptor

  /// Who writes in the folder.
  enum Purpose {
    /// The process whose data folder it is.
    case archive
    /// A backup into it.
    case backup
  }

  /// Takes the lock.
  ///
  /// - Throws: ``ArchiveError`` that names the process which has it, or the user who should run this
  ///   instead of root; ``FileError``.
  init(_ folder: Folder, _ purpose: Purpose = .archive) throws {
    if purpose == .archive, geteuid() == 0,
      let attributes = try? FileManager.default.attributesOfItem(atPath: folder.path),
      let owner = attributes[.ownerAccountID] as? NSNumber, owner != 0
    {
      let name = attributes[.ownerAccountName] as? String
      throw ArchiveError.notOfRoot(folder: folder.path, owner: name ?? "#\(owner)")
    }
    let path =
      switch purpose {
      case .archive: folder.lock
      case .backup: folder.backupLock
      }
    let file = try FileDescriptor(path, for: .updating)
    guard try file.lock() else {
      let text = (try? file.read(upTo: 16)) ?? []
      let digits = String(decoding: text.prefix { (0x30...0x39).contains($0) }, as: UTF8.self)
      switch purpose {
      case .archive: throw ArchiveError.locked(folder: folder.path, process: Int32(digits))
      case .backup: throw ArchiveError.backupRuns(folder: folder.path, process: Int32(digits))
      }
    }
    try file.truncate()
    try file.write(Array("\(getpid())\n".utf8))
    self.file = file
  }
}
