internal import Dispatch
internal import SQLite
internal import Search
internal import Synchronization
internal import System

/// The search index of an open archive, which follows every committed change.
///
/// A server builds it in the background after its start, records first, then pages. Any other
/// process builds it when it is first needed.
final class LiveIndex: Sendable {
  /// What a transaction changed, read before it ended.
  struct Changes: Sendable {
    var records: [IndexedRecord] = []
    /// Whether these are all records, because most of them have changed.
    var areAllRecords = false
    /// Publications that are no longer to be found.
    var removed: [Int64] = []
    /// Of the pages of files; read before searches have to wait for the index.
    var words = PageWords()
    /// Publications whose lists of related ones were deleted.
    var unrelated: [Int64] = []
  }

  private struct State {
    var index: SearchIndex?
    /// Changes since a build began; nil while nothing is built.
    var missed: [Changes]?
    /// Searches that wait for the first index.
    var waiting: [DispatchSemaphore] = []
    /// How many times a build has put an index in place.
    var builds = 0
  }

  private let state = Mutex(State())
  private let building = Mutex(())
  /// Records that the running build has read.
  private let recordsRead = Atomic(0)

  /// How many records the index has, or how many of them a build has read.
  var progress: Int {
    state.withLock { $0.index?.recordCount } ?? recordsRead.load(ordering: .relaxed)
  }

  /// The index as it is at a moment; nil before the first build.
  func current(at now: Instant) -> SearchIndex? {
    state.withLock { state in
      if let due = state.index?.nextDue, due <= now.secondsSince1970 {
        state.index?.admit(at: now.secondsSince1970)
      }
      return state.index
    }
  }

  /// The index as it is at a moment, after waiting for the first build.
  ///
  /// - Parameters:
  ///   - now: The moment.
  ///   - limit: How long to wait.
  /// - Returns: The index; nil if the build has taken longer.
  func index(at now: Instant, waiting limit: Duration) -> SearchIndex? {
    let semaphore = DispatchSemaphore(value: 0)
    let isReady = state.withLock { state in
      if state.index == nil { state.waiting.append(semaphore) }
      return state.index != nil
    }
    if !isReady {
      let milliseconds = Int(limit / .milliseconds(1))
      _ = semaphore.wait(timeout: .now() + .milliseconds(milliseconds))
      state.withLock { $0.waiting.removeAll { $0 === semaphore } }
    }
    return current(at: now)
  }

  /// The index as it is at a moment, with all pages; built now if there is none.
  func index(
    at now: Instant, buildingFrom database: Database, empty: SearchIndex
  ) throws -> SearchIndex {
    if let index = current(at: now), index.hasAllPages { return index }
    return try building.withLock { _ in
      if let index = current(at: now), index.hasAllPages { return index }
      try build(from: database, empty)
      learnSpaceIfWorn()
      return current(at: now) ?? empty
    }
  }

  /// Builds the index, or rebuilds it while the old one answers.
  func prepare(from database: Database, empty: SearchIndex) throws {
    try building.withLock { _ in try build(from: database, empty) }
  }

  private func build(from database: Database, _ empty: SearchIndex) throws {
    state.withLock { $0.missed = [] }
    recordsRead.store(0, ordering: .relaxed)
    defer { state.withLock { $0.missed = nil } }
    let records = try database.read { connection in
      try empty.addingRecords(from: connection) { count in
        self.recordsRead.store(count, ordering: .relaxed)
      }
    }
    if state.withLock({ $0.index == nil }) { publish(records) }
    publish(try database.read { try records.addingPages(from: $0) })
    returnFreeMemory()
  }

  /// Learns the latent space, if there is none yet, or many records have come or gone since it was
  /// learned; searches go on meanwhile.
  func updateSpace() { building.withLock { _ in learnSpaceIfWorn() } }

  private func learnSpaceIfWorn() {
    let index = state.withLock { state in
      guard let index = state.index, index.isSpaceWorn else { return SearchIndex?.none }
      state.missed = []
      return index
    }
    guard var index else { return }
    defer { state.withLock { $0.missed = nil } }
    index.learnSpace()
    publish(index)
    returnFreeMemory()
  }

  /// Puts an index in place after adding what was changed while it was built.
  private func publish(_ index: SearchIndex) {
    let waiting = state.withLock { state in
      var index = index
      for changes in state.missed ?? [] { index.take(changes) }
      state.index = index
      state.builds += 1
      defer { state.waiting = [] }
      return state.waiting
    }
    for semaphore in waiting { semaphore.signal() }
  }

  /// Reads what a transaction has changed so far, if an index needs it.
  func changes(in connection: Connection) throws -> Changes {
    let isNeeded = state.withLock { $0.index != nil || $0.missed != nil }
    let unrelated = try LiveIndex.deleteRelated(in: connection)
    defer { _ = try? connection.run("DELETE FROM temp.changed") }
    var changes = Changes()
    if isNeeded {
      changes = try Changes(in: connection) { file in
        state.withLock { $0.index?.hasPages(ofFile: file) == true }
      }
    }
    changes.unrelated = unrelated
    return changes
  }

