internal import Foundation

/// Finds the words of a drawn page that the letters of its extracted text come from.
///
/// Text and drawing have the same letters, but not in the same order, divided into words differently
/// at ligatures and line ends, and with running heads that one of them may lack. So letters are
/// aligned and not words: runs of letters that occur once in both are the same, and so are equal
/// letters before, after and between them. Letters that remain are nowhere: a mark that might be in
/// the wrong place is left out.
struct WordAlignment {
  /// The part of a word of the drawing.
  struct Place {
    var word: Int
    /// Its letters that are covered.
    var letters: Range<Int>
    /// How many it has.
    var count: Int
  }

  private struct Letters {
    var folded: [UInt32] = []
    /// For each letter of a text the byte where it begins; of a drawing the number of its word.
    var sources: [Int] = []
  }

  /// Lengths of the runs that must be unique, the safest first.
  private static let lengths = [24, 12, 7]
  /// More letters than any page has that a reader could make out.
  private static let most = 200_000

  private let text: Letters
  private let drawn: Letters
  /// The first letter of each word of the drawing, and the number of all.
  private let firsts: [Int]
  /// For each letter of the text that of the drawing; -1 for none.
  private var partners: [Int]
  private var isTaken: [Bool]

  init(_ text: String, _ words: [PageDrawing.Word]) {
    var letters = Letters()
    var offset = 0
    for scalar in text.unicodeScalars.prefix(Self.most) {
      for folded in Self.folded(scalar) {
        letters.folded.append(folded)
        letters.sources.append(offset)
      }
      offset += UTF8.width(scalar)
    }
    self.text = letters
    var drawn = Letters()
    var firsts: [Int] = []
    for (index, word) in words.enumerated() where drawn.folded.count < Self.most {
      firsts.append(drawn.folded.count)
      for folded in word.text.unicodeScalars.flatMap(Self.folded) {
        drawn.folded.append(folded)
        drawn.sources.append(index)
      }
    }
    self.drawn = drawn
    self.firsts = firsts + [drawn.folded.count]
    partners = [Int](repeating: -1, count: letters.folded.count)
    isTaken = [Bool](repeating: false, count: drawn.folded.count)
    for length in Self.lengths { pairUniqueRuns(of: length) }
    pairBetween()
  }

  /// The words that show a range of the text's UTF-8; nil if any of its letters is nowhere.
  func places(of range: Range<Int>) -> [Place]? {
    var places: [Place] = []
    let start = text.sources.firstIndex { $0 >= range.lowerBound } ?? text.sources.count
    for index in start..<text.sources.count where text.sources[index] < range.upperBound {
      let partner = partners[index]
      guard partner >= 0 else { return nil }
      let word = drawn.sources[partner]
      let letter = partner - firsts[word]
      if let last = places.last, last.word == word {
        places[places.count - 1].letters =
          min(last.letters.lowerBound, letter)..<max(last.letters.upperBound, letter + 1)
      } else {
        places.append(
          Place(
            word: word, letters: letter..<letter + 1, count: firsts[word + 1] - firsts[word]))
      }
    }
    return places.isEmpty ? nil : places
  }

  // MARK: Pairing

  private mutating func pairUniqueRuns(of length: Int) {
    let mine = Self.uniqueRuns(text.folded, length) { partners[$0] < 0 }
    let theirs = Self.uniqueRuns(drawn.folded, length) { !isTaken[$0] }
    for (run, start) in mine.sorted(by: { $0.value < $1.value }) {
      guard start >= 0, let other = theirs[run], other >= 0, partners[start] < 0, !isTaken[other]
      else { continue }
      // Different runs may have the same hash.
      guard text.folded[start..<start + length] == drawn.folded[other..<other + length] else {
        continue
      }
      var index = start
      var partner = other
      while index > 0, partner > 0, canPair(index - 1, partner - 1) {
        index -= 1
        partner -= 1
      }
      while index < partners.count, partner < isTaken.count, canPair(index, partner) {
        pair(index, partner)
        index += 1
        partner += 1
      }
    }
  }

  /// Runs that occur once, by their hash; -1 for those that occur more often.
  private static func uniqueRuns(
    _ letters: [UInt32], _ length: Int, isFree: (Int) -> Bool
  ) -> [UInt64: Int] {
    var runs: [UInt64: Int] = [:]
    var free = 0
    var hash: UInt64 = 0
    var power: UInt64 = 1
    for _ in 0..<length { power = power &* base }
    for (index, letter) in letters.enumerated() {
      hash = hash &* base &+ UInt64(letter)
      if index >= length { hash = hash &- power &* UInt64(letters[index - length]) }
      free = isFree(index) ? free + 1 : 0
      if free >= length {
        let start = index - length + 1
        runs[hash] = runs[hash] == nil ? start : -1
      }
    }
    return runs
  }

  private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Pairs equal letters between two pairs that are equally far apart in the text and the drawing.
  private mutating func pairBetween() {
    var last: Int?
    for index in partners.indices where partners[index] >= 0 {
      defer { last = index }
      guard let last, index - last > 1, partners[index] - partners[last] == index - last else {
        continue
      }
      let shift = partners[last] - last
      if (last + 1..<index).allSatisfy({ canPair($0, $0 + shift) }) {
        for between in last + 1..<index { pair(between, between + shift) }
      }
    }
  }

  private func canPair(_ index: Int, _ partner: Int) -> Bool {
    partners[index] < 0 && !isTaken[partner] && text.folded[index] == drawn.folded[partner]
  }

  private mutating func pair(_ index: Int, _ partner: Int) {
    partners[index] = partner
    isTaken[partner] = true
  }

  // MARK: Letters

  /// The letters and digits of a scalar, without case, accents and ligatures.
  private static func folded(_ scalar: Unicode.Scalar) -> [UInt32] {
    switch scalar.value {
    case 0x61...0x7A, 0x30...0x39: return [scalar.value]
    case 0x41...0x5A: return [scalar.value + 32]
    case ..<0x80: return []
    default:
      return String(Character(scalar)).decomposedStringWithCompatibilityMapping.lowercased()
        .unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }
        .map(\.value)
    }
  }
}
