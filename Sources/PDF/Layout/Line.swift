// ISO 32000-1 §14.8.2.3 leaves it to readers how glyphs form words, lines and blocks in files
// without structure.
//
// Drawing order is mostly reading order, so it is kept: consecutive glyphs on one baseline form a
// line, and consecutive lines below each other form a block. A block is moved only if it is above a
// block of the same column that was drawn before it.

/// Glyphs on one baseline.
struct Line {
  /// Ranges of the page's glyphs, from left to right.
  var spans: [Range<Int>]
  var left: Float
  var right: Float
  var baseline: Float
  /// The font size of most glyphs.
  var size: Float
  var direction: UInt16
  var glyphCount: Int
  /// Whether its glyphs are read in drawing order instead of from left to right.
  var isInDrawnOrder = false
  /// The initial that its first word begins with.
  var initial: Range<Int>?

  /// The largest size of superscripts and subscripts, relative to the line's.
  ///
  /// TeX uses 0.7, word processors two thirds.
  private static let smaller: Float = 0.85
  /// The least distance of superscripts and subscripts from the baseline, in em; a third and a
  /// seventh are usual.
  private static let rise: Float = 0.15
  private static let drop: Float = 0.08

  /// Whether a glyph is a superscript.
  func isRaised(_ glyph: Glyph) -> Bool {
    glyph.size < Self.smaller * size && glyph.baseline > baseline + Self.rise * size
  }

  /// Whether a glyph is a subscript.
  func isLowered(_ glyph: Glyph) -> Bool {
    glyph.size < Self.smaller * size && glyph.baseline < baseline - Self.drop * size
  }
}

/// Builds lines from glyphs.
struct LineBuilder {
  private let glyphs: [Glyph]
  private let directions: [Direction]
  private var lines: [Line] = []
  private var duplicates = Duplicates()

  init(_ page: PageGlyphs) {
    glyphs = page.glyphs
    directions = page.directions
  }

  /// The lines in drawing order.
  mutating func build() -> [Line] {
    var start = 0
    while start < glyphs.count {
      let end = spanEnd(from: start)
      if !duplicates.contains(start..<end, in: glyphs) { add(span: start..<end) }
      start = end
    }
    joinScattered()
    joinColumns()
    if directions.count > 3 { lines = Curves(glyphs, directions).joined(lines) }
    return Gutters(glyphs).parted(lines)
  }

  /// The end of the run of glyphs that follow each other on one baseline.
  private func spanEnd(from start: Int) -> Int {
    var last = glyphs[start]
    var index = start + 1
    while index < glyphs.count {
      let glyph = glyphs[index]
      guard glyph.direction == last.direction, glyph.baseline == last.baseline,
        glyph.size == last.size, glyph.left > last.left - 0.3 * last.size,
        glyph.left < last.right + 0.5 * glyph.size
      else { break }
      last = glyph
      index += 1
    }
    return index
  }

  /// Adds a span to the last line or begins a new one.
  private mutating func add(span: Range<Int>) {
    let first = glyphs[span.lowerBound]
    var left = first.left
    var right = first.right
    for glyph in glyphs[span] {
      left = min(left, glyph.left)
      right = max(right, glyph.right)
    }
    // Changing the line in place avoids quadratic copying.
    let last = lines.count - 1
    if last >= 0, continues(lines[last], span, left: left, right: right) {
      if span.count > lines[last].glyphCount {
        lines[last].size = first.size
        lines[last].baseline = first.baseline
      }
      lines[last].spans.append(span)
      lines[last].glyphCount += span.count
      lines[last].left = min(lines[last].left, left)
      lines[last].right = max(lines[last].right, right)
      return
    }
    lines.append(
      Line(
        spans: [span], left: left, right: right, baseline: first.baseline, size: first.size,
        direction: first.direction, glyphCount: span.count))
  }

  /// Whether a span continues a line: on its baseline, or raised or lowered close to it.
  private func continues(_ line: Line, _ span: Range<Int>, left: Float, right: Float) -> Bool {
    let first = glyphs[span.lowerBound]
    guard first.direction == line.direction else { return false }
    let shift = abs(first.baseline - line.baseline)
    let size = max(line.size, first.size)
    let gap = left - line.right
    if shift <= 0.1 * size { return gap > -0.3 * size || right < line.left + 0.3 * size }
    // Smaller text beside an initial is not raised.
    return min(line.size, first.size) > 0.45 * size
      && shift < 0.6 * size && gap > -0.3 * size && gap < 0.5 * size
      && (first.size < 0.9 * line.size || line.size < 0.9 * first.size || shift < 0.3 * size)
  }

