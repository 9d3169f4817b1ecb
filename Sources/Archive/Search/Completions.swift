/// The words of an index in the order of their octets.
struct Completions: Sendable {
  private var sorted: [UInt32] = []

  /// Puts the words in order.
  mutating func sort(_ words: WordTable) {
    sorted = (0..<UInt32(words.count)).sorted {
      words[$0].lexicographicallyPrecedes(words[$1])
    }
  }

  /// The words that begin with a prefix: those that were put in order, then those that came since.
  func words(beginningWith prefix: [UInt8], in words: WordTable) -> [UInt32] {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if words[sorted[middle]].lexicographicallyPrecedes(prefix) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    let ordered = sorted[low...].prefix { words[$0].starts(with: prefix) }
    let since = (UInt32(sorted.count)..<UInt32(words.count)).filter {
      words[$0].starts(with: prefix)
    }
    return Array(ordered) + since
  }
}
