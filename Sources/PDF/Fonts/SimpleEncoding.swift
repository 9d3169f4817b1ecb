// ISO 32000-1 §9.6.6: character encoding of simple fonts.

/// What the 256 codes of a simple font mean by its encoding.
struct SimpleEncoding {
  /// The meaning of each code.
  private(set) var texts: [GlyphText]
  /// The first character of each code, by which standard widths are found.
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
    if base == nil, isTrueType, document.stream(descriptor["FontFile2"]) == nil { base = .winAnsi }
    texts = [GlyphText](repeating: 0, count: 256)
    scalars = [UInt32](repeating: 0, count: 256)
    let fallback = base ?? (isTrueType ? .winAnsi : standard.encoding)
    if !isType3 {
      for code in 0..<256 {
        scalars[code] = fallback.scalars[code]
        texts[code] = pool.text(fallback.scalars[code])
      }
    }
    if let differences = document.array(encoding?.dictionary?["Differences"]) {
      apply(differences, document: document, pool: pool)
    }
  }

  /// Replaces what `Differences` names (table 114).
  private mutating func apply(_ differences: [Object], document: Document, pool: TextPool) {
    var code = 0
    for element in differences {
      let element = document.resolve(element) ?? .null
      if let number = element.integer {
        code = number
      } else if let name = element.name {
        if (0..<256).contains(code) {
          let values = GlyphNames.scalars(name)
          texts[code] = pool.text(values)
          scalars[code] = values.first ?? 0
        }
        // Codes past the last are nothing, and must not overflow either.
        code = min(code, 1 << 20) + 1
      }
    }
  }
}
