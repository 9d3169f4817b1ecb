internal import SQLite

extension Subscribers {
  /// Puts an address on the list whose owner agreed elsewhere, as on a list that is moved here.
  ///
  /// Whoever left the list, or whose mail came back, is left as they are.
  ///
  /// - Parameters:
  ///   - address: The address.
  ///   - actor: Who says that its owner agreed.
  ///   - now: The time.
  /// - Returns: The status the address has now, and whether it is another than before.
  /// - Throws: What the database throws.
  package func add(
    _ address: EmailAddress, by actor: Actor, at now: Instant = .now
  ) throws -> (status: SubscriberStatus, isNew: Bool) {
    try core.change(.nothingPublic) { connection in
      let status = try connection.subscriberStatus(of: address)
      guard status == nil || status == .pending else { return (status ?? .pending, false) }
      let seconds = now.secondsSince1970
      try connection.run(
        """
        INSERT INTO subscriber (address, status, asked, confirmed)
        VALUES (\(address.description), 'confirmed', \(seconds), \(seconds))
        ON CONFLICT (address) DO UPDATE SET
          status = 'confirmed', confirmed = \(seconds), confirmation_token = NULL
        """)
      try connection.audit(.addedSubscriber, address.description, by: actor, at: now)
      return (.confirmed, true)
    }
  }

  /// Stops mail to an address: because its owner asked for that, or because mail came back.
  ///
  /// - Parameters:
  ///   - address: The address.
  ///   - status: `unsubscribed` or `suspended`.
  ///   - actor: Who does it, for the audit log.
  ///   - now: The time.
  /// - Returns: Whether the address is known.
  /// - Throws: What the database throws.
  package func stopMail(
    to address: EmailAddress, as status: SubscriberStatus, by actor: Actor, at now: Instant = .now
  ) throws -> Bool {
    try core.change(.nothingPublic) { connection in
      guard let former = try connection.subscriberStatus(of: address) else { return false }
      guard former != status else { return true }
      try connection.run(
        """
        UPDATE subscriber SET status = \(status.rawValue), confirmation_token = NULL,
          unsubscribed = \(status == .unsubscribed ? now.secondsSince1970 : nil)
        WHERE address = \(address.description)
        """)
      try connection.audit(
        status == .unsubscribed ? .unsubscribed : .suspendedSubscriber, address.description,
        by: actor, at: now)
      return true
    }
  }

  /// Forgets an address.
  ///
  /// Who asked for that may be asked again, as nothing is known of them.
  ///
  /// - Parameters:
  ///   - address: The address; the audit log does not name it.
  ///   - actor: Who does it, for the audit log.
  ///   - now: The time.
  /// - Returns: Whether the address was known.
  /// - Throws: What the database throws.
  package func delete(
    _ address: EmailAddress, by actor: Actor, at now: Instant = .now
  ) throws -> Bool {
    try core.change(.nothingPublic) { connection in
      let deleted = try connection.run(
        "DELETE FROM subscriber WHERE address = \(address.description)")
      guard deleted > 0 else { return false }
      // As it was written at any time: addresses are the same in capitals.
      try connection.run(
        "UPDATE audit SET subject = '' WHERE subject = \(address.description) COLLATE NOCASE")
      try connection.audit(.deletedSubscriber, "", by: actor, at: now)
      return true
    }
  }
}

extension Connection {
  fileprivate func subscriberStatus(
    of address: EmailAddress
  ) throws(SQLiteError) -> SubscriberStatus? {
    try row("SELECT status FROM subscriber WHERE address = \(address.description)") {
      SubscriberStatus(rawValue: $0.text(0))
    } ?? nil
  }
}
