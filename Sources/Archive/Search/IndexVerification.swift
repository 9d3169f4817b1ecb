internal import SQLite

extension SearchIndex {
  /// Says where the index does not hold what the records and pages say.
  ///
  /// FTS5's own check would have to write. It keeps for each row how many words each column has;
  /// these are compared with the words that are made again from the texts.
  static func defects(in connection: Connection) throws(SQLiteError) -> [String] {
    var defects: [String] = []
    var rows = 0
    try connection.each(
      """
      \(Publication.select(at: .now, and: ", record_index_docsize.sz"))
      LEFT JOIN record_index_docsize ON record_index_docsize.id = publication.id
      """
    ) { row in
      rows += 1
      guard let publication = Publication(row) else { return true }
      let words = IndexedWords(of: publication.record)
      let expected = [
        words.title, words.abstract, words.authors, words.topics, words.series, words.joined,
      ].map(count)
      if counts(row.octets(Publication.columns)) != expected {
        defects.append("the search index does not agree with “\(publication.slug)”")
      }
      return defects.count < mostDefects
    }
    var pages = 0
    try connection.each(
      """
      SELECT page.text, page_index_docsize.sz, page.number, file.sha256
      FROM page JOIN file ON file.id = page.file
        LEFT JOIN page_index_docsize ON page_index_docsize.id = page.id
      """
    ) { row in
      pages += 1
      if counts(row.octets(1)) != [count(IndexedWords.of(page: row.text(0)))] {
        defects.append(
          "the search index does not agree with page \(row.integer(2)) of file \(row.text(3))")
      }
      return defects.count < mostDefects
    }
    guard defects.isEmpty else { return defects }
    let indexed = try connection.row(
      "SELECT (SELECT count(*) FROM record_index_docsize), (SELECT count(*) FROM page_index_docsize)"
    ) { [$0.count(0), $0.count(1)] }
    if indexed != [rows, pages] {
      defects.append("the search index has rows of publications or pages that are not there")
    }
    return defects
  }

  private static let mostDefects = 20

  private static func count(_ words: String) -> Int { words.utf8.count { $0 == 0x20 } }

  /// Reads the numbers FTS5 keeps of a row: seven bits an octet, the highest first, the eighth bit
  /// set in all but the last octet of a number.
  private static func counts(_ octets: [UInt8]) -> [Int] {
    var counts: [Int] = []
    var number = 0
    for octet in octets {
      number = (number & (1 << 48 - 1)) << 7 | Int(octet & 0x7F)
      if octet < 0x80 {
        counts.append(number)
        number = 0
      }
    }
    return counts
  }
}
