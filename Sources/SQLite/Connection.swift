internal import CSQLite
internal import Dispatch

/// One connection to a database file.
///
/// For one thread at a time, which ``Database`` ensures. Statements
/// are prepared once and kept.
@safe package final class Connection {
  private let handle: OpaquePointer
  private var idle: [String: Statement] = [:]
  /// For the progress handler: nanoseconds of uptime after which statements are interrupted.
  private let deadline: UnsafeMutablePointer<UInt64>

  package enum Access: Sendable {
    case writing, reading
    /// A file that nobody writes to, in a folder where SQLite cannot create files: what
    /// is in a write-ahead log is not read.
    case unchanging
  }

  /// Prepared statements by their text, of which there are few.
  private static let mostIdle = 200

  /// Opens a database file; for writing, it is created if there is none.
  package init(path: String, access: Access) throws(SQLiteError) {
    var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    switch access {
    case .writing: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .reading: flags |= SQLITE_OPEN_READONLY
    case .unchanging: flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
    }
    var opened: OpaquePointer?
    let name = access == .unchanging ? Connection.uri(of: path) : path
    let code = unsafe sqlite3_open_v2(name, &opened, flags, nil)
    guard code == SQLITE_OK, let opened = unsafe opened else {
      let error = unsafe SQLiteError(opened, place: path)
      unsafe sqlite3_close_v2(opened)
      throw error
    }
    unsafe handle = opened
    unsafe deadline = .allocate(capacity: 1)
    unsafe deadline.initialize(to: .max)
    unsafe sqlite3_busy_timeout(opened, 5000)
    unsafe offprint_harden(opened)
    try run("PRAGMA foreign_keys = ON")
    switch access {
    case .writing:
      try run("PRAGMA journal_mode = WAL")
      try run("PRAGMA synchronous = FULL")
      // In KiB. With the default of 2 MiB, an import writes its pages several times before it commits.
      try run("PRAGMA cache_size = -16384")
    case .reading, .unchanging:
      try run("PRAGMA query_only = ON")
    }
  }

  private static func uri(of path: String) -> String {
    let escaped = path.replacing("%", with: "%25").replacing("?", with: "%3F")
      .replacing("#", with: "%23")
    return "file:\(escaped)?immutable=1"
  }

  deinit {
    idle.removeAll()
    unsafe sqlite3_close_v2(handle)
    unsafe deadline.deallocate()
  }

  /// Leaves checkpoints to another program.
  package func leaveCheckpointsToOthers() throws(SQLiteError) {
    try run("PRAGMA wal_autocheckpoint = 0")
    unsafe offprint_keep_log(handle)
  }

  /// Runs a statement and ignores its rows.
  ///
  /// - Returns: How many rows it inserted, changed or deleted.
  /// - Throws: ``SQLiteError``
  @discardableResult
  package func run(_ sql: SQL) throws(SQLiteError) -> Int {
    try each(sql) { _ in true }
    return Int(unsafe sqlite3_changes64(handle))
  }

  /// Reads every row of a statement.
  package func rows<Value>(_ sql: SQL, _ read: (Row) -> Value) throws(SQLiteError) -> [Value] {
    var rows: [Value] = []
    try each(sql) {
      rows.append(read($0))
      return true
    }
    return rows
  }

  /// Reads the first row of a statement; nil without one.
  package func row<Value>(_ sql: SQL, _ read: (Row) -> Value) throws(SQLiteError) -> Value? {
    var first: Value?
    try each(sql) {
      first = read($0)
      return false
    }
    return first
  }

  /// Passes each row to `body` until that returns false.
  package func each(_ sql: SQL, _ body: (Row) -> Bool) throws(SQLiteError) {
    // Taken from the cache while it runs, so that `body` may run the same statement.
    let statement =
      if let kept = idle.removeValue(forKey: sql.words) { kept } else {
        try unsafe Statement(sql.words, on: handle)
      }
    defer {
      statement.reset()
      if idle.count < Connection.mostIdle { idle[sql.words] = statement }
    }
    try statement.bind(sql.values)
    while try statement.step() {
      guard body(statement.row) else { return }
    }
  }

  /// Runs several statements of the program, divided by semicolons, without values.
  package func script(_ words: StaticString) throws(SQLiteError) {
    let code = unsafe sqlite3_exec(handle, words.description, nil, nil, nil)
    guard code == SQLITE_OK else {
      throw unsafe SQLiteError(handle, place: words.description)
    }
  }

  /// Sets the version of the schema, which SQLite keeps in the header of the file; a pragma takes
  /// no bound values.
  package func setUserVersion(_ version: Int) throws(SQLiteError) {
    let words = "PRAGMA user_version = \(version)"
    guard unsafe sqlite3_exec(handle, words, nil, nil, nil) == SQLITE_OK else {
      throw unsafe SQLiteError(handle, place: words)
    }
  }

  /// Runs `body` in a transaction.
  ///
  /// - Parameter body: Rolled back when it throws.
  /// - Returns: What `body` returns, after COMMIT has succeeded.
  /// - Throws: What `body` throws, or ``SQLiteError``
  package func transaction<Value>(_ body: () throws -> Value) throws -> Value {
    try run("BEGIN IMMEDIATE")
    do {
      let value = try body()
      try run("COMMIT")
      return value
    } catch {
      // SQLite may have rolled back already, for example when the disk is full.
      if unsafe sqlite3_get_autocommit(handle) == 0 { _ = try? run("ROLLBACK") }
      throw error
    }
  }

  /// Runs several statements on one state of the database.
  package func snapshot<Value>(_ body: () throws -> Value) throws -> Value {
    try run("BEGIN")
    defer { _ = try? run("COMMIT") }
    return try body()
  }

  /// Interrupts the statements of `body` after a time limit; the statement then throws
  /// with the reason `interrupted`.
  package func limited<Value>(to duration: Duration, _ body: () throws -> Value) rethrows -> Value {
    let (seconds, attoseconds) = duration.components
    let now = DispatchTime.now().uptimeNanoseconds
    let nanoseconds = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
    let allowed = nanoseconds.overflow ? UInt64.max : nanoseconds.partialValue
    let part = UInt64(clamping: attoseconds / 1_000_000_000)
    unsafe deadline.pointee = now.addingClamped(allowed).addingClamped(part)
    unsafe sqlite3_progress_handler(
      handle, 1000,
      { context in
        guard let context = unsafe context else { return 0 }
        let deadline = unsafe context.load(as: UInt64.self)
        return DispatchTime.now().uptimeNanoseconds > deadline ? 1 : 0
      }, deadline)
    defer { unsafe sqlite3_progress_handler(handle, 0, nil, nil) }
    return try body()
  }

  /// How many rows statements have inserted, changed or deleted since the connection was opened.
  package var totalChanges: Int64 { unsafe sqlite3_total_changes64(handle) }

  /// Looks for damage in the structure of the file.
  ///
  /// - Returns: What SQLite found first; nil when the file is whole.
  /// - Throws: ``SQLiteError``, also where the damage is such that SQLite cannot look.
  package func damage() throws(SQLiteError) -> String? {
    let found = try row("PRAGMA integrity_check(1)") { $0.text(0) }
    return found == "ok" ? nil : found ?? "no result"
  }

  /// The key of the row that was inserted last.
  package var lastInsertedRow: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  /// The version of the SQLite library in use.
  package static var libraryVersion: String { unsafe String(cString: sqlite3_libversion()) }
}

extension UInt64 {
  fileprivate func addingClamped(_ other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
