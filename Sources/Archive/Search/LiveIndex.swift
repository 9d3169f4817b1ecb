internal import Dispatch
internal import SQLite
internal import Search
internal import Synchronization

/// The indexes that searches of an open archive look through.
///
/// They are made from the records and page texts when they are first asked for, those of the pages
/// a little later; every change is taken in as it is committed. What searches has a state of its
/// own, which no change touches.
final class LiveIndex: Sendable {
  /// What a transaction changed, read before it ended.
  struct Changes: Sendable {
    var records: [IndexedRecord] = []
    /// Publications that are not to be found any more.
    var removed: [Int64] = []
    var files: [(id: Int64, pages: [String])] = []
  }

  private struct State {
    var index: SearchIndex?
    /// Changes since the making of indexes began; nil while none are made.
    var missed: [Changes]?
  }

  private let state = Mutex(State())
  private let making = Mutex(())

  /// The index as it is at a moment; built now if there is none.
  ///
  /// - Parameters:
  ///   - now: The time.
  ///   - needsPages: Whether to wait for the pages too.
  ///   - database: What it is built from.
  ///   - empty: An empty index.
  /// - Returns: The index.
  /// - Throws: What the database throws.
  func index(
    at now: Instant, withPages needsPages: Bool, from database: Database, empty: SearchIndex
  ) throws -> SearchIndex {
    if let ready = ready(at: now), ready.hasAllPages || !needsPages { return ready }
    return try making.withLock { _ in
      if let ready = ready(at: now), ready.hasAllPages || !needsPages { return ready }
      try build(from: database, withPages: needsPages, empty)
      return ready(at: now) ?? empty
    }
  }

  /// Rebuilds the index while the old one answers; without an old one, records answer first.
  func prepare(from database: Database, empty: SearchIndex) throws {
    try making.withLock { _ in
      state.withLock { $0.missed = [] }
      defer { state.withLock { $0.missed = nil } }
      let records = try database.read { try empty.addingRecords(from: $0) }
      if state.withLock({ $0.index == nil }) { publish(records) }
      publish(try database.read { try records.addingPages(from: $0) })
    }
  }

  private func build(from database: Database, withPages: Bool, _ empty: SearchIndex) throws {
    state.withLock { $0.missed = [] }
    defer { state.withLock { $0.missed = nil } }
    let records =
      try state.withLock { $0.index } ?? database.read { try empty.addingRecords(from: $0) }
    publish(withPages ? try database.read { try records.addingPages(from: $0) } : records)
  }

  /// Puts an index in place after adding what was changed while it was built.
  private func publish(_ index: SearchIndex) {
    state.withLock { state in
      var index = index
      for changes in state.missed ?? [] { index.take(changes) }
      state.index = index
    }
  }

  private func ready(at now: Instant) -> SearchIndex? {
    state.withLock { state in
      guard state.index != nil else { return nil }
      if let due = state.index?.nextDue, due <= now.secondsSince1970 {
        state.index?.admit(at: now.secondsSince1970)
      }
      return state.index
    }
  }

  /// Reads what the transaction has changed so far, if that matters to anyone.
  func changes(in connection: Connection) throws -> Changes {
    let isNeeded = state.withLock { $0.index != nil || $0.missed != nil }
    try LiveIndex.forgetRelated(in: connection)
    defer { _ = try? connection.run("DELETE FROM temp.changed") }
    guard isNeeded else { return Changes() }
    return try Changes(in: connection) { file in
      state.withLock { $0.index?.hasPages(ofFile: file) == true }
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
      state.index?.take(changes)
    }
  }

  /// Whether so much has changed that the indexes should be made anew.
  var isWorn: Bool {
    state.withLock { $0.index?.isWorn == true }
  }

  /// The memory they hold, about; nil while there are none.
  var weight: Int? { state.withLock { $0.index }?.weight }

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

extension SearchIndex {
  fileprivate mutating func take(_ changes: LiveIndex.Changes) {
    for id in changes.removed { remove(id) }
    for record in changes.records { insert(record) }
    for file in changes.files { insertPages(file.pages, ofFile: file.id) }
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

extension SearchIndex {
  /// The index with every record that is public or will be.
  func addingRecords(from connection: Connection) throws -> SearchIndex {
    var index = self
    let now = Instant.now
    try connection.each("\(IndexedRecord.select) ORDER BY publication.id") { row in
      index.insert(IndexedRecord(row, read: now))
      return true
    }
    index.sortWords()
    return index
  }

  /// Selects the pages of every file that is or was a public publication's: the file, the page's
  /// number in it, its text.
  private static let pageTexts: SQL = """
    SELECT file, number, text FROM page
    WHERE file IN (SELECT file FROM publication WHERE \(Visibility.mayBePublic))
    ORDER BY file, number
    """

  /// The index with the pages of these files.
  func addingPages(from connection: Connection) throws -> SearchIndex {
    var index = self
    var file: Int64 = 0
    var pages: [String] = []
    try connection.each(SearchIndex.pageTexts) { row in
      if row.integer(0) != file {
        if file != 0 { index.insertPages(pages, ofFile: file) }
        file = row.integer(0)
        pages.removeAll()
      }
      pages.append(row.text(2))
      return true
    }
    if file != 0 { index.insertPages(pages, ofFile: file) }
    index.hasAllPages = true
    return index
  }

  /// Where the index differs from the records and pages of the database.
  func defects(in connection: Connection) throws -> [String] {
    var found = recordDefects.map { "the search index differs from publication \($0)" }
    var pages = 0
    try connection.each(SearchIndex.pageTexts) { row in
      let (file, number) = (row.integer(0), row.count(1))
      pages += 1
      if !hasPage(number, ofFile: file, text: row.text(2)) {
        found.append("the search index differs from page \(number) of file \(file)")
      }
      return found.count < 20
    }
    if found.isEmpty, pages != pageCount {
      found.append("the search index has \(pageCount) pages, the archive has \(pages)")
    }
    return found
  }
}

extension IndexedRecord {
  /// Selects the records that are public or will be, as `init(_:read:)` reads them.
  fileprivate static let select: SQL = """
    SELECT publication.id, CASE status WHEN 'scheduled' THEN public_from ELSE 0 END,
      status = 'scheduled', issued, type, language, file, title,
      subtitle, abstract, \(Publication.authors), \(Publication.topics), series, number, year, doi,
      issn, slug
    FROM publication WHERE \(Visibility.mayBePublic)
    """

  fileprivate init(_ row: Row, read now: Instant) {
    let authors = Publication.authors(row.text(10))
    let date = PublicationDate(row.text(3))
    let type = PublicationType(rawValue: row.text(4)) ?? .other
    self.init(
      id: row.integer(0), visibleFrom: row.integer(1), read: now.secondsSince1970,
      isScheduled: row.integer(2) != 0,
      date: Int32((date?.year ?? 0) * 10_000 + (date?.month ?? 0) * 100 + (date?.day ?? 0)),
      type: type.rawValue, language: row.text(5), file: row.integer(6),
      title: [row.text(7), row.text(8)].filter { !$0.isEmpty }, abstract: row.text(9),
      authors: authors.map(\.name), topics: Publication.lines(row.text(11)),
      series: [row.text(12), row.text(13), row.text(14)].filter { !$0.isEmpty })
    number = row.text(13)
    doi = row.text(15)
    issn = row.text(16)
    orcids = authors.compactMap(\.orcid)
    slug = row.text(17)
  }
}
