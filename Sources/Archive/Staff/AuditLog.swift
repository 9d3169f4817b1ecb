internal import SQLite

/// Something that staff or the program did.
package struct AuditEntry: Sendable, Equatable {
  package let at: Instant
  package let actor: String
  /// A past participle: “deposited”, “withdrawn”.
  package let action: String
  /// What it was done to: a slug, an account's name, an address.
  package let subject: String
  package let detail: String
}

extension Archive {
  /// The audit log, newest first.
  package func auditLog(page: Int = 1, size: Int = 50) throws -> PageOf<AuditEntry> {
    let size = min(max(size, 1), 1000)
    let page = min(max(page, 1), 1_000_000_000)
    return try database.read { connection in
      let total = try connection.row("SELECT count(*) FROM audit") { $0.count(0) } ?? 0
      let entries = try connection.rows(
        """
        SELECT at, actor, action, subject, detail FROM audit
        ORDER BY id DESC LIMIT \(size) OFFSET \((page - 1) * size)
        """
      ) { row in
        AuditEntry(
          at: Instant(secondsSince1970: row.integer(0)), actor: row.text(1), action: row.text(2),
          subject: row.text(3), detail: row.text(4))
      }
      return PageOf(items: entries, number: page, size: size, total: total)
    }
  }
}

extension Connection {
  /// Notes in the running transaction what is done in it.
  func audit(
    _ action: String, _ subject: String, detail: String = "", by actor: Actor, at now: Instant
  ) throws {
    try run(
      """
      INSERT INTO audit (at, actor, action, subject, detail)
      VALUES (\(now.secondsSince1970), \(actor.name), \(action), \(subject), \(detail))
      """)
  }
}
