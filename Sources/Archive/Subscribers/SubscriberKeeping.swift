internal import SQLite

extension Subscribers {
  /// Adds an address whose owner agreed elsewhere, as on a list that is moved here.
  ///
  /// It follows everything, weekly. Who left the list, whose mail came back and who asked to be
  /// erased is not added.
  ///
  /// - Parameters:
  ///   - address: The address.
  ///   - actor: Who says that its owner agreed.
  ///   - now: The moment.
  /// - Returns: What became of it.
  /// - Throws: What the database throws.
  package func add(
    _ address: EmailAddress, by actor: Actor, at now: Instant = .now
  ) throws -> AddedSubscriber {
    try core.change(.nothingPublic) { connection in
      try connection.add(ImportedSubscriber(address: address), by: actor, at: now)
    }
  }

  /// Stops mail to an address: because its owner asked for that, or because mail came back.
  ///
  /// - Parameters:
  ///   - address: The address.
  ///   - status: `unsubscribed` or `suspended`.
  ///   - actor: Who does it.
  ///   - now: The moment.
  /// - Returns: Whether the address is known.
  /// - Throws: What the database throws.
  package func stopMail(
    to address: EmailAddress, as status: SubscriberStatus, by actor: Actor, at now: Instant = .now
  ) throws -> Bool {
    try core.change(.nothingPublic) { connection in
      let id = try connection.row(
        "SELECT id FROM subscriber WHERE address = \(address.description)"
      ) { $0.integer(0) }
      guard let id else { return false }
      if status == .unsubscribed {
        try connection.unsubscribe(id, by: actor, at: now)
      } else {
        try connection.suspend(id, by: actor, at: now)
      }
      return true
    }
  }

  /// Erases an address.
  ///
  /// A keyed hash of it stays, so that no import brings it back; its owner can sign up again.
  ///
  /// - Parameters:
  ///   - address: The address; the audit log does not name it.
  ///   - actor: Who does it.
  ///   - now: The moment.
  /// - Returns: Whether the address was known.
  /// - Throws: What the database throws.
  package func delete(
    _ address: EmailAddress, by actor: Actor, at now: Instant = .now
  ) throws -> Bool {
    try core.change(.nothingPublic) { try $0.erase(address, by: actor, at: now) }
  }
}

/// What became of an address that was to be added to the list.
package enum AddedSubscriber: Sendable, Equatable {
  case added
  /// It was on the list, or had left it, and stays what it is.
  case unchanged(SubscriberStatus)
  /// Its owner asked to be erased.
  case suppressed
}

/// A subscriber as another list knows them.
struct ImportedSubscriber: Sendable {
  let address: EmailAddress
  var status = SubscriberStatus.confirmed
  var language: String?
  var subscriptions: [(followed: Followed, frequency: Frequency)] = [(.everything, .weekly)]
  /// When and where the owner of the address agreed; nil when that was not recorded.
  var consent: (at: Instant, source: String)?
}

extension Connection {
  func add(
    _ subscriber: ImportedSubscriber, by actor: Actor, at now: Instant
  ) throws -> AddedSubscriber {
    let address = subscriber.address
    let status = try subscriberStatus(of: address)
    if let status, status != .pending { return .unchanged(status) }
    guard try !isSuppressed(address) else { return .suppressed }
    let agreed = subscriber.consent?.at ?? now
    try run(
      """
      INSERT INTO subscriber (address, status, asked, confirmed, unsubscribed, language, consent)
      VALUES (\(address.description), \(subscriber.status.rawValue), \(agreed.secondsSince1970),
        \(agreed.secondsSince1970),
        \(subscriber.status == .unsubscribed ? now.secondsSince1970 : nil),
        \(subscriber.language), \(subscriber.consent?.source))
      ON CONFLICT (address) DO UPDATE SET
        status = excluded.status, confirmed = excluded.confirmed,
        unsubscribed = excluded.unsubscribed, language = ifnull(excluded.language, language),
        consent = excluded.consent
      """)
    let id =
      try row("SELECT id FROM subscriber WHERE address = \(address.description)") {
        $0.integer(0)
      } ?? 0
    if subscriber.status != .unsubscribed {
      for (followed, frequency) in subscriber.subscriptions {
        let (kind, value) = followed.stored
        try run(
          """
          INSERT INTO subscription (subscriber, kind, value, frequency, asked, considered)
          VALUES (\(id), \(kind), \(value), \(frequency.rawValue), \(agreed.secondsSince1970),
            \(try newestRelease()))
          ON CONFLICT (subscriber, kind, value) DO UPDATE SET
            frequency = excluded.frequency, considered = excluded.considered,
            confirmation_token = NULL
          """)
      }
    }
    try audit(.addedSubscriber, address.description, by: actor, at: now)
    return .added
  }

  /// Stops mail to a subscriber, who keeps what they follow for when they confirm again.
  func suspend(_ id: Int64, by actor: Actor, at now: Instant) throws {
    let changed = try run(
      "UPDATE subscriber SET status = 'suspended' WHERE id = \(id) AND status <> 'suspended'")
    if changed > 0 {
      try audit(
        .suspendedSubscriber, try address(of: id)?.description ?? "", by: actor, at: now)
    }
  }

  private func subscriberStatus(
    of address: EmailAddress
  ) throws(SQLiteError) -> SubscriberStatus? {
    try row("SELECT status FROM subscriber WHERE address = \(address.description)") {
      SubscriberStatus(rawValue: $0.text(0))
    } ?? nil
  }
}
