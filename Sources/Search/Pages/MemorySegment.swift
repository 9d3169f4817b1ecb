/// Pages in memory, to which more can be added.
struct MemorySegment: Sendable {
  private(set) var stems = WordTable()
  private(set) var lists: [PostingList] = []
  /// How many words each page has.
  private(set) var lengths: [UInt16] = []
  private var tokenizer = Tokenizer()
  /// The words so far; each is stemmed once.
  private var words = WordTable()
  private var stemOfWord: [UInt32] = []
  /// The bytes of all lists.
  private var bytes = 0

  func list(of stem: [UInt8]) -> PostingList? { stems.number(of: stem).map { lists[Int($0)] } }

  /// Calls `body` with each stem that has a prefix and the number of its pages.
  func eachStem(beginningWith prefix: [UInt8], _ body: ([UInt8], Int) -> Void) {
    for stem in 0..<UInt32(stems.count) where stems.order(of: stem, to: prefix) == .beginsSo {
      body(Array(stems[stem]), lists[Int(stem)].count)
    }
  }

  /// The memory it holds, about.
  var weight: Int {
    stems.weight + words.weight + 4 * stemOfWord.count + 2 * lengths.count + 96 * lists.count
      + bytes
  }

  /// Adds the next page.
  mutating func append(_ text: String) {
    let page = UInt32(lengths.count)
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
        found.append(UInt64(number(of: word)) << 32 | UInt64(max(length, 1) - 1))
        return
      case .word, .whole: break
      }
      if let start = parts { joined.append((start + word, length - 1)) }
      parts = word.endsInLigature ? word : nil
      found.append(UInt64(number(of: word)) << 32 | UInt64(length))
      length += 1
    }
    for (word, place) in joined {
      found.append(UInt64(number(of: word)) << 32 | UInt64(place))
    }
    found.sort()
    var index = 0
    while index < found.count {
      let stem = Int(found[index] >> 32)
      var end = index + 1
      while end < found.count, Int(found[end] >> 32) == stem { end += 1 }
      let before = lists[stem].weight
      lists[stem].append(
        page, at: found[index..<end].lazy.map { UInt32(truncatingIfNeeded: $0) })
      bytes += lists[stem].weight - before
      index = end
    }
    lengths.append(UInt16(clamping: length))
  }

  /// The number of a word's stem.
  private mutating func number(of word: [UInt8]) -> UInt32 {
    let number = words.insert(word)
    if Int(number) == stemOfWord.count {
      let stem = stems.insert(Stemmer.stem(word))
      if Int(stem) == lists.count { lists.append(PostingList()) }
      stemOfWord.append(stem)
    }
    return stemOfWord[Int(number)]
  }
}
