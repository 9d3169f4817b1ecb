internal import Foundation

/// Finds words in a text, ignoring case and accents.
struct Highlighter {
  /// The words of a search, or a text.
  private enum Sought {
    case words([[Character]])
    case run([Character])
  }

  private let sought: Sought
  /// The most characters of a search.
  private static let longest = 200
  private static let mostWords = 20

  /// Finds the words of a search; nil when there are none.
  init?(words: String) {
    let words = words.prefix(Highlighter.longest).split { !$0.isLetter && !$0.isNumber }
      .map { $0.map(Highlighter.folded) }
    guard !words.isEmpty else { return nil }
    sought = .words(Array(words.prefix(Highlighter.mostWords)))
  }

  /// Finds a run of characters; nil when it is empty.
  init?(run: String) {
    let run = run.prefix(Highlighter.longest).map(Highlighter.folded)
    guard !run.isEmpty else { return nil }
    sought = .run(run)
  }

  /// The matches in a text, in order.
  func ranges(in text: String) -> [Range<String.Index>] {
    switch sought {
    case .words(let words): ranges(of: words, in: text)
    case .run(let run): ranges(of: run, in: text)
    }
  }

  private func ranges(of run: [Character], in text: String) -> [Range<String.Index>] {
    let characters = text.map(Highlighter.folded)
    let indices = Array(text.indices) + [text.endIndex]
    var ranges: [Range<String.Index>] = []
    var start = 0
    while start + run.count <= characters.count {
      if characters[start] == run[0], characters[start..<(start + run.count)].elementsEqual(run) {
        ranges.append(indices[start]..<indices[start + run.count])
        start += run.count
      } else {
        start += 1
      }
    }
    return ranges
  }

  private func ranges(of words: [[Character]], in text: String) -> [Range<String.Index>] {
    var ranges: [Range<String.Index>] = []
    var start = text.startIndex
    while let first = text[start...].firstIndex(where: { $0.isLetter || $0.isNumber }) {
      let end = text[first...].firstIndex { !$0.isLetter && !$0.isNumber } ?? text.endIndex
      let word = text[first..<end].map(Highlighter.folded)
      if words.contains(where: { Highlighter.isForm(word, of: $0) }) { ranges.append(first..<end) }
      start = end
    }
    return ranges
  }

  /// Whether a word of the text is a word of the search or a longer form of it.
  private static func isForm(_ word: [Character], of sought: [Character]) -> Bool {
    word == sought
      || sought.count >= 4 && word.count <= sought.count + 3 && word.starts(with: sought)
  }

  /// A character for comparison: lower case without accents, with one kind of apostrophe.
  private static func folded(_ character: Character) -> Character {
    if let ascii = character.asciiValue {
      return (0x41...0x5A).contains(ascii) ? Character(Unicode.Scalar(ascii + 32)) : character
    }
    switch character {
    case "’", "‘": return "'"
    case "“", "”": return "\""
    case "–", "—", "‑": return "-"
    default: break
    }
    if character.isWhitespace { return " " }
    guard
      let base = String(character).lowercased().decomposedStringWithCanonicalMapping
        .unicodeScalars.first
    else { return character }
    return Character(base)
  }
}
