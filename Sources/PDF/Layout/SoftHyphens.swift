// The Unicode Standard, §23.2: a soft hyphen marks a break opportunity and is visible only at a
// line break.

/// Separates visible soft hyphens from invisible ones.
///
/// Browsers write the soft hyphens of a web page into its PDF with their width but draw nothing:
/// the next glyph has the same position. At a line end the visible hyphen is a separate glyph after
/// it.
enum SoftHyphens {
  static let scalar: GlyphText = 0xAD

  /// How far after the start of an invisible soft hyphen the next glyph may begin, relative to the
  /// soft hyphen's width.
  private static let share: Float = 0.5
  /// The same in em, for soft hyphens without a width; kerning is smaller.
  private static let slack: Float = 0.05

  /// Removes the text of invisible soft hyphens and merges visible ones with their hyphen glyph.
  static func settle(_ glyphs: inout [Glyph]) {
    for index in glyphs.indices.dropLast() where glyphs[index].text == scalar {
      let (hyphen, next) = (glyphs[index], glyphs[index + 1])
      guard hyphen.direction == next.direction,
        abs(hyphen.baseline - next.baseline) < slack * hyphen.size,
        next.left > hyphen.left - hyphen.size,
        next.left < hyphen.left + share * (hyphen.right - hyphen.left) + slack * hyphen.size
      else { continue }
      glyphs[index].text = 0
      glyphs[index].right = hyphen.left
      if isHyphen(next.text) { glyphs[index + 1].text = scalar }
    }
  }

  /// Whether a character is a hyphen or soft hyphen.
  static func isHyphen(_ text: GlyphText) -> Bool {
    text == 0x2D || text == 0x2010 || text == scalar
  }
}
