/// The web fonts made of an embedded font.
///
/// A glyph is shown by the character that it represents, so that text can be searched and copied.
/// Where a character has a second glyph, that gets a second web font. All glyphs of the font are
/// added before any is shown, in the order of their codes, so that which character of which web
/// font shows a glyph does not depend on the page: pages of a document can share the web fonts.
final class WebFontSet {
  /// How a glyph is written.
  struct Written {
    /// The index of its web font.
    var font: Int
    var characters: [UInt32]
    /// The advance that the web font has, in em.
    var width: Double
    /// The index among the glyphs of the web font.
    var entry: Int
  }

  private struct Key: Hashable {
    var glyph: WebFont.Glyph
    var characters: [UInt32]
  }

  let embedded: EmbeddedFont
  private(set) var fonts: [WebFont] = []
  private var written: [Key: Written] = [:]

  /// The most web fonts of one embedded font.
  static let mostFonts = 32
  /// The most characters of one web font; those of large fonts are divided.
  private static let mostCharacters = 2000

  init(_ embedded: EmbeddedFont) { self.embedded = embedded }

  /// Adds a glyph.
  ///
  /// - Parameters:
  ///   - glyph: The glyph of the program.
  ///   - width: Its advance, in its own em.
  ///   - scalars: What it represents.
  func add(_ glyph: Int, width: Double, as scalars: [UInt32]) {
    let key = key(glyph, width: width, scalars)
    if written[key] == nil { written[key] = assign(key) }
  }

  /// Finds the characters that show a glyph; nil if there are none.
  func write(_ glyph: PageFont.Shown) -> Written? {
    glyph.glyph.flatMap { written[key($0, width: glyph.width / embedded.unit, glyph.scalars)] }
  }

  /// Notes that a glyph is shown.
  ///
  /// - Parameters:
  ///   - written: How.
  ///   - newFamily: Returns the family of a web font that was not used before.
  /// - Returns: The family of its web font.
  func use(_ written: Written, newFamily: () -> Int) -> Int {
    fonts[written.font].used.insert(written.entry)
    if let family = fonts[written.font].family { return family }
    let family = newFamily()
    fonts[written.font].family = family
    return family
  }

  private func key(_ glyph: Int, width: Double, _ scalars: [UInt32]) -> Key {
    let units = (min(max(width, 0), 10) * embedded.program.unitsPerEm).rounded()
    return Key(glyph: WebFont.Glyph(glyph: glyph, width: Int(units)), characters: scalars)
  }

  private func assign(_ key: Key) -> Written? {
    let characters = Characters.writable(key.characters)
    guard !characters.isEmpty else { return nil }
    if characters == [0x20], embedded.program.outline(of: key.glyph.glyph).isEmpty {
      return assignSpace(key.glyph)
    }
    let isSequence = characters.count > 1
    for index in fonts.indices
    where fonts[index].hasSequences == isSequence
      && fonts[index].entries.count < Self.mostCharacters
    {
      if let entry = fonts[index].assign(key.glyph, to: characters) {
        return written(key.glyph, characters, index, entry)
      }
    }
    guard fonts.count < Self.mostFonts else { return nil }
    fonts.append(WebFont(hasSequences: isSequence))
    let index = fonts.count - 1
    return fonts[index].assign(key.glyph, to: characters).map {
      written(key.glyph, characters, index, $0)
    }
  }

  private func written(
    _ glyph: WebFont.Glyph, _ characters: [UInt32], _ font: Int, _ entry: Int
  ) -> Written {
    Written(
      font: font, characters: characters,
      width: Double(glyph.width) / embedded.program.unitsPerEm, entry: entry)
  }

  /// All spaces are the first one, whatever their widths: words have positions.
  private func assignSpace(_ glyph: WebFont.Glyph) -> Written? {
    let index = fonts.firstIndex { !$0.hasSequences } ?? fonts.count
    if index == fonts.count { fonts.append(WebFont(hasSequences: false)) }
    let blank = WebFont.Glyph(glyph: -1, width: glyph.width)
    if let entry = fonts[index].assign(blank, to: [0x20]) {
      return written(blank, [0x20], index, entry)
    }
    guard let (entry, known) = fonts[index].entry(of: [0x20]) else { return nil }
    return written(known, [0x20], index, entry)
  }
}
