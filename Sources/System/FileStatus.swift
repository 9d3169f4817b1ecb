import CLinux
import Glibc

/// What the system knows of a file without reading it.
package struct FileStatus: Sendable {
  /// Length in bytes.
  package let bytes: Int
  package let isFile: Bool
  package let isFolder: Bool
  /// Permissions, with the set-user, set-group and sticky bits.
  package let mode: UInt32
  /// When it was last written to, in seconds since 1970.
  package let modified: Int64
  /// Differs when the file was replaced or written to.
  package let version: Version

  /// Differs when another file has the path, whatever was written to either.
  package let identity: Identity

  package struct Identity: Equatable, Sendable {
    fileprivate let device: Int64
    fileprivate let number: Int64
  }

  package struct Version: Equatable, Sendable {
    fileprivate let numbers: InlineArray<7, Int64>

    package static func == (left: Self, right: Self) -> Bool {
      left.numbers.indices.allSatisfy { left.numbers[$0] == right.numbers[$0] }
    }
  }

  init(_ status: stat) {
    bytes = Int(status.st_size)
    isFile = status.st_mode & S_IFMT == S_IFREG
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    mode = status.st_mode & 0o7777
    modified = Int64(status.st_mtim.tv_sec)
    identity = Identity(
      device: Int64(truncatingIfNeeded: status.st_dev),
      number: Int64(truncatingIfNeeded: status.st_ino))
    version = Version(numbers: [
      Int64(truncatingIfNeeded: status.st_dev), Int64(truncatingIfNeeded: status.st_ino),
      Int64(status.st_size), Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec),
      Int64(status.st_ctim.tv_sec), Int64(status.st_ctim.tv_nsec),
    ])
  }

  /// Whether users other than the owner have any permission.
  package var isOpenToOthers: Bool { mode & 0o077 != 0 }

  /// Whether only owners may remove files from the folder, as in `/tmp`.
  package var isSticky: Bool { mode & S_ISVTX != 0 }
}
