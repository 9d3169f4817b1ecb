// The Unicode Standard, §23.2: a soft hyphen marks where a word may be divided, and shows only where
// a line ends there.

/// Tells soft hyphens that show from those that do not.
///
/// Browsers put the soft hyphens of a page into its PDF, with the width that the font gives them,
/// though nothing is drawn: the next glyph stands where the soft hyphen does. At a line's end the
/// hyphen that shows is a glyph of its own behind it.
enum SoftHyphens {
  static let scalar: GlyphText = 0xAD

  /// How far the next glyph may stand behind the beginning of a soft hyphen that shows nothing, as
  /// a part of the soft hyphen's width.
  private static let share: Float = 0.5
  /// The same in em, for soft hyphens without a width; kerning moves glyphs by less.
  private static let slack: Float = 0.05

  /// Takes the text from soft hyphens that show nothing.
  ///
  /// A hyphen that shows for one becomes it.
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

  /// Whether a character is a hyphen, soft or not.
  static func isHyphen(_ text: GlyphText) -> Bool {
    text == 0x2D || text == 0x2010 || text == scalar
  }
}
