/// Splits texts for pages.
enum Wording {
  /// The first `limit` characters of a text up to the end of a word, as one line.
  static func excerpt(_ text: String, limit: Int) -> String {
    var line = ""
    var length = 0
    // Only as much of a long text is read as fits into the line.
    var rest = text.unicodeScalars[...]
    while let start = rest.firstIndex(where: { !$0.isSpace }) {
      let end = rest[start...].firstIndex(where: \.isSpace) ?? rest.endIndex
      let word = text[start..<end]
      rest = rest[end...]
      let wordLength = word.unicodeScalars.count
      guard length + wordLength + 1 <= limit else {
        return length == 0 ? String(word.prefix(limit)) + "…" : line + "…"
      }
      if length > 0 { line += " " }
      line += word
      length += wordLength + 1
    }
    return line
  }

  /// The first sentences of a text in at most `limit` characters, as one line; the first words
  /// where no sentence ends in the second half of them.
  static func firstSentences(_ text: String, limit: Int) -> String {
    let excerpt = excerpt(text, limit: limit)
    guard excerpt.hasSuffix("…") else { return excerpt }
    let scalars = excerpt.unicodeScalars
    let middle = scalars.index(scalars.startIndex, offsetBy: scalars.count / 2)
    var end = scalars.endIndex
    while end > middle {
      let mark = scalars.index(before: end)
      if scalars[mark].endsSentence(after: scalars[..<mark], before: scalars[end...]) {
        return String(scalars[..<end])
      }
      end = mark
    }
    return excerpt
  }

  /// The paragraphs of a text, separated by empty lines.
  static func paragraphs(_ text: String) -> [String] {
    var paragraphs: [String] = []
    var lines: [Substring] = []
    let scalars = text.unicodeScalars
    for line in scalars.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd) {
      if line.allSatisfy(\.isSpace) {
        // CR LF is one line end.
        let isBetween =
          line.startIndex > text.startIndex && line.isEmpty
          && scalars[scalars.index(before: line.startIndex)] == "\r"
          && line.endIndex < text.endIndex && scalars[line.endIndex] == "\n"
        if isBetween { continue }
        if !lines.isEmpty { paragraphs.append(lines.joined(separator: "\n")) }
        lines = []
      } else {
        lines.append(Substring(line))
      }
    }
    if !lines.isEmpty { paragraphs.append(lines.joined(separator: "\n")) }
    return paragraphs
  }
}

extension Unicode.Scalar {
  /// Whether a sentence ends with this, as far as the characters beside it tell.
  ///
  /// A full stop after one or two letters, as in “U.S. Army” and “Dr. Lee”, does not count.
  fileprivate func endsSentence(
    after words: Substring.UnicodeScalarView, before rest: Substring.UnicodeScalarView
  ) -> Bool {
    switch self {
    case "。", "！", "？": return true
    case ".", "!", "?":
      return rest.first?.isSpace == true
        && words.reversed().prefix(3).count { $0.properties.isAlphabetic } == 3
    default: return false
    }
  }
}
