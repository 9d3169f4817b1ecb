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
  let core: ArchiveCore
  package let publications: Publications
  package let files: Files
  package let redirects: Redirects
  package let texts: Texts
  package let uploads: Uploads
  package let duplicates: Duplicates
  package let staff: Staff
  package let subscribers: Subscribers
  package let mailing: Mailing
  package let usage: Usage
  package let searchLog: SearchLog
  package let synonyms: SynonymList
  package let settings: StoredSettings
  package let lists: Lists
  package var folder: Folder { core.folder }
  package var options: Options { core.options }
  var database: Database { core.database }
  var isExclusive: Bool { core.isExclusive }
  var isReplica: Bool { core.isReplica }
  var liveIndex: LiveIndex { core.liveIndex }
  private let lock: Mutex<FolderLock?>
  private let closed = Atomic(false)
  /// Whether ``close()`` has been called.
  ///
  /// Calls after it fail, which is not worth logging.
  package var isClosed: Bool { closed.load(ordering: .relaxed) }

  package enum Access: Sendable, Equatable {
    /// The one process that writes. It takes the lock, creates the folder, migrates the database
    /// and empties `incoming/`.
    case exclusive
    /// Beside a process that writes, or after it.
    case reading
    /// A copy of the database that nobody writes to, which is replaced as a whole by renaming another
    /// one into its place. Nothing is locked and nothing written; the archive keeps reading the copy
    /// that it has opened.
    case replica
  }

  package struct Options: Sendable {
    /// The free bytes below which deposits are refused, so that the database can still be written.
    package var reserveBytes = 64 << 20
    package var subscriptionsPerHour = 500
    package var subscriptionsPerHourAndNetwork = 10
    package var mailSchedule = MailSchedule()
    /// Seconds without use after which a session ends.
    package var sessionIdleTime: Int64 = 4 * 3600
    /// Seconds after which a session ends, used or not.
    package var sessionLifetime: Int64 = 24 * 3600
    /// Whether another process, such as a replicator, makes the checkpoints.
    package var leavesCheckpoints = false
    /// How long a search waits for the search index, which another thread builds by
    /// ``prepareSearch()``; nil builds it when it is first needed.
    package var indexWait: Duration?
    /// How many bytes the words of pages may take in memory before they go to a file, about.
    package var pageIndexMemory = 16 << 20

    /// How many threads read a replica at the same time.
    package var replicaThreads = 4
    /// Fetches PDFs of a replica that are not in its folder.
    package var fetcher: FileFetcher?
    /// The drawn pages of PDFs; nil draws none.
    package var drawings: Drawings?

    /// The time, where the caller passes none.
    package var clock: @Sendable () -> Instant = { .now }

    package init() {}
  }

  var now: Instant { options.clock() }

  /// Opens the archive in a folder.
  ///
  /// - Parameters:
  ///   - folder: The data folder. It is created if `access` is exclusive.
  ///   - access: Whether this process writes.
  ///   - options: Limits.
  /// - Returns: The archive.
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
    let database: Database
    switch access {
    case .exclusive:
      try FileSystem.makeFolder(folder.path)
      lock = Mutex(try FolderLock(folder))
      for path in [folder.files, folder.incoming, folder.uploads] {
        try FileSystem.makeFolder(path)
      }
      try folder.makePrivate()
      for name in try FileSystem.names(in: folder.incoming) {
        let path = "\(folder.incoming)/\(name)"
        if !FileSystem.isFolder(path) { try FileSystem.remove(path) }
      }
      if FileSystem.status(folder.database) == nil {
        // SQLite would create it, and the files beside it, readable for everybody.
        try FileSystem.create(folder.database, [])
      }
      database = try Archive.openDatabase(folder, .writing)
      if options.leavesCheckpoints {
        try database.maintain { try $0.leaveCheckpointsToOthers() }
      }
      try Migrations.run(on: database, path: folder.database)
      try FileSystem.flushFolder(folder.path)
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
    case .replica:
      lock = Mutex(nil)
      database = try Archive.openCopy(folder, readers: 2 * options.replicaThreads + 4)
    }
    core = try ArchiveCore(folder, options, database, access)
    publications = Publications(core)
    files = Files(core)
    redirects = Redirects(core)
    texts = Texts(core)
    uploads = Uploads(core)
    duplicates = Duplicates(core: core)
    staff = try Staff(core)
    subscribers = Subscribers(core)
    mailing = Mailing(core: core)
    usage = Usage(core: core)
    searchLog = SearchLog(core)
    synonyms = SynonymList(core)
    settings = StoredSettings(core)
    if access == .exclusive { try uploads.removeOrphans(at: options.clock()) }
    lists = Lists(core)
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

  /// Closes the database after the running write; every later call throws.
  ///
  /// Another process may then open the archive.
  package func close() {
    // If this fails, a minute of search statistics is lost, or some failed sign-ins.
    try? searchLog.flush()
    try? staff.flushFailures()
    closed.store(true, ordering: .relaxed)
    database.close()
    lock.withLock { $0 = nil }
  }

  /// Builds the search index, records first; searches that come before the pages are partial.
  package func prepareSearch() throws {
    try liveIndex.prepare(from: database, empty: core.emptyIndex)
    // The connections would keep what was read in their caches.
    try database.releaseMemory()
  }

  /// The number of the last change that readers can see; a scheduled publication that becomes
  /// public counts as one.
  ///
  /// Read it before making what is to be cached, and cache it under that number.
  package var generation: UInt64 { lastChange(of: CacheTag.all.number, at: now) }

  /// The number of the last change of something; entries cached under an earlier one are stale.
  ///
  /// - Parameters:
  ///   - tag: The number of a ``CacheTag``.
  ///   - now: The present; what has come due by then has changed.
  /// - Returns: The number, never above the generation.
  package func lastChange(of tag: Int, at now: Instant) -> UInt64 {
    core.lastChange(of: tag, at: now)
  }

  /// Has a function called after each change that readers can see, in the order of the changes; it
  /// must not block.
  package func observeChanges(_ observer: @escaping @Sendable (Change) -> Void) {
    core.observeChanges(observer)
  }

  func cacheKey(of tag: CacheTag, at now: Instant) -> UInt64? { core.cacheKey(of: tag, at: now) }
}
