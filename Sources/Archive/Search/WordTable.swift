/// Words with a number each, counted from 0 in the order in which they came.
///
/// The octets of all stand in one array, and an open hash table finds them: a tenth of the memory
/// of a dictionary of strings, and no string is made while text is read.
struct WordTable: Sendable {
  private var octets: [UInt8] = []
  private var ends: [UInt32] = []
  /// A word's number and 1; 0 is a free place.
  ///
  /// At most half are taken.
  private var slots: [UInt32] = Array(repeating: 0, count: 1024)

  var count: Int { ends.count }

  /// The memory it holds, about.
  var weight: Int { octets.capacity + 4 * (ends.capacity + slots.capacity) }

  /// The number of a word; nil when it never came.
  func number(of word: [UInt8]) -> UInt32? {
    let slot = slots[slot(of: word)]
    return slot == 0 ? nil : slot - 1
  }

  /// The number of a word, a new one when it comes for the first time.
  mutating func insert(_ word: [UInt8]) -> UInt32 {
    let place = slot(of: word)
    if slots[place] != 0 { return slots[place] - 1 }
    let number = UInt32(ends.count)
    octets += word
    ends.append(UInt32(octets.count))
    slots[place] = number + 1
    if ends.count * 2 > slots.count { grow() }
    return number
  }

  subscript(number: UInt32) -> ArraySlice<UInt8> { octets[range(of: number)] }

  /// How many octets at the beginning and at the end a word shares with another, without counting
  /// any of them twice.
  func same(_ number: UInt32, as word: [UInt8]) -> Int {
    let range = range(of: number)
    let shorter = min(range.count, word.count)
    var first = 0
    while first < shorter, octets[range.lowerBound + first] == word[first] { first += 1 }
    var last = 0
    while last < shorter - first,
      octets[range.upperBound - 1 - last] == word[word.count - 1 - last]
    {
      last += 1
    }
    return first + last
  }

  /// How many octets a word has.
  func length(of number: UInt32) -> Int { range(of: number).count }

  private func range(of number: UInt32) -> Range<Int> {
    let index = Int(number)
    return (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
  }

  private func slot(of word: [UInt8]) -> Int {
    let mask = slots.count - 1
    var place = WordTable.hash(word[...]) & mask
    while slots[place] != 0, !isWord(slots[place] - 1, word) { place = (place + 1) & mask }
    return place
  }

  private func isWord(_ number: UInt32, _ word: [UInt8]) -> Bool {
    let range = range(of: number)
    guard range.count == word.count else { return false }
    for index in word.indices where octets[range.lowerBound + index] != word[index] {
      return false
    }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for number in 0..<UInt32(ends.count) {
      var place = WordTable.hash(self[number]) & mask
      while slots[place] != 0 { place = (place + 1) & mask }
      slots[place] = number + 1
    }
  }

  /// FNV-1a, with its high half folded in, since the lowest bits name the place.
  private static func hash(_ word: ArraySlice<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for octet in word { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ (hash >> 32))
  }
}
