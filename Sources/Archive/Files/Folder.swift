/// Where things lie in the data folder.
package struct Folder: Sendable, Equatable {
  package let path: String

  package init(path: String) { self.path = path }

  package var database: String { path + "/offprint.sqlite3" }
  package var files: String { path + "/files" }
  /// Uploads on their way; emptied when the archive is opened.
  package var incoming: String { path + "/incoming" }
  /// A Maildir.
  package var mail: String { path + "/mail" }
  package var lock: String { path + "/lock" }

  /// The file of a PDF by its SHA-256 in lower-case hexadecimal digits.
  package func file(_ sha256: String) -> String {
    "\(files)/\(sha256.prefix(2))/\(sha256.dropFirst(2).prefix(2))/\(sha256).pdf"
  }
}
