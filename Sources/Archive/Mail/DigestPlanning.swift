internal import SQLite

/// Messages that were planned together.
package struct PlannedRun: Sendable, Equatable {
  package let id: Int64
  package let frequency: Frequency
  package let messages: Int
  package let publications: Int
}

extension Mailing {
  /// Plans the digests that are due: decides who hears of which publications.
  ///
  /// What became public and has not been considered for a subscription is announced by it, once for
  /// each subscriber. Which digests are due follows from the rows alone, so a server that was down,
  /// a crash and a clock that jumps neither lose nor repeat anything.
  ///
  /// - Parameter now: The moment.
  /// - Returns: The runs with messages; none while the mailing is paused.
  /// - Throws: What the database throws.
  package func planDigests(at now: Instant) throws -> [PlannedRun] {
    let windows = try core.read { connection -> [ReleaseWindow] in
      guard try !connection.isMailingPaused() else { return [] }
      return try Frequency.allCases.compactMap {
        try connection.dueWindow($0, core.options.mailSchedule, at: now)
      }
    }
    return try windows.compactMap { window in
      let matches = try matches(ofSearchesIn: window, at: now)
      return try core.change(.nothingPublic) { try $0.plan(window, searches: matches, at: now) }
    }
  }

  /// Moves publications from the future to the present: they were published while the clock was
  /// wrong, and would otherwise be announced only then.
  package func correctReleases(at now: Instant) throws {
    let seconds = now.secondsSince1970
    let isNeeded =
      try core.read {
        try $0.row("SELECT 1 FROM release WHERE at > \(seconds)") { _ in true }
      } ?? false
    guard isNeeded else { return }
    try core.change(.nothingPublic) {
      _ = try $0.run("UPDATE release SET at = \(seconds) WHERE at > \(seconds)")
    }
  }
}

/// The publications that digests of one frequency announce now.
struct ReleaseWindow: Sendable {
  let frequency: Frequency
  /// The first and last number of ``release``, both included.
  let first: Int64
  let last: Int64
}

extension Connection {
  func isMailingPaused() throws(SQLiteError) -> Bool {
    try row("SELECT 1 FROM setting WHERE name = 'mailing paused'") { _ in true } ?? false
  }

  /// What digests of a frequency announce now; nil when none is due.
  fileprivate func dueWindow(
    _ frequency: Frequency, _ schedule: MailSchedule, at now: Instant
  ) throws(SQLiteError) -> ReleaseWindow? {
    let considered = try row(
      """
      SELECT min(considered) FROM subscription
      WHERE frequency = \(frequency.rawValue) AND considered NOT NULL
      """
    ) { $0.optionalInteger(0) }
    guard let least = considered ?? nil else { return nil }
    let due = schedule.lastDue(frequency, at: now).secondsSince1970
    let isDue =
      try row("SELECT 1 FROM release WHERE number > \(least) AND at <= \(due)") { _ in true }
      ?? false
    guard isDue else { return nil }
    // What is due takes along what became public since, when it is announced at once.
    let latest = frequency == .atOnce ? now.secondsSince1970 : due
    // A clock that was set back leaves numbers that do not follow time: none is passed over.
    let last = try row(
      """
      SELECT ifnull((SELECT min(number) - 1 FROM release WHERE number > \(least) AND at > \(latest)),
        (SELECT max(number) FROM release))
      """
    ) { $0.integer(0) }
    guard let last, last > least else { return nil }
    return ReleaseWindow(frequency: frequency, first: least + 1, last: last)
  }

  /// Writes the messages of a window, and notes that it has been considered.
  fileprivate func plan(
    _ window: ReleaseWindow, searches: [String: Set<Publication.ID>], at now: Instant
  ) throws -> PlannedRun? {
    let candidates = try Candidates(window, searches, in: self, at: now)
    let alreadySent = try announced(in: window)
    var newRun: Int64?
    var messages = 0
    var announced = Set<Publication.ID>()
    for (subscriber, subscriptions) in try followers(in: window) {
      let items = candidates.items(for: subscriptions) { publication in
        alreadySent.contains(Announcement(publication: publication, subscriber: subscriber))
      }
      guard !items.isEmpty else { continue }
      let runID = try newRun ?? insertRun(window.frequency, at: now)
      newRun = runID
      let message = try insertMessage(run: runID, subscriber: subscriber, at: now)
      for item in items {
        try run(
          """
          INSERT INTO announced (publication, subscriber, message, subscription)
          VALUES (\(item.publication), \(subscriber), \(message), \(item.subscription))
          """)
        announced.insert(item.publication)
      }
      messages += 1
    }
    for publication in announced {
      try run("UPDATE release SET announced = 1 WHERE publication = \(publication)")
    }
    try run(
      """
      UPDATE subscription SET considered = \(window.last)
      WHERE frequency = \(window.frequency.rawValue) AND considered < \(window.last)
      """)
    // What was withdrawn before anybody heard of it is new when it is published again.
    try run(
      """
      DELETE FROM release WHERE number BETWEEN \(window.first) AND \(window.last)
        AND announced = 0 AND publication IN (
          SELECT id FROM publication WHERE NOT \(Visibility.isPublic(at: now)))
      """)
    return newRun.map {
      PlannedRun(
        id: $0, frequency: window.frequency, messages: messages, publications: announced.count)
    }
  }

