internal import PDF

/// The glyphs of an embedded font program.
enum FontProgram: Sendable {
  case trueType(TrueTypeGlyphs)
  case compact(CompactGlyphs)
  case type1(Type1Program)
  case type3(Type3Outlines)

  /// Units per em of the outlines.
  var unitsPerEm: Double {
    if case .trueType(let glyphs) = self { Double(glyphs.unitsPerEm) } else { 1000 }
  }

  var glyphCount: Int {
    switch self {
    case .trueType(let glyphs): glyphs.count
    case .compact(let glyphs): glyphs.count
    case .type1(let program): program.names.count
    case .type3(let outlines): outlines.byCode.count
    }
  }

  func outline(of glyph: Int) -> Outline {
    switch self {
    case .trueType(let glyphs): glyphs.outline(of: glyph)
    case .compact(let glyphs): glyphs.outline(of: glyph)
    case .type1(let program):
      program.names.indices.contains(glyph)
        ? program.outline(of: program.names[glyph]) : Outline()
    case .type3(let outlines): outlines.byCode[glyph] ?? Outline()
    }
  }

  /// Whether a glyph stands for those that the program lacks.
  func isMissing(_ glyph: Int) -> Bool {
    switch self {
    case .trueType, .compact: glyph == 0
    case .type1(let program): program.names[glyph] == ".notdef"
    case .type3(let outlines): outlines.byCode[glyph] == nil
    }
  }

  /// The glyphs by name; empty for a program without names.
  var glyphsByName: [String: Int] {
    var result: [String: Int] = [:]
    switch self {
    case .trueType, .type3: break
    case .compact(let glyphs):
      for glyph in 0..<glyphs.count {
        if let name = glyphs.program.name(glyph), result[name] == nil { result[name] = glyph }
      }
      result[".notdef"] = 0
    case .type1(let program):
      for (glyph, name) in program.names.enumerated() { result[name] = glyph }
    }
    return result
  }
}
