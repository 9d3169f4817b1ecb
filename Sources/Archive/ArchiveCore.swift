internal import SQLite
internal import Search
internal import System

/// What the stores of an archive share: the folder, the database, and the one function through
/// which every change goes.
package final class ArchiveCore: Sendable {
  let folder: Folder
  let options: Archive.Options
  let database: Database
  /// Whether this process writes.
  let isExclusive: Bool
  let isReplica: Bool
  /// Whether this process learns of every change of the database: it writes, or nobody does.
  let isAlone: Bool
  let liveIndex = LiveIndex()
  let relatedQueue = RelatedQueue()
  /// The values of all public publications.
  let facets = Cached<Facets>()
  /// Their authors, as dividing and sorting names takes half a second for 100,000 publications.
  let authors = Cached<[AuthorEntry]>()
  private let changeTracker = ChangeTracker()

  init(
    _ folder: Folder, _ options: Archive.Options, _ database: Database,
    _ access: Archive.Access
  ) throws {
    self.folder = folder
    self.options = options
    self.database = database
    isExclusive = access == .exclusive
    isReplica = access == .replica
    isAlone = access != .reading
    if isReplica {
      changeTracker.note(
        .everything, dues: try database.read { try $0.dues(after: options.clock()) })
      options.drawings?.noteChange(of: self)
    }
    guard isExclusive else { return }
    try database.maintain { connection in
      try LiveIndex.watch(connection)
      try connection.watchNames()
      try connection.transaction {
        try connection.fillLists()
        try connection.advanceGeneration(isVisible: true, at: options.clock())
      }
    }
    _ = try change(.everything) { try $0.publishDue(at: options.clock()) }
  }

  var now: Instant { options.clock() }

  var fileStore: FileStore {
    FileStore(folder: folder, reserveOctets: options.reserveBytes)
  }

  /// A search index without publications, whose pages may go to files of this archive.
  var emptyIndex: SearchIndex {
    let folder = folder.scratch
    return SearchIndex(
      names: AuthorNames(
        key: { AuthorName($0).key }, text: { AuthorName($0).text },
        isBetter: { AuthorName.isBetter($0, than: $1) }),
      memoryLimit: options.pageIndexMemory, makeFile: { try ScratchFile(in: folder) })
  }

  /// Reads one state of the database.
  func read<Value: Sendable>(_ body: @Sendable (Connection) throws -> Value) throws -> Value {
    try database.read(body)
  }

  /// Changes the database in one transaction, and tells caches and the search index what changed.
  ///
  /// - Parameters:
  ///   - concerns: What of it readers can see.
  ///   - body: Writes.
  /// - Returns: What `body` returned.
  /// - Throws: What `body` or the database throws; then nothing is written.
  @discardableResult
  func change<Value: Sendable>(
    _ concerns: Change, _ body: @Sendable (Connection) throws -> Value
  ) throws -> Value {
    try change({ _, _ in concerns }, body)
  }

  /// The same, where what readers can see depends on what `body` returned.
  func change<Value: Sendable>(
    _ concerns: @Sendable (Connection, Value) throws -> Change,
    _ body: @Sendable (Connection) throws -> Value
  ) throws -> Value {
    try database.maintain {
      [self, changeTracker, liveIndex, relatedQueue, clock = options.clock] connection in
      var change = Change()
      var dues: [ChangeTracker.Due] = []
      var indexChanges = LiveIndex.Changes()
      let value = try connection.transaction { () throws -> Value in
        let changes = connection.totalChanges
        let value = try body(connection)
        try connection.updateLists()
        try connection.foldDeskText()
        change = try concerns(connection, value)
        // A write that does not name the publications it changes must not leave them in caches.
        if change.isEmpty, try connection.hasChangedPublications() { change = .everything }
        if connection.totalChanges > changes {
          try connection.advanceGeneration(isVisible: !change.isEmpty, at: clock())
        }
        guard !change.isEmpty else { return value }
        if changeTracker.isObserved {
          change.hidden = try connection.hiddenPublications(at: clock())
        }
        dues = try connection.dues(after: clock())
        indexChanges = try liveIndex.changes(in: connection)
        return value
      }
      guard !change.isEmpty else { return value }
      liveIndex.take(indexChanges)
      relatedQueue.insert(indexChanges.unrelated)
      // While the writer is still held, so that changes are noted in the order they were made.
      changeTracker.note(change, dues: dues)
      options.drawings?.noteChange(of: self)
      return value
    }
  }

  /// The number of the last change of something; entries cached under an earlier one are stale.
  ///
  /// - Parameters:
  ///   - tag: The number of a ``CacheTag``.
  ///   - now: The present; what has come due by then has changed.
  /// - Returns: The number, never above that of ``CacheTag/all``.
  func lastChange(of tag: Int, at now: Instant) -> UInt64 {
    changeTracker.lastChange(of: tag, at: now)
  }

  /// Has a function called after each change that readers can see; it must not block.
  func observeChanges(_ observer: @escaping @Sendable (Change) -> Void) {
    changeTracker.observe(observer)
  }

  /// The key under which something read now may be cached; nil beside a process that writes, whose
  /// changes this one does not learn of.
  func cacheKey(of tag: CacheTag, at now: Instant) -> UInt64? {
    isAlone ? lastChange(of: tag.number, at: now) : nil
  }
}

extension Connection {
  fileprivate func hasChangedPublications() throws(SQLiteError) -> Bool {
    try row("SELECT 1 FROM temp.changed") { _ in true } ?? false
  }

  /// Changed publications that are not public, whatever they were before.
  fileprivate func hiddenPublications(at now: Instant) throws(SQLiteError) -> [CacheTag] {
    try rows(
      """
      SELECT slug FROM publication WHERE NOT \(Visibility.isPublic(at: now))
        AND id IN (SELECT id FROM temp.changed WHERE kind = 'publication')
      """
    ) { .publication(Slug(stored: $0.text(0))) }
  }

  fileprivate func dues(after now: Instant) throws -> [ChangeTracker.Due] {
    try rows(
      """
      SELECT public_from, slug FROM publication WHERE \(Visibility.isDue(after: now))
      ORDER BY public_from
      """
    ) { ChangeTracker.Due(second: $0.integer(0), slug: Slug(stored: $0.text(1))) }
  }
}
