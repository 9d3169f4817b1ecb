/// Where things lie in the data folder.
package struct Folder: Sendable, Equatable {
  package let path: String

  package init(path: String) { self.path = path }

  package var database: String { path + "/offprint.sqlite3" }
  package var files: String { path + "/files" }
  /// Files on their way into the archive; emptied when the archive is opened.
  package var incoming: String { path + "/incoming" }
  /// Uploads that are not complete and PDFs that wait with a form; see ``Uploads``.
  package var uploads: String { path + "/uploads" }
  /// Catalogues that were uploaded on the desk, each in a folder until it is imported.
  var imports: String { path + "/imports" }
  /// Drawn pages, which may be deleted at any time; see ``Drawings``.
  package var drawings: String { path + "/drawings" }
  /// A Maildir.
  package var mail: String { path + "/mail" }
  package var lock: String { path + "/lock" }
  /// In a backup's folder: held by the backup that writes to it.
  var backupLock: String { path + "/backup.lock" }

  /// The database with what SQLite keeps beside it, and everything else that Offprint makes here.
  var contents: [String] {
    ["", "-wal", "-shm", "-journal"].map { database + $0 }
      + [files, incoming, uploads, imports, drawings, mail, lock, backupLock]
  }

  /// The file of a PDF by its SHA-256 in lower-case hexadecimal digits.
  package func file(_ sha256: String) -> String {
    "\(files)/\(sha256.prefix(2))/\(sha256.dropFirst(2).prefix(2))/\(sha256).pdf"
  }
}
