internal import Digests
internal import SQLite

/// Seconds for which a confirmation's token is good.
private let tokenLifetime: Int64 = 48 * 3600
/// Seconds between two confirmation messages to one address about the same thing.
private let messageInterval: Int64 = 24 * 3600
/// Seconds after which what nobody confirmed is deleted.
private let pendingLifetime: Int64 = 7 * 86_400
/// The most things that one subscriber can follow: a person's choice fits, a program's does not.
private let mostFollowed = 100

/// A request to follow something.
struct SubscriptionRequest: Sendable {
  let address: EmailAddress
  let followed: Followed
  let frequency: Frequency
  let language: String?
}

extension Subscribers {
  /// The most confirmation messages to one address in a day, whatever they are about.
  package static let mostConfirmations = 5
}

extension Connection {
  /// Stores a request until it is confirmed.
  ///
  /// A confirmed, unsubscribed or suspended subscriber stays what they are until then.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - token: The token of the confirmation message.
  ///   - now: The moment.
  /// - Returns: Whether a confirmation message is to be sent.
  /// - Throws: ``SQLiteError``
  func store(
    _ request: SubscriptionRequest, token: String, at now: Instant
  ) throws(SQLiteError) -> Bool {
    let seconds = now.secondsSince1970
    try run(
      """
      INSERT INTO subscriber (address, status, asked, language)
      VALUES (\(request.address.description), 'pending', \(seconds), \(request.language))
      ON CONFLICT (address) DO UPDATE SET language = \(request.language)
        WHERE status = 'pending' AND \(request.language) NOT NULL
      """)
    guard
      let subscriber = try row(
        "SELECT id FROM subscriber WHERE address = \(request.address.description)",
        { $0.integer(0) }
      )
    else { return false }
    // A clock that was set back must not keep the address from its message for years.
    let recent: SQL = """
      confirmation_sent > \(seconds - messageInterval) AND confirmation_sent <= \(seconds)
      """
    let counts = try row(
      """
      SELECT count(*), ifnull(sum(\(recent)), 0) FROM subscription WHERE subscriber = \(subscriber)
      """
    ) { ($0.count(0), $0.count(1)) }
    guard let (followed, sent) = counts, sent < Subscribers.mostConfirmations else { return false }
    let (kind, value) = request.followed.stored
    if followed < mostFollowed {
      try run(
        """
        INSERT INTO subscription (subscriber, kind, value, frequency, asked)
        VALUES (\(subscriber), \(kind), \(value), \(request.frequency.rawValue), \(seconds))
        ON CONFLICT DO NOTHING
        """)
    }
    return try run(
      """
      UPDATE subscription SET frequency = \(request.frequency.rawValue), asked = \(seconds),
        confirmation_sent = \(seconds), confirmation_token = \(SHA256.hash(token))
      WHERE subscriber = \(subscriber) AND kind = \(kind) AND value = \(value)
        AND NOT ifnull(\(recent), 0) AND (considered IS NULL
          OR EXISTS (SELECT 1 FROM subscriber WHERE id = \(subscriber) AND status = 'suspended'))
      """) > 0
  }

  func deleteUnconfirmed(at now: Instant) throws(SQLiteError) {
    let latest = now.secondsSince1970 - pendingLifetime
    try run("DELETE FROM subscription WHERE considered IS NULL AND asked <= \(latest)")
    try run(
      """
      DELETE FROM subscriber WHERE status = 'pending' AND asked <= \(latest)
        AND NOT EXISTS (SELECT 1 FROM subscription WHERE subscriber = subscriber.id)
      """)
  }

  /// The subscription that a confirmation's token was sent for, and who asked for it.
  func pending(
    _ token: String, at now: Instant
  ) throws(SQLiteError) -> (subscriber: Int64, subscription: Subscription)? {
    let found = try row(
      """
      SELECT subscriber, \(Subscription.columns) FROM subscription
      WHERE confirmation_token = \(SHA256.hash(token))
        AND confirmation_sent > \(now.secondsSince1970 - tokenLifetime)
      """
    ) { row in
      Subscription(row, from: 1).map { (row.integer(0), $0) }
    }
    return found ?? nil
  }

  /// Starts a subscription: what is public already is not announced by it.
  func start(_ subscription: Int64) throws(SQLiteError) {
    try run(
      """
      UPDATE subscription SET considered = \(try newestRelease()), confirmation_token = NULL
      WHERE id = \(subscription)
      """)
  }

  /// The number of the last publication that became public; 0 before the first.
  func newestRelease() throws(SQLiteError) -> Int64 {
    try row("SELECT max(number) FROM release") { $0.integer(0) } ?? 0
  }

  func auditSubscriber(_ id: Int64, _ action: AuditAction, at now: Instant) throws {
    let address = try row("SELECT address FROM subscriber WHERE id = \(id)") { $0.text(0) }
    try audit(action, address ?? "", by: .program, at: now)
  }
}
