internal import SQLite
internal import System

/// What needs doing, counted for the dashboard.
package struct DeskCounts: Sendable, Equatable {
  /// A publication that becomes public later.
  package struct Scheduled: Sendable, Equatable {
    package let slug: Slug
    package let title: String
    package let at: Instant
  }

  package struct Mail: Sendable, Equatable {
    package var isPaused = false
    /// Messages that wait for their turn.
    package var planned = 0
    /// Messages that the mail server did not take yet.
    package var deferred = 0
    /// Messages that failed for good in the last 30 days.
    package var failed = 0
  }

  package var drafts = 0
  /// Drafts whose file has been read.
  package var draftsToCheck = 0
  package var inReview = 0
  package var scheduled = 0
  /// The scheduled publications that become public first.
  package var next: [Scheduled] = []
  package var published = 0
  /// Public publications without an abstract.
  package var withoutAbstract = 0
  /// Publications with a PDF whose text could not be extracted.
  package var failedExtractions = 0
  /// Files whose text has not been extracted yet.
  package var waitingExtractions = 0
  /// Publications that are not public yet and may be the same work as another one.
  package var possibleDuplicates = 0
  package var mail = Mail()
  /// When a backup was last completed; nil when none has been.
  package var lastBackup: Instant?
  /// When all PDFs were last checked, and how many there were.
  package var verification = ScheduledVerification.Status()
  /// The free bytes of the disk.
  package var freeBytes = 0

  package init() {}

  /// How many of the scheduled publications are named.
  static let mostNext = 5
  /// The days for which failed messages count.
  static let mailDays: Int64 = 30
}

extension Archive {
  /// Counts what needs doing; reads indexes only, and a few rows.
  ///
  /// - Parameters:
  ///   - account: Leaves out what is neither public nor made by this account; nil for everything.
  ///   - now: The time.
  /// - Returns: The counts.
  /// - Throws: What the database throws.
  package func deskCounts(
    visibleTo account: Account.ID? = nil, at now: Instant
  ) throws -> DeskCounts {
    let isVisible: SQL =
      account.map { "(publication.owner = \($0) OR \(Visibility.isPublic(at: now)))" } ?? "1"
    var counts = try core.read { connection in
      var counts = DeskCounts()
      try connection.countStatuses(&counts, isVisible, at: now)
      try connection.countFiles(&counts, isVisible)
      try connection.countMail(&counts, at: now)
      counts.possibleDuplicates = try connection.possibleDuplicates()
      counts.next = try connection.nextScheduled(isVisible, at: now)
      counts.lastBackup = try connection.lastBackup()
      return counts
    }
    counts.verification = try verificationStatus()
    counts.freeBytes = FileSystem.freeBytes(folder.path)
    return counts
  }

  /// Stores when a backup was completed, for the dashboard.
  package func noteBackup(at now: Instant) throws {
    try core.change(.nothingPublic) { connection in
      try connection.run(
        """
        INSERT INTO setting (name, value) VALUES ('last backup', \(now.description))
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """)
    }
  }
}

extension Connection {
  // The statuses are literals: SQLite uses a partial index only if it can see that the condition
  // of the index holds.

  fileprivate func countStatuses(
    _ counts: inout DeskCounts, _ isVisible: SQL, at now: Instant
  ) throws {
    func count(_ sql: SQL) throws -> Int { try row(sql) { $0.count(0) } ?? 0 }
    counts.drafts = try count(
      "SELECT count(*) FROM publication WHERE status = 'draft' AND \(isVisible)")
    counts.draftsToCheck = try count(
      """
      SELECT count(*) FROM publication JOIN file ON file.id = publication.file
      WHERE status = 'draft' AND text = 'read' AND \(isVisible)
      """)
    counts.inReview = try count(
      "SELECT count(*) FROM publication WHERE status = 'review' AND \(isVisible)")
    counts.scheduled = try count(
      "SELECT count(*) FROM publication WHERE \(Visibility.isDue(after: now)) AND \(isVisible)")
    counts.published = try count(
      "SELECT count(*) FROM \(Visibility.index) WHERE \(Visibility.isPublic(at: now))")
    counts.withoutAbstract = try count(
      """
      SELECT count(*) FROM publication INDEXED BY publication_without_abstract
      WHERE abstract = '' AND \(Visibility.isPublic(at: now))
      """)
  }

  fileprivate func countFiles(_ counts: inout DeskCounts, _ isVisible: SQL) throws {
    func count(_ sql: SQL) throws -> Int { try row(sql) { $0.count(0) } ?? 0 }
    counts.failedExtractions = try count(
      """
      SELECT count(*) FROM publication
      WHERE publication.file IN (SELECT id FROM file WHERE text = 'unreadable') AND \(isVisible)
      """)
    counts.waitingExtractions = try count("SELECT count(*) FROM file WHERE text = 'waiting'")
  }

  fileprivate func countMail(_ counts: inout DeskCounts, at now: Instant) throws {
    counts.mail.isPaused = try isMailingPaused()
    let waiting = try rows(
      """
      SELECT state, count(*) FROM message
      WHERE state IN ('planned', 'deferred') GROUP BY state
      """
    ) { ($0.text(0), $0.count(1)) }
    for (state, number) in waiting {
      if state == "planned" {
        counts.mail.planned = number
      } else {
        counts.mail.deferred = number
      }
    }
    let since = now.adding(seconds: -DeskCounts.mailDays * 86_400)
    counts.mail.failed =
      try row(
        """
        SELECT count(*) FROM message
        WHERE state = 'failed' AND planned >= \(since.secondsSince1970)
        """
      ) { $0.count(0) } ?? 0
  }

  fileprivate func nextScheduled(_ isVisible: SQL, at now: Instant) throws -> [DeskCounts.Scheduled]
  {
    try rows(
      """
      SELECT slug, title, public_from FROM publication
      WHERE \(Visibility.isDue(after: now)) AND \(isVisible)
      ORDER BY public_from, id LIMIT \(DeskCounts.mostNext)
      """
    ) { row in
      DeskCounts.Scheduled(
        slug: Slug(stored: row.text(0)), title: row.text(1),
        at: Instant(secondsSince1970: row.integer(2)))
    }
  }

  func lastBackup() throws -> Instant? {
    let stored = try row("SELECT value FROM setting WHERE name = 'last backup'") { $0.text(0) }
    return stored.flatMap { Instant($0) }
  }
}
