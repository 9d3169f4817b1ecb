internal import Dispatch
internal import SQLite
internal import Synchronization

/// The indexes that searches of an open archive look through.
///
/// They are made from the records and page texts when they are first asked for, those of the pages
/// a little later; every change is taken in as it is committed. What searches has a state of its
/// own, which no change touches.
final class LiveIndex: Sendable {
  struct Indexes: Sendable {
    var records = RecordIndex()
    var pages = PageIndex()
    /// Whether the pages are in.
    var arePagesRead = false
  }

  /// What a transaction changed, read before it ended.
  struct Changes: Sendable {
    var records: [IndexedRecord] = []
    /// Publications that are not to be found any more.
    var removed: [Int64] = []
    var files: [(id: Int64, pages: [String])] = []
  }

  private struct State {
    var indexes: Indexes?
    /// Changes since the making of indexes began; nil while none are made.
    var missed: [Changes]?
  }

  private let state = Mutex(State())
  private let making = Mutex(())

  /// The indexes as they are at a moment; made now when there are none.
  ///
  /// - Parameters:
  ///   - now: The moment.
  ///   - needsPages: Whether to wait for the pages too.
  ///   - database: What they are made from.
  ///   - pages: An index of pages without any.
  /// - Returns: The indexes.
  /// - Throws: What the database throws.
  func indexes(
    at now: Instant, withPages needsPages: Bool, from database: Database, pages: PageIndex
  ) throws -> Indexes {
    if let ready = ready(at: now), ready.arePagesRead || !needsPages { return ready }
    return try making.withLock { _ in
      if let ready = ready(at: now), ready.arePagesRead || !needsPages { return ready }
      try make(from: database, withPages: needsPages, pages)
      return ready(at: now) ?? Indexes()
    }
  }

  /// Makes the indexes anew while the old ones answer; without old ones, records answer first.
  func prepare(from database: Database, pages: PageIndex) throws {
    try making.withLock { _ in
      state.withLock { $0.missed = [] }
      defer { state.withLock { $0.missed = nil } }
      var indexes = Indexes()
      indexes.records = try database.read { try RecordIndex.read(from: $0) }
      if state.withLock({ $0.indexes == nil }) { publish(indexes) }
      indexes.pages = try database.read { try pages.reading($0) }
      indexes.arePagesRead = true
      publish(indexes)
    }
  }

  private func make(from database: Database, withPages: Bool, _ pages: PageIndex) throws {
    state.withLock { $0.missed = [] }
    defer { state.withLock { $0.missed = nil } }
    var indexes = state.withLock { $0.indexes } ?? Indexes()
    if indexes.records.documents.isEmpty {
      indexes.records = try database.read { try RecordIndex.read(from: $0) }
    }
    if withPages {
      indexes.pages = try database.read { try pages.reading($0) }
      indexes.arePagesRead = true
    }
    publish(indexes)
  }

  /// Puts indexes in place after what was changed while they were made.
  private func publish(_ indexes: Indexes) {
    state.withLock { state in
      var indexes = indexes
      for changes in state.missed ?? [] { indexes.take(changes) }
      state.indexes = indexes
    }
  }

  private func ready(at now: Instant) -> Indexes? {
    state.withLock { state in
      guard state.indexes != nil else { return nil }
      if let due = state.indexes?.records.nextDue, due <= now.secondsSince1970 {
        state.indexes?.records.admit(at: now.secondsSince1970)
      }
      return state.indexes
    }
  }

  /// Reads what the transaction has changed so far, if that matters to anyone.
  func changes(in connection: Connection) throws -> Changes {
    let isNeeded = state.withLock { $0.indexes != nil || $0.missed != nil }
    try LiveIndex.forgetRelated(in: connection)
    defer { _ = try? connection.run("DELETE FROM temp.changed") }
    guard isNeeded else { return Changes() }
    return try Changes(in: connection) { file in
      state.withLock { $0.indexes?.pages.location(of: file) != nil }
    }
  }

  /// Forgets what is related to what has changed, and to what that stood beside.
  private static func forgetRelated(in connection: Connection) throws {
    try connection.run(
      """
      DELETE FROM related WHERE publication IN (
        SELECT id FROM temp.changed WHERE kind = 'publication'
        UNION SELECT CAST(value AS INTEGER) FROM temp.changed
          JOIN related ON related.publication = temp.changed.id
          JOIN json_each('[' || replace(related.others, ' ', ',') || ']')
          WHERE kind = 'publication')
      """)
  }

  /// Takes in what a transaction changed, after it was committed.
  func take(_ changes: Changes) {
    state.withLock { state in
      state.missed?.append(changes)
      state.indexes?.take(changes)
    }
  }

