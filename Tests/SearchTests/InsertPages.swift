import Search

extension SearchIndex {
  /// Adds the pages of one file, or replaces them.
  mutating func insertPages(_ texts: [String], ofFile file: Int64) {
    var words = PageWords()
    words.read(texts, ofFile: file)
    insert(words)
  }
}
