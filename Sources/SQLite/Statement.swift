internal import CSQLite

/// A prepared statement.
@safe final class Statement {
  let words: String
  private let handle: OpaquePointer
  private let database: OpaquePointer

  init(_ words: String, on database: OpaquePointer) throws(SQLiteError) {
    var prepared: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(
      database, words, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let prepared = unsafe prepared else {
      throw unsafe code == SQLITE_OK
        ? SQLiteError(code: SQLITE_MISUSE, message: "no statement", place: words)
        : SQLiteError(database, place: words)
    }
    self.words = words
    unsafe handle = prepared
    unsafe self.database = database
  }

  deinit { unsafe sqlite3_finalize(handle) }

  func bind(_ values: [SQL.Value]) throws(SQLiteError) {
    var index: Int32 = 0
    for value in values {
      index += 1
      let code =
        switch value {
        case .null: unsafe sqlite3_bind_null(handle, index)
        case .integer(let number): unsafe sqlite3_bind_int64(handle, index, number)
        case .real(let number): unsafe sqlite3_bind_double(handle, index, number)
        // An empty buffer may have no address, and a null pointer would bind NULL.
        case .text(""): unsafe offprint_bind_text(handle, index, "", 0)
        case .text(var text):
          text.withUTF8 { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) {
              unsafe offprint_bind_text(handle, index, $0.baseAddress, UInt64($0.count))
            }
          }
        case .bytes(let bytes):
          unsafe bytes.withUnsafeBytes {
            unsafe $0.isEmpty
              ? sqlite3_bind_zeroblob(handle, index, 0)
              : offprint_bind_blob(handle, index, $0.baseAddress, UInt64($0.count))
          }
        }
      guard code == SQLITE_OK else { throw unsafe SQLiteError(database, place: words) }
    }
  }

  /// Goes to the next row.
  ///
  /// - Returns: Whether there is one.
  /// - Throws: ``SQLiteError``
  func step() throws(SQLiteError) -> Bool {
    switch unsafe sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw unsafe SQLiteError(database, place: words)
    }
  }

  /// Resets the statement and its bound values.
  func reset() {
    unsafe sqlite3_reset(handle)
    unsafe sqlite3_clear_bindings(handle)
  }

  var row: Row { unsafe Row(handle: handle, statement: self) }
}

/// The current row of a statement; valid only inside the closure that it is passed to.
@safe package struct Row {
  private let handle: OpaquePointer
  private let statement: Statement

  init(handle: OpaquePointer, statement: Statement) {
    unsafe self.handle = handle
    self.statement = statement
  }

  package func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  /// The column as an integer; 0 for NULL.
  package func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

  /// The column as a count; 0 when it is out of range.
  package func count(_ column: Int32) -> Int { Int(exactly: integer(column)) ?? 0 }

  package func real(_ column: Int32) -> Double { unsafe sqlite3_column_double(handle, column) }

  /// The column as text, NUL characters included; empty for NULL.
  package func text(_ column: Int32) -> String {
    guard let start = unsafe sqlite3_column_text(handle, column) else { return "" }
    let bytes = unsafe UnsafeBufferPointer(
      start: start, count: Int(sqlite3_column_bytes(handle, column)))
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  package func bytes(_ column: Int32) -> [UInt8] {
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
    let bytes = unsafe UnsafeRawBufferPointer(
      start: start, count: Int(sqlite3_column_bytes(handle, column)))
    return unsafe [UInt8](bytes)
  }

  /// The column as it is stored.
  package func value(_ column: Int32) -> SQL.Value {
    switch unsafe sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_FLOAT: .real(real(column))
    case SQLITE_TEXT: .text(text(column))
    case SQLITE_BLOB: .bytes(bytes(column))
    default: .null
    }
  }

  package func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  package func optionalInteger(_ column: Int32) -> Int64? {
    isNull(column) ? nil : integer(column)
  }
}
