// ISO 32000-1 §14.8.4.3: block-level structure elements, before their kind is final.

/// Lines that belong together, whose kind is still to be determined.
struct Piece {
  enum Kind: Equatable {
    case heading(level: Int), paragraph, listItem, footnote, tableRow, figure
  }

  var kind = Kind.paragraph
  var text = ""
  /// The marker of an item or note.
  var marker = ""
  /// From 0.
  var page: Int
  /// The font size of its first line.
  var size: Float
  var isBold: Bool
  var glyphs = 0
  var lines = 0
  /// The baselines of the first and last line.
  var top: Float
  var bottom: Float
  var left: Float
  var right: Float
  /// The free space above and below in font sizes; infinite at an end of a column.
  var gapAbove = Float.infinity
  var gapBelow = Float.infinity
  /// Whether its first line is indented.
  var isIndented = false
  /// Whether its last line reaches the end of its column, so that the next piece may continue it.
  var endsFull = false
  var direction: UInt16 = 0
  var continues = false

  init(_ line: FlowLine, page: Int) {
    self.page = page
    size = line.size
    isBold = line.isBold
    top = line.baseline
    bottom = line.baseline
    left = line.left
    right = line.right
    direction = line.direction
    add(line)
  }

  mutating func add(_ line: FlowLine) {
    text = lines == 0 ? line.text : joinedText(text, line.text)
    glyphs += line.glyphs
    lines += 1
    isBold = isBold && line.isBold
    left = min(left, line.left)
    right = max(right, line.right)
    bottom = line.baseline
  }
}

/// Text on one baseline of a column, from left to right.
struct FlowLine {
  var text: String
  var left: Float
  var right: Float
  var baseline: Float
  var size: Float
  var isBold: Bool
  var glyphs: Int
  var direction: UInt16
  /// Whether it is a table row, whose text is that of its cells.
  var isRow = false

  init(_ line: TextLine) {
    text = line.text
    left = line.shape.left
    right = line.shape.right
    baseline = line.shape.baseline
    size = max(line.shape.size, 0.1)
    isBold = line.shape.isBold
    glyphs = Int(line.shape.glyphCount)
    direction = line.shape.direction
  }
}

/// Joins two lines of a paragraph; ideographs and parts of a web address need no space between
/// them.
func joinedText(_ first: String, _ second: String) -> String {
  guard let last = first.unicodeScalars.last, let next = second.unicodeScalars.first else {
    return first + second
  }
  if isIdeographic(last) && isIdeographic(next) { return first + second }
  if BrokenAddress.isBroken(first, before: second) { return first + second }
  return first + " " + second
}

/// Web addresses that are broken at a line end.
enum BrokenAddress {
  /// Whether the last word of a text is an address that the next line continues.
  static func isBroken(_ first: String, before second: String) -> Bool {
    let word = first[
      (first.lastIndex(of: " ").map { first.index(after: $0) } ?? first.startIndex)...]
    guard word.utf8.count < 400, isAddress(word), let last = word.unicodeScalars.last,
      let next = second.unicodeScalars.first, isPart(next)
    else { return false }
    let rest = second.prefix { $0 != " " }
    guard "/-_=?&%#~.".unicodeScalars.contains(last) else { return false }
    guard last == "-" || isTail(rest),
      // A capital usually begins a sentence.
      !next.properties.isUppercase
        || last != "." && rest.contains(where: { $0 == "/" || $0.isNumber })
    else { return false }
    return true
  }

  private static func isAddress(_ word: Substring) -> Bool {
    let lower = word.lowercased()
    return lower.contains("://") || lower.contains("www.") || lower.contains("doi.org/")
  }

  private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      || "%?=&#_~".unicodeScalars.contains(scalar)
  }

  /// Whether a word is not an ordinary word, which would continue the sentence.
  private static func isTail(_ word: Substring) -> Bool {
    var word = word
    while let last = word.last, ".,;:)]”".contains(last) { word = word.dropLast() }
    return word.contains { "/-_.=?&%#~0123456789".contains($0) }
  }
}

/// Whether a character belongs to a script without spaces between words; Hangul has them.
func isIdeographic(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x3000...0x30FF, 0x31F0...0x31FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFFEF,
    0x20000...0x3FFFF:
    true
  default: false
  }
}
