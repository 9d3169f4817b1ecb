/// Finds words of the index that are spelled like an unknown one.
struct Spelling {
  let words: WordTable
  let frequencies: [UInt32]
  let sortedWords: SortedWords

  /// The fewest letters of a word that is corrected; shorter ones have too many neighbours.
  static let shortest = 4
  /// The same where the words beside it say which neighbour is meant.
  static let shortestInContext = 3
  /// The fewest letters of a word that is corrected with two edits.
  private static let shortestOfTwoEdits = 8
  /// The most letters of a word that is corrected; longer ones have too many variations.
  private static let longest = 32

  /// The words that are one edit from a word, the most likely first.
  ///
  /// - Parameters:
  ///   - word: A folded word that the archive does not have.
  ///   - shortest: The fewest letters that it must have.
  /// - Returns: Numbers of words. An edit inserts, removes or replaces a letter, or swaps two.
  func nearest(to word: [UInt8], shortest: Int = Spelling.shortest) -> [UInt32] {
    let letters = Spelling.letters(word)
    guard (shortest...Spelling.longest).contains(letters.count) else { return [] }
    return ranked(oneEdit(from: letters), letters)
  }

  /// The words that are two edits from a longer word, after its first letter.
  func farther(from word: [UInt8]) -> [UInt32] {
    let letters = Spelling.letters(word)
    guard (Spelling.shortestOfTwoEdits...Spelling.longest).contains(letters.count) else {
      return []
    }
    return ranked(twoEdits(from: word, letters), letters)
  }

  private func ranked(_ found: Set<UInt32>, _ letters: [Unicode.Scalar]) -> [UInt32] {
    let ranked = found.map { number in
      let begins = Spelling.letters(words[number]).first == letters.first ? 8.0 : 1
      return (rank: Double(frequencies[Int(number)]) * begins, number: number)
    }
    return ranked.sorted {
      $0.rank != $1.rank
        ? $0.rank > $1.rank : words[$0.number].lexicographicallyPrecedes(words[$1.number])
    }.map(\.number)
  }

  private static func letters(_ word: some Sequence<UInt8>) -> [Unicode.Scalar] {
    Array(String(decoding: Array(word), as: UTF8.self).unicodeScalars)
  }

  /// Looks up every variation of a word, which is faster than comparing every word.
  private func oneEdit(from letters: [Unicode.Scalar]) -> Set<UInt32> {
    var found = Set<UInt32>()
    Spelling.eachVariation(of: letters) { bytes in
      if let number = words.number(of: bytes), frequencies[Int(number)] > 0 {
        found.insert(number)
      }
    }
    return found
  }

  /// The variations of a word by one edit, folded, in UTF-8; some of them more than once.
  static func variations(of word: [UInt8]) -> [[UInt8]] {
    let letters = letters(word)
    guard letters.count <= longest else { return [] }
    var all: [[UInt8]] = []
    eachVariation(of: letters) { all.append($0) }
    return all
  }

  private static func eachVariation(of letters: [Unicode.Scalar], _ body: ([UInt8]) -> Void) {
    var variation = letters
    var bytes: [UInt8] = []
    func look() {
      bytes.removeAll(keepingCapacity: true)
      for letter in variation {
        if letter.isASCII {
          bytes.append(UInt8(letter.value))
        } else {
          bytes += Array(String(letter).utf8)
        }
      }
      body(bytes)
    }
    for index in letters.indices {
      variation.remove(at: index)
      look()
      variation.insert(letters[index], at: index)
      guard index > 0 else { continue }
      variation.swapAt(index - 1, index)
      look()
      variation.swapAt(index - 1, index)
    }
    for other in Spelling.alphabet(of: letters) {
      for index in letters.indices {
        variation[index] = other
        look()
        variation[index] = letters[index]
      }
      for index in 0...letters.count {
        variation.insert(other, at: index)
        look()
        variation.remove(at: index)
      }
    }
  }

  /// The letters that may replace those of a word: those of the same blocks of Unicode.
  private static func alphabet(of letters: [Unicode.Scalar]) -> [Unicode.Scalar] {
    if letters.allSatisfy(\.isASCII) {
      return "abcdefghijklmnopqrstuvwxyz0123456789".unicodeScalars.map(\.self)
    }
    var alphabet: [Unicode.Scalar] = []
    for part in Set(letters.map { $0.value >> 6 }).sorted().prefix(4) {
      for value in (part << 6)..<((part + 1) << 6) {
        guard let letter = Unicode.Scalar(value), letter.properties.isAlphabetic else { continue }
        alphabet.append(letter)
      }
    }
    return alphabet
  }

  private func twoEdits(from word: [UInt8], _ letters: [Unicode.Scalar]) -> Set<UInt32> {
    guard let first = letters.first else { return [] }
    let beginning = Array(String(first).utf8)
    // Two letters outside ASCII take up to eight bytes.
    let spare = letters.allSatisfy(\.isASCII) ? 2 : 8
    var distance = EditDistance(from: letters, most: 2)
    var found = Set<UInt32>()
    for number in sortedWords.words(beginningWith: beginning, in: words)
    where abs(words.length(of: number) - word.count) <= spare
      && frequencies[Int(number)] > 0 && words.same(number, as: word) * 3 >= word.count
    {
      if distance.isNear(Spelling.letters(words[number])) { found.insert(number) }
    }
    return found
  }
}

/// Finds words within a few edits by optimal string alignment, in which no part is edited twice.
private struct EditDistance {
  private let letters: [Unicode.Scalar]
  private let most: Int
  private var before: [Int] = []
  private var last: [Int] = []
  private var row: [Int] = []

  init(from letters: [Unicode.Scalar], most: Int) {
    self.letters = letters
    self.most = most
  }

  mutating func isNear(_ other: [Unicode.Scalar]) -> Bool {
    guard abs(letters.count - other.count) <= most, !other.isEmpty else { return false }
    last.replaceSubrange(0..., with: 0...other.count)
    before = last
    row = last
    for i in 1...letters.count {
      row[0] = i
      var least = i
      for j in 1...other.count {
        let isSame = letters[i - 1] == other[j - 1]
        var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1))
        if i > 1, j > 1, letters[i - 1] == other[j - 2], letters[i - 2] == other[j - 1] {
          cost = min(cost, before[j - 2] + 1)
        }
        row[j] = cost
        least = min(least, cost)
      }
      if least > most { return false }
      (before, last, row) = (last, row, before)
    }
    return last[other.count] <= most
  }
}
