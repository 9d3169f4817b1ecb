// ISO 32000-1 §9.10.2 leaves private use characters open; those of symbol fonts are the fonts'
// codes above F000.

/// The characters that private use characters of symbol fonts represent.
enum PrivateUse {
  /// The character of a symbol font's glyph.
  ///
  /// - Parameters:
  ///   - scalar: From F000 to F0FF.
  ///   - font: The `BaseFont` name, in small letters.
  /// - Returns: The character; zero for none.
  static func plain(_ scalar: UInt32, font: String) -> UInt32 {
    let code = Int(scalar & 0xFF)
    if font.contains("symbol") { return BaseEncoding.symbol.scalars[code] }
    if font.contains("dings") { return dingbats[code] ?? bullet }
    if code == 0xB7 || code == 0xA7 { return bullet }
    // A text font named like a symbol font.
    return (0x20..<0x7F).contains(code) || code >= 0xA0 ? UInt32(code) : 0
  }

  private static let bullet: UInt32 = 0x2022

  /// The Wingdings glyphs used in texts, mostly as list bullets.
  private static let dingbats: [Int: UInt32] = [
    0x20: 0x20, 0x28: 0x260E, 0x2A: 0x2709, 0x4A: 0x263A, 0x6C: 0x25CF, 0x6E: 0x25A0, 0x6F: 0x25A1,
    0x71: 0x2751, 0x72: 0x2752, 0x75: 0x25C6, 0x76: 0x2756, 0x77: 0x25C6, 0x78: 0x2327,
    0xA1: 0x25CB, 0xA7: 0x25AA, 0xA8: 0x25FB, 0xD8: 0x27A2, 0xDF: 0x2190, 0xE0: 0x2192,
    0xE1: 0x2191, 0xE2: 0x2193, 0xE8: 0x2794, 0xF0: 0x21E8, 0xFB: 0x2717, 0xFC: 0x2713,
    0xFD: 0x2612, 0xFE: 0x2611,
  ]
}
