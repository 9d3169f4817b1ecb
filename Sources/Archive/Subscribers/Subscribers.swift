internal import Digests
internal import SQLite

/// How far an address has come.
package enum SubscriberStatus: String, Sendable, CaseIterable {
  /// Asked for, and not yet confirmed by who reads its mail.
  case pending
  case confirmed
  case unsubscribed
  /// Mail to it came back.
  case suspended
}

/// Somebody on the mailing list, or on the way to it or from it.
package struct Subscriber: Sendable, Equatable {
  package let id: Int64
  package let address: String
  package let status: SubscriberStatus
  package let asked: Instant
  package let confirmed: Instant?
}

/// A subscription that has just been confirmed, and the tokens of its subscriber's links.
package struct ConfirmedSubscription: Sendable, Equatable {
  package let subscription: Subscription
  package let unsubscribeToken: String
  package let preferencesToken: String
}

/// Why a request to join the mailing list was not taken.
package enum SubscriptionError: Error, Equatable, Sendable {
  /// Mail cannot be sent to what was typed.
  case notAddress
  /// Too many requests came, from one network or in all.
  case tooMany
  /// The message or the row could not be written; the words are for the log.
  case failed(String)
}

/// The mailing list.
package struct Subscribers: Sendable {
  let core: ArchiveCore
  let caps: SubscriptionCaps

  init(_ core: ArchiveCore) {
    self.core = core
    caps = SubscriptionCaps(
      perHour: core.options.subscriptionsPerHour,
      perHourAndNetwork: core.options.subscriptionsPerHourAndNetwork)
  }

  /// Takes a request to follow something, and sends a message by which it is confirmed.
  ///
  /// What it returns does not tell who is on the list: an address that is new, known or suspended
  /// is accepted alike. What cannot be an address is refused, which tells nothing of the list. A
  /// subscriber who follows the same already gets no message.
  ///
  /// - Parameters:
  ///   - typed: What was typed.
  ///   - followed: What is to be followed.
  ///   - frequency: How often.
  ///   - language: The tag of the language of messages; nil for the site's.
  ///   - client: The address the request came from.
  ///   - now: The moment by both clocks.
  ///   - mailer: Writes and sends the message.
  /// - Throws: ``SubscriptionError``
  package func subscribe(
    _ typed: String, follow followed: Followed = .everything, frequency: Frequency = .weekly,
    language: String? = nil, from client: String, at now: Moment = .now, through mailer: Mailer
  ) throws(SubscriptionError) {
    guard let address = EmailAddress(typed) else { throw .notAddress }
    guard caps.admit(client: client, uptime: now.uptime) else { throw .tooMany }
    let (kind, value) = followed.stored
    // An address of the site never makes such a request.
    guard Followed(kind: kind, value: value) != nil else { return }
    let token = SystemRandomNumberGenerator.token(octets: 32)
    let request = SubscriptionRequest(
      address: address, followed: followed, frequency: frequency, language: language)
    do {
      let message = mailer.compose(.confirmation(token: token), address, language, now.wall)
      // In one change: a request without its message would be silent for a day.
      try core.change(.nothingPublic) { connection in
        try connection.deleteUnconfirmed(at: now.wall)
        guard try connection.store(request, token: token, at: now.wall) else { return }
        try mailer.outbox.post(message, with: MessageQueue(connection: connection))
      }
      mailer.outbox.noteStoredChange()
    } catch {
      throw .failed("\(error)")
    }
  }

  /// What a confirmation's token would subscribe to, for the page that has the button; nil when the
  /// token was used, has expired, or never was.
  package func subscription(confirming token: String, at now: Instant = .now) throws
    -> Subscription?
  {
    try core.read { try $0.pending(token, at: now)?.subscription }
  }

  /// Confirms a subscription; the token is then used.
  ///
  /// - Parameters:
  ///   - token: From the link in the message.
  ///   - now: The moment.
  /// - Returns: The subscription; nil when the token was used, has expired, or never was.
  /// - Throws: What the database throws.
  package func confirm(_ token: String, at now: Instant = .now) throws -> ConfirmedSubscription? {
    try core.change(.nothingPublic) { connection -> ConfirmedSubscription? in
      guard let (id, subscription) = try connection.pending(token, at: now) else { return nil }
      try connection.start(subscription.id)
      let isNew =
        try connection.run(
          """
          UPDATE subscriber SET status = 'confirmed', confirmed = \(now.secondsSince1970),
            unsubscribed = NULL, consent = NULL
          WHERE id = \(id) AND status <> 'confirmed'
          """) > 0
      if isNew {
        try connection.run("DELETE FROM bounce WHERE subscriber = \(id)")
        if let address = try connection.address(of: id) {
          try connection.run(
            """
            DELETE FROM suppression WHERE address = \(try connection.suppressionHash(of: address))
            """)
        }
        try connection.auditSubscriber(id, .confirmedSubscription, at: now)
      }
      return ConfirmedSubscription(
        subscription: subscription, unsubscribeToken: try connection.unsubscribeToken(id),
        preferencesToken: try connection.preferencesToken(id))
    }
  }

  /// How many addresses are of each status.
  package func counts() throws -> [SubscriberStatus: Int] {
    try core.read { connection in
      let counts = try connection.rows("SELECT status, count(*) FROM subscriber GROUP BY status") {
        (SubscriberStatus(rawValue: $0.text(0)), $0.count(1))
      }
      return counts.reduce(into: [:]) { all, one in if let status = one.0 { all[status] = one.1 } }
    }
  }

  /// The address of a subscriber; nil when there is none of this number.
  package func address(of id: Int64) throws -> EmailAddress? {
    try core.read { try $0.address(of: id) }
  }

  /// The addresses of a status, or all, asked for last first.
  ///
  /// - Parameters:
  ///   - status: The status they have; nil is any.
  ///   - words: What stands in the addresses; empty is anything.
  ///   - page: Counted from 1.
  ///   - size: How many stand on a page.
  /// - Returns: The page.
  /// - Throws: What the database throws.
  package func list(
    status: SubscriberStatus? = nil, containing words: String = "", page: Int = 1, size: Int = 100
  ) throws -> PageOf<Subscriber> {
    let size = min(max(size, 1), 10_000)
    let page = min(max(page, 1), 1_000_000)
    let hasStatus: SQL = status.map { "status = \($0.rawValue)" } ?? "1"
    let condition =
      words.isEmpty
      ? hasStatus : SQL.all([hasStatus, "instr(lower(address), lower(\(words))) > 0"])
    return try core.read { connection in
      let total =
        try connection.row("SELECT count(*) FROM subscriber WHERE \(condition)") { $0.count(0) }
        ?? 0
      let items = try connection.rows(
        """
        SELECT id, address, status, asked, confirmed FROM subscriber WHERE \(condition)
        ORDER BY asked DESC, id DESC LIMIT \(size) OFFSET \((page - 1) * size)
        """
      ) { row in
        SubscriberStatus(rawValue: row.text(2)).map { status in
          Subscriber(
            id: row.integer(0), address: row.text(1), status: status,
            asked: Instant(secondsSince1970: row.integer(3)),
            confirmed: row.optionalInteger(4).map { Instant(secondsSince1970: $0) })
        }
      }
      return PageOf(items: items.compactMap { $0 }, number: page, size: size, total: total)
    }
  }
}

extension Connection {
  func address(of subscriber: Int64) throws(SQLiteError) -> EmailAddress? {
    try row("SELECT address FROM subscriber WHERE id = \(subscriber)") {
      EmailAddress(stored: $0.text(0))
    }
  }
}
