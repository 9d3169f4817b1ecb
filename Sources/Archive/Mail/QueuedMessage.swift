internal import SQLite

/// A row of the queue that may be handed over.
struct QueuedMessage: Sendable {
  let id: Int64
  /// nil for a message about a subscription.
  let run: Int64?
  /// 0 for a message about a subscription.
  let subscriber: Int64
  /// The Message-ID; nil until the message is written.
  let name: String?
  /// The message as it was written; nil until then.
  let written: OutgoingMessage?

  /// What the message would hold if it were handed over now.
  enum Content: Sendable {
    /// Nothing: the subscriber has left, or all that it announces is hidden.
    case none
    /// What was written, with the publications that it announces.
    case stored(OutgoingMessage, Set<Publication.ID>)
    case digest(Digest, EmailAddress)

    var publications: Set<Publication.ID> {
      switch self {
      case .none: []
      case .stored(_, let publications): publications
      case .digest(let digest, _):
        digest.correction == nil ? Set(digest.publications.map(\.id)) : []
      }
    }
  }
}

extension Connection {
  /// The first message that is due; messages about subscriptions go first, and alone while mailing
  /// is paused.
  func nextMessage(at now: Instant) throws(SQLiteError) -> QueuedMessage? {
    let isPaused = try isMailingPaused()
    return try row(
      """
      SELECT message.id, run, ifnull(subscriber, 0), name, bytes, envelope,
        ifnull(recipient, subscriber.address)
      FROM message LEFT JOIN subscriber ON subscriber.id = message.subscriber
      WHERE state IN ('planned', 'deferred') AND due <= \(now.secondsSince1970)
        AND (run IS NULL OR NOT \(isPaused))
      ORDER BY run NOT NULL, due, message.id LIMIT 1
      """
    ) { row in
      QueuedMessage(
        id: row.integer(0), run: row.optionalInteger(1), subscriber: row.integer(2),
        name: row.optionalText(3),
        written: row.isNull(4)
          ? nil
          : OutgoingMessage(
            id: row.integer(0), envelope: row.text(5), recipient: row.text(6),
            bytes: row.bytes(4)))
    }
  }

  /// What a message would hold now.
  func content(of message: QueuedMessage, at now: Instant) throws -> QueuedMessage.Content {
    guard let run = message.run else {
      return message.written.map { .stored($0, []) } ?? .none
    }
    guard let preferences = try preferences(of: message.subscriber),
      preferences.status == .confirmed,
      let digest = try digest(of: message.id, run: run, to: preferences, at: now)
    else { return .none }
    let announced = try row(
      "SELECT count(*) FROM announced WHERE message = \(message.id)", { $0.count(0) })
    let publications = Set(digest.publications.map(\.id))
    // What was written before something was hidden is written again without it.
    if let written = message.written, digest.correction != nil || announced == publications.count {
      return .stored(written, digest.correction == nil ? publications : [])
    }
    return .digest(digest, EmailAddress(stored: preferences.address))
  }

  /// What a message announces of what is public now; nil for nothing.
  ///
  /// - Parameters:
  ///   - message: The message.
  ///   - run: Its run.
  ///   - preferences: Of its subscriber; what they no longer follow is left out.
  ///   - showsOthers: Whether it is in a last group instead.
  ///   - now: The moment.
  /// - Returns: The digest.
  /// - Throws: What the database throws.
  func digest(
    of message: Int64, run: Int64, to preferences: Preferences, showsOthers: Bool = false,
    at now: Instant
  ) throws -> Digest? {
    let kind = try row("SELECT frequency, publication, correction FROM mail_run WHERE id = \(run)")
    {
      (Frequency(rawValue: $0.text(0)) ?? .weekly, $0.optionalInteger(1), $0.optionalText(2))
    }
    guard let (frequency, corrected, correction) = kind else { return nil }
    let groups =
      if let corrected {
        try publicPublications("publication.id = \(corrected)", at: now).map {
          Digest.Group(followed: .everything, publications: [$0])
        }
      } else {
        try groups(
          of: message, subscriptions: preferences.subscriptions, showsOthers: showsOthers, at: now)
      }
    guard !groups.isEmpty else { return nil }
    return Digest(
      subscriber: preferences.subscriber, language: preferences.language, frequency: frequency,
      groups: groups, correction: correction)
  }

  private func groups(
    of message: Int64, subscriptions: [Subscription], showsOthers: Bool, at now: Instant
  ) throws -> [Digest.Group] {
    let reasons = Dictionary(
      uniqueKeysWithValues: try rows(
        "SELECT publication, subscription FROM announced WHERE message = \(message)"
      ) { ($0.integer(0), $0.integer(1)) })
    let publications = try publicPublications(
      "publication.id IN (SELECT publication FROM announced WHERE message = \(message))", at: now)
    let ordered = subscriptions.sorted { ($0.followed.rank, $0.id) < ($1.followed.rank, $1.id) }
    var groups = ordered.map { subscription in
      Digest.Group(
        followed: subscription.followed,
        publications: publications.filter { reasons[$0.id] == subscription.id })
    }
    if showsOthers {
      let known = Set(subscriptions.map(\.id))
      groups.append(
        Digest.Group(
          followed: .everything,
          publications: publications.filter { !known.contains(reasons[$0.id] ?? 0) }))
    }
    return groups.filter { !$0.publications.isEmpty }
  }

