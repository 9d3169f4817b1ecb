/// The words of records and their stems.
///
/// Both have numbers, counted from 0; those of words that no record has any more stay.
struct Vocabulary: Sendable {
  private(set) var words = WordTable()
  private(set) var stems = WordTable()
  /// The stem of each word.
  private(set) var stemOfWord: [UInt32] = []
  /// Whether each word is a stop word.
  private(set) var saysNothing: [Bool] = []
  /// How many records have each word.
  private(set) var frequencyOfWord: [UInt32] = []
  /// For each stem the word that came last of those that have it, and for each word the one that
  /// came before it.
  private var lastWordOfStem: [UInt32] = []
  private var wordBefore: [UInt32] = []

  /// The memory it uses, approximately.
  var weight: Int {
    words.weight + stems.weight + 13 * stemOfWord.capacity + 4 * lastWordOfStem.capacity
  }

  /// The number of a word, a new one for a new word.
  mutating func insert(_ word: [UInt8]) -> UInt32 {
    let number = words.insert(word)
    guard Int(number) == stemOfWord.count else { return number }
    let stem = stems.insert(Stemmer.stem(word))
    if Int(stem) == lastWordOfStem.count { lastWordOfStem.append(.max) }
    wordBefore.append(lastWordOfStem[Int(stem)])
    lastWordOfStem[Int(stem)] = number
    stemOfWord.append(stem)
    saysNothing.append(StopWords.contains(word))
    frequencyOfWord.append(0)
    return number
  }

  /// Counts a record that has words, each named once.
  mutating func countRecord(with words: [UInt32]) {
    for word in words { frequencyOfWord[Int(word)] += 1 }
  }

  /// Takes a record with words, each named once, out of the count.
  mutating func discountRecord(with words: [UInt32]) {
    for word in words { frequencyOfWord[Int(word)] -= 1 }
  }

  /// The words that have a stem.
  func words(of stem: UInt32) -> [UInt32] {
    var found: [UInt32] = []
    var word = lastWordOfStem[Int(stem)]
    while word != .max {
      found.append(word)
      word = wordBefore[Int(word)]
    }
    return found
  }
}
