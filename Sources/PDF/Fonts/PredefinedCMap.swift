// ISO 32000-1 §9.7.5.2: predefined CMaps.

/// A predefined CMap whose codes are characters of Unicode or an older encoding.
///
/// The glyphs matter only for their widths.
struct PredefinedCMap {
  let encoding: CMap
  private let name: String
  private let legacy: LegacyEncoding?

  init?(_ name: String) {
    self.name = name
    legacy = LegacyEncoding(cmap: name)
    let form = UnicodeForm(cmap: name)
    guard legacy != nil || form != nil else { return nil }
    var encoding = CMap.identity(isVertical: name.hasSuffix("V"))
    encoding.codeSpaces = legacy?.codeSpaces ?? []
    encoding.form = form
    encoding.scalarOfWide = form != nil ? { UInt32($0) } : legacy?.scalarOfWide
    self.encoding = encoding
  }

  /// The character of each code.
  func meanings() -> CodeMap {
    if let legacy { return legacy.meanings() }
    var result = CodeMap()
    for code in 0x20...0xFFFF where !(0xD800..<0xE000).contains(code) {
      result[code] = UInt32(code)
    }
    return result
  }

  /// Widths by code, from widths by glyph.
  ///
  /// Where a file gives widths at all, Latin letters that a CMap has as half-width ones are so.
  func widths(byGlyph glyphs: CodeMap) -> CodeMap {
    var result = CodeMap()
    guard !glyphs.isEmpty, let collection = CharacterCollection(cmap: name) else { return result }
    if !isProportional {
      for code in 0x20...0xFF { result[code] = Float(0.5).bitPattern }
    }
    var byCharacter = CodeMap()
    for (glyph, character) in collection.characters.enumerated() {
      let width = glyphs[glyph]
      if width != 0, character != 0, byCharacter[Int(character)] == 0 {
        byCharacter[Int(character)] = width
      }
    }
    let meanings = meanings()
    // Half-width letters are other glyphs than full-width ones of the same characters.
    for code in (isProportional ? 0x20 : 0x100)...0xFFFF {
      let width = byCharacter[Int(meanings[code])]
      if width != 0 { result[code] = width }
    }
    return result
  }

  /// Whether one-byte codes select proportional letters.
  private var isProportional: Bool {
    legacy == nil
      || ["msp-", "pc-", "pv-", "GBKp-", "KSCms-UHC-H", "KSCms-UHC-V", "ETenms-", "HKscs-"]
        .contains { name.contains($0) } && !name.contains("-HW-")
  }
}
