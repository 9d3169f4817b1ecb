internal import SQLite

/// How recent a database is; two copies with the same number differ at most in the time.
package struct Generation: Sendable, Equatable {
  /// Grows with each transaction that writes.
  package let number: Int64
  /// The number of the last transaction that changed something readers can see.
  package let visible: Int64
  /// When a server last wrote to the database.
  ///
  /// A server with a replicator writes the time even when nothing changes, so that a copy of an idle
  /// archive does not look old. See ``Archive/recordTime()``.
  package let time: Instant
}

extension Archive {
  /// The generation of the database.
  package func storedGeneration() throws -> Generation {
    try core.read { try $0.generation() }
  }

  /// How often ``recordTime()`` is to be called.
  ///
  /// Each call makes the replicator send one small file, which costs about a dollar a month where
  /// requests are paid for.
  package static let timeInterval: Duration = .seconds(10)

  /// Writes the present time to the database, so that copies show how old they are.
  package func recordTime() throws {
    let now = now
    try database.write {
      try $0.run("UPDATE generation SET time = \(now.secondsSince1970)")
    }
  }
}

extension Connection {
  func generation() throws(SQLiteError) -> Generation {
    let found = try row("SELECT number, visible, time FROM generation") {
      Generation(
        number: $0.integer(0), visible: $0.integer(1),
        time: Instant(secondsSince1970: $0.integer(2)))
    }
    return found ?? Generation(number: 0, visible: 0, time: Instant(secondsSince1970: 0))
  }

  /// Numbers the running transaction.
  func advanceGeneration(isVisible: Bool, at now: Instant) throws(SQLiteError) {
    try run(
      """
      UPDATE generation SET number = number + 1, time = \(now.secondsSince1970),
        visible = CASE WHEN \(isVisible) THEN number + 1 ELSE visible END
      """)
  }
}
