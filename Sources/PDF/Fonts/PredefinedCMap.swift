// ISO 32000-1 §9.7.5.2: predefined CMaps.

/// A predefined CMap whose codes are characters of Unicode.
///
/// Those of legacy encodings need tables of tens of thousands of characters and are not read.
struct PredefinedCMap {
  /// Reads codes of two octets.
  let encoding: CMap

  init?(_ name: String) {
    guard name.contains("-UCS2-") || name.contains("-UTF16-") else { return nil }
    encoding = CMap.identity(isVertical: name.hasSuffix("-V"))
  }

  /// Each code means itself.
  func meanings() -> CodeMap {
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
