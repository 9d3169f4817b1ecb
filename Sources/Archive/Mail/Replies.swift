internal import SQLite

/// What a message meant that came to an address of the list.
package enum ReplyMeaning: Sendable, Equatable {
  /// A report that a message could not be delivered, with its status; it is recorded.
  case bounce(status: String, isSuspended: Bool)
  case unsubscribe
  /// Anything else: no token of this archive, too large, or not about delivery.
  case ignored
}

extension Mailing {
  /// The longest message that is looked at, in bytes.
  package static var longestReply: Int { ReceivedMail.longest }

  /// Takes a message that came to an address of the list: a report of a failed delivery, or a
  /// request to unsubscribe.
  ///
  /// A subscriber is suspended when two messages bounced for good (5.x.x), or when all messages of
  /// fourteen days or more bounced for a while (4.x.x).
  ///
  /// - Parameters:
  ///   - bytes: The message; a longer one than ``longestReply`` is ignored.
  ///   - now: The moment, which the message itself could lie about.
  /// - Returns: What it meant.
  /// - Throws: What the database throws.
  package func receive(_ bytes: [UInt8], at now: Instant) throws -> ReplyMeaning {
    guard bytes.count <= ReceivedMail.longest else { return .ignored }
    let mail = ReceivedMail(bytes)
    return try core.change(.nothingPublic) { connection in
      let key = try connection.mailKey()
      if let report = mail.report {
        for text in mail.addressExtensions {
          if let message = SubscriberToken.numbers(of: text, .bounce, key: key)?.first,
            let isSuspended = try connection.note(report, of: message, at: now)
          {
            return .bounce(status: report.status, isSuspended: isSuspended)
          }
        }
        return .ignored
      }
      for text in mail.addressExtensions + mail.subjectWords {
        guard let (subscriber, message) = try connection.subscriber(.unsubscribe, text) else {
          continue
        }
        if try connection.unsubscribe(subscriber, by: .program, at: now), let message {
          try connection.note(unsubscribedBy: message, of: subscriber, at: now)
        }
        return .unsubscribe
      }
      return .ignored
    }
  }
}

extension Connection {
  /// The shortest time, in seconds, of temporary failures after which a subscriber is suspended.
  private static let longestFailure: Int64 = 14 * 86_400

  func note(
    unsubscribedBy message: Int64, of subscriber: Int64, at now: Instant
  ) throws(SQLiteError) {
    try run(
      """
      UPDATE message SET unsubscribed = \(now.secondsSince1970)
      WHERE id = \(message) AND subscriber = \(subscriber)
      """)
  }

  /// Notes that a message bounced.
  ///
  /// - Returns: Whether its subscriber is suspended now because of it; nil for a message that is not
  ///   known.
  fileprivate func note(
    _ report: DeliveryReport, of message: Int64, at now: Instant
  ) throws -> Bool? {
    let seconds = now.secondsSince1970
    let found = try row(
      """
      SELECT subscriber FROM message
      WHERE id = \(message) AND subscriber NOT NULL AND state IN ('handed over', 'accepted')
      """
    ) { $0.integer(0) }
    guard let subscriber = found else { return nil }
    try run(
      """
      INSERT INTO bounce (message, subscriber, at, status)
      VALUES (\(message), \(subscriber), \(seconds), \(report.status))
      ON CONFLICT (message) DO UPDATE SET status = max(status, excluded.status)
      """)
    try run(
      "UPDATE message SET bounced = ifnull(bounced, \(seconds)) WHERE id = \(message)")
    let isConfirmed = try row(
      "SELECT 1 FROM subscriber WHERE id = \(subscriber) AND status = 'confirmed'"
    ) { _ in true }
    guard isConfirmed != nil, try isUnreachable(subscriber, by: message) else { return false }
    try suspend(subscriber, by: .program, at: now)
    return true
  }

  private func isUnreachable(
    _ subscriber: Int64, by message: Int64
  ) throws(SQLiteError) -> Bool {
    let permanent = try row(
      "SELECT count(*) FROM bounce WHERE subscriber = \(subscriber) AND status >= '5'"
    ) { $0.count(0) }
    if let permanent, permanent >= 2 { return true }
    // The bounces since the last message that arrived.
    let failing = try row(
      """
      SELECT max(at) - min(at) FROM bounce WHERE subscriber = \(subscriber) AND message > (
        SELECT ifnull(max(id), 0) FROM message
        WHERE subscriber = \(subscriber) AND id < \(message) AND state = 'accepted'
          AND bounced IS NULL)
      """
    ) { $0.integer(0) }
    return (failing ?? 0) >= Self.longestFailure
  }
}
