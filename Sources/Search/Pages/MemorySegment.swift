/// Pages in memory, to which more can be added.
struct MemorySegment: Sendable {
  private(set) var stems = WordTable()
  private(set) var lists: [PostingList] = []
  /// How many words each page has.
  private(set) var lengths: [UInt16] = []
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
  var weight: Int { stems.weight + 2 * lengths.count + 96 * lists.count + bytes }

  /// The number of a stem, a new one for a new stem.
  mutating func number(of stem: [UInt8]) -> UInt32 {
    let number = stems.insert(stem)
    if Int(number) == lists.count { lists.append(PostingList()) }
    return number
  }

  /// Adds the next page.
  ///
  /// - Parameters:
  ///   - words: The number of each word's stem and, in the lower half, its position; in ascending
  ///     order.
  ///   - length: How many words it has.
  mutating func append(_ words: [UInt64], length: UInt32) {
    let page = UInt32(lengths.count)
    var index = 0
    while index < words.count {
      let stem = Int(words[index] >> 32)
      var end = index + 1
      while end < words.count, Int(words[end] >> 32) == stem { end += 1 }
      let before = lists[stem].weight
      lists[stem].append(
        page, at: words[index..<end].lazy.map { UInt32(truncatingIfNeeded: $0) })
      bytes += lists[stem].weight - before
      index = end
    }
    lengths.append(UInt16(clamping: length))
  }

  /// Adds the pages of another segment behind its own.
  mutating func append(_ other: MemorySegment) {
    for (number, list) in other.lists.enumerated() {
      let stem = Int(self.number(of: Array(other.stems[UInt32(number)])))
      let before = lists[stem].weight
      lists[stem].append(list, behind: UInt32(lengths.count))
      bytes += lists[stem].weight - before
    }
    lengths += other.lengths
  }
}