  /// The public publications that satisfy a condition, newest first.
  func publicPublications(
    _ condition: SQL, at now: Instant
  ) throws(SQLiteError) -> [Publication] {
    try rows(
      """
      \(Publication.select(at: now)) WHERE \(condition) AND \(Visibility.isPublic(at: now))
      ORDER BY issued DESC, publication.id DESC
      """
    ) { Publication($0) }.compactMap(\.self)
  }

  /// Stores a written message as one that is being handed over.
  ///
  /// - Returns: False when something has changed since the message was written, which then has to
  ///   be looked at again.
  func handOver(
    _ message: OutgoingMessage, name: String, with publications: Set<Publication.ID>,
    at now: Instant
  ) throws -> Bool {
    let shown = try rows(
      """
      SELECT publication FROM announced JOIN publication ON publication.id = publication
      JOIN subscription ON subscription.id = announced.subscription
      WHERE message = \(message.id) AND \(Visibility.isPublic(at: now))
      """
    ) { $0.integer(0) }
    guard Set(shown) == publications else { return false }
    try forgetAnnouncements(of: message.id, except: publications, at: now)
    let seconds = now.secondsSince1970
    return try run(
      """
      UPDATE message SET state = 'handed over', envelope = \(message.envelope), name = \(name),
        bytes = \(message.bytes), tries = tries + 1,
        first_tried = ifnull(first_tried, \(seconds)), last_tried = \(seconds)
      WHERE id = \(message.id) AND state IN ('planned', 'deferred')
        AND (subscriber IS NULL
          OR EXISTS (SELECT 1 FROM subscriber WHERE id = subscriber AND status = 'confirmed'))
      """) > 0
  }

  /// Removes a message that has nothing to say.
  func drop(_ message: QueuedMessage, at now: Instant) throws {
    try forgetAnnouncements(of: message.id, except: [], at: now)
    try run("DELETE FROM message WHERE id = \(message.id)")
  }

  /// Forgets what a message announces beside some publications.
  ///
  /// What was hidden before anybody heard of it is new when it is published again.
  private func forgetAnnouncements(
    of message: Int64, except publications: Set<Publication.ID>, at now: Instant
  ) throws {
    let left = try rows("SELECT publication FROM announced WHERE message = \(message)") {
      $0.integer(0)
    }.filter { !publications.contains($0) }
    for publication in left {
      try run(
        "DELETE FROM announced WHERE publication = \(publication) AND message = \(message)")
      try run(
        """
        DELETE FROM release WHERE publication = \(publication)
          AND NOT EXISTS (SELECT 1 FROM announced WHERE publication = \(publication))
          AND publication IN (SELECT id FROM publication WHERE NOT \(Visibility.isPublic(at: now)))
        """)
    }
  }

  /// Defers a message that could not be written.
  func deferUnwritten(_ message: QueuedMessage, reason: String, at now: Instant) throws {
    let seconds = now.secondsSince1970
    try run(
      """
      UPDATE message SET state = 'handed over', tries = tries + 1,
        first_tried = ifnull(first_tried, \(seconds)), last_tried = \(seconds)
      WHERE id = \(message.id) AND state IN ('planned', 'deferred')
      """)
    try note(.deferred(reason: reason), of: message.id, at: now)
  }

  func note(_ outcome: HandOver, of message: Int64, at now: Instant) throws {
    let handedOver: SQL = "id = \(message) AND state = 'handed over'"
    switch outcome {
    case .accepted:
      // Nothing more is to be known of a message about a subscription.
      try run("DELETE FROM message WHERE \(handedOver) AND run IS NULL")
      try run(
        "UPDATE message SET state = 'accepted', bytes = NULL, reason = NULL WHERE \(handedOver)")
    case .failed(let reason):
      try run(
        "UPDATE message SET state = 'failed', bytes = NULL, reason = \(reason) WHERE \(handedOver)")
    case .deferred(let reason):
      let found = try row("SELECT tries, first_tried FROM message WHERE \(handedOver)") {
        ($0.count(0), $0.integer(1))
      }
      guard let (tries, first) = found else { return }
      if now.secondsSince1970 - first >= Backoff.lifetime {
        return try note(.failed(reason: reason), of: message, at: now)
      }
      try run(
        """
        UPDATE message SET state = 'deferred', reason = \(reason),
          due = \(now.secondsSince1970 + Backoff.delay(after: tries))
        WHERE \(handedOver)
        """)
    case .notTried(let reason):
      try run(
        """
        UPDATE message SET state = 'planned', tries = tries - 1, reason = \(reason)
        WHERE \(handedOver)
        """)
    }
  }
}
