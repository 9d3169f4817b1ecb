internal import Foundation
internal import SQLite

/// What a subscriber sees and changes by the link in their messages.
package struct Preferences: Sendable, Equatable {
  package let subscriber: Int64
  package let address: String
  package let status: SubscriberStatus
  /// The tag of the language of messages; nil for the site's.
  package let language: String?
  /// What is confirmed, in the order in which it was asked for.
  package let subscriptions: [Subscription]
}

extension Subscribers {
  /// The settings that a token opens; nil for a token that is not ours or whose subscriber was
  /// erased.
  package func preferences(_ token: String) throws -> Preferences? {
    try core.read { connection in
      guard let (id, _) = try connection.subscriber(.preferences, token) else { return nil }
      return try connection.preferences(of: id)
    }
  }

  /// Whether a token was made here for somebody who has been erased since.
  package func isOfErasedSubscriber(_ token: String) throws -> Bool {
    try core.read { connection in
      let key = try connection.mailKey()
      let purposes: [SubscriberToken.Purpose] = [.preferences, .unsubscribe]
      guard
        let id = purposes.lazy.compactMap({
          SubscriberToken.numbers(of: token, $0, key: key)?.first
        }).first
      else { return false }
      return try connection.row("SELECT 1 FROM subscriber WHERE id = \(id)") { _ in false } ?? true
    }
  }

  /// The token by which a subscriber changes their settings at any time.
  package func preferencesToken(for subscriber: Int64) throws -> String {
    try core.read { try $0.preferencesToken(subscriber) }
  }

  /// The token by which an address can be taken from the list at any time.
  package func unsubscribeToken(for subscriber: Int64) throws -> String {
    try core.read { try $0.unsubscribeToken(subscriber) }
  }

  /// Changes how often a subscriber hears of something; nothing is missed or repeated by it.
  ///
  /// - Returns: Whether the token was good and the subscription is the subscriber's.
  package func change(
    _ token: String, frequency: Frequency, of subscription: Int64, at now: Instant = .now
  ) throws -> Bool {
    try withSubscriber(token) { connection, id in
      try connection.run(
        """
        UPDATE subscription SET frequency = \(frequency.rawValue)
        WHERE id = \(subscription) AND subscriber = \(id) AND considered NOT NULL
        """) > 0
    }
  }

  /// Ends one subscription; who follows nothing more is unsubscribed.
  ///
  /// - Returns: Whether the token was good and the subscription is the subscriber's.
  package func unfollow(
    _ token: String, _ subscription: Int64, at now: Instant = .now
  ) throws -> Bool {
    try withSubscriber(token) { connection, id in
      let ended = try connection.run(
        "DELETE FROM subscription WHERE id = \(subscription) AND subscriber = \(id)")
      guard ended > 0 else { return false }
      let isLast =
        try connection.row(
          "SELECT 1 FROM subscription WHERE subscriber = \(id) AND considered NOT NULL"
        ) { _ in false } ?? true
      if isLast { try connection.unsubscribe(id, by: .program, at: now) }
      return true
    }
  }

  /// Sets the language of messages; nil for the site's.
  ///
  /// - Returns: Whether the token was good.
  package func setLanguage(_ token: String, _ tag: String?) throws -> Bool {
    try withSubscriber(token) { connection, id in
      try connection.run("UPDATE subscriber SET language = \(tag) WHERE id = \(id)") > 0
    }
  }

  /// Whether a token takes somebody from the list; for the page that has the button.
  package func isUnsubscribable(_ token: String) throws -> Bool {
    try core.read { try $0.subscriber(.unsubscribe, token) != nil }
  }

  /// Takes an address from the list, as often as it is asked to.
  ///
  /// - Parameters:
  ///   - token: From the link in a message: one for unsubscribing or for the settings.
  ///   - now: The moment.
  /// - Returns: Whether the token was good.
  /// - Throws: What the database throws.
  package func unsubscribe(_ token: String, at now: Instant = .now) throws -> Bool {
    try core.change(.nothingPublic) { connection in
      let found =
        try connection.subscriber(.unsubscribe, token)
        ?? connection.subscriber(.preferences, token)
      guard let (id, message) = found else { return false }
      if try connection.unsubscribe(id, by: .program, at: now), let message {
        try connection.note(unsubscribedBy: message, of: id, at: now)
      }
      return true
    }
  }

  /// All that is stored about a subscriber, as JSON; nil for a token that is not good.
  package func exportData(_ token: String) throws -> [UInt8]? {
    try core.read { connection in
      guard let (id, _) = try connection.subscriber(.preferences, token) else { return nil }
      return try connection.subscriberData(id)
    }
  }

  /// Erases a subscriber who asked for it.
  ///
  /// A keyed hash of the address stays, so that no import brings it back.
  ///
  /// - Returns: Whether the token was good.
  package func erase(_ token: String, at now: Instant = .now) throws -> Bool {
    try withSubscriber(token) { connection, id in
      guard let address = try connection.address(of: id) else { return false }
      return try connection.erase(address, by: .program, at: now)
    }
  }

