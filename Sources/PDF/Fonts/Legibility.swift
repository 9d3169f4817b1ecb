// ISO 32000-1 §9.10.2: where nothing says what a glyph means, nobody can tell.

/// Counts how many glyphs of each font mean something.
struct Legibility {
  private var shown: [Int] = []
  private var unknown: [Int] = []

  mutating func add(_ glyphs: [Glyph]) {
    for glyph in glyphs {
      let font = Int(glyph.font)
      if font >= shown.count {
        shown += [Int](repeating: 0, count: font + 1 - shown.count)
        unknown += [Int](repeating: 0, count: font + 1 - unknown.count)
      }
      shown[font] += 1
      if glyph.text == 0 { unknown[font] += 1 }
    }
  }

  /// Whether so many glyphs of a font mean nothing known that words are missing, not single signs.
  func isUnreadable(_ font: Int) -> Bool {
    font < shown.count && unknown[font] > 0 && unknown[font] * 10 >= shown[font]
  }
}
