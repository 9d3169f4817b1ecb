// ISO 32000-1 §14.8.2.3: page content order, for columns that were drawn line by line across the
// page.

/// Splits lines that cross the gutter between two columns.
struct Gutters {
  private let glyphs: [Glyph]

  init(_ glyphs: [Glyph]) { self.glyphs = glyphs }

  /// Fewer lines can have a gap in the same place by chance.
  private static let fewestLines = 6

  /// The lines, with those of two columns split and the left column first.
  func parted(_ lines: [Line]) -> [Line] {
    guard lines.count >= Self.fewestLines, lines.contains(where: { $0.spans.count > 1 }) else {
      return lines
    }
    let gaps = lines.map { self.gaps($0) }
    var result: [Line] = []
    result.reserveCapacity(lines.count)
    var index = 0
    while index < lines.count {
      guard let (end, gutter) = run(from: index, lines, gaps) else {
        result.append(lines[index])
        index += 1
        continue
      }
      let parts = lines[index..<end].map {
        part($0, at: (gutter.lowerBound + gutter.upperBound) / 2)
      }
      if areColumns(parts, gutter, size: lines[index].size) {
        result += parts.compactMap(\.left) + parts.compactMap(\.right)
      } else {
        result += lines[index..<end]
      }
      index = end
    }
    return result
  }

  /// The wide gaps of a line, from left to right.
  private func gaps(_ line: Line) -> [ClosedRange<Float>] {
    guard (2...40).contains(line.spans.count) else { return [] }
    let pieces = line.spans.map { extent($0) }.sorted { $0.lowerBound < $1.lowerBound }
    var gaps: [ClosedRange<Float>] = []
    var right = pieces[0].upperBound
    for piece in pieces.dropFirst() {
      if piece.lowerBound > right + line.size { gaps.append(right...piece.lowerBound) }
      right = max(right, piece.upperBound)
    }
    return gaps
  }

  private func extent(_ span: Range<Int>) -> ClosedRange<Float> {
    var left = glyphs[span.lowerBound].left
    var right = left
    for glyph in glyphs[span] where glyph.text != 0x20 {
      left = min(left, glyph.left)
      right = max(right, glyph.right)
    }
    return left...right
  }

  /// The end of a run of lines that have a gap in the same place, and that place.
  private func run(
    from start: Int, _ lines: [Line], _ gaps: [[ClosedRange<Float>]]
  ) -> (end: Int, gutter: ClosedRange<Float>)? {
    guard var gutter = gaps[start].max(by: { $0.length < $1.length }) else { return nil }
    var end = start + 1
    while end < lines.count {
      let (last, line) = (lines[end - 1], lines[end])
      let drop = last.baseline - line.baseline
      guard line.direction == last.direction, drop > 0.3 * line.size, drop < 2.5 * line.size,
        abs(line.size - last.size) < 0.2 * last.size
      else { break }
      if line.right > gutter.lowerBound, line.left < gutter.upperBound {
        let common = gaps[end].compactMap { $0.common(with: gutter) }
          .max { $0.length < $1.length }
        guard let common, common.length > 0.8 * line.size else { break }
        gutter = common
      }
      end += 1
    }
    return end - start >= Self.fewestLines ? (end, gutter) : nil
  }

  private func part(_ line: Line, at place: Float) -> (left: Line?, right: Line?) {
    let left = line.spans.filter { glyphs[$0.lowerBound].left < place }
    let right = line.spans.filter { glyphs[$0.lowerBound].left >= place }
    return (piece(of: line, left), piece(of: line, right))
  }

  private func piece(of line: Line, _ spans: [Range<Int>]) -> Line? {
    guard !spans.isEmpty else { return nil }
    let extents = spans.map { extent($0) }
    var result = line
    result.spans = spans
    result.glyphCount = spans.reduce(0) { $0 + $1.count }
    result.left = extents.map(\.lowerBound).min() ?? line.left
    result.right = extents.map(\.upperBound).max() ?? line.right
    return result
  }

  /// Whether both sides are columns of text and not cells of a table.
  private func areColumns(
    _ parts: [(left: Line?, right: Line?)], _ gutter: ClosedRange<Float>, size: Float
  ) -> Bool {
    guard gutter.length < 5 * size else { return false }
    let full = parts.count { left, right in
      guard let left, let right else { return false }
      return left.right > gutter.lowerBound - 3 * size && isText(left) && isText(right)
    }
    return 10 * full >= 7 * parts.count
  }

  /// Whether a line is text, without the gaps and numbers of cells.
  private func isText(_ line: Line) -> Bool {
    guard gaps(line).isEmpty else { return false }
    var letters = 0
    for span in line.spans {
      for glyph in glyphs[span] where glyph.text > 0x40 { letters += 1 }
    }
    return letters > 16 && 2 * letters > line.glyphCount
  }
}

extension ClosedRange<Float> {
  fileprivate var length: Float { upperBound - lowerBound }

  /// The intersection of two ranges; nil if it is empty.
  fileprivate func common(with other: ClosedRange<Float>) -> ClosedRange<Float>? {
    let low = Swift.max(lowerBound, other.lowerBound)
    let high = Swift.min(upperBound, other.upperBound)
    return low < high ? low...high : nil
  }
}
