internal import SQLite

extension PageIndex {
  /// Where the index does not have what the texts of pages have; one word of each page is looked
  /// for.
  func defects(in connection: Connection) throws -> [String] {
    var found: [String] = []
    var words = Words()
    var pages = 0
    try connection.each(PageIndex.texts) { row in
      let file = row.integer(0)
      let number = row.count(1)
      pages += 1
      var sample: [UInt8]?
      words.each(in: row.text(2)) { word, _, _ in
        if sample == nil || word.count > sample?.count ?? 0, !StopWords.contains(word) {
          sample = word
        }
      }
      if !has(sample.map(Stemmer.stem), on: number, of: file) {
        found.append("the search index differs from page \(number) of file \(file)")
      }
      return found.count < 20
    }
    if found.isEmpty, pages != count {
      found.append("the search index has \(count) pages, the archive has \(pages)")
    }
    return found
  }

  /// Whether a page is in the index, and has a stem.
  private func has(_ stem: [UInt8]?, on number: Int, of file: Int64) -> Bool {
    guard let location = location(of: file), location.pages.count >= number else { return false }
    guard let stem else { return true }
    let page = location.pages.lowerBound + number - 1
    var isThere = false
    lists(of: stem)[location.part]?.each { other, _ in isThere = isThere || other == page }
    return isThere
  }
}