  /// Whether so much has changed that the indexes should be made anew.
  var isWorn: Bool {
    state.withLock { $0.indexes?.records.isWorn == true || $0.indexes?.pages.isWorn == true }
  }

  /// The memory they hold, about; nil while there are none.
  var weight: Int? { state.withLock { $0.indexes }.map { $0.records.weight + $0.pages.weight } }

  /// Lets the connection that writes note which publications and files it changes.
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

extension LiveIndex.Indexes {
  fileprivate mutating func take(_ changes: LiveIndex.Changes) {
    for id in changes.removed { records.remove(id) }
    for record in changes.records { records.insert(record) }
    for file in changes.files { pages.insert(file.pages, of: file.id) }
  }
}

extension LiveIndex.Changes {
  fileprivate init(in connection: Connection, hasPages: (Int64) -> Bool) throws {
    let now = Instant.now
    let ids = try connection.rows("SELECT id FROM temp.changed WHERE kind = 'publication'") {
      $0.integer(0)
    }
    records = try connection.rows(
      """
      \(IndexedRecord.select)
      AND publication.id IN (SELECT id FROM temp.changed WHERE kind = 'publication')
      """
    ) { IndexedRecord($0, read: now) }
    removed = Array(Set(ids).subtracting(records.map(\.id)))
    let changed = try connection.rows("SELECT id FROM temp.changed WHERE kind = 'file'") {
      $0.integer(0)
    }
    // Also the file of a publication that is public for the first time.
    let needed = records.map(\.file).filter { $0 != 0 && !hasPages($0) }
    for id in Set(changed + needed) {
      files.append((id, try connection.pages(ofFile: id)))
    }
  }
}

extension RecordIndex {
  /// Reads every record that is public or will be.
  static func read(from connection: Connection) throws -> RecordIndex {
    var index = RecordIndex()
    let now = Instant.now
    try connection.each("\(IndexedRecord.select) ORDER BY publication.id") { row in
      index.insert(IndexedRecord(row, read: now))
      return true
    }
    index.finish()
    return index
  }
}

extension PageIndex {
  /// Selects the pages of every file that is or was a public publication's: the file, the page's
  /// number in it, its text.
  static let texts: SQL = """
    SELECT file, number, text FROM page
    WHERE file IN (SELECT file FROM publication WHERE \(Visibility.mayBePublic))
    ORDER BY file, number
    """

  /// The same with all of them.
  func reading(_ connection: Connection) throws -> PageIndex {
    var index = self
    var file: Int64 = 0
    var pages: [String] = []
    try connection.each(PageIndex.texts) { row in
      if row.integer(0) != file {
        if file != 0 { index.insert(pages, of: file) }
        file = row.integer(0)
        pages.removeAll()
      }
      pages.append(row.text(2))
      return true
    }
    if file != 0 { index.insert(pages, of: file) }
    return index
  }
}

extension IndexedRecord {
  /// Selects the records that are public or will be, as `init(_:read:)` reads them.
  fileprivate static let select: SQL = """
    SELECT publication.id, CASE status WHEN 'scheduled' THEN public_from ELSE 0 END,
      status = 'scheduled', issued, type, language, file, title,
      subtitle, abstract, authors, topics, series, number, year, doi, issn, orcids, slug
    FROM publication WHERE \(Visibility.mayBePublic)
    """

  fileprivate init(_ row: Row, read now: Instant) {
    func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
    let date = PublicationDate(row.text(3))
    let type = PublicationType(rawValue: row.text(4)) ?? .other
    self.init(
      id: row.integer(0), visibleFrom: row.integer(1), read: now.secondsSince1970,
      isScheduled: row.integer(2) != 0,
      date: Int32((date?.year ?? 0) * 10_000 + (date?.month ?? 0) * 100 + (date?.day ?? 0)),
      type: type.number, language: row.text(5), file: row.integer(6),
      title: [row.text(7), row.text(8)].filter { !$0.isEmpty }, abstract: row.text(9),
      authors: lines(row.text(10)), topics: lines(row.text(11)),
      series: [row.text(12), row.text(13), row.text(14)].filter { !$0.isEmpty })
    number = row.text(13)
    doi = row.text(15)
    issn = row.text(16)
    // Each line has a number and the name of the author.
    orcids = lines(row.text(17)).map { String($0.prefix { $0 != " " }) }
    slug = row.text(18)
  }
}

extension PublicationType {
  /// Its place among all, as an index keeps it.
  var number: UInt8 {
    UInt8(clamping: PublicationType.allCases.firstIndex(of: self) ?? PublicationType.allCases.count)
  }
}
