/// An embedded font program and the web fonts made of it.
///
/// A glyph is shown by the character that it represents, so that text can be searched and copied.
/// Where a character has a second glyph, that gets a second web font.
final class EmbeddedFont {
  /// How a glyph is written.
  struct Written {
    var family: Int
    var characters: [UInt32]
    /// Whether the character means nothing and is not to be copied.
    var isPrivate = false
    /// The advance that the web font has, in em.
    var width: Double
  }

  private struct Key: Hashable {
    var glyph: WebFont.Glyph
    var characters: [UInt32]
  }

  let program: FontProgram
  let ascent: Double
  let descent: Double
  private(set) var fonts: [WebFont] = []
  private var written: [Key: Written] = [:]
  private var privates: [WebFont.Glyph: Written] = [:]

  init(_ program: FontProgram, ascent: Double, descent: Double) {
    self.program = program
    self.ascent = ascent
    self.descent = descent
  }

  /// Finds or makes the characters that show a glyph.
  ///
  /// - Parameters:
  ///   - glyph: The glyph of the program.
  ///   - width: Its advance, in em.
  ///   - scalars: What it represents; empty if that is not known.
  ///   - newFamily: Called for the number of a new family.
  /// - Returns: The characters; nil if there are too many glyphs.
  func write(
    _ glyph: Int, width: Double, as scalars: [UInt32], newFamily: () -> Int
  ) -> Written? {
    let units = (min(max(width, 0), 10) * program.unitsPerEm).rounded()
    let key = Key(glyph: WebFont.Glyph(glyph: glyph, width: Int(units)), characters: scalars)
    if let known = written[key] { return known }
    let advance = units / program.unitsPerEm
    let result = add(key, width: advance, newFamily)
    written[key] = result
    return result
  }

  private func add(_ key: Key, width: Double, _ newFamily: () -> Int) -> Written? {
    let characters = Characters.writable(key.characters)
    guard !characters.isEmpty else { return addPrivate(key.glyph, width: width, newFamily) }
    let isSequence = characters.count > 1
    for index in fonts.indices where fonts[index].hasSequences == isSequence {
      let isAssigned =
        isSequence
        ? fonts[index].assign(key.glyph, to: characters)
        : fonts[index].assign(key.glyph, to: characters[0])
      if isAssigned {
        return Written(family: fonts[index].family, characters: characters, width: width)
      }
    }
    guard fonts.count < 64 else { return addPrivate(key.glyph, width: width, newFamily) }
    var font = WebFont(family: newFamily(), hasSequences: isSequence)
    _ =
      isSequence
      ? font.assign(key.glyph, to: characters) : font.assign(key.glyph, to: characters[0])
    fonts.append(font)
    return Written(family: font.family, characters: characters, width: width)
  }

  private func addPrivate(
    _ glyph: WebFont.Glyph, width: Double, _ newFamily: () -> Int
  ) -> Written? {
    if let known = privates[glyph] { return known }
    let index: Int
    if let found = fonts.firstIndex(where: { !$0.hasSequences }) {
      index = found
    } else {
      index = fonts.count
      fonts.append(WebFont(family: newFamily(), hasSequences: false))
    }
    guard let character = fonts[index].assignPrivate(glyph) else { return nil }
    let result = Written(
      family: fonts[index].family, characters: [character], isPrivate: true, width: width)
    privates[glyph] = result
    return result
  }
}
