/// Reduces words to the stems by which they are found.
///
/// English words are spelled the American way and stemmed; Arabic words lose the article and the
/// particles attached to it. The word as it was typed still ranks above others of its stem.
enum Stemmer {
  /// The stem of a folded word; most words of other languages are their own.
  static func stem(_ word: [UInt8]) -> [UInt8] {
    guard let first = word.first else { return word }
    if first < 0x80 { return EnglishStemmer.stem(AmericanSpelling.spelling(of: word)) }
    return 0xD8...0xDB ~= first ? withoutArabicArticle(word) : word
  }

  /// The longest prefixes come first.
  ///
  /// “لل” is “ل” with the article.
  private static let arabicArticles: [[UInt8]] = [
    "وبال", "وكال", "فبال", "وال", "فال", "بال", "كال", "لال", "ولل", "فلل", "ال", "لل",
  ].map { Array($0.utf8) }

  /// A shorter rest is rarely a word: “الله”.
  private static let shortestArabicRest = 3 * 2

  private static func withoutArabicArticle(_ word: [UInt8]) -> [UInt8] {
    guard
      let article = arabicArticles.first(where: {
        word.starts(with: $0) && word.count - $0.count >= shortestArabicRest
      })
    else { return word }
    return Array(word[article.count...])
  }
}
