internal import Search

/// The words of a title, to compare it with others whatever its case, accents and punctuation.
struct TitleWords: Sendable, Equatable {
  private let words: [[UInt8]]
  private let numbers: [[UInt8]]

  /// The share of words in common from which titles count as nearly the same.
  static let nearlySame = 0.8
  /// Titles with fewer words say too little: “Annual report” is a thousand works.
  static let fewest = 3

  init(_ title: String, _ folding: inout Folding) {
    let all = folding.fold(title).split(separator: 0x20).map(Array.init)
    words = all.sorted { $0.lexicographicallyPrecedes($1) }
    numbers = words.filter { word in word.contains { 0x30...0x39 ~= $0 } }
  }

  /// How similar two titles are, from 0 to 1: 1 for the same words, 0 for less than nearly the same.
  ///
  /// Numbers differ between the works of a series, so they must agree.
  func similarity(to other: TitleWords) -> Double {
    let most = max(words.count, other.words.count)
    guard min(words.count, other.words.count) >= TitleWords.fewest,
      most - min(words.count, other.words.count) <= most / 5 + 1, numbers == other.numbers
    else { return 0 }
    var (left, right, common) = (0, 0, 0)
    while left < words.count, right < other.words.count {
      if words[left] == other.words[right] {
        (left, right, common) = (left + 1, right + 1, common + 1)
      } else if words[left].lexicographicallyPrecedes(other.words[right]) {
        left += 1
      } else {
        right += 1
      }
    }
    let share = Double(2 * common) / Double(words.count + other.words.count)
    return share >= TitleWords.nearlySame ? share : 0
  }
}