  /// Sends the link to their settings to a subscriber who has lost it, at most once a day.
  ///
  /// What it returns does not tell who is on the list.
  ///
  /// - Throws: ``SubscriptionError``
  package func requestNewLink(
    _ typed: String, from client: String, at now: Moment = .now, through mailer: Mailer
  ) throws(SubscriptionError) {
    guard let address = EmailAddress(typed) else { throw .notAddress }
    guard caps.admit(client: client, uptime: now.uptime) else { throw .tooMany }
    let seconds = now.wall.secondsSince1970
    do {
      // In one change: a link that was noted and not sent would be missing for a day.
      try core.change(.nothingPublic) { connection in
        let found = try connection.row(
          """
          SELECT id, language FROM subscriber
          WHERE address = \(address.description) AND status <> 'pending'
            AND (link_sent IS NULL OR link_sent > \(seconds) OR link_sent <= \(seconds - 86_400))
          """
        ) { ($0.integer(0), $0.optionalText(1)) }
        guard let (id, language) = found else { return }
        try connection.run("UPDATE subscriber SET link_sent = \(seconds) WHERE id = \(id)")
        let token = try connection.preferencesToken(id)
        try mailer.outbox.post(
          mailer.compose(.preferences(token: token), address, language, now.wall),
          with: MessageQueue(connection: connection))
      }
      mailer.outbox.noteStoredChange()
    } catch {
      throw .failed("\(error)")
    }
  }

  private func withSubscriber(
    _ token: String, _ body: @Sendable (Connection, Int64) throws -> Bool
  ) throws -> Bool {
    try core.change(.nothingPublic) { connection in
      guard let (id, _) = try connection.subscriber(.preferences, token) else { return false }
      return try body(connection, id)
    }
  }
}

extension Connection {
  func preferences(of id: Int64) throws(SQLiteError) -> Preferences? {
    let subscriptions = try rows(
      """
      SELECT \(Subscription.columns) FROM subscription
      WHERE subscriber = \(id) AND considered NOT NULL ORDER BY id
      """
    ) { Subscription($0) }.compactMap(\.self)
    let found = try row("SELECT address, status, language FROM subscriber WHERE id = \(id)") {
      row in
      SubscriberStatus(rawValue: row.text(1)).map {
        Preferences(
          subscriber: id, address: row.text(0), status: $0, language: row.optionalText(2),
          subscriptions: subscriptions)
      }
    }
    return found ?? nil
  }

  /// Ends all subscriptions of a subscriber.
  ///
  /// - Returns: Whether the subscriber was not unsubscribed before.
  @discardableResult
  func unsubscribe(_ id: Int64, by actor: Actor, at now: Instant) throws -> Bool {
    try run("DELETE FROM subscription WHERE subscriber = \(id)")
    let changed = try run(
      """
      UPDATE subscriber SET status = 'unsubscribed', unsubscribed = \(now.secondsSince1970)
      WHERE id = \(id) AND status <> 'unsubscribed'
      """)
    if changed > 0 {
      try audit(
        .unsubscribed, try address(of: id)?.description ?? "", by: actor, at: now)
    }
    return changed > 0
  }

  /// Deletes all that is known of an address, and keeps a keyed hash of it.
  ///
  /// - Returns: Whether the address was known.
  func erase(_ address: EmailAddress, by actor: Actor, at now: Instant) throws -> Bool {
    let deleted = try run("DELETE FROM subscriber WHERE address = \(address.description)")
    guard deleted > 0 else { return false }
    try run(
      "DELETE FROM message WHERE recipient = \(address.description) COLLATE NOCASE")
    try run(
      """
      INSERT INTO suppression (address, at)
      VALUES (\(try suppressionHash(of: address)), \(now.secondsSince1970)) ON CONFLICT DO NOTHING
      """)
    // In any capitals, as addresses are the same in all. An account may have the name of an address.
    try run(
      """
      UPDATE audit SET subject = '' WHERE subject = \(address.description) COLLATE NOCASE
        AND action IN \(SQL.list(AuditAction.aboutErasable))
      """)
    try audit(.deletedSubscriber, "", by: actor, at: now)
    return true
  }
}

/// What ``Subscribers/exportData(_:)`` writes.
private struct SubscriberData: Encodable {
  struct Followed: Encodable {
    let follows: String
    let name: String
    let frequency: String
    let asked: String
    let isConfirmed: Bool
  }

  struct Message: Encodable {
    let planned: String
    let state: String
    let publications: [String]
  }

  let address: String
  let status: String
  let language: String?
  let asked: String
  let confirmed: String?
  let consent: String?
  let subscriptions: [Followed]
  let messages: [Message]
}

extension Connection {
  fileprivate func subscriberData(_ id: Int64) throws -> [UInt8]? {
    func time(_ seconds: Int64) -> String { Instant(secondsSince1970: seconds).description }
    let subscriptions = try rows(
      """
      SELECT kind, value, frequency, asked, considered NOT NULL FROM subscription
      WHERE subscriber = \(id) ORDER BY id
      """
    ) { row in
      SubscriberData.Followed(
        follows: row.text(0), name: row.text(1), frequency: row.text(2),
        asked: time(row.integer(3)), isConfirmed: row.integer(4) != 0)
    }
    let messages = try rows(
      """
      SELECT planned, state, (SELECT group_concat(slug, char(10)) FROM announced
        JOIN publication ON publication.id = announced.publication
        WHERE announced.message = message.id)
      FROM message WHERE subscriber = \(id) ORDER BY id
      """
    ) { row in
      SubscriberData.Message(
        planned: time(row.integer(0)), state: row.text(1),
        publications: row.text(2).split(separator: "\n").map(String.init))
    }
    let data = try row(
      """
      SELECT address, status, language, asked, confirmed, consent FROM subscriber WHERE id = \(id)
      """
    ) { row in
      SubscriberData(
        address: row.text(0), status: row.text(1), language: row.optionalText(2),
        asked: time(row.integer(3)), confirmed: row.optionalInteger(4).map(time),
        consent: row.optionalText(5), subscriptions: subscriptions, messages: messages)
    }
    guard let data else { return nil }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(data))
  }
}
