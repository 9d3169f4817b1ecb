internal import Foundation
internal import System

/// The folder of a catalogue's files.
struct CatalogueFiles {
  let folder: String

  /// Copies a file into the archive.
  ///
  /// - Parameters:
  ///   - path: A path below the folder.
  ///   - store: Where the copy goes.
  ///   - isTrial: Only checks whether the file could be copied.
  /// - Returns: The file's name and length.
  /// - Throws: ``ImportError/Reason``.
  func kept(
    _ path: String, in store: FileStore, isTrial: Bool
  ) throws(ImportError.Reason) -> FileStore.Kept {
    let source = try resolved(path)
    do {
      let found = try FileStore.examine(source)
      if isTrial { return found }
      return try store.keep(store.copyIn(source))
    } catch let error as FileError {
      throw .fileUnusable(path, reason: error.reason)
    } catch {
      throw .refused(DepositError(error))
    }
  }

  /// The resolved path of a file if it is below the folder; nil otherwise.
  private func resolved(_ path: String) throws(ImportError.Reason) -> String {
    guard !path.hasPrefix("/"), !path.split(separator: "/").contains(".."),
      !path.utf8.contains(0)
    else { throw .fileOutside(path) }
    guard let root = FileSystem.realPath(folder),
      let file = FileSystem.realPath("\(folder)/\(path)")
    else { throw .fileMissing(path) }
    guard file.hasPrefix(root == "/" ? root : root + "/") else { throw .fileOutside(path) }
    return file
  }
}
