/// The words of the pages of some files.
///
/// They are read apart from an index, which takes a fraction of that time to add them, so that
/// several threads can read.
package struct PageWords: Sendable {
  private(set) var segment = MemorySegment()
  /// Which pages of the segment are those of each file.
  private(set) var files: [(id: Int64, pages: Range<Int>)] = []
  private var tokenizer = Tokenizer()
  /// The words so far; each is stemmed once.
  private var words = WordTable()
  private var stemOfWord: [UInt32] = []

  package init() {}

  /// Reads the texts of the pages of a file that it does not have yet.
  package mutating func read(_ texts: [String], ofFile file: Int64) {
    let first = segment.lengths.count
    for text in texts { read(text) }
    files.append((file, first..<segment.lengths.count))
  }

  private mutating func read(_ text: String) {
    // A stem and, in the lower half, its position.
    var found: [UInt64] = []
    var length: UInt32 = 0
    var parts: [UInt8]?
    var joined: [(word: [UInt8], place: UInt32)] = []
    // Taken out, since the closure also changes `self`.
    var tokenizer = Tokenizer()
    swap(&tokenizer, &self.tokenizer)
    defer { swap(&tokenizer, &self.tokenizer) }
    tokenizer.each(in: text) { word, _, role in
      switch role {
      case .part, .spelling:
        // At the position of their whole.
        found.append(UInt64(stem(of: word)) << 32 | UInt64(max(length, 1) - 1))
        return
      case .word, .whole: break
      }
      if let start = parts { joined.append((start + word, length - 1)) }
      parts = word.endsInLigature ? word : nil
      found.append(UInt64(stem(of: word)) << 32 | UInt64(length))
      length += 1
    }
    for (word, place) in joined {
      found.append(UInt64(stem(of: word)) << 32 | UInt64(place))
    }
    found.sort()
    segment.append(found, length: length)
  }

  /// The number of a word's stem.
  private mutating func stem(of word: [UInt8]) -> UInt32 {
    let number = words.insert(word)
    if Int(number) == stemOfWord.count {
      stemOfWord.append(segment.number(of: Stemmer.stem(word)))
    }
    return stemOfWord[Int(number)]
  }
}
