/// Whether a lower-case word, or its stem, is in the English dictionary.
package func isEnglishWord(_ word: String) -> Bool { Lexicon.english.contains(word) }

/// A list of words.
struct Lexicon {
  private let words: Set<String>

  static let english = Lexicon(wordList)

  private init(_ list: String) {
    var words: Set<String> = []
    words.reserveCapacity(34_000)
    var word: [UInt8] = []
    var isFirst = true
    for byte in list.utf8 {
      if (0x41...0x5A).contains(byte) {
        if !isFirst { words.insert(String(decoding: word, as: UTF8.self)) }
        isFirst = false
        word.removeLast(word.count - min(word.count, Int(byte) - 0x41))
      } else {
        word.append(byte)
      }
    }
    words.insert(String(decoding: word, as: UTF8.self))
    self.words = words
  }

  /// Whether a lower-case word or its stem is in the list.
  func contains(_ word: String) -> Bool {
    words.contains(word) || stems(of: word).contains(where: words.contains)
  }

  /// Possible stems of the word, with at least four letters.
  private func stems(of word: String) -> [String] {
    var stems: [String] = []
    func add(without ending: String, plus letter: String = "") {
      guard word.hasSuffix(ending) else { return }
      let stem = word.dropLast(ending.count) + letter
      if stem.count >= 4 { stems.append(String(stem)) }
    }
    add(without: "s")
    add(without: "es")
    add(without: "ed")
    add(without: "d")
    add(without: "ing")
    add(without: "ing", plus: "e")
    add(without: "ly")
    add(without: "ies", plus: "y")
    add(without: "ied", plus: "y")
    return stems
  }

  /// Words so common that a hyphen before one is not a line break: “pre- and post-war”.
  static let functionWords: Set<String> = [
    "a", "all", "am", "an", "and", "any", "are", "as", "at", "be", "beziehungsweise", "bis", "but",
    "by", "bzw", "can", "de", "des", "do", "du", "eller", "en", "et", "etc", "for", "from", "had",
    "has", "have", "he", "her", "his", "if", "in", "into", "is", "it", "its", "la", "le", "les",
    "lub", "me", "more", "my", "nebo", "no", "nor", "not", "och", "oder", "of", "off", "og", "on",
    "or", "oraz", "other", "ou", "our", "out", "over", "plus", "rather", "resp", "respektive",
    "samt", "she", "so", "some", "sowie", "than", "that", "the", "their", "then", "they", "this",
    "those", "through", "to", "too", "und", "up", "us", "vagy", "versus", "vs", "was", "we", "well",
    "were", "when", "which", "while", "who", "will", "with", "you", "your", "és", "или",
  ]

  /// Compounds that often lose their hyphen at a line end.
  static let compounds: Set<String> = [
    "asia-pacific", "indo-pacific", "trans-pacific", "euro-atlantic", "trans-atlantic",
  ]
}
