internal import Dispatch
internal import Synchronization

/// A database file with one writing connection and as many readers as are needed.
///
/// One connection makes all writes and checkpoints, as SQLite before 3.51.3 may lose
/// committed pages when one connection checkpoints while another commits.
package final class Database: Sendable {
  private let path: String
  /// How readers open it.
  private let reading: Connection.Access
  private let writer: Lane?
  /// nil once the database is closed.
  private let idleReaders: Mutex<[Lane]?>
  private let mostIdleReaders: Int
  /// Counts the idle readers of a file to which no connection can be added; nil for others.
  private let vacancies: DispatchSemaphore?

  /// A connection that one caller uses at a time.
  private final class Lane: Sendable {
    private let connection: Mutex<Connection?>

    init(path: String, access: Connection.Access) throws(SQLiteError) {
      connection = Mutex(try Connection(path: path, access: access))
    }

    func use<Value: Sendable>(
      _ body: @Sendable (Connection) throws -> Value
    ) throws -> Value {
      try connection.withLock { connection in
        guard let connection else { throw SQLiteError.closed }
        return try body(connection)
      }
    }

    func close() { connection.withLock { $0 = nil } }
  }

  /// Opens a database file.
  ///
  /// - Parameters:
  ///   - path: The file; created when there is none and `access` is writing.
  ///   - access: `write` throws unless it is `writing`.
  ///   - mostIdleReaders: How many readers stay open between uses.
  /// - Throws: ``SQLiteError``
  package init(
    path: String, access: Connection.Access, mostIdleReaders: Int = 8
  ) throws(SQLiteError) {
    self.path = path
    self.mostIdleReaders = mostIdleReaders
    reading = access == .unchanging ? .unchanging : .reading
    writer = access == .writing ? try Lane(path: path, access: .writing) : nil
    let reader = writer == nil ? [try Lane(path: path, access: reading)] : []
    idleReaders = Mutex(reader)
    vacancies = nil
  }

  /// Opens a file that nobody writes to, and whose path may soon name another file.
  ///
  /// All connections are opened now, so that they read the same file for as long as this exists.
  /// When all are in use, readers wait.
  ///
  /// - Parameters:
  ///   - path: The file. The caller makes sure that the path names one file meanwhile.
  ///   - readers: How many connections to open; twice as many as there are threads that read,
  ///     since a thread may need a second one while it has the first.
  /// - Throws: ``SQLiteError``
  package init(unchanging path: String, readers: Int) throws(SQLiteError) {
    self.path = path
    mostIdleReaders = readers
    reading = .unchanging
    writer = nil
    var lanes: [Lane] = []
    for _ in 0..<readers { lanes.append(try Lane(path: path, access: .unchanging)) }
    idleReaders = Mutex(lanes)
    vacancies = DispatchSemaphore(value: readers)
  }

  /// Runs `body` on the writer, in one transaction.
  @discardableResult
  package func write<Value: Sendable>(
    _ body: @Sendable (Connection) throws -> Value
  ) throws -> Value {
    try maintain { connection in try connection.transaction { try body(connection) } }
  }

  /// Runs `body` on the writer without a transaction, for statements that cannot be in one.
  @discardableResult
  package func maintain<Value: Sendable>(
    _ body: @Sendable (Connection) throws -> Value
  ) throws -> Value {
    guard let writer else {
      throw SQLiteError(code: 8, message: "opened for reading only", place: path)
    }
    return try writer.use(body)
  }

  /// Runs `body` on a reader; all its statements see one state of the database.
  package func read<Value: Sendable>(
    _ body: @Sendable (Connection) throws -> Value
  ) throws -> Value {
    try inspect { connection in try connection.snapshot { try body(connection) } }
  }

  /// Runs `body` on a reader without a transaction, for statements that cannot be in one.
  package func inspect<Value: Sendable>(
    _ body: @Sendable (Connection) throws -> Value
  ) throws -> Value {
    vacancies?.wait()
    defer { vacancies?.signal() }
    let idle = try idleReaders.withLock { idle in
      guard idle != nil else { throw SQLiteError.closed }
      return idle?.popLast()
    }
    let reader = if let idle { idle } else { try Lane(path: path, access: reading) }
    defer {
      idleReaders.withLock { idle in
        if let count = idle?.count, count < mostIdleReaders { idle?.append(reader) }
      }
    }
    return try reader.use(body)
  }

  /// Drops the page caches, after work that read much of the file.
  package func releaseMemory() throws {
    _ = try writer?.use { try $0.run("PRAGMA shrink_memory") }
    guard vacancies == nil else {
      for lane in idleReaders.withLock({ $0 ?? [] }) {
        _ = try lane.use { try $0.run("PRAGMA shrink_memory") }
      }
      return
    }
    // Others are opened when they are needed.
    idleReaders.withLock { if $0 != nil { $0 = [] } }
  }

  /// Closes every connection, the writer last so that it checkpoints; waits
  /// for a running write.
  ///
  /// Later calls throw.
  package func close() {
    idleReaders.withLock { $0 = nil }
    writer?.close()
  }
}
