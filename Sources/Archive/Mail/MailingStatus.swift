internal import SQLite

/// How the mailing is doing.
package struct MailingStatus: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    case planned
    case handedOver = "handed over"
    case accepted, deferred, failed
  }

  package let isPaused: Bool
  /// How many messages are in each state, of the last year.
  package let counts: [State: Int]
  /// The next moments of digests; none for at once.
  package let nextDue: [Frequency: Instant]
  /// Since when the oldest message waits; nil when none does.
  package let oldestWaiting: Instant?
  /// Why a hand-over failed last, and when; nil when the last one succeeded.
  package let lastError: (at: Instant, reason: String)?

  package static func == (left: MailingStatus, right: MailingStatus) -> Bool {
    left.isPaused == right.isPaused && left.counts == right.counts
      && left.nextDue == right.nextDue && left.oldestWaiting == right.oldestWaiting
      && left.lastError?.at == right.lastError?.at
      && left.lastError?.reason == right.lastError?.reason
  }

  /// Messages that have not been handed over for good.
  package var waiting: Int {
    [.planned, .handedOver, .deferred].reduce(0) { $0 + counts[$1, default: 0] }
  }
}

/// Messages that were planned together, and what became of them.
package struct MailingRun: Sendable, Equatable {
  package let id: Int64
  package let at: Instant
  package let frequency: Frequency
  /// The publication whose correction was sent; nil for new publications.
  package let corrected: Slug?
  package let recipients: Int
  package let accepted: Int
  package let deferred: Int
  package let failed: Int
  package let bounced: Int
  /// How many unsubscribed by a link in one of the messages.
  package let unsubscribed: Int
}

extension Mailing {
  package func status(at now: Instant) throws -> MailingStatus {
    let schedule = core.options.mailSchedule
    return try core.read { connection in
      let counts = try connection.rows("SELECT state, count(*) FROM message GROUP BY state") {
        (MailingStatus.State(rawValue: $0.text(0)), $0.count(1))
      }
      let oldest = try connection.row(
        "SELECT min(planned) FROM message WHERE state IN ('planned', 'deferred')"
      ) { $0.optionalInteger(0) }
      let error = try connection.row(
        "SELECT value FROM setting WHERE name = 'mailing error'"
      ) { $0.text(0) }
      return MailingStatus(
        isPaused: try connection.isMailingPaused(),
        counts: counts.reduce(into: [:]) { all, one in
          if let state = one.0 { all[state] = one.1 }
        },
        nextDue: Frequency.allCases.reduce(into: [:]) {
          $0[$1] = schedule.nextDue($1, after: now)
        },
        oldestWaiting: (oldest ?? nil).map { Instant(secondsSince1970: $0) },
        lastError: error.flatMap { text in
          let parts = text.split(separator: " ", maxSplits: 1)
          return parts.count == 2
            ? Instant(parts[0]).map { (at: $0, reason: String(parts[1])) } : nil
        })
    }
  }

  /// Notes why messages cannot be handed over; nil when they can again.
  package func noteError(_ reason: String?, at now: Instant) throws {
    let stored = try core.read {
      try $0.row("SELECT value FROM setting WHERE name = 'mailing error'") { $0.text(0) }
    }
    // It would be written with each message.
    guard stored != nil || reason != nil else { return }
    try core.change(.nothingPublic) { connection in
      try connection.run("DELETE FROM setting WHERE name = 'mailing error'")
      guard let reason else { return }
      try connection.run(
        "INSERT INTO setting (name, value) VALUES ('mailing error', \("\(now) \(reason)"))")
    }
  }

  /// The last runs, newest first.
  package func history(limit: Int = 50) throws -> [MailingRun] {
    try core.read { connection in
      try connection.rows(
        """
        SELECT mail_run.id, at, frequency,
          (SELECT slug FROM publication WHERE publication.id = mail_run.publication), count(*),
          sum(state = 'accepted'), sum(state = 'deferred'), sum(state = 'failed'),
          count(bounced), count(unsubscribed)
        FROM mail_run JOIN message ON message.run = mail_run.id
        WHERE mail_run.id IN (
          SELECT id FROM mail_run ORDER BY id DESC LIMIT \(min(max(limit, 0), 1000)))
        GROUP BY mail_run.id ORDER BY mail_run.id DESC
        """
      ) { row in
        MailingRun(
          id: row.integer(0), at: Instant(secondsSince1970: row.integer(1)),
          frequency: Frequency(rawValue: row.text(2)) ?? .weekly,
          corrected: row.optionalText(3).map { Slug(stored: $0) }, recipients: row.count(4),
          accepted: row.count(5), deferred: row.count(6), failed: row.count(7),
          bounced: row.count(8), unsubscribed: row.count(9))
      }
    }
  }

  /// What followers of everything would get at the next digest if it were now; nil for nothing.
  package func nextDigest(frequency: Frequency, at now: Instant) throws -> Digest? {
    let last = core.options.mailSchedule.lastDue(frequency, at: now).secondsSince1970
    return try core.read { connection in
      let publications = try connection.publicPublications(
        """
        publication.id IN (SELECT publication FROM release
          WHERE at > \(last) OR number > (SELECT max(considered) FROM subscription
            WHERE frequency = \(frequency.rawValue) AND considered NOT NULL))
        """, at: now)
      guard !publications.isEmpty else { return nil }
      return Digest(
        subscriber: 0, language: nil, frequency: frequency,
        groups: [
          Digest.Group(
            followed: .everything, publications: Array(publications.prefix(Self.mostAnnounced)))
        ])
    }
  }

