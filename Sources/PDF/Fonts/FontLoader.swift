// ISO 32000-1 §9.6 (simple fonts), §9.7 (composite fonts), §9.8 (font descriptors), §9.10
// (extraction of text content).

/// Creates fonts from their dictionaries.
package struct FontLoader {
  let document: Document
  let pool: TextPool

  package init(document: Document, pool: TextPool) {
    self.document = document
    self.pool = pool
  }

  package func font(_ dictionary: [String: Object]) -> Font {
    document.name(dictionary["Subtype"]) == "Type0" ? composite(dictionary) : simple(dictionary)
  }

  // MARK: Simple fonts

  private func simple(_ dictionary: [String: Object]) -> Font {
    let baseFont = baseName(dictionary)
    let descriptor = document.dictionary(dictionary["FontDescriptor"]) ?? [:]
    let flags = document.integer(descriptor["Flags"]) ?? 0
    let isType3 = document.name(dictionary["Subtype"]) == "Type3"
    let standard = StandardFont.named(baseFont, flags: flags)
    let encoding = SimpleEncoding(
      dictionary, descriptor: descriptor, standard: standard, document: document, pool: pool)
    let toUnicode = unicodeMap(dictionary["ToUnicode"])
    let scale = isType3 ? type3Scale(dictionary) : 0.001
    let widths = simpleWidths(dictionary, descriptor)
    var shown: [Font.Shown] = []
    shown.reserveCapacity(256)
    for code in 0..<256 {
      var text = toUnicode[code]
      if text == 0 || text == 0xFFFD { text = encoding.texts[code] }
      if 0xF000...0xF0FF ~= text { text = PrivateUse.plain(text, font: baseFont.lowercased()) }
      let width =
        widths[code]
        ?? (isType3 ? 0 : standard.width(code: code, scalar: encoding.scalars[code]))
      shown.append(Font.Shown(text: text, width: width * scale, isSpace: code == 32))
    }
    return Font(
      name: baseFont, isBold: isBold(baseFont, descriptor),
      heights: isType3 ? type3Heights(dictionary, shown) : heights(descriptor), isType3: isType3,
      simple: shown)
  }

  /// The name without the subset tag (§9.6.4).
  private func baseName(_ dictionary: [String: Object]) -> String {
    let name = document.name(dictionary["BaseFont"]) ?? document.name(dictionary["Name"]) ?? ""
    let bytes = Array(name.utf8)
    if bytes.count > 7, bytes[6] == 0x2B, bytes[..<6].allSatisfy({ (0x41...0x5A).contains($0) }) {
      return String(decoding: bytes[7...], as: UTF8.self)
    }
    return name
  }

  private func isBold(_ name: String, _ descriptor: [String: Object]) -> Bool {
    let lower = name.lowercased()
    if lower.contains("bold") || lower.contains("black") || lower.contains("heavy") { return true }
    if let weight = document.number(descriptor["FontWeight"]), weight >= 600 { return true }
    return (document.integer(descriptor["Flags"]) ?? 0) & 1 << 18 != 0
  }

  /// The ascent and descent of a descriptor, with usual ones for those that are missing or
  /// impossible.
  private func heights(_ descriptor: [String: Object]) -> Font.Heights {
    let ascent = Float(document.number(descriptor["Ascent"]) ?? 0) / 1000
    let descent = abs(Float(document.number(descriptor["Descent"]) ?? 0)) / 1000
    return (
      (0.4...1.4).contains(ascent) ? ascent : 0.95,
      (0.05...0.6).contains(descent) ? -descent : -0.25
    )
  }

  /// The ascent and descent of a Type 3 font, by its box or else its widest glyph.
  private func type3Heights(
    _ dictionary: [String: Object], _ glyphs: [Font.Shown]
  ) -> Font.Heights {
    let matrix = document.array(dictionary["FontMatrix"])?.map { document.number($0) ?? 0 } ?? []
    let box = document.array(dictionary["FontBBox"])?.map { document.number($0) ?? 0 } ?? []
    let widest = max(glyphs.map(\.width).max() ?? 0, 0.01)
    if matrix.count == 6, box.count == 4 {
      let ends = [Float(box[1] * matrix[3]), Float(box[3] * matrix[3])].sorted()
      if ends[1] > 0.3 * widest, ends[1] < 3 * widest, ends[0] > -2 * widest, ends[0] <= 0 {
        return (ends[1], ends[0])
      }
    }
    return (widest, -0.3 * widest)
  }

  /// Widths by code, if the dictionary has them.
  private func simpleWidths(
    _ dictionary: [String: Object], _ descriptor: [String: Object]
  ) -> [Float?] {
    var result = [Float?](repeating: nil, count: 256)
    guard let widths = document.array(dictionary["Widths"]) else { return result }
    let missing = Float(document.number(descriptor["MissingWidth"]) ?? 0)
    for code in 0..<256 { result[code] = missing }
    let first = document.integer(dictionary["FirstChar"]) ?? 0
    for (place, width) in widths.prefix(256).enumerated() {
      guard first >= 0, first < 256 - place else { break }
      if let number = document.number(width), abs(number) < 1e6 {
        result[first + place] = Float(number)
      }
    }
    return result
  }

  /// The text space units per glyph space unit of a Type 3 font (§9.6.5).
  private func type3Scale(_ dictionary: [String: Object]) -> Float {
    let matrix = document.array(dictionary["FontMatrix"])?.map { document.number($0) ?? 0 } ?? []
    guard matrix.count == 6, abs(matrix[0]) > 1e-7, abs(matrix[0]) < 1000 else { return 0.001 }
    return Float(abs(matrix[0]))
  }

  // MARK: Composite fonts

  private func composite(_ dictionary: [String: Object]) -> Font {
    let descendants = document.array(dictionary["DescendantFonts"])
    let descendant = document.dictionary(descendants?.first) ?? [:]
    let descriptor = document.dictionary(descendant["FontDescriptor"]) ?? [:]
    let baseFont = baseName(dictionary)
    let toUnicode = unicodeMap(dictionary["ToUnicode"]).mapped {
      0xF000...0xF0FF ~= $0 ? PrivateUse.plain($0, font: baseFont.lowercased()) : $0
    }
    let name = document.name(dictionary["Encoding"]) ?? ""
    if let predefined = PredefinedCMap(name) {
      return Font(
        name: baseFont, isBold: isBold(baseFont, descriptor),
        heights: heights(descriptor), encoding: predefined.encoding,
        toUnicode: toUnicode, meanings: predefined.meanings,
        widths: predefined.widths(byGlyph: widths(descendant["W"])),
        defaultWidth: defaultWidth(descendant))
    }
    let meanings = CIDMeanings(
      document: document, pool: pool, descendant: descendant, descriptor: descriptor,
      name: baseFont,
      codesAreCharacters: document.name(dictionary["ToUnicode"])?.hasPrefix("Identity") ?? false)
    return Font(
      name: baseFont, isBold: isBold(baseFont, descriptor), heights: heights(descriptor),
      encoding: encoding(dictionary["Encoding"], depth: 0), toUnicode: toUnicode,
      meanings: meanings.meanings, widths: widths(descendant["W"]),
      defaultWidth: defaultWidth(descendant))
  }

  private func defaultWidth(_ descendant: [String: Object]) -> Float {
    Float(min(max(document.number(descendant["DW"]) ?? 1000, -1e6), 1e6)) / 1000
  }

  /// The CMap of a composite font (§9.7.5.2, §9.7.5.3).
  private func encoding(_ object: Object?, depth: Int) -> CMap {
    if let name = document.name(object) {
      return CMap.identity(isVertical: name.hasSuffix("-V"))
    }
    guard let stream = document.stream(object), depth < 8 else {
      return CMap.identity(isVertical: false)
    }
    let data = document.decode(stream)
    var parser = CMapParser(data, pool: pool, nesting: document.limits.nesting)
    parser.parse()
    // A map based on another does not repeat it.
    if let used = stream.dictionary["UseCMap"] ?? parser.used.map({ Object.name($0) }) {
      parser = CMapParser(
        data, pool: pool, nesting: document.limits.nesting,
        base: encoding(used, depth: depth + 1))
      parser.parse()
    }
    var result = parser.result
    if document.integer(stream.dictionary["WMode"]) == 1 { result.isVertical = true }
    return result
  }

  /// The widths of glyphs (§9.7.4.3), as bit patterns.
  private func widths(_ object: Object?) -> CodeMap {
    var result = CodeMap()
    guard let array = document.array(object) else { return result }
    var index = 0
    func set(_ cid: Int, _ width: Double) {
      // Zero means the default, so a width of zero is the smallest number instead.
      let value = Float(min(max(width, -1e6), 1e6) / 1000)
      result[cid] = value == 0 ? Float.leastNonzeroMagnitude.bitPattern : value.bitPattern
    }
    while index + 1 < array.count {
      guard let first = document.integer(array[index]), (0...0xFFFF).contains(first) else {
        index += 1
        continue
      }
      if let list = document.array(array[index + 1]) {
        for (place, width) in list.enumerated() where place <= 0xFFFF - first {
          if let width = document.number(width) { set(first + place, width) }
        }
        index += 2
      } else if index + 2 < array.count, let last = document.integer(array[index + 1]),
        let width = document.number(array[index + 2])
      {
        if first <= last { for cid in first...min(last, 0xFFFF) { set(cid, width) } }
        index += 3
      } else {
        index += 1
      }
    }
    return result
  }

  // MARK: ToUnicode

  private func unicodeMap(_ object: Object?) -> CodeMap {
    guard let stream = document.stream(object) else { return CodeMap() }
    var parser = CMapParser(
      document.decode(stream), pool: pool, nesting: document.limits.nesting)
    parser.parse()
    return parser.result.text
  }
}
