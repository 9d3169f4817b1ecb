// ISO 32000-1 §9.4.4: text along a curve has a separate matrix for each glyph.

/// Joins consecutive glyphs that each have a different direction.
struct Curves {
  private let glyphs: [Glyph]
  private let directions: [Direction]

  init(_ glyphs: [Glyph], _ directions: [Direction]) {
    self.glyphs = glyphs
    self.directions = directions
  }

  /// Fewer glyphs can be adjacent by chance.
  private static let fewestGlyphs = 4

  /// The lines, with those of a curve joined.
  func joined(_ lines: [Line]) -> [Line] {
    var result: [Line] = []
    result.reserveCapacity(lines.count)
    var start = 0
    while start < lines.count {
      var end = start + 1
      while end < lines.count, follows(lines[end - 1], lines[end]) { end += 1 }
      let turns = zip(lines[start..<end], lines[start..<end].dropFirst()).count {
        $0.direction != $1.direction
      }
      if end - start >= Self.fewestGlyphs, turns * 2 >= end - start {
        var line = lines[start]
        line.spans = lines[start..<end].flatMap(\.spans)
        line.glyphCount = end - start
        line.isInDrawnOrder = true
        result.append(line)
      } else {
        result += lines[start..<end]
      }
      start = end
    }
    return result
  }

  /// Whether a line is the next glyph of a curve.
  private func follows(_ last: Line, _ line: Line) -> Bool {
    guard last.glyphCount == 1, line.glyphCount == 1, let one = last.spans.first?.first,
      let other = line.spans.first?.first
    else { return false }
    let (a, b) = (place(glyphs[one]), place(glyphs[other]))
    let distance = ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
    let width = Double(glyphs[one].right - glyphs[one].left)
    let size = Double(glyphs[one].size)
    return abs(glyphs[one].size - glyphs[other].size) < 0.2 * glyphs[one].size
      && distance > 0.4 * width && distance < width + 0.6 * size
  }

  /// The start of a glyph in page coordinates.
  private func place(_ glyph: Glyph) -> (x: Double, y: Double) {
    let way = directions[Int(glyph.direction)]
    let (along, up) = (Double(glyph.left), Double(glyph.baseline))
    return (along * way.cosine - up * way.sine, along * way.sine + up * way.cosine)
  }
}