  /// What a message announced, as far as it is public now; nil for a token that is not good or when
  /// nothing is left.
  package func digestForBrowser(_ token: String, at now: Instant = .now) throws -> Digest? {
    try core.read { connection in
      let key = try connection.mailKey()
      guard let message = SubscriberToken.numbers(of: token, .view, key: key)?.first,
        let found = try connection.row(
          """
          SELECT subscriber, run FROM message WHERE id = \(message) AND run NOT NULL
          """, { ($0.integer(0), $0.integer(1)) }),
        let preferences = try connection.preferences(of: found.0)
      else { return nil }
      return try connection.digest(
        of: message, run: found.1, to: preferences, showsOthers: true, at: now)
    }
  }

  package var isPaused: Bool {
    get throws { try core.read { try $0.isMailingPaused() } }
  }

  /// Pauses the sending of digests, or resumes it.
  ///
  /// Messages about subscriptions are sent anyway.
  package func setPaused(_ isPaused: Bool, by actor: Actor, at now: Instant) throws {
    try core.change(.nothingPublic) { connection in
      guard try connection.isMailingPaused() != isPaused else { return }
      if isPaused {
        try connection.run("INSERT INTO setting (name, value) VALUES ('mailing paused', 'yes')")
      } else {
        try connection.run("DELETE FROM setting WHERE name = 'mailing paused'")
      }
      try connection.audit(
        isPaused ? .pausedMailing : .resumedMailing, "", by: actor, at: now)
    }
  }

  /// Tells those who heard of a publication about a correction.
  ///
  /// - Parameters:
  ///   - slug: The publication.
  ///   - text: The correction, in a few sentences.
  ///   - actor: Who tells it.
  ///   - now: The moment.
  /// - Returns: To how many; nil when there is no such public publication.
  /// - Throws: What the database throws.
  package func tellSubscribers(
    of slug: Slug, correction text: String, by actor: Actor, at now: Instant
  ) throws -> Int? {
    try core.change(.nothingPublic) { connection -> Int? in
      guard
        let publication = try connection.publicPublications(
          "slug = \(slug.description)", at: now
        ).first
      else { return nil }
      let subscribers = try connection.rows(
        """
        SELECT subscriber FROM announced JOIN subscriber ON subscriber.id = subscriber
        WHERE publication = \(publication.id) AND status = 'confirmed' ORDER BY subscriber
        """
      ) { $0.integer(0) }
      try connection.audit(.toldSubscribers, slug.description, by: actor, at: now)
      guard !subscribers.isEmpty else { return 0 }
      try connection.run(
        """
        INSERT INTO mail_run (frequency, at, publication, correction)
        VALUES ('at-once', \(now.secondsSince1970), \(publication.id), \(text))
        """)
      let run = connection.lastInsertedRow
      for subscriber in subscribers {
        _ = try connection.insertMessage(run: run, subscriber: subscriber, at: now)
      }
      return subscribers.count
    }
  }

  /// How many people subscribed and left in each of the last months, the present one last.
  ///
  /// - Parameters:
  ///   - months: How many.
  ///   - now: The moment.
  /// - Returns: Months as `2026-12`, each with its counts.
  /// - Throws: What the database throws.
  package func subscriberGrowth(
    months: Int, at now: Instant
  ) throws -> [(month: String, confirmed: Int, left: Int)] {
    let (year, month) = (
      Int(now.description.prefix(4)) ?? 1970, Int(now.description.dropFirst(5).prefix(2)) ?? 1
    )
    let names = (0..<min(max(months, 1), 120)).reversed().map { back -> String in
      let number = year * 12 + month - 1 - back
      let month = number % 12 + 1
      return "\(number / 12)-\(month < 10 ? "0" : "")\(month)"
    }
    return try core.read { connection in
      func counts(_ actions: [AuditAction]) throws -> [String: Int] {
        Dictionary(
          uniqueKeysWithValues: try connection.rows(
            """
            SELECT strftime('%Y-%m', at, 'unixepoch') AS month, count(*) FROM audit
            WHERE action IN \(SQL.list(actions.map(\.rawValue))) GROUP BY month
            """
          ) { ($0.text(0), $0.count(1)) })
      }
      let confirmed = try counts([.confirmedSubscription, .addedSubscriber])
      let left = try counts([.unsubscribed, .suspendedSubscriber, .deletedSubscriber])
      return names.map { (month: $0, confirmed: confirmed[$0] ?? 0, left: left[$0] ?? 0) }
    }
  }

  /// Deletes what the queue remembers of messages long past: of messages about subscriptions after
  /// a month, of digests after about a year.
  ///
  /// Which publications were announced to whom stays.
  package func deleteOldMessages(at now: Instant) throws {
    let (month, year) = (
      now.adding(seconds: -30 * 86_400).secondsSince1970,
      now.adding(seconds: -400 * 86_400).secondsSince1970
    )
    let old: SQL = """
      state IN ('accepted', 'failed')
        AND (planned < \(year) OR run IS NULL AND planned < \(month))
      """
    let isAny = try core.read {
      try $0.row("SELECT 1 FROM message WHERE \(old)") { _ in true }
    }
    guard isAny != nil else { return }
    try core.change(.nothingPublic) { _ = try $0.run("DELETE FROM message WHERE \(old)") }
  }
}
