// ISO 32000-1 §9.10.2: what glyphs mean that no ToUnicode CMap explains.

/// Finds the meanings of a composite font's glyphs in what else the file holds.
struct CIDMeanings {
  let document: Document
  let pool: TextPool
  /// The descendant font and its descriptor.
  let descendant: [String: Object]
  let descriptor: [String: Object]

  /// Meanings by glyph number, from the embedded font program read backwards.
  func meanings() -> CodeMap {
    if let stream = document.stream(descriptor["FontFile2"]) {
      guard let program = TrueTypeProgram(document.decode(stream)) else { return CodeMap() }
      return byGlyph(of: trueType(program))
    }
    if let stream = document.stream(descriptor["FontFile3"]) {
      let data = document.decode(stream)
      if let program = TrueTypeProgram(data) {
        var result = program.characters()
        if let compact = program.compact.flatMap(CompactProgram.init), compact.isCIDKeyed {
          result = byCID(result, compact)
        }
        return result
      }
      if let compact = CompactProgram(data), !compact.isCIDKeyed { return byName(compact) }
    }
    return CodeMap()
  }

  /// The meaning of each glyph of a TrueType program.
  private func trueType(_ program: TrueTypeProgram) -> CodeMap {
    var result = program.characters()
    for (glyph, name) in program.names() where result[glyph] == 0 {
      result[glyph] = pool.text(GlyphNames.scalars(name))
    }
    return result
  }

  /// Meanings by number in the collection, which `CIDToGIDMap` makes glyphs of (§9.7.4.2).
  private func byGlyph(of glyphs: CodeMap) -> CodeMap {
    guard let stream = document.stream(descendant["CIDToGIDMap"]) else { return glyphs }
    let map = document.decode(stream)
    var result = CodeMap()
    for cid in 0..<min(map.count / 2, 0x10000) {
      let glyph = Int(map[2 * cid]) << 8 | Int(map[2 * cid + 1])
      let text = glyphs[glyph]
      if text != 0 { result[cid] = text }
    }
    return result
  }

  private func byCID(_ glyphs: CodeMap, _ compact: CompactProgram) -> CodeMap {
    var result = CodeMap()
    for (glyph, cid) in compact.charset.enumerated() {
      let text = glyphs[glyph]
      if text != 0 { result[cid] = text }
    }
    return result
  }

  /// In a program whose glyphs have names, the number in the collection is that of the glyph.
  private func byName(_ compact: CompactProgram) -> CodeMap {
    var result = CodeMap()
    for glyph in compact.charset.indices {
      guard let name = compact.name(glyph) else { continue }
      let text = pool.text(GlyphNames.scalars(name))
      if text != 0 { result[glyph] = text }
    }
    return result
  }
}
