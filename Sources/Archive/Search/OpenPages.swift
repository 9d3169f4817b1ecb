/// Pages that are taken in one after the other, in memory, until they are sealed.
///
/// Words that say nothing are left out; a phrase that has them is looked for in the text itself.
struct OpenPages: Sendable {
  private(set) var stems = WordTable()
  private(set) var lists: [PageList] = []
  /// How many words each page has.
  private(set) var lengths: [UInt16] = []
  private var divider = Words()
  /// The stems of the words that were met, so that each is stemmed once.
  private var words = WordTable()
  private var stemOfWord: [UInt32] = []
  /// The octets of all lists.
  private var octets = 0

  func list(of stem: [UInt8]) -> PageList? { stems.number(of: stem).map { lists[Int($0)] } }

  /// The memory it holds, about.
  var weight: Int {
    stems.weight + words.weight + 4 * stemOfWord.count + 2 * lengths.count + 64 * lists.count
      + octets
  }

  /// Takes in the next page.
  mutating func append(_ text: String) {
    let page = UInt32(lengths.count)
    var found: [UInt32] = []
    var length = 0
    var parts: [UInt8]?
    var joined: [[UInt8]] = []
    // Lent out, since what is done with each word also changes the index.
    var divider = Words()
    swap(&divider, &self.divider)
    defer { swap(&divider, &self.divider) }
    divider.each(in: text) { word, _ in
      length += 1
      if let start = parts { joined.append(start + word) }
      parts = word.endsInLigature ? word : nil
      if let number = number(of: word) { found.append(number) }
    }
    found += joined.compactMap { number(of: $0) }
    found.sort()
    var index = 0
    while index < found.count {
      var end = index + 1
      while end < found.count, found[end] == found[index] { end += 1 }
      let before = lists[Int(found[index])].octets.count
      lists[Int(found[index])].append(page, times: end - index)
      octets += lists[Int(found[index])].octets.count - before
      index = end
    }
    lengths.append(UInt16(clamping: length))
  }

  /// The number of a word's stem; nil for a word that says nothing.
  private mutating func number(of word: [UInt8]) -> UInt32? {
    let number = words.insert(word)
    if Int(number) == stemOfWord.count {
      if StopWords.contains(word) {
        stemOfWord.append(.max)
      } else {
        let stem = stems.insert(EnglishStemmer.stem(word))
        if Int(stem) == lists.count { lists.append(PageList()) }
        stemOfWord.append(stem)
      }
    }
    let stem = stemOfWord[Int(number)]
    return stem == .max ? nil : stem
  }
}
