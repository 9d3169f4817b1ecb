internal import Foundation
internal import System

/// The folder below which the files of a catalogue lie.
struct CatalogueFiles {
  let folder: String

  /// Takes a copy of a file into the archive's keeping.
  ///
  /// - Parameters:
  ///   - path: A path below the folder.
  ///   - store: Where the copy goes.
  ///   - isTrial: Only looks whether the file could be taken.
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

  /// The file itself, behind symbolic links, if it lies below the folder.
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
