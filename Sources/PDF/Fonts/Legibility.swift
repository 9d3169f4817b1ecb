// ISO 32000-1 §9.10.2: the characters of some glyphs cannot be determined.

/// Counts the glyphs of each font whose characters are known.
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

  /// Whether so many glyphs are unknown that words are missing, not single symbols.
  func isUnreadable(_ font: Int) -> Bool {
    font < shown.count && unknown[font] > 0 && unknown[font] * 10 >= shown[font]
  }
}
