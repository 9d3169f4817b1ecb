// ISO 32000-1 §9.10.2: the characters of glyphs without a ToUnicode CMap.

/// Finds the characters of a composite font's glyphs by other means.
struct CIDMeanings {
  let document: Document
  let pool: TextPool
  /// The descendant font and its descriptor.
  let descendant: [String: Object]
  let descriptor: [String: Object]
  /// The font's `BaseFont`.
  let name: String
  /// Whether codes are Unicode characters if the font program does not explain them.
  let codesAreCharacters: Bool

  /// Characters by glyph number.
  func meanings() -> CodeMap {
    let system = document.dictionary(descendant["CIDSystemInfo"]) ?? [:]
    var result: CodeMap
    if let collection = CharacterCollection(
      registry: document.string(system["Registry"]) ?? [],
      ordering: document.string(system["Ordering"]) ?? [])
    {
      result = meanings(of: collection)
    } else {
      result = byProgram().mapped(pool.text)
    }
    if codesAreCharacters {
      for code in 0x20...0xFFFF where !(0xD800..<0xE000).contains(code) && result[code] == 0 {
        result[code] = UInt32(code)
      }
    }
    return result
  }

  private func meanings(of collection: CharacterCollection) -> CodeMap {
    var result = CodeMap()
    for (glyph, character) in collection.characters.enumerated() where character != 0 {
      result[glyph] = pool.text(character)
    }
    return result
  }

  /// Characters from the embedded font program, by inverting its tables.
  private func byProgram() -> CodeMap {
    if let stream = document.stream(descriptor["FontFile2"]) {
      guard let program = TrueTypeProgram(document.decode(stream)) else { return CodeMap() }
      return byGlyph(of: trueType(program))
    }
    if let stream = document.stream(descriptor["FontFile3"]) {
      let data = document.decode(stream)
      if let program = TrueTypeProgram(data) {
        guard let compact = program.compact.flatMap(CompactProgram.init) else {
          return byGlyph(of: trueType(program))
        }
        let characters = program.characters()
        if compact.isCIDKeyed { return byCID(characters, compact) }
        return characters.isEmpty ? byName(compact) : characters
      }
      guard let compact = CompactProgram(data) else { return CodeMap() }
      return compact.isCIDKeyed ? byCID(CodeMap(), compact) : byName(compact)
    }
    return hasMacintoshOrder && !codesAreCharacters ? inMacintoshOrder() : CodeMap()
  }

  /// Whether the font is a common system font with glyphs in the standard Macintosh order, which
  /// files need not embed.
  private var hasMacintoshOrder: Bool {
    let name = name.lowercased().filter { $0 != " " && $0 != "-" }
    return [
      "arial", "timesnewroman", "couriernew", "verdana", "georgia", "tahoma", "trebuchet",
      "comicsans", "impact",
    ].contains { name.hasPrefix($0) }
  }

  private func inMacintoshOrder() -> CodeMap {
    var result = CodeMap()
    for glyph in 3..<258 {
      if let character = GlyphNames.macintosh(glyph) { result[glyph] = pool.text(character) }
    }
    return result
  }

  /// The character of each glyph of a TrueType program.
  private func trueType(_ program: TrueTypeProgram) -> CodeMap {
    var result = program.characters()
    for (glyph, name) in program.names() where result[glyph] == 0 {
      result[glyph] = pool.text(GlyphNames.scalars(name))
    }
    return result
  }

  /// Characters by CID, which `CIDToGIDMap` maps to glyphs (§9.7.4.2).
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

  /// Characters by the CIDs of the program's glyphs, which can be of a known collection.
  private func byCID(_ glyphs: CodeMap, _ compact: CompactProgram) -> CodeMap {
    var result = compact.collection.map { meanings(of: $0) } ?? CodeMap()
    for (glyph, cid) in compact.charset.enumerated() {
      let text = glyphs[glyph]
      if text != 0 { result[cid] = text }
    }
    return result
  }

  /// In a program whose glyphs have names, the CID is the glyph number.
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
