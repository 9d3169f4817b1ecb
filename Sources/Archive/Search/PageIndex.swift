/// The words of the pages of files, in memory: which pages have a word, and how often.
///
/// A value, as ``RecordIndex`` is. Pages are numbered through in the order in which they come, so
/// what a stem's pages are is kept as differences, in one or two octets a page. Words that say
/// nothing are left out; a phrase that has them is looked for in the text itself.
struct PageIndex: Sendable {
  /// The pages of one stem.
  struct Pages: Sendable {
    fileprivate var octets: [UInt8] = []
    fileprivate var next: UInt32 = 0
    private(set) var count: UInt32 = 0

    /// Takes in a page behind all before.
    fileprivate mutating func append(_ page: UInt32, times: UInt32) {
      var difference = (page - next) << 1 | (times == 1 ? 1 : 0)
      while difference >= 0x80 {
        octets.append(UInt8(truncatingIfNeeded: difference) | 0x80)
        difference >>= 7
      }
      octets.append(UInt8(difference))
      if times != 1 { octets.append(UInt8(min(times, 255))) }
      next = page + 1
      count += 1
    }

    /// Hands each page to `body` with how often the word stands there.
    @inline(__always)
    func each(_ body: (Int, Float) -> Void) {
      var index = 0
      var page: UInt32 = 0
      while index < octets.count {
        var value = UInt32(octets[index])
        index += 1
        if value >= 0x80 {
          value &= 0x7F
          var shift: UInt32 = 7
          while true {
            let octet = UInt32(octets[index])
            index += 1
            value |= (octet & 0x7F) << shift
            shift += 7
            if octet < 0x80 { break }
          }
        }
        page += value >> 1
        if value & 1 == 1 {
          body(Int(page), 1)
        } else {
          body(Int(page), Float(octets[index]))
          index += 1
        }
        page += 1
      }
    }

    var weight: Int { 64 + octets.capacity }
  }

  private(set) var stems = WordTable()
  private var pages: [Pages] = []
  /// How many words each page has.
  private(set) var lengths: [Float] = []
  private var ranges: [Int64: Range<Int>] = [:]
  private var totalLength = 0
  /// Pages that belong to no file any more.
  private var unused = 0
  private var divider = Words()
  /// The stems of words met while files are read; let go by `finish`.
  private var words = WordTable()
  private var stemOfWord: [UInt32] = []

  var isEmpty: Bool { ranges.isEmpty }
  var count: Int { lengths.count - unused }
  var averageLength: Float { count == 0 ? 1 : max(1, Float(totalLength) / Float(count)) }
  var isWorn: Bool { unused > 5000 && unused > count / 4 }

  var weight: Int {
    stems.weight + words.weight + 4 * lengths.capacity + pages.reduce(0) { $0 + $1.weight }
  }

  /// The numbers of a file's pages, the first page's first.
  func range(of file: Int64) -> Range<Int>? { ranges[file] }

  /// The pages that have a stem; nil when none has.
  func pages(of stem: [UInt8]) -> Pages? { stems.number(of: stem).map { pages[Int($0)] } }

  /// Takes the pages of a file in, in place of what it had of the same file.
  mutating func insert(_ texts: [String], of file: Int64) {
    remove(file)
    let first = lengths.count
    guard first + texts.count < 1 << 30 else { return }
    for text in texts { append(text) }
    ranges[file] = first..<lengths.count
  }

  mutating func remove(_ file: Int64) {
    guard let range = ranges.removeValue(forKey: file) else { return }
    unused += range.count
    for page in range { totalLength -= Int(lengths[page]) }
  }

  /// Lets go of what is needed only while many files are read.
  mutating func finish() {
    words = WordTable()
    stemOfWord = []
  }

  private mutating func append(_ text: String) {
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
      pages[Int(found[index])].append(page, times: UInt32(end - index))
      index = end
    }
    lengths.append(Float(length))
    totalLength += length
  }

  /// The number of a word's stem; nil for a word that says nothing.
  private mutating func number(of word: [UInt8]) -> UInt32? {
    let number = words.insert(word)
    if Int(number) == stemOfWord.count {
      if StopWords.contains(word) {
        stemOfWord.append(.max)
      } else {
        let stem = stems.insert(EnglishStemmer.stem(word))
        if Int(stem) == pages.count { pages.append(Pages()) }
        stemOfWord.append(stem)
      }
    }
    let stem = stemOfWord[Int(number)]
    return stem == .max ? nil : stem
  }
}
