// ISO 32000-1 §9.6.6: character encoding of simple fonts.

/// The characters of the 256 codes of a simple font.
struct SimpleEncoding {
  /// The characters of each code.
  private(set) var texts: [GlyphText]
  /// The first character of each code, for standard widths.
  private(set) var scalars: [UInt32]

  init(
    _ dictionary: [String: Object], descriptor: [String: Object], standard: StandardFont,
    document: Document, pool: TextPool
  ) {
    let encoding = document.resolve(dictionary["Encoding"])
    let isType3 = document.name(dictionary["Subtype"]) == "Type3"
    let isTrueType = document.name(dictionary["Subtype"]) == "TrueType"
    var base: BaseEncoding?
    if let name = encoding?.name {
      base = .named(name)
    } else if let name = document.name(encoding?.dictionary?["BaseEncoding"]) {
      base = .named(name)
    }
    texts = [GlyphText](repeating: 0, count: 256)
    scalars = [UInt32](repeating: 0, count: 256)
    // Glyphs of a Type 3 font have characters only if the file gives an encoding.
    if !isType3 || base != nil {
      let fallback = base ?? (isTrueType && !standard.isSymbolic ? .winAnsi : standard.encoding)
      for code in 0..<256 { set(code, [fallback.scalars[code]], pool) }
      if base == nil {
        readProgram(descriptor, isTrueType: isTrueType, document: document, pool: pool)
      }
    }
    if isType3, base == nil, let glyphs = document.dictionary(dictionary["CharProcs"]) {
      // Without an encoding, codes have the glyph names of the standard encoding.
      for code in 0x20..<0x7F {
        let scalar = BaseEncoding.standard.scalars[code]
        if glyphs.keys.contains(where: { GlyphNames.scalars($0) == [scalar] }) {
          set(code, [scalar], pool)
        }
      }
    }
    if let differences = document.array(encoding?.dictionary?["Differences"]) {
      let unknown = apply(differences, document: document, pool: pool)
      if !unknown.isEmpty { guess(unknown, pool) }
    }
  }

  private mutating func set(_ code: Int, _ values: [UInt32], _ pool: TextPool) {
    texts[code] = pool.text(values)
    scalars[code] = values.first ?? 0
  }

  /// Reads the encoding of the embedded font program.
  private mutating func readProgram(
    _ descriptor: [String: Object], isTrueType: Bool, document: Document, pool: TextPool
  ) {
    if let stream = document.stream(descriptor["FontFile"]) {
      apply(type1Encoding(document.decode(stream)), pool)
    } else if let stream = document.stream(descriptor["FontFile3"]) {
      let data = document.decode(stream)
      let compact = TrueTypeProgram(data).flatMap(\.compact) ?? data
      apply(CompactProgram(compact)?.encoding(), pool)
    } else if let stream = document.stream(descriptor["FontFile2"]),
      let program = TrueTypeProgram(document.decode(stream))
    {
      let characters = program.characters()
      let names = program.names()
      for (code, glyph) in program.codes().enumerated() where glyph != 0 {
        if let name = names[glyph], case let values = GlyphNames.scalars(name), !values.isEmpty {
          set(code, values, pool)
        } else if characters[glyph] != 0 {
          set(code, [characters[glyph]], pool)
        }
      }
    }
  }

  private mutating func apply(_ names: [String?]?, _ pool: TextPool) {
    guard let names else { return }
    for (code, name) in names.enumerated() {
      set(code, name.map { GlyphNames.scalars($0) } ?? [], pool)
    }
  }

  /// Applies the `Differences` array (table 114).
  ///
  /// - Returns: The codes whose names no list knows, and the names.
  private mutating func apply(
    _ differences: [Object], document: Document, pool: TextPool
  ) -> [(code: Int, name: String)] {
    var unknown: [(code: Int, name: String)] = []
    var code = 0
    for element in differences {
      let element = document.resolve(element) ?? .null
      if let number = element.integer {
        code = number
      } else if let name = element.name {
        if (0..<256).contains(code) {
          let values = GlyphNames.scalars(name)
          set(code, values, pool)
          if values.isEmpty, name != ".notdef" { unknown.append((code, name)) }
        }
        // Codes past the last do not matter, but must not overflow.
        code = min(code, 1 << 20) + 1
      }
    }
    return unknown
  }

  /// Takes names such as `a65` or `G41` as the codes in them.
  private mutating func guess(_ unknown: [(code: Int, name: String)], _ pool: TextPool) {
    let isHexadecimal = unknown.contains { _, name in
      name.utf8.count == 3 && GlyphNames.code(in: name, isHexadecimal: true) != nil
        && GlyphNames.code(in: name, isHexadecimal: false) == nil
    }
    let codes = unknown.compactMap { code, name in
      GlyphNames.code(in: name, isHexadecimal: isHexadecimal).map { (code: code, value: $0) }
    }
    // TeX text fonts have ligatures at codes without characters.
    let letters = codes.count { (0x61...0x7A).contains($0.value) }
    let isText = letters >= 12
    for (code, value) in codes {
      switch value {
      case 11...15 where isText:
        set(code, Self.texLigatures[value - 11], pool)
      case 0x20..<0x7F: set(code, [UInt32(value)], pool)
      case 0xA1..<0x100: set(code, [BaseEncoding.winAnsi.scalars[value]], pool)
      default: break
      }
    }
  }

  private static let texLigatures: [[UInt32]] = [
    [0x66, 0x66], [0x66, 0x69], [0x66, 0x6C], [0x66, 0x66, 0x69], [0x66, 0x66, 0x6C],
  ]
}
