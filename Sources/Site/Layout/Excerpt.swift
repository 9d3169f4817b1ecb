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
