internal import Dispatch
internal import SQLite
internal import Search
internal import Synchronization
internal import System

extension SearchIndex {
  /// The index with every record that is public or will be.
  ///
  /// - Parameters:
  ///   - connection: The database.
  ///   - progress: Called now and then with the number of records so far.
  /// - Returns: The index, without pages.
  /// - Throws: What the database throws.
  func addingRecords(
    from connection: Connection, progress: (Int) -> Void = { _ in }
  ) throws -> SearchIndex {
    var empty = self
    empty.hasAllPages = false
    empty.beginLoading()
    let loader = IndexLoader(empty)
    let now = Instant.now
    var count = 0
    var batch: [IndexedRecord] = []
    func insert() {
      loader.change { [batch] index in
        for record in batch { index.insert(record) }
      }
    }
    try connection.each("\(IndexedRecord.select) ORDER BY publication.id") { row in
      batch.append(IndexedRecord(row, read: now))
      count += 1
      if count % 256 == 0 {
        insert()
        batch.removeAll(keepingCapacity: true)
        progress(count)
      }
      return true
    }
    insert()
    var index = loader.finish()
    index.endLoading()
    return index
  }

  /// The index with the records and pages of the publications of a window.
  func adding(releasedIn window: ReleaseWindow, from connection: Connection) throws -> SearchIndex {
    var index = self
    let now = Instant.now
    let records = try connection.rows(
      """
      \(IndexedRecord.select) AND publication.id IN (
        SELECT publication FROM release WHERE number BETWEEN \(window.first) AND \(window.last))
      """
    ) { IndexedRecord($0, read: now) }
    index.beginLoading()
    for record in records { index.insert(record) }
    index.endLoading()
    // One by one, as there may be many after an import.
    for file in Set(records.map(\.file)) where file != 0 {
      var words = PageWords()
      words.read(try connection.pages(ofFile: file), ofFile: file)
      index.insert(words)
    }
    index.hasAllPages = true
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
    let loader = IndexLoader(self, threads: ProcessLimits.cores())
    // The pages of files that are read next, and how many bytes they have.
    var files: [(id: Int64, pages: [String])] = []
    var bytes = 0
    func insert() {
      loader.change { [files] in
        var words = PageWords()
        for file in files { words.read(file.pages, ofFile: file.id) }
        return words
      } with: { index, words in
        index.insert(words)
      }
      (files, bytes) = ([], 0)
    }
    try connection.each(SearchIndex.pageTexts) { row in
      let file = row.integer(0)
      if files.last?.id != file {
        if bytes > SearchIndex.batch { insert() }
        files.append((file, []))
      }
      let text = row.text(2)
      bytes += text.utf8.count
      files[files.count - 1].pages.append(text)
      return true
    }
    insert()
    var index = loader.finish()
    index.endLoadingPages()
    index.hasAllPages = true
    return index
  }

  /// How many bytes of pages are read together: enough that most of their words are stemmed once
  /// for many pages.
  private static let batch = 2 << 20

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

/// Changes an index on other threads than the one that reads what to change.
private final class IndexLoader: Sendable {
  private let index: Mutex<SearchIndex>
  private let queue: DispatchQueue
  /// Changes may wait, but not many, as they take memory.
  private let places: DispatchSemaphore

  /// - Parameters:
  ///   - index: The index.
  ///   - threads: How many changes are prepared at a time; with one they are made in their order.
  init(_ index: SearchIndex, threads: Int = 1) {
    self.index = Mutex(index)
    queue = DispatchQueue(
      label: "offprint.index", qos: .utility, attributes: threads > 1 ? .concurrent : [])
    places = DispatchSemaphore(value: threads > 1 ? threads : 4)
  }

  /// Makes a change.
  func change(_ body: @escaping @Sendable (inout SearchIndex) -> Void) {
    change({}, with: { index, _ in body(&index) })
  }

  /// Prepares a change without the index, then makes it.
  func change<Prepared>(
    _ prepare: @escaping @Sendable () -> Prepared,
    with body: @escaping @Sendable (inout SearchIndex, Prepared) -> Void
  ) {
    places.wait()
    queue.async { [self] in
      let prepared = prepare()
      index.withLock { body(&$0, prepared) }
      places.signal()
    }
  }

  /// The index with all changes; called once.
  func finish() -> SearchIndex {
    queue.sync(flags: .barrier) {}
    return index.withLock { $0 }
  }
}
