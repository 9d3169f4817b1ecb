internal import PDF

/// Finds words that a page has already shown in the same place: drawn again for bold, or by a
/// program that writes a thing several times.
///
/// They are drawn, since what is beneath may have been covered, but are copied once.
struct RepeatedWords {
  private struct Place: Hashable {
    var column: Int
    var row: Int
    var characters: [UInt32]
  }

  /// A word by the origins of its first and last glyph on the page.
  private struct Seen {
    var start: Point
    var end: Point
  }

  private var seen: [Place: [Seen]] = [:]

  // The thresholds are those of the text that is extracted, in em.
  /// Copies are found in the same cell of a grid or an adjacent one.
  private static let cell = 0.12
  /// How far a copy is off.
  private static let tolerance = 0.15
  /// Real pages have few words in one place.
  private static let most = 16

  /// Marks the words of a line that have been shown, and remembers the others.
  ///
  /// - Parameters:
  ///   - line: The line; unchanged if no word of it is repeated.
  ///   - matrix: From local coordinates to the page.
  mutating func mark(_ line: inout TextLine, _ matrix: Matrix) {
    var isRepeated: [Bool] = []
    for word in line.words {
      let seen = contains(word, matrix)
      isRepeated += [Bool](repeating: seen, count: word.cells.count)
    }
    if isRepeated.contains(true) { line.markRepeated(isRepeated) }
  }

  private mutating func contains(_ word: TextLine.Word, _ matrix: Matrix) -> Bool {
    guard let first = word.cells.first, let last = word.cells.last, !first.isSpace else {
      return false
    }
    let found = Seen(
      start: Point(x: first.x, y: word.y).transformed(by: matrix),
      end: Point(x: last.x, y: word.lastY).transformed(by: matrix))
    let characters = word.cells.flatMap(\.characters)
    let step = max(word.size * Self.cell, 0.01)
    let column = Int((found.start.x / step).rounded())
    let row = Int((found.start.y / step).rounded())
    func isNear(_ one: Point, _ other: Point) -> Bool {
      max(abs(one.x - other.x), abs(one.y - other.y)) < Self.tolerance * word.size
    }
    for x in column - 1...column + 1 {
      for y in row - 1...row + 1 {
        for other in seen[Place(column: x, row: y, characters: characters)] ?? []
        where isNear(found.start, other.start) && isNear(found.end, other.end) {
          return true
        }
      }
    }
    let place = Place(column: column, row: row, characters: characters)
    if seen[place]?.count ?? 0 < Self.most { seen[place, default: []].append(found) }
    return false
  }
}

extension TextLine {
  /// Glyphs between spaces, or one space.
  struct Word {
    var cells: [Cell]
    /// The baselines of its first and its last glyph.
    var y: Double
    var lastY: Double
    var size: Double
  }

  var words: [Word] {
    var words: [Word] = []
    for span in spans {
      for cell in span.cells {
        if !cell.isSpace, let last = words.last, last.cells.last?.isSpace == false {
          words[words.count - 1].cells.append(cell)
          words[words.count - 1].lastY = span.y
        } else {
          words.append(Word(cells: [cell], y: span.y, lastY: span.y, size: span.style.size))
        }
      }
    }
    return words
  }

  var hasRepeated: Bool { spans.contains(where: \.style.isRepeated) }

  /// Divides spans so that repeated words have spans of their own.
  ///
  /// - Parameter isRepeated: For each glyph.
  mutating func markRepeated(_ isRepeated: [Bool]) {
    var result: [Span] = []
    var index = 0
    for span in spans {
      for (place, cell) in span.cells.enumerated() {
        // A space goes with the word before it.
        let isMarked =
          cell.isSpace && place > 0
          ? result.last?.style.isRepeated ?? false : isRepeated[index]
        index += 1
        if place > 0, result.last?.style.isRepeated == isMarked {
          result[result.count - 1].cells.append(cell)
        } else {
          var (style, cell) = (span.style, cell)
          style.isRepeated = isMarked
          cell.shift = 0
          result.append(Span(style: style, y: span.y, cells: [cell]))
        }
      }
    }
    spans = result
  }
}