  private func insertRun(_ frequency: Frequency, at now: Instant) throws(SQLiteError) -> Int64 {
    try run(
      """
      INSERT INTO mail_run (frequency, at) VALUES (\(frequency.rawValue), \(now.secondsSince1970))
      """)
    return lastInsertedRow
  }

  func insertMessage(
    run: Int64, subscriber: Int64, at now: Instant
  ) throws(SQLiteError) -> Int64 {
    try self.run(
      """
      INSERT INTO message (run, subscriber, planned, due)
      VALUES (\(run), \(subscriber), \(now.secondsSince1970), \(now.secondsSince1970))
      """)
    return lastInsertedRow
  }

  /// The confirmed subscriptions with something to consider, by subscriber.
  private func followers(
    in window: ReleaseWindow
  ) throws -> [(subscriber: Int64, subscriptions: [Candidates.Follower])] {
    var all: [(subscriber: Int64, subscriptions: [Candidates.Follower])] = []
    try each(
      """
      SELECT \(Subscription.columns), considered, subscriber FROM subscription
      JOIN subscriber ON subscriber.id = subscription.subscriber
      WHERE frequency = \(window.frequency.rawValue) AND considered < \(window.last)
        AND status = 'confirmed'
      ORDER BY subscriber, subscription.id
      """
    ) { row in
      guard let subscription = Subscription(row) else { return true }
      let follower = Candidates.Follower(
        subscription: subscription.id, followed: subscription.followed,
        considered: row.integer(4))
      if all.last?.subscriber == row.integer(5) {
        all[all.count - 1].subscriptions.append(follower)
      } else {
        all.append((row.integer(5), [follower]))
      }
      return true
    }
    return all
  }

  private func announced(in window: ReleaseWindow) throws(SQLiteError) -> Set<Announcement> {
    Set(
      try rows(
        """
        SELECT announced.publication, subscriber FROM release
        JOIN announced ON announced.publication = release.publication
        WHERE number BETWEEN \(window.first) AND \(window.last)
        """
      ) { Announcement(publication: $0.integer(0), subscriber: $0.integer(1)) })
  }
}

/// A publication that was announced to a subscriber.
private struct Announcement: Hashable {
  let publication: Publication.ID
  let subscriber: Int64
}

/// The public publications of a window, by what can be followed.
private struct Candidates {
  struct Follower {
    let subscription: Int64
    let followed: Followed
    let considered: Int64
  }

  struct Item {
    let publication: Publication.ID
    let subscription: Int64
  }

  private struct Release {
    let number: Int64
    let publication: Publication.ID
  }

  private var releases: [Release] = []
  /// Places in `releases`.
  private var byFollowed: [Followed: [Int]] = [:]

  init(
    _ window: ReleaseWindow, _ searches: [String: Set<Publication.ID>], in connection: Connection,
    at now: Instant
  ) throws {
    let numbers = Dictionary(
      uniqueKeysWithValues: try connection.rows(
        """
        SELECT publication, number FROM release
        WHERE number BETWEEN \(window.first) AND \(window.last)
        """
      ) { ($0.integer(0), $0.integer(1)) })
    let publications = try connection.publications(releasedIn: window, at: now)
    for publication in publications {
      guard let number = numbers[publication.id] else { continue }
      let place = releases.count
      releases.append(Release(number: number, publication: publication.id))
      byFollowed[.everything, default: []].append(place)
      let record = publication.record
      for topic in Set(record.topics) { byFollowed[.topic(topic), default: []].append(place) }
      for author in Set(record.authors.map { AuthorName($0).key }) {
        byFollowed[.author(author), default: []].append(place)
      }
      if let series = record.series { byFollowed[.series(series), default: []].append(place) }
    }
    for (search, found) in searches {
      byFollowed[.search(search)] = releases.indices.filter {
        found.contains(releases[$0].publication)
      }
    }
  }

  /// What a subscriber hears of: each publication once, for the most specific subscription.
  func items(for followers: [Follower], except isTold: (Publication.ID) -> Bool) -> [Item] {
    var taken = Set<Int>()
    var items: [Item] = []
    let ordered =
      followers.count > 1 ? followers.sorted { $0.followed.rank < $1.followed.rank } : followers
    for follower in ordered {
      for place in byFollowed[follower.followed.matchingKey] ?? [] {
        let release = releases[place]
        guard items.count < Mailing.mostAnnounced, release.number > follower.considered,
          !taken.contains(place), !isTold(release.publication)
        else { continue }
        taken.insert(place)
        items.append(
          Item(publication: release.publication, subscription: follower.subscription))
      }
    }
    return items
  }
}

extension Followed {
  /// The same, with the name of an author in the form that all spellings share.
  fileprivate var matchingKey: Followed {
    if case .author(let name) = self { .author(AuthorName(name).key) } else { self }
  }
}

extension Connection {
  /// Keeps a publication out of all messages.
  func silence(_ publication: Publication.ID) throws(SQLiteError) {
    try run("UPDATE release SET announces = 0 WHERE publication = \(publication)")
  }

  /// The publications of a window that are public now and to be announced, newest first.
  func publications(
    releasedIn window: ReleaseWindow, at now: Instant
  ) throws(SQLiteError) -> [Publication] {
    try rows(
      """
      \(Publication.select(at: now))
      WHERE publication.id IN (SELECT publication FROM release
          WHERE number BETWEEN \(window.first) AND \(window.last) AND announces)
        AND \(Visibility.isPublic(at: now))
      ORDER BY issued DESC, publication.id DESC
      """
    ) { Publication($0) }.compactMap(\.self)
  }
}
