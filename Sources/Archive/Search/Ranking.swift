internal import SQLite

/// The order of what a query finds.
///
/// Records and pages are scored by BM25 in two indexes; a publication's score is that of its
/// record and a share of that of its best page. What has all the words, in its record or on one
/// page, goes before what has only some.
struct Ranking {
  struct Ranked {
    let id: Publication.ID
    var score = 0.0
    var hasAll = false
    /// The best pages, best first.
    var pages: [Page] = []

    struct Page {
      let id: Int64
      let number: Int
      let score: Double
    }
  }

  private var found: [Publication.ID: Ranked] = [:]
  /// Whether time ran out.
  private(set) var isPartial = false

  var isEmpty: Bool { found.isEmpty }

  /// What a page's score counts beside the record's.
  private static let pageShare = 0.5

  /// Finds what a query asks for among the publications that satisfy a condition.
  mutating func rank(
    _ query: SearchQuery, condition: SQL, on connection: Connection
  ) throws(SQLiteError) {
    guard !query.isEmpty else { return }
    do throws(SQLiteError) {
      if query.saysLittle {
        try list(query.anyExpression, condition, on: connection)
      } else {
        try rankRecords(query.anyExpression, condition, on: connection)
        try rankPages(query.anyExpression, condition, on: connection)
      }
      if let all = query.allExpression { try markAll(all, on: connection) }
    } catch {
      guard error.reason == .interrupted else { throw error }
      isPartial = true
    }
  }

  /// Best first; of equals the one added last first.
  func sorted() -> [Ranked] {
    found.values.sorted { left, right in
      if left.hasAll != right.hasAll { return left.hasAll }
      return left.score != right.score ? left.score > right.score : left.id > right.id
    }
  }

  private mutating func rankRecords(
    _ expression: String, _ condition: SQL, on connection: Connection
  ) throws(SQLiteError) {
    // The weights of title, abstract, authors, topics, series and joined words.
    try connection.each(
      """
      SELECT record_index.rowid, record_index.rank
      FROM record_index JOIN publication ON publication.id = record_index.rowid
      WHERE record_index MATCH \(expression) AND rank MATCH 'bm25(3, 1, 2, 1, 1, 1)'
        AND \(condition)
      """
    ) { row in
      let id = row.integer(0)
      // FTS5's scores are better the lower they are.
      found[id, default: Ranked(id: id)].score -= row.real(1)
      return true
    }
  }

  /// Finds without scoring, which for words that nearly everything has is slow and tells nothing.
  private mutating func list(
    _ expression: String, _ condition: SQL, on connection: Connection
  ) throws(SQLiteError) {
    try connection.each(
      """
      SELECT record_index.rowid
      FROM record_index JOIN publication ON publication.id = record_index.rowid
      WHERE record_index MATCH \(expression) AND \(condition)
      """
    ) { row in
      found[row.integer(0)] = Ranked(id: row.integer(0))
      return true
    }
  }

  private mutating func rankPages(
    _ expression: String, _ condition: SQL, on connection: Connection
  ) throws(SQLiteError) {
    try connection.each(
      """
      SELECT publication.id, page.id, page.number, page_index.rank
      FROM page_index JOIN page ON page.id = page_index.rowid
        JOIN publication ON publication.file = page.file
      WHERE page_index MATCH \(expression) AND \(condition)
      """
    ) { row in
      let id = row.integer(0)
      let page = Ranked.Page(
        id: row.integer(1), number: row.count(2), score: -row.real(3))
      found[id, default: Ranked(id: id)].add(page)
      return true
    }
    for (id, ranked) in found {
      if let best = ranked.pages.first {
        found[id]?.score += best.score * Ranking.pageShare
      }
    }
  }

  private mutating func markAll(
    _ expression: String, on connection: Connection
  ) throws(SQLiteError) {
    try connection.each(
      "SELECT rowid FROM record_index WHERE record_index MATCH \(expression)"
    ) { row in
      found[row.integer(0)]?.hasAll = true
      return true
    }
    try connection.each(
      """
      SELECT publication.id
      FROM page_index JOIN page ON page.id = page_index.rowid
        JOIN publication ON publication.file = page.file
      WHERE page_index MATCH \(expression)
      """
    ) { row in
      found[row.integer(0)]?.hasAll = true
      return true
    }
  }
}

/// The most pages that are kept of a publication.
private let mostPages = 3

extension Ranking.Ranked {
  fileprivate mutating func add(_ page: Page) {
    let place = pages.firstIndex { $0.score < page.score } ?? pages.count
    guard place < mostPages else { return }
    pages.insert(page, at: place)
    if pages.count > mostPages { pages.removeLast() }
  }
}
