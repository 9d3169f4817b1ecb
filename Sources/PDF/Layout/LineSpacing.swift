// ISO 32000-1 §14.8.2.5: identifying word breaks, here by the gaps between glyphs.

/// The word and letter spacing of a line.
extension LineText {
  /// The least width of a word space in a line, in em.
  func wordGap(_ order: [Int], letterGap: Float?) -> Float {
    let hasSpaces = order.contains { isSpace(glyphs[$0].text) }
    let usual = hasSpaces ? WordSpacing.besideSpaces : WordSpacing.usual
    if let letterGap { return max(usual, 1.5 * letterGap) }
    var isUnclear = false
    forEachGap(order) { gap, isDrawn in
      if !isDrawn, !isUnclear { isUnclear = WordSpacing.isUnclear(gap, hasSpaces: hasSpaces) }
    }
    guard isUnclear else { return usual }
    var gaps: [Float] = []
    gaps.reserveCapacity(order.count)
    var drawn: [Float] = []
    forEachGap(order) { gap, isDrawn in
      if isDrawn { drawn.append(gap) } else { gaps.append(gap) }
    }
    return WordSpacing.limit(gaps, drawn: drawn)
  }

  /// Calls a function with each gap between adjacent glyphs, in em, and whether a space glyph is in
  /// it.
  private func forEachGap(_ order: [Int], _ body: (Float, Bool) -> Void) {
    var last: Glyph?
    var isAfterSpace = false
    for index in order {
      let glyph = glyphs[index]
      if isSpace(glyph.text) {
        isAfterSpace = true
        continue
      }
      guard glyph.text != 0, !CombiningMarks.contains(glyph.text) else { continue }
      if let last {
        let gap = glyph.left - last.right
        // Most glyphs touch the previous one.
        body(gap == 0 ? 0 : gap / max(min(glyph.size, last.size), 0.01), isAfterSpace)
      }
      isAfterSpace = false
      last = glyph
    }
  }

  /// Whether a space, drawn or left free, separates two glyphs.
  func isApart(
    _ last: Glyph, _ glyph: Glyph, space: Glyph?, wordGap: Float, next: Int?
  ) -> Bool {
    let size = max(min(glyph.size, last.size), 0.01)
    if let space {
      // Some writers move the next glyph back over a space; that is not a space.
      return glyph.left > space.left + 0.02 * size || glyph.left < last.left
    }
    let gap = glyph.left - last.right
    guard gap > wordGap * size else { return false }
    // Only kerning separates a capital and the point of a number ("R .161").
    let isInNumber =
      glyph.text == 0x2E && (0x41...0x5A).contains(last.text)
      && next.map { RightToLeft.isFigure(glyphs[$0].text) } ?? false
    return !isInNumber || gap > Self.leastGapBeforePoint * size
  }

  /// The largest kerning between a capital and a point, in em.
  private static let leastGapBeforePoint: Float = 0.25

  /// The letter spacing of text that is spaced out so far that each letter looks like a word; nil
  /// for other text.
  func letterGap(_ order: [Int]) -> Float? {
    var gaps: [Float] = []
    var last: Glyph?
    for index in order.prefix(200) {
      let glyph = glyphs[index]
      guard isLetter(glyph.text) else {
        last = nil
        continue
      }
      if let last {
        let gap = (glyph.left - last.right) / max(min(glyph.size, last.size), 0.01)
        // Two close letters are enough to exclude it.
        guard gap > 0.1 else { return nil }
        gaps.append(gap)
      }
      last = glyph
    }
    guard gaps.count >= 3 else { return nil }
    gaps.sort()
    let middle = gaps[gaps.count / 2]
    return middle < 0.9 ? middle : nil
  }

  /// The letter spacing of the previous or next line, for a line that is too short.
  func letterGap(beside index: Int, in lines: [Line]) -> Float? {
    guard (2...4).contains(lines[index].glyphCount), let first = lines[index].spans.first?.first
    else { return nil }
    for other in [index + 1, index - 1] where lines.indices.contains(other) {
      let order = lines[other].spans.joined().sorted { glyphs[$0].left < glyphs[$1].left }
      guard let start = order.first, glyphs[start].font == glyphs[first].font,
        abs(glyphs[start].size - glyphs[first].size) < 0.1 * glyphs[first].size
      else { continue }
      return letterGap(order)
    }
    return nil
  }
}
