/// Words with a number each, counted from 0 in the order of insertion.
///
/// All bytes are in one array with an open hash table: a tenth of the memory of a dictionary of
/// strings, and no string is made while text is read.
struct WordTable: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []
  /// For each slot of the hash table a byte of the hash of its word; 0 for a free slot.
  ///
  /// It rules out nearly all other words. At most two thirds of the slots are used.
  private var tags: [UInt8] = Array(repeating: 0, count: 1024)
  /// The numbers of the words in the slots.
  private var numbers: [UInt32] = Array(repeating: 0, count: 1024)

  var count: Int { ends.count }

  /// The memory it uses, approximately.
  var weight: Int { bytes.capacity + 4 * ends.capacity + 5 * tags.capacity }

  /// The number of a word; nil if it was never inserted.
  func number(of word: [UInt8]) -> UInt32? {
    let slot = slot(of: word, WordTable.hash(word[...]))
    return tags[slot] == 0 ? nil : numbers[slot]
  }

  /// The number of a word, a new one for a new word.
  mutating func insert(_ word: [UInt8]) -> UInt32 {
    let hash = WordTable.hash(word[...])
    let slot = slot(of: word, hash)
    if tags[slot] != 0 { return numbers[slot] }
    let number = UInt32(ends.count)
    bytes += word
    ends.append(UInt32(bytes.count))
    tags[slot] = WordTable.tag(hash)
    numbers[slot] = number
    if ends.count * 3 > tags.count * 2 { grow() }
    return number
  }

  subscript(number: UInt32) -> ArraySlice<UInt8> { bytes[range(of: number)] }

  /// How many bytes at the beginning and at the end a word shares with another, each counted once.
  func same(_ number: UInt32, as word: [UInt8]) -> Int {
    let range = range(of: number)
    let shorter = min(range.count, word.count)
    var first = 0
    while first < shorter, bytes[range.lowerBound + first] == word[first] { first += 1 }
    var last = 0
    while last < shorter - first,
      bytes[range.upperBound - 1 - last] == word[word.count - 1 - last]
    {
      last += 1
    }
    return first + last
  }

  /// The order of a word and of the words with a prefix.
  enum Order { case before, beginsSo, behind }

  /// Compares a word with the words that begin with a prefix.
  func order(of number: UInt32, to prefix: [UInt8]) -> Order {
    let range = range(of: number)
    for (index, byte) in prefix.enumerated() {
      guard index < range.count else { return .before }
      let other = bytes[range.lowerBound + index]
      if other != byte { return other < byte ? .before : .behind }
    }
    return .beginsSo
  }

  /// How many bytes a word has.
  func length(of number: UInt32) -> Int { range(of: number).count }

  private func range(of number: UInt32) -> Range<Int> {
    let index = Int(number)
    return (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
  }

  /// The slot of a word, or a free one for it.
  private func slot(of word: [UInt8], _ hash: UInt64) -> Int {
    let mask = tags.count - 1
    let tag = WordTable.tag(hash)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while tags[slot] != 0, tags[slot] != tag || !isWord(numbers[slot], word) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  /// The highest byte of a hash, which does not choose the slot; never 0.
  private static func tag(_ hash: UInt64) -> UInt8 { UInt8(hash >> 56) | 1 }

  private func isWord(_ number: UInt32, _ word: [UInt8]) -> Bool {
    let range = range(of: number)
    guard range.count == word.count else { return false }
    for index in word.indices where bytes[range.lowerBound + index] != word[index] {
      return false
    }
    return true
  }

  private mutating func grow() {
    let slots = tags.count * 2
    tags = Array(repeating: 0, count: slots)
    numbers = Array(repeating: 0, count: slots)
    for number in 0..<UInt32(ends.count) {
      let hash = WordTable.hash(self[number])
      var slot = Int(truncatingIfNeeded: hash) & (slots - 1)
      while tags[slot] != 0 { slot = (slot + 1) & (slots - 1) }
      tags[slot] = WordTable.tag(hash)
      numbers[slot] = number
    }
  }

  /// FNV-1a, with its high half folded in, since the lowest bits name the place.
  private static func hash(_ word: ArraySlice<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash ^ (hash >> 32)
  }
}
