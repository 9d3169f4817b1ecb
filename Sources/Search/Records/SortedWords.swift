/// The words of an index in byte order, for finding those with a prefix.
struct SortedWords: Sendable {
  private var sorted: [UInt32] = []

  /// Sorts all words.
  mutating func sort(_ words: WordTable) {
    sorted = (0..<UInt32(words.count)).sorted {
      words[$0].lexicographicallyPrecedes(words[$1])
    }
  }

  /// The words that begin with a prefix: first the sorted ones, then those added since.
  func words(beginningWith prefix: [UInt8], in words: WordTable) -> [UInt32] {
    let first = sorted.boundary({ words.order(of: $0, to: prefix) != .before })
    let end = sorted.boundary({ words.order(of: $0, to: prefix) == .behind })
    let since = (UInt32(sorted.count)..<UInt32(words.count)).filter {
      words.order(of: $0, to: prefix) == .beginsSo
    }
    return sorted[first..<end] + since
  }
}
