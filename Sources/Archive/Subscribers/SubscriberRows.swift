internal import Digests
internal import SQLite

/// Seconds for which a confirmation's token is good.
private let tokenLifetime: Int64 = 48 * 3600
/// Seconds between two confirmation messages to one address.
private let messageInterval: Int64 = 24 * 3600
/// Seconds after which an address that nobody confirmed is deleted.
private let pendingLifetime: Int64 = 7 * 86_400

extension Connection {
  /// Notes that an address was asked for.
  ///
  /// - Parameters:
  ///   - address: The address.
  ///   - token: What the confirmation message would carry.
  ///   - now: The time.
  /// - Returns: Whether a confirmation message is to be sent.
  /// - Throws: ``SQLiteError``
  func noteRequest(
    _ address: EmailAddress, token: String, at now: Instant
  ) throws(SQLiteError) -> Bool {
    let seconds = now.secondsSince1970
    try run(
      """
      INSERT INTO subscriber (address, status, asked)
      VALUES (\(address.description), 'pending', \(seconds))
      ON CONFLICT (address) DO NOTHING
      """)
    // A clock that was set back must not keep the address from its message for years.
    return try run(
      """
      UPDATE subscriber SET status = 'pending', asked = \(seconds),
        confirmation_sent = \(seconds), confirmation_token = \(SHA256.hash(token))
      WHERE address = \(address.description) AND status IN ('pending', 'unsubscribed')
        AND (confirmation_sent IS NULL OR confirmation_sent > \(seconds)
          OR confirmation_sent <= \(seconds - messageInterval))
      """) > 0
  }

  func deleteUnconfirmed(at now: Instant) throws(SQLiteError) {
    try run(
      """
      DELETE FROM subscriber
      WHERE status = 'pending' AND asked <= \(now.secondsSince1970 - pendingLifetime)
      """)
  }

  /// The address that a confirmation's token was sent to.
  func pending(_ token: String, at now: Instant) throws(SQLiteError) -> Int64? {
    try row(
      """
      SELECT id FROM subscriber
      WHERE confirmation_token = \(SHA256.hash(token)) AND status = 'pending'
        AND confirmation_sent > \(now.secondsSince1970 - tokenLifetime)
      """
    ) { $0.integer(0) }
  }

  func auditSubscriber(_ id: Int64, _ action: AuditAction, at now: Instant) throws {
    let address = try row("SELECT address FROM subscriber WHERE id = \(id)") { $0.text(0) }
    try audit(action, address ?? "", by: .program, at: now)
  }

  /// Names a subscriber by a number and proves by a keyed hash that it came from here.
  func unsubscribeToken(_ id: Int64) throws(SQLiteError) -> String {
    "\(id)-\(Self.proof(id, key: try mailKey()))"
  }

  func subscriber(unsubscribing token: String) throws(SQLiteError) -> Int64? {
    let parts = token.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let id = Int64(parts[0]), let key = try storedMailKey(),
      Password.areEqual(Array(Self.proof(id, key: key).utf8), Array(parts[1].utf8))
    else { return nil }
    return try row("SELECT id FROM subscriber WHERE id = \(id)") { $0.integer(0) }
  }

  private static func proof(_ id: Int64, key: [UInt8]) -> String {
    hmacSHA256(Array("unsubscribe \(id)".utf8), key: key).hexadecimal
  }

  private func storedMailKey() throws(SQLiteError) -> [UInt8]? {
    try row("SELECT value FROM setting WHERE name = 'mail key'") { $0.bytes(0) }
  }

  /// Made when it is first needed, so that it is nowhere but in this archive.
  private func mailKey() throws(SQLiteError) -> [UInt8] {
    if let key = try storedMailKey() { return key }
    let key = SHA256.hash(SystemRandomNumberGenerator.token(octets: 32))
    try run("INSERT INTO setting (name, value) VALUES ('mail key', \(key))")
    return key
  }
}
