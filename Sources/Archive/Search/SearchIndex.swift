internal import SQLite

/// What the index holds of each record and page, and the upkeep of it.
///
/// The index keeps no text of its own. To take a row out, FTS5 must be told the words that are in
/// it, so they are made again from the record as it was: whenever the making of words changes,
/// `version` does too, and the index is made anew when the archive is opened.
enum SearchIndex {
  /// Changes with everything that decides which words a text has.
  private static let version: Int64 = 1

  static func insert(
    _ record: Record, _ id: Publication.ID, into connection: Connection
  ) throws(SQLiteError) {
    let words = IndexedWords(of: record)
    try connection.run(
      """
      INSERT INTO record_index (rowid, title, abstract, authors, topics, series, joined)
      VALUES (\(id), \(words.title), \(words.abstract), \(words.authors), \(words.topics),
        \(words.series), \(words.joined))
      """)
  }

  /// Takes a record out that is in the index as `record` says.
  static func remove(
    _ record: Record, _ id: Publication.ID, from connection: Connection
  ) throws(SQLiteError) {
    let words = IndexedWords(of: record)
    try connection.run(
      """
      INSERT INTO record_index (record_index, rowid, title, abstract, authors, topics, series,
        joined)
      VALUES ('delete', \(id), \(words.title), \(words.abstract), \(words.authors),
        \(words.topics), \(words.series), \(words.joined))
      """)
  }

  static func insertPage(
    _ text: String, _ id: Int64, into connection: Connection
  ) throws(SQLiteError) {
    try connection.run(
      "INSERT INTO page_index (rowid, text) VALUES (\(id), \(IndexedWords.of(page: text)))")
  }

  /// Takes the pages of a file out, and their texts too.
  static func removePages(of file: Int64, from connection: Connection) throws(SQLiteError) {
    let pages = try connection.rows("SELECT id, text FROM page WHERE file = \(file)") {
      (id: $0.integer(0), text: $0.text(1))
    }
    for page in pages {
      try connection.run(
        """
        INSERT INTO page_index (page_index, rowid, text)
        VALUES ('delete', \(page.id), \(IndexedWords.of(page: page.text)))
        """)
    }
    try connection.run("DELETE FROM page WHERE file = \(file)")
  }

  /// Makes the index anew when another version made it.
  static func rebuildIfOutdated(in database: Database) throws {
    let found = try database.read { connection in
      try connection.row("SELECT value FROM setting WHERE name = 'index version'") {
        $0.integer(0)
      }
    }
    guard found != version else { return }
    try rebuild(in: database)
  }

  /// Makes the index anew from the records and pages.
  static func rebuild(in database: Database) throws {
    try database.write { connection in
      try connection.run("INSERT INTO record_index (record_index) VALUES ('delete-all')")
      try connection.run("INSERT INTO page_index (page_index) VALUES ('delete-all')")
      var failure: SQLiteError?
      try connection.each("\(Publication.select(at: .now))") { row in
        guard let publication = Publication(row) else { return true }
        do throws(SQLiteError) {
          try insert(publication.record, publication.id, into: connection)
        } catch { failure = error }
        return failure == nil
      }
      try connection.each("SELECT id, text FROM page") { row in
        do throws(SQLiteError) {
          try insertPage(row.text(1), row.integer(0), into: connection)
        } catch { failure = error }
        return failure == nil
      }
      if let failure { throw failure }
      try connection.run(
        "INSERT OR REPLACE INTO setting (name, value) VALUES ('index version', \(version))")
    }
  }
}

/// The stems of a record, field by field, with spaces between them.
struct IndexedWords {
  let title: String
  let abstract: String
  let authors: String
  let topics: String
  let series: String
  /// Words that extraction may have taken apart, put together.
  let joined: String

  init(of record: Record) {
    var maker = Maker()
    title = maker.stems([record.title, record.subtitle])
    abstract = maker.stems([record.abstract])
    authors = maker.stems(record.authors)
    topics = maker.stems(record.topics)
    series = maker.stems([record.series, record.number, "\(record.published.year)"])
    joined = String(decoding: maker.joined, as: UTF8.self)
  }

  static func of(page text: String) -> String {
    var maker = Maker()
    let stems = maker.stems([text])
    return stems + String(decoding: maker.joined, as: UTF8.self)
  }

  private struct Maker {
    private var words = Words()
    private(set) var joined: [UInt8] = []

    mutating func stems(_ texts: [String?]) -> String {
      var stems: [UInt8] = []
      var joined = self.joined
      for case let text? in texts {
        var broken: [UInt8]?
        words.each(in: text) { word, _ in
          stems += EnglishStemmer.stem(word)
          stems.append(0x20)
          if let start = broken {
            joined += EnglishStemmer.stem(start + word)
            joined.append(0x20)
          }
          broken = word.endsInLigature ? word : nil
        }
      }
      self.joined = joined
      return String(decoding: stems, as: UTF8.self)
    }
  }
}
