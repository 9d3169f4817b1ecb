// ISO 32000-1 §9.7.5.2: predefined CMaps.

/// A predefined CMap whose codes are characters of Unicode or of an older encoding.
///
/// What glyphs they select does not matter where the codes themselves say what they mean.
struct PredefinedCMap {
  let encoding: CMap
  private let legacy: LegacyEncoding?

  init?(_ name: String) {
    legacy = LegacyEncoding(cmap: name)
    guard legacy != nil || name.contains("-UCS2-") || name.contains("-UTF16-") else { return nil }
    var encoding = CMap.identity(isVertical: name.hasSuffix("V"))
    encoding.codeSpaces = legacy?.codeSpaces ?? []
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

  /// Widths by code: those of the Latin letters of such fonts are mostly half a square.
  var widths: CodeMap {
    var result = CodeMap()
    for code in 0x20...0xFF { result[code] = Float(0.5).bitPattern }
    return result
  }
}
