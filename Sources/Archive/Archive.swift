internal import Foundation
internal import SQLite
internal import Search
internal import Synchronization
internal import System

/// An institute's publications in one folder: records, files, their texts and index, staff and
/// subscribers.
///
/// One process writes; what is acknowledged is on disk. Every query for readers asks the one rule
/// of ``Visibility``.
package final class Archive: Sendable {
  package let folder: Folder
  package let options: Options
  let database: Database
  let signInThrottle = Throttle()
  let begunSessions = BegunSessions()
  package let runningExtractions = RunningExtractions()
  let fileChecks = FileChecks()
  let subscriptionCaps: SubscriptionCaps
  private let lock: Mutex<FolderLock?>
  private let changeTracker = ChangeTracker()
  let isExclusive: Bool
  let liveIndex = LiveIndex()
  let relatedQueue = RelatedQueue()
  let searchLog = SearchLog()
  private let closed = Atomic(false)
  /// Whether ``close()`` has been called: what is asked since then fails, and that is no error.
  package var isClosed: Bool { closed.load(ordering: .relaxed) }
  let totalIndexCache = Cached<Int>()

  package enum Access: Sendable, Equatable {
    /// The one process that writes: takes the lock, makes the folder, brings the database up to
    /// date, empties `incoming/`.
    case exclusive
    /// Beside a process that writes, or after it.
    case reading
  }

  package struct Options: Sendable {
    /// Free octets below which deposits are refused, so that the database can still be written.
    package var reserveOctets = 64 << 20
    package var subscriptionsPerHour = 500
    package var subscriptionsPerHourAndNetwork = 10
    /// Seconds after which a session ends that nothing is done in.
    package var sessionIdleTime: Int64 = 4 * 3600
    /// Seconds after which a session ends whatever is done in it.
    package var sessionLifetime: Int64 = 24 * 3600
    /// Whether a replicator beside this process moves the write-ahead log into the database.
    package var leavesCheckpoints = false
    /// How long a search waits for the search index, which another thread builds by
    /// ``prepareSearch()``; nil builds it when it is first needed.
    package var indexWait: Duration?
    /// How many octets the words of pages may take in memory before they go to a file, about.
    package var openPageOctets = 16 << 20

    /// The present, for what no caller passes a time to.
    package var clock: @Sendable () -> Instant = { .now }

    package init() {}
  }

  var now: Instant { options.clock() }

  /// Opens the archive in a folder.
  ///
  /// - Parameters:
  ///   - folder: The data folder; made when there is none and `access` is exclusive.
  ///   - access: Whether this process writes.
  ///   - options: Limits.
  /// - Returns: The archive, ready.
  /// - Throws: ``ArchiveError``
  package static func open(
    folder: String, access: Access, options: Options = Options()
  ) throws(ArchiveError) -> Archive {
    do {
      return try Archive(Folder(path: folder), access, options)
    } catch {
      throw ArchiveError(error, path: folder)
    }
  }

  private init(_ folder: Folder, _ access: Access, _ options: Options) throws {
    self.folder = folder
    self.options = options
    isExclusive = access == .exclusive
    subscriptionCaps = SubscriptionCaps(
      perHour: options.subscriptionsPerHour,
      perHourAndNetwork: options.subscriptionsPerHourAndNetwork)
    switch access {
    case .exclusive:
      try FileSystem.makeFolder(folder.path)
      lock = Mutex(try FolderLock(folder))
      for path in [folder.files, folder.incoming] { try FileSystem.makeFolder(path) }
      try folder.makePrivate()
      for name in try FileSystem.names(in: folder.incoming) {
        let path = "\(folder.incoming)/\(name)"
        if !FileSystem.isFolder(path) { try FileSystem.remove(path) }
      }
      if FileSystem.status(folder.database) == nil {
        // SQLite would make it, and what it keeps beside it, for everybody to read.
        try FileSystem.create(folder.database, [])
      }
      database = try Archive.openDatabase(folder, .writing)
      if options.leavesCheckpoints {
        try database.maintain { try $0.leaveCheckpointsToOthers() }
      }
      try Migrations.run(on: database, path: folder.database)
      try FileSystem.flushFolder(folder.path)
      try database.maintain { try LiveIndex.watch($0) }
      try database.write { _ = try $0.publishDue(at: options.clock()) }
      let dues = try database.read { try Archive.dues(after: options.clock(), in: $0) }
      changeTracker.note(.everything, dues: dues)
      begunSessions.replaceAll(
        by: try database.read { try $0.rows("SELECT token FROM session") { $0.octets(0) } })
    case .reading:
      lock = Mutex(nil)
      guard FileSystem.bytes(of: folder.database) != nil else {
        throw ArchiveError.noArchive(folder: folder.path)
      }
      database = try Archive.openDatabase(folder, folder.readingAccess)
      let found = try database.read { try Migrations.check($0, path: folder.database) }
      guard found == Migrations.version else {
        throw ArchiveError.older(
          path: folder.database, found: found, known: Migrations.version)
      }
    }
  }

  private static func openDatabase(
    _ folder: Folder, _ access: Connection.Access
  ) throws -> Database {
    do {
      return try Database(path: folder.database, access: access)
    } catch {
      throw ArchiveError(error, path: folder.database)
    }
  }

  /// Closes the database after what is being written; every later call throws.
  ///
  /// Another process may then open the archive.
  package func close() {
    // What is lost of it when that fails is a minute of statistics.
    try? flushSearchLog()
    closed.store(true, ordering: .relaxed)
    database.close()
    lock.withLock { $0 = nil }
  }

  /// Builds the search index, records first; searches that come before the pages are partial.
  package func prepareSearch() throws {
    try liveIndex.prepare(from: database, empty: emptyIndex)
    // It has read all that there is, which the connections would remember.
    try database.releaseMemory()
  }

  /// Changes after each change that readers can see, and when a scheduled publication comes due.
  ///
  /// Who keeps an answer takes the number before making it, and keeps it under that number.
  package var generation: UInt64 { lastChange(of: CacheTag.all.number, at: now) }

  /// The number of the last change of something; what was begun to be made of it before is old.
  ///
  /// - Parameters:
  ///   - tag: The number of a ``CacheTag``.
  ///   - now: The present; what has come due by then has changed.
  /// - Returns: The number, never above the generation.
  package func lastChange(of tag: Int, at now: Instant) -> UInt64 {
    changeTracker.lastChange(of: tag, at: now)
  }

  /// Under what number something read now may be kept; nil beside a process that writes, whose
  /// changes this one is not told of.
  func cacheKey(of tag: CacheTag, at now: Instant) -> UInt64? {
    isExclusive ? lastChange(of: tag.number, at: now) : nil
  }

  /// Writes in one transaction something that readers can see.
  ///
  /// - Parameters:
  ///   - concerned: What of it the change concerns, from what `body` returned.
  ///   - body: Writes.
  /// - Returns: What `body` returned.
  /// - Throws: What either throws; then nothing is written.
  func change<Value: Sendable>(
    _ concerned: @Sendable (Connection, Value) throws -> Change = { _, _ in .everything },
    _ body: @Sendable (Connection) throws -> Value
  ) throws -> Value {
    try database.maintain {
      [changeTracker, liveIndex, relatedQueue, now = options.clock] connection in
      let (value, change, dues, changes) = try connection.transaction {
        let value = try body(connection)
        return (
          value, try concerned(connection, value), try Archive.dues(after: now(), in: connection),
          try liveIndex.changes(in: connection)
        )
      }
      liveIndex.take(changes)
      relatedQueue.insert(changes.unrelated)
      // While the writer is still held, so that changes are noted in the order they were made.
      changeTracker.note(change, dues: dues)
      return value
    }
  }

  private static func dues(
    after now: Instant, in connection: Connection
  ) throws -> [ChangeTracker.Due] {
    try connection.rows(
      """
      SELECT public_from, slug FROM publication WHERE \(Visibility.isDue(after: now))
      ORDER BY public_from
      """
    ) { ChangeTracker.Due(second: $0.integer(0), slug: Slug(stored: $0.text(1))) }
  }
}
