// The Unicode Bidirectional Algorithm (UAX #9): what a PDF draws from left to right is read from
// right to left in some scripts.

internal import PDF

/// Puts text of right-to-left scripts into the order in which it is read and copied.
enum TurnedText {
  /// Whether a line has letters of such scripts.
  static func needed(in spans: [TextLine.Span]) -> Bool {
    spans.contains { $0.cells.contains { $0.isOfTurnedScript } }
  }

  /// A glyph with the style and height of its span.
  private struct Letter {
    var cell: TextLine.Cell
    var style: TextLine.Style
    var y: Double
  }

  /// The spans in reading order.
  ///
  /// Words are ordered from right to left if most of them are of such scripts. Within a word, parts
  /// of letters and of figures have a direction each.
  static func spans(_ spans: [TextLine.Span]) -> [TextLine.Span] {
    let words = words(spans)
    let turned = words.count(where: isTurned)
    let ordered = 2 * turned >= words.count ? fromRight(words) : fromLeft(words)
    var result: [TextLine.Span] = []
    for (index, word) in ordered.enumerated() {
      let parts = isTurned(word) ? parts(word) : [word]
      for part in parts { append(part, to: &result) }
      if index + 1 < ordered.count, let last = result.last?.cells.last {
        result[result.count - 1].cells.append(
          TextLine.Cell(characters: [0x20], x: last.end, advance: 0, isTurned: last.isTurned))
      }
    }
    return result
  }

  private static func words(_ spans: [TextLine.Span]) -> [[Letter]] {
    var words: [[Letter]] = []
    var isInWord = false
    for span in spans {
      for cell in span.cells {
        if cell.isSpace {
          isInWord = false
          continue
        }
        if !isInWord { words.append([]) }
        isInWord = true
        words[words.count - 1].append(Letter(cell: cell, style: span.style, y: span.y))
      }
    }
    return words
  }

  private static func isTurned(_ word: [Letter]) -> Bool {
    word.contains { $0.cell.isOfTurnedScript }
  }

  /// Whether a word runs to the right even between words that do not.
  private static func runsRight(_ word: [Letter]) -> Bool {
    !isTurned(word) && word.contains { $0.cell.isLetterOrFigure }
  }

  private static func fromRight(_ words: [[Letter]]) -> [[Letter]] {
    reversingRuns(Array(words.reversed()), where: runsRight)
  }

  private static func fromLeft(_ words: [[Letter]]) -> [[Letter]] {
    reversingRuns(words, where: isTurned)
  }

  private static func reversingRuns(
    _ words: [[Letter]], where isOther: ([Letter]) -> Bool
  ) -> [[Letter]] {
    var result = words
    var start = 0
    while start < result.count {
      var end = start
      while end < result.count, isOther(result[end]) { end += 1 }
      if end > start { result[start..<end].reverse() }
      start = end + 1
    }
    return result
  }

  /// The parts of a word from right to left: figures and Latin letters run to the right.
  private static func parts(_ word: [Letter]) -> [[Letter]] {
    var parts: [[Letter]] = []
    var isRight = false
    for letter in word.reversed() {
      let runsRight = letter.cell.isLetterOrFigure && !letter.cell.isOfTurnedScript
      if parts.isEmpty || runsRight != isRight { parts.append([]) }
      isRight = runsRight
      var letter = letter
      letter.cell.isTurned = !runsRight
      // Browsers show the other bracket in text that runs to the left.
      if !runsRight { letter.cell.characters = letter.cell.characters.map(RightToLeft.mirrored) }
      if runsRight {
        parts[parts.count - 1].insert(letter, at: 0)
      } else {
        parts[parts.count - 1].append(letter)
      }
    }
    return parts
  }

  /// Appends letters, in spans of one style whose glyphs follow each other.
  private static func append(_ letters: [Letter], to spans: inout [TextLine.Span]) {
    for (index, letter) in letters.enumerated() {
      var cell = letter.cell
      cell.shift = 0
      if index > 0, let last = spans.last, let before = last.cells.last,
        last.style == letter.style, abs(last.y - letter.y) < 0.01 * letter.style.size,
        letter.style.family == nil || follows(cell, before, letter.style.size)
      {
        spans[spans.count - 1].cells.append(cell)
      } else {
        spans.append(TextLine.Span(style: letter.style, y: letter.y, cells: [cell]))
      }
    }
  }

  private static let tolerance = 0.01

  private static func follows(
    _ cell: TextLine.Cell, _ last: TextLine.Cell, _ size: Double
  ) -> Bool {
    let gap = cell.isTurned ? last.x - cell.end : cell.x - last.end
    // A ligature has a span of its own.
    return abs(gap) < tolerance * size && cell.characters.count == 1 && last.characters.count == 1
  }
}

extension TextLine.Cell {
  fileprivate var isOfTurnedScript: Bool {
    characters.contains { RightToLeft.contains($0) && !RightToLeft.isFigure($0) }
  }

  fileprivate var isLetterOrFigure: Bool {
    characters.contains { character in
      guard let scalar = Unicode.Scalar(character) else { return false }
      return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
  }
}
