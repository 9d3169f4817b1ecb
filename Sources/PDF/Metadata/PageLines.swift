// ISO 32000-1 §14.3: metadata, found in the lines of the first and last pages.

/// The lines of a page, as metadata is looked for in them.
struct PageLines {
  /// The number of the page, from 1.
  let number: Int
  /// The lines without running heads and feet.
  let body: [FlowLine]
  /// The running heads and feet.
  let edges: [FlowLine]

  /// Lines that run in another direction than most of the page are left out; the others run to the
  /// right, even on a page that is turned.
  init(_ page: PageText) {
    number = page.number
    var glyphs: [UInt16: Int] = [:]
    for line in page.lines {
      glyphs[line.shape.direction, default: 0] += Int(line.shape.glyphCount)
    }
    let direction = glyphs.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
    var upright = page
    upright.lines = page.lines.filter { $0.shape.direction == direction }
    for index in upright.lines.indices { upright.lines[index].shape.direction = 0 }
    body = FlowLines.lines(of: upright)
    edges = upright.lines.filter { $0.role == .runningHead }.map(FlowLine.init)
  }

  /// All lines: heads and feet last.
  var all: [FlowLine] { body + edges }
}

/// Consecutive lines of one size.
struct LineGroup {
  /// The lines, joined.
  var text: String
  var size: Float
  var isBold: Bool
  /// The position of its lines on the page.
  var lines: Range<Int>
  var left: Float
  var right: Float
  /// The baseline of its first line.
  var top: Float
  /// The baseline of its last line.
  var bottom: Float

  /// The largest distance between baselines of a group, in font sizes: titles are set wider than
  /// text.
  static let leading: Float = 1.75
  /// The largest difference of sizes that count as equal, relative to them.
  static let sameSize: Float = 0.06

  /// The groups of a page, in reading order; rows of tables are in none.
  static func groups(_ lines: [FlowLine], isAnyWeight: Bool = false) -> [LineGroup] {
    var groups: [LineGroup] = []
    for (index, line) in lines.enumerated() where !line.isRow {
      if let group = groups.last, group.lines.upperBound == index,
        group.continues(line, isAnyWeight: isAnyWeight)
      {
        groups[groups.count - 1].add(line)
      } else if groups.count < 200 {
        groups.append(
          LineGroup(
            text: line.text, size: line.size, isBold: line.isBold, lines: index..<index + 1,
            left: line.left, right: line.right, top: line.baseline, bottom: line.baseline))
      }
    }
    return groups
  }

  private func continues(_ line: FlowLine, isAnyWeight: Bool) -> Bool {
    abs(size - line.size) < Self.sameSize * line.size && bottom > line.baseline
      && bottom - line.baseline < Self.leading * line.size
      && line.left < right && line.right > left
      && (isAnyWeight || isBold == line.isBold || isCutShort)
  }

  /// Whether the last word asks for another one, so that the next line continues it in any weight.
  private var isCutShort: Bool {
    let words: Set<Substring> = [
      "a", "an", "the", "of", "in", "on", "to", "for", "and", "or", "with", "from", "by", "at",
      "der", "die", "das", "des", "und", "von", "für", "zur", "zum", "mit", "de", "du", "la", "le",
      "les", "et", "en", "el", "los", "las", "y", "del", "och", "i", "av", "för", "till", "på",
    ]
    return PlainWords.plain(text).split(separator: " ").last.map(words.contains) == true
  }

  private mutating func add(_ line: FlowLine) {
    text = joinedText(text, line.text)
    lines = lines.lowerBound..<lines.upperBound + 1
    left = min(left, line.left)
    right = max(right, line.right)
    bottom = line.baseline
  }
}
