// ISO 32000-1 §9.3.6 has no bold: some programs draw a text twice with a small offset, or several
// times in the same place.

/// Finds runs of glyphs that a page has already shown.
struct Duplicates {
  private struct Place: Hashable {
    var column: Int32
    var row: Int32
    var text: GlyphText
    var count: Int
  }

  private var seen: [Place: [Int]] = [:]

  /// Whether the same glyphs were shown at or near the same place; if not, remembers them.
  mutating func contains(_ span: Range<Int>, in glyphs: [Glyph]) -> Bool {
    let first = glyphs[span.lowerBound]
    // Copies are found in the same cell of a grid or an adjacent one.
    let step = max(first.size * 0.12, 0.01)
    let column = Int32(clamping: Int((first.left / step).rounded()))
    let row = Int32(clamping: Int((first.baseline / step).rounded()))
    for x in column &- 1...column &+ 1 {
      for y in row &- 1...row &+ 1 {
        let place = Place(column: x, row: y, text: first.text, count: span.count)
        for start in seen[place] ?? [] where isSame(start, span, glyphs) { return true }
      }
    }
    let place = Place(column: column, row: row, text: first.text, count: span.count)
    // Real pages have few texts in one place.
    if seen[place]?.count ?? 0 < 16 { seen[place, default: []].append(span.lowerBound) }
    return false
  }

  private func isSame(_ start: Int, _ span: Range<Int>, _ glyphs: [Glyph]) -> Bool {
    for place in 0..<span.count {
      let one = glyphs[start + place]
      let other = glyphs[span.lowerBound + place]
      guard one.text == other.text, one.direction == other.direction,
        abs(one.left - other.left) < 0.15 * one.size,
        abs(one.baseline - other.baseline) < 0.15 * one.size
      else { return false }
    }
    return true
  }
}
