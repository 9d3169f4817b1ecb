internal import Foundation
internal import SQLite
internal import System

extension Files {
  /// What became of PDFs that no row names.
  package struct OrphanSweep: Sendable, Equatable {
    package var removed: [String] = []
    /// How many were left because there are too many.
    package var left = 0

    package init(removed: [String] = [], left: Int = 0) {
      self.removed = removed
      self.left = left
    }
  }

  /// The most files that are removed.
  ///
  /// So many uploads may have been cut off since the start before. When there are more orphans, an
  /// older or an empty database was put in place, and they are the only copies.
  static let mostOrphans = 100

  /// Removes the PDFs of uploads that were cut off before their row was written.
  ///
  /// Called once after a start, before anything can be uploaded. The PDF of a commit that failed is
  /// removed only here: until the log has been read again after a start, its row may come back.
  ///
  /// - Returns: What was removed.
  /// - Throws: When the folder or the database cannot be read, or a file not be removed.
  package func removeOrphans() throws -> OrphanSweep {
    let named = try core.read { connection in
      Set(try connection.rows("SELECT sha256 FROM file") { $0.text(0) })
    }
    let orphans = try FileSystem.descendants(of: core.folder.files).filter { path in
      guard path.hasSuffix(".pdf"), let slash = path.lastIndex(of: "/") else { return false }
      let sha256 = String(path[path.index(after: slash)...].dropLast(4))
      return sha256.utf8.count == 64 && !named.contains(sha256) && core.folder.file(sha256) == path
    }.sorted()
    guard orphans.count <= Files.mostOrphans else { return OrphanSweep(left: orphans.count) }
    for path in orphans { try FileSystem.remove(path) }
    return OrphanSweep(removed: orphans)
  }
}
