internal import CSQLite

/// An error of SQLite.
package struct SQLiteError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The extended result code.
  package let code: Int32
  /// SQLite's message.
  package let message: String
  /// The statement without its bound values, or the path of the file.
  package let place: String

  /// The reasons that callers distinguish.
  package enum Reason: Sendable {
    case diskFull, diskFailed, busy, interrupted, damaged, readOnly, constraint, cannotOpen, other
  }

  package var reason: Reason {
    switch code & 0xFF {
    case SQLITE_FULL: .diskFull
    case SQLITE_IOERR: .diskFailed
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    case SQLITE_INTERRUPT: .interrupted
    case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged
    case SQLITE_READONLY: .readOnly
    case SQLITE_CONSTRAINT: .constraint
    case SQLITE_CANTOPEN: .cannotOpen
    default: .other
    }
  }

  /// Whether the file is no database of SQLite at all.
  package var isOfNoDatabase: Bool { code & 0xFF == SQLITE_NOTADB }

  static let closed = SQLiteError(
    code: SQLITE_MISUSE, message: "the database is closed", place: "")

  package var description: String { "\(message) (SQLite \(code)): \(place)" }

  init(code: Int32, message: String, place: String) {
    self.code = code
    self.message = message
    self.place = place
  }

  init(_ handle: OpaquePointer?, place: String) {
    unsafe self.init(
      code: sqlite3_extended_errcode(handle),
      message: sqlite3_errmsg(handle).map { unsafe String(cString: $0) } ?? "out of memory",
      place: place)
  }
}
