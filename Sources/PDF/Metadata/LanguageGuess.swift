// ISO 32000-1 §14.9.2: natural language, determined from the text.

/// Detects the language of a text by its script and its most common words.
struct LanguageGuess {
  private(set) var found: Guess<String>?

  private static let words: [(language: String, words: Set<String>)] = [
    ("en", ["the", "of", "and", "to", "in", "is", "that", "for", "with", "are", "this", "by"]),
    ("de", ["der", "die", "und", "den", "das", "ist", "mit", "von", "für", "nicht", "eine", "im"]),
    ("fr", ["le", "la", "les", "des", "et", "est", "dans", "pour", "une", "sur", "qui", "du"]),
    ("es", ["el", "la", "los", "que", "en", "las", "para", "con", "una", "por", "del", "es"]),
    ("pt", ["o", "os", "que", "em", "não", "uma", "para", "com", "dos", "da", "do", "são"]),
    ("it", ["il", "che", "di", "della", "per", "con", "una", "sono", "nel", "gli", "del", "è"]),
    ("nl", ["de", "het", "een", "van", "en", "dat", "zijn", "voor", "met", "niet", "op", "te"]),
    ("sv", ["och", "att", "det", "är", "som", "för", "på", "inte", "ett", "av", "med", "den"]),
    ("da", ["og", "at", "det", "er", "som", "for", "på", "ikke", "et", "af", "med", "til"]),
    ("nb", ["og", "å", "det", "er", "som", "for", "på", "ikke", "et", "av", "med", "til"]),
    ("fi", ["ja", "on", "ei", "että", "se", "oli", "ovat", "kun", "myös", "sekä", "tai", "mutta"]),
    ("pl", ["w", "i", "na", "się", "nie", "jest", "że", "do", "oraz", "przez", "są", "dla"]),
    ("cs", ["a", "se", "na", "je", "že", "v", "s", "do", "pro", "ve", "jako", "které"]),
    ("hu", ["a", "az", "és", "hogy", "nem", "egy", "is", "meg", "vagy", "ezek", "volt", "csak"]),
    ("ro", ["și", "de", "în", "la", "cu", "pe", "din", "care", "pentru", "nu", "sau", "este"]),
    ("hr", ["i", "u", "je", "na", "se", "za", "su", "od", "da", "koji", "kao", "bi"]),
    ("tr", ["ve", "bir", "bu", "için", "ile", "olarak", "de", "da", "en", "daha", "olan", "çok"]),
    ("id", ["yang", "dan", "di", "dari", "untuk", "pada", "dengan", "ini", "dalam", "atau", "ke"]),
    ("la", ["et", "in", "est", "non", "ut", "ad", "cum", "sed", "ac", "ex", "vel", "sit"]),
    ("vi", ["và", "của", "các", "là", "có", "được", "cho", "trong", "với", "những", "này", "đã"]),
  ]

  /// - Parameters:
  ///   - texts: The paragraphs.
  ///   - declared: The language that the file declares.
  ///   - isWord: Whether a word is in the English dictionary. Lists and tables have few of the common
  ///     words.
  init(_ texts: some Sequence<String>, declared: String?, isWord: (String) -> Bool) {
    var counts: [String: Int] = [:]
    var words = 0
    var scripts = Scripts()
    for text in texts {
      scripts.add(text)
      for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
        counts[String(word), default: 0] += 1
        words += 1
      }
      if words > 6000 || scripts.letters > 40_000 { break }
    }
    guard scripts.letters >= 100 else { return }
    let seen =
      scripts.language.map { ($0, 0.95) } ?? Self.byWords(counts, of: words)
      ?? Self.byDictionary(counts, isWord)
    guard let (language, confidence) = seen else { return }
    let isDeclared = declared?.lowercased().prefix { $0 != "-" && $0 != "_" } == language[...]
    let sum = min(0.99, confidence + (isDeclared ? 0.1 : 0))
    found = Guess(language, sum, isDeclared ? .both : .pages)
  }

  /// The language with the most common words of the text, if no other comes close.
  private static func byWords(_ counts: [String: Int], of total: Int) -> (String, Double)? {
    guard total >= 60 else { return nil }
    let shares = words.map { language, words in
      (language, Double(words.reduce(0) { $0 + (counts[$1] ?? 0) }) / Double(total))
    }.sorted { $0.1 > $1.1 }
    guard shares[0].1 > 0.06 else { return nil }
    let lead = (shares[0].1 - shares[1].1) / shares[0].1
    return lead > 0.04 ? (shares[0].0, min(0.95, 0.62 + lead)) : nil
  }

  /// English, if nearly half of the longer words are in its dictionary; of other languages that use
  /// the Latin script, a quarter is at most.
  private static func byDictionary(
    _ counts: [String: Int], _ isWord: (String) -> Bool
  ) -> (String, Double)? {
    let long = counts.keys.filter { $0.count >= 5 && $0.utf8.count == $0.count }
    guard long.count >= 20 else { return nil }
    return long.count(where: isWord) * 100 > long.count * 45 ? ("en", 0.75) : nil
  }

  /// The number of letters of each script.
  private struct Scripts {
    var letters = 0
    private var counts: [String: Int] = [:]
    private var kana = 0
    private var cyrillic: [UInt32: Int] = [:]
    private var persian = 0

    mutating func add(_ text: String) {
      for scalar in text.unicodeScalars.prefix(20_000) where scalar.properties.isAlphabetic {
        letters += 1
        switch scalar.value {
        case 0x3040...0x30FF: kana += 1
        case 0x3400...0x9FFF, 0x20000...0x3FFFF: counts["zh", default: 0] += 1
        case 0xAC00...0xD7A3: counts["ko", default: 0] += 1
        case 0x0370...0x03FF: counts["el", default: 0] += 1
        case 0x0590...0x05FF: counts["he", default: 0] += 1
        case 0x067E, 0x0686, 0x0698, 0x06AF, 0x06A9, 0x06CC:
          persian += 1
          counts["ar", default: 0] += 1
        case 0x0600...0x06FF: counts["ar", default: 0] += 1
        case 0x0410...0x042F: cyrillic[scalar.value + 0x20, default: 0] += 1
        case 0x0400...0x040F: cyrillic[scalar.value + 0x50, default: 0] += 1
        case 0x0430...0x045F, 0x0490...0x0491: cyrillic[scalar.value, default: 0] += 1
        case 0x0E00...0x0E7F: counts["th", default: 0] += 1
        case 0x0900...0x097F: counts["hi", default: 0] += 1
        default: break
        }
      }
    }

    /// The language that is the only one of its script.
    var language: String? {
      if kana * 20 > letters, kana + (counts["zh"] ?? 0) > letters / 2 { return "ja" }
      let found = counts.first {
        $0.value * 10 > ($0.key == "zh" || $0.key == "ko" ? 3 : 6) * letters
      }?.key
      if found == "ar" { return persian * 20 > letters ? "fa" : "ar" }
      return found ?? cyrillicLanguage
    }

    /// The language that has Cyrillic letters which others lack.
    private var cyrillicLanguage: String? {
      let all = cyrillic.values.reduce(0, +)
      guard all * 10 > letters * 4 else { return nil }
      func has(_ letters: String) -> Bool {
        letters.unicodeScalars.reduce(0) { $0 + (cyrillic[$1.value] ?? 0) } * 200 > all
      }
      if has("ў") { return "be" }
      if has("їєґі") { return "uk" }
      if has("ыэё") { return "ru" }
      if has("ѓќѕ") { return "mk" }
      if has("јљњћђ") { return "sr" }
      return has("ъ") ? "bg" : nil
    }
  }
}