  /// Deletes the lists of related publications of what has changed and of what is in these lists.
  private static func deleteRelated(in connection: Connection) throws -> [Int64] {
    try connection.rows(
      """
      DELETE FROM related WHERE publication IN (
        SELECT id FROM temp.changed WHERE kind = 'publication'
        UNION SELECT CAST(value AS INTEGER) FROM temp.changed
          JOIN related ON related.publication = temp.changed.id
          JOIN json_each('[' || replace(related.others, ' ', ',') || ']')
          WHERE kind = 'publication')
      RETURNING publication
      """
    ) { $0.integer(0) }
  }

  /// Adds what a transaction changed, after it was committed.
  func take(_ changes: Changes) {
    guard changes.areAllRecords else {
      return state.withLock { state in
        state.missed?.append(changes)
        state.index?.take(changes)
      }
    }
    // That takes a second or so, in which searches go on with the former index.
    var (index, builds) = state.withLock { state in
      state.missed?.append(changes)
      return (state.index, state.builds)
    }
    index?.take(changes)
    state.withLock { state in
      // A build that ended meanwhile has taken the changes.
      if state.builds == builds { state.index = index }
    }
  }

  /// The index, if it is built and has all pages.
  var complete: SearchIndex? {
    state.withLock { state in state.index.flatMap { $0.hasAllPages ? $0 : nil } }
  }

  /// Takes an index that was built elsewhere from the same publications.
  func take(_ index: SearchIndex) { publish(index) }

  /// Whether so much has changed that the index should be rebuilt.
  var isWorn: Bool { state.withLock { $0.index?.isWorn == true } }

  /// The memory it uses, approximately; nil before the first build.
  var weight: Int? { state.withLock { $0.index }?.weight }

  /// Records which publications and files the writing connection changes.
  static func watch(_ connection: Connection) throws {
    try connection.script(
      """
      CREATE TEMP TABLE changed (
        kind TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (kind, id)
      ) WITHOUT ROWID;
      CREATE TEMP TRIGGER publication_added AFTER INSERT ON main.publication BEGIN
        INSERT OR IGNORE INTO changed VALUES ('publication', new.id);
      END;
      CREATE TEMP TRIGGER publication_changed AFTER UPDATE ON main.publication BEGIN
        INSERT OR IGNORE INTO changed VALUES ('publication', new.id);
      END;
      CREATE TEMP TRIGGER publication_removed AFTER DELETE ON main.publication BEGIN
        INSERT OR IGNORE INTO changed VALUES ('publication', old.id);
      END;
      CREATE TEMP TRIGGER page_added AFTER INSERT ON main.page BEGIN
        INSERT OR IGNORE INTO changed VALUES ('file', new.file);
      END;
      CREATE TEMP TRIGGER page_removed AFTER DELETE ON main.page BEGIN
        INSERT OR IGNORE INTO changed VALUES ('file', old.file);
      END;
      """)
  }
}

extension SearchIndex {
  mutating func take(_ changes: LiveIndex.Changes) {
    if changes.areAllRecords {
      replaceRecords(by: changes.records)
    } else {
      for id in changes.removed { remove(id) }
      for record in changes.records { insert(record) }
    }
    insert(changes.words)
  }
}

extension LiveIndex.Changes {
  fileprivate init(in connection: Connection, hasPages: (Int64) -> Bool) throws {
    let now = Instant.now
    let ids = try connection.rows("SELECT id FROM temp.changed WHERE kind = 'publication'") {
      $0.integer(0)
    }
    // Counted only after a change of many, as it takes longer the more there are.
    let isLarge = ids.count > 1000
    let count =
      isLarge ? try connection.row("SELECT count(*) FROM publication") { $0.count(0) } ?? 0 : 0
    areAllRecords = isLarge && ids.count > count / 4
    let condition: SQL =
      areAllRecords
      ? "1" : "publication.id IN (SELECT id FROM temp.changed WHERE kind = 'publication')"
    records = try connection.rows("\(IndexedRecord.select) AND \(condition)") {
      IndexedRecord($0, read: now)
    }
    removed = Array(Set(ids).subtracting(records.map(\.id)))
    let changed = try connection.rows(
      """
      SELECT id FROM temp.changed WHERE kind = 'file' AND EXISTS (
        SELECT 1 FROM publication WHERE file = changed.id AND \(Visibility.mayBePublic))
      """
    ) { $0.integer(0) }
    // Also the file of a publication that is public for the first time.
    let changedIDs = Set(ids)
    let needed = records.filter { changedIDs.contains($0.id) }.map(\.file)
      .filter { $0 != 0 && !hasPages($0) }
    for id in Set(changed + needed) {
      words.read(try connection.pages(ofFile: id), ofFile: id)
    }
  }
}
