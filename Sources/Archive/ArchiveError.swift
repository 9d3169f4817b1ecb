internal import SQLite
internal import System

/// Why an archive cannot be opened.
package enum ArchiveError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Another process uses the folder; its ID if the lock names it.
  case locked(folder: String, process: Int32?)
  /// Another backup writes to the folder; its process ID if the lock names it.
  case backupRuns(folder: String, process: Int32?)
  /// The database is damaged; `reason` is SQLite's.
  case damaged(path: String, reason: String)
  /// The folder is of another user, and this process is root's.
  case notOfRoot(folder: String, owner: String)
  /// There is no archive to read in the folder.
  case noArchive(folder: String)
  /// The database was written by something else.
  case foreign(path: String)
  /// The database was written by a later version.
  case newer(path: String, found: Int, known: Int)
  /// The database was written by an earlier version and is opened for reading only.
  case older(path: String, found: Int, known: Int)
  /// The database was written before the first release.
  case unreleased(path: String, found: Int)
  /// The copy is older than the one that is in use, by the numbers of their last changes.
  case outdated(path: String, found: Int64, used: Int64)
  /// The database of a replica has a write-ahead log: a server writes to it.
  case writtenTo(path: String)
  /// The database was replaced while it was opened.
  case replacedMeanwhile(path: String)
  /// A folder or file cannot be used; `reason` is the system's.
  case unusable(path: String, reason: String)

  package var description: String {
    switch self {
    case .locked(let folder, let process?):
      "\(folder): in use by process \(process); stop it first, or choose another folder"
    case .locked(let folder, nil):
      "\(folder): in use by another process; stop it first, or choose another folder"
    case .backupRuns(let folder, let process):
      "\(folder): another backup"
        + (process.map { " (process \($0))" } ?? "")
        + " is writing to this folder; wait until it ends"
    case .damaged(let path, let reason):
      "\(path): the database is damaged (\(reason)); `offprint verify` says more,"
        + " and `offprint restore` makes an archive of a backup"
    case .notOfRoot(let folder, let owner):
      "\(folder): belongs to the user \(owner), who could not read what root writes there;"
        + " run this as that user: sudo -u \(owner) offprint …"
    case .noArchive(let folder):
      "\(folder): no archive here; create one with “offprint serve” or “offprint import”"
    case .foreign(let path):
      "\(path): expected an Offprint database, found another one"
    case .newer(let path, let found, let known):
      "\(path): written by a newer Offprint (version \(found) of the database, known to \(known));"
        + " install that one"
    case .older(let path, let found, let known):
      "\(path): written by an older Offprint (version \(found) of the database, needed \(known));"
        + " start the server once to bring it up to date"
    case .unreleased(let path, let found):
      "\(path): written before the first release (version \(found) of the database);"
        + (found < CarryOver.version
          ? " open it once with the program of version \(CarryOver.version), then carry it over:"
          : " carry it over into a new folder:")
        + " offprint restore \(FileSystem.parent(of: path)) --data NEW-FOLDER"
    case .outdated(let path, let found, let used):
      "\(path): older than the copy in use (generation \(found), in use \(used));"
        + " restart the replica to use it anyway"
    case .writtenTo(let path):
      "\(path): a server writes to this database, or was killed; a replica needs a copy that was"
        + " restored under another name and renamed"
    case .replacedMeanwhile(let path):
      "\(path): replaced while it was opened"
    case .unusable(let path, let reason):
      "\(path): \(reason)"
    }
  }

  init(_ error: any Error, path: String) {
    self =
      switch error {
      case let error as ArchiveError: error
      case let error as SQLiteError where error.isOfNoDatabase: .foreign(path: path)
      case let error as SQLiteError where error.reason == .damaged:
        .damaged(path: path, reason: error.message)
      case let error as SQLiteError: .unusable(path: path, reason: error.message)
      case let error as FileError: .unusable(path: error.path, reason: error.reason)
      default: .unusable(path: path, reason: "\(error)")
      }
  }
}
