// ISO 32000-1 §14.8.4.3: block-level structure elements, on their way to be one.

/// Some lines that belong together, of which it is still to be told what they are.
struct Piece {
  enum Kind: Equatable {
    case heading(level: Int), paragraph, listItem, footnote, tableRow, figure
  }

  var kind = Kind.paragraph
  var text = ""
  /// What stands before an item or a note.
  var marker = ""
  /// From 0.
  var page: Int
  /// The font size of its first line.
  var size: Float
  var isBold: Bool
  var glyphs = 0
  var lines = 0
  /// The baselines of the first and the last line.
  var top: Float
  var bottom: Float
  var left: Float
  var right: Float
  /// The free height above its first line and below its last one, in sizes; infinite at an end of a
  /// column.
  var gapAbove = Float.infinity
  var gapBelow = Float.infinity
  /// Whether its first line is indented.
  var isIndented = false
  /// Whether its last line goes to the end of its column, so that the next may be its rest.
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

/// What is read from left to right on one baseline in a column.
struct FlowLine {
  var text: String
  var left: Float
  var right: Float
  var baseline: Float
  var size: Float
  var isBold: Bool
  var glyphs: Int
  var direction: UInt16
  /// The text of its cells, if it is a row of a table.
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

/// Two lines of one paragraph as one; ideographs need no space between them.
func joinedText(_ first: String, _ second: String) -> String {
  guard let last = first.unicodeScalars.last, let next = second.unicodeScalars.first else {
    return first + second
  }
  return isIdeographic(last) && isIdeographic(next) ? first + second : first + " " + second
}

/// Whether a character is of a script that has no spaces between words; Hangul has them.
func isIdeographic(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x3000...0x30FF, 0x31F0...0x31FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFFEF,
    0x20000...0x3FFFF:
    true
  default: false
  }
}