  /// Joins vertically adjacent East Asian glyphs into lines of vertical writing.
  private mutating func joinColumns() {
    guard lines.contains(where: isSingleIdeograph) else { return }
    var result: [Line] = []
    result.reserveCapacity(lines.count)
    // The last glyph of the column that is the last line.
    var foot: Glyph?
    for line in lines {
      guard isSingleIdeograph(line) else {
        result.append(line)
        foot = nil
        continue
      }
      let glyph = glyphs[line.spans[0].lowerBound]
      let last = result.count - 1
      if let above = foot, above.direction == glyph.direction,
        abs(above.left + above.right - glyph.left - glyph.right) < 0.6 * glyph.size,
        (0.7 * glyph.size..<1.4 * glyph.size).contains(above.baseline - glyph.baseline)
      {
        result[last].spans += line.spans
        result[last].glyphCount += 1
        result[last].isInDrawnOrder = true
      } else {
        result.append(line)
      }
      foot = glyph
    }
    lines = result
  }

  private func isSingleIdeograph(_ line: Line) -> Bool {
    guard line.glyphCount == 1, let first = line.spans.first?.first else { return false }
    let text = glyphs[first].text
    return (0x3001...0x9FFF).contains(text) || (0xAC00...0xD7A3).contains(text)
      || (0xFF01...0xFF60).contains(text) || (0x20000...0x3FFFF).contains(text)
  }

  /// Joins the pieces of lines that were not drawn consecutively.
  private mutating func joinScattered() {
    guard lines.count > 1 else { return }
    let order = lines.indices.sorted { one, other in
      let (a, b) = (lines[one], lines[other])
      if a.direction != b.direction { return a.direction < b.direction }
      if a.baseline != b.baseline { return a.baseline > b.baseline }
      return a.left < b.left
    }
    // The index of the line that each line was merged into.
    var owner = Array(lines.indices)
    var isGone = [Bool](repeating: false, count: lines.count)
    for place in order.indices.dropFirst() {
      var back = place - 1
      let index = order[place]
      let line = lines[index]
      while back >= 0, place - back < 40 {
        let other = Self.owner(of: order[back], in: &owner)
        back -= 1
        guard other != index, !isGone[other], lines[other].direction == line.direction else {
          continue
        }
        if abs(lines[other].baseline - line.baseline) > 0.2 * max(line.size, lines[other].size) {
          break
        }
        guard fits(lines[other], line) else { continue }
        let (keep, drop) = other < index ? (other, index) : (index, other)
        merge(drop, into: keep)
        isGone[drop] = true
        owner[drop] = keep
        break
      }
    }
    lines = lines.indices.filter { !isGone[$0] }.map { lines[$0] }
  }

  /// Follows the chain of merges to its end.
  private static func owner(of line: Int, in owner: inout [Int]) -> Int {
    var current = line
    while owner[current] != current {
      // Shortens the chain.
      owner[current] = owner[owner[current]]
      current = owner[current]
    }
    return current
  }

  /// Whether at most a word space separates two pieces on one baseline.
  private func fits(_ one: Line, _ other: Line) -> Bool {
    let size = max(one.size, other.size)
    // Real lines have fewer pieces, and joining takes quadratic time.
    guard abs(one.size - other.size) < 0.5 * size, one.spans.count + other.spans.count < 2000 else {
      return false
    }
    let gap = max(one.left, other.left) - min(one.right, other.right)
    return gap > -0.3 * size && gap < 0.5 * size
  }

  private mutating func merge(_ drop: Int, into keep: Int) {
    let other = lines[drop]
    if other.left < lines[keep].left {
      lines[keep].spans = other.spans + lines[keep].spans
    } else {
      lines[keep].spans += other.spans
    }
    if other.glyphCount > lines[keep].glyphCount { lines[keep].size = other.size }
    lines[keep].glyphCount += other.glyphCount
    lines[keep].left = min(lines[keep].left, other.left)
    lines[keep].right = max(lines[keep].right, other.right)
  }
}
