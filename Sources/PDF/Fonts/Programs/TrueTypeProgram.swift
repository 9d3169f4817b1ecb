// ISO 32000-1 §9.6.3 and §9.9: TrueType and OpenType font programs (ISO/IEC 14496-22), read for the
// characters of their glyphs.

/// An embedded TrueType or OpenType font.
package struct TrueTypeProgram: Sendable {
  private let bytes: [UInt8]
  private var tables: [String: Range<Int>] = [:]

  /// Nil if the bytes are not a font program.
  package init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard bytes.count > 12 else { return nil }
    var start = 0
    if bytes.starts(with: Array("ttcf".utf8)) { start = long(12) }
    guard start <= bytes.count - 12 else { return nil }
    let count = word(start + 4)
    for index in 0..<count {
      let entry = start + 12 + 16 * index
      guard entry <= bytes.count - 16 else { break }
      let tag = String(decoding: bytes[entry..<entry + 4], as: UTF8.self)
      let offset = long(entry + 8)
      let length = long(entry + 12)
      guard offset < bytes.count else { continue }
      tables[tag] = offset..<offset + min(length, bytes.count - offset)
    }
    guard !tables.isEmpty else { return nil }
  }

  /// The CFF program of an OpenType font.
  package var compact: [UInt8]? { tables["CFF "].map { Array(bytes[$0]) } }

  /// The bytes of a table.
  package func table(_ tag: String) -> [UInt8]? { tables[tag].map { Array(bytes[$0]) } }

  private func word(_ offset: Int) -> Int {
    guard offset >= 0, offset < bytes.count - 1 else { return 0 }
    return Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
  }

  private func long(_ offset: Int) -> Int { word(offset) << 16 | word(offset + 2) }

  // MARK: cmap

  /// The subtables by platform and encoding.
  private var subtables: [(platform: Int, encoding: Int, offset: Int)] {
    guard let table = tables["cmap"] else { return [] }
    let count = min(word(table.lowerBound + 2), 64)
    return (0..<count).map { index in
      let entry = table.lowerBound + 4 + 8 * index
      return (word(entry), word(entry + 2), table.lowerBound + long(entry + 4))
    }
  }

  /// The character of each glyph by the Unicode subtables; the smallest of several.
  package func characters() -> CodeMap {
    var result = CodeMap()
    for subtable in subtables {
      let isUnicode =
        subtable.platform == 0
        || (subtable.platform == 3 && (subtable.encoding == 1 || subtable.encoding == 10))
      guard isUnicode else { continue }
      visit(subtable.offset) { character, glyph in
        // Compatibility forms share glyphs with their characters.
        if result[glyph] == 0 { result[glyph] = UInt32(character) }
      }
    }
    return result
  }

  /// The glyphs of characters by the Unicode subtables.
  package func glyphsByCharacter() -> [UInt32: Int] {
    var result: [UInt32: Int] = [:]
    for subtable in subtables {
      let isUnicode =
        subtable.platform == 0
        || (subtable.platform == 3 && (subtable.encoding == 1 || subtable.encoding == 10))
      guard isUnicode else { continue }
      visit(subtable.offset) { character, glyph in result[UInt32(character)] = glyph }
    }
    return result
  }

  /// Whether codes are mapped to glyphs at all.
  package var hasCharacterMap: Bool { !subtables.isEmpty }

  /// The glyphs of the 256 codes of the Macintosh subtable.
  package func macintoshCodes() -> [Int] {
    var result = [Int](repeating: 0, count: 256)
    for subtable in subtables where subtable.platform == 1 && subtable.encoding == 0 {
      visit(subtable.offset) { code, glyph in
        if code < 256 { result[code] = glyph }
      }
    }
    return result
  }

  /// The glyphs of the 256 codes of a simple font, by its symbol or Macintosh subtable (§9.6.6.4).
  package func codes() -> [Int] {
    var result = macintoshCodes()
    for subtable in subtables where subtable.platform == 3 && subtable.encoding == 0 {
      visit(subtable.offset) { code, glyph in
        if code < 256 || (0xF000...0xF0FF).contains(code) { result[code & 255] = glyph }
      }
    }
    return result
  }

  /// Calls back with each code of a subtable and its glyph.
  private func visit(_ offset: Int, _ body: (Int, Int) -> Void) {
    switch word(offset) {
    case 0:
      for code in 0..<256 where offset + 6 + code < bytes.count {
        let glyph = Int(bytes[offset + 6 + code])
        if glyph != 0 { body(code, glyph) }
      }
    case 4: visitSegments(offset, body)
    case 6:
      let first = word(offset + 6)
      for index in 0..<word(offset + 8) {
        let glyph = word(offset + 10 + 2 * index)
        if glyph != 0 { body(first + index, glyph) }
      }
    case 12:
      var budget = 0x20000
      for index in 0..<min(long(offset + 12), bytes.count / 12) {
        let group = offset + 16 + 12 * index
        let first = long(group)
        let last = min(long(group + 4), 0x10FFFF)
        let glyph = long(group + 8)
        guard first <= last, glyph <= 0xFFFF else { continue }
        for place in 0...min(last - first, 0xFFFF - glyph) {
          budget -= 1
          guard budget > 0 else { return }
          body(first + place, glyph + place)
        }
      }
    default: break
    }
  }

  private func visitSegments(_ offset: Int, _ body: (Int, Int) -> Void) {
    let count = word(offset + 6) / 2
    let ends = offset + 14
    let starts = ends + 2 * count + 2
    let deltas = starts + 2 * count
    let ranges = deltas + 2 * count
    var budget = 0x20000
    for index in 0..<count {
      let end = word(ends + 2 * index)
      let start = word(starts + 2 * index)
      let delta = word(deltas + 2 * index)
      let range = word(ranges + 2 * index)
      guard start <= end, start != 0xFFFF else { continue }
      for code in start...end {
        budget -= 1
        guard budget > 0 else { return }
        var glyph = code
        if range != 0 {
          glyph = word(ranges + 2 * index + range + 2 * (code - start))
          if glyph == 0 { continue }
        }
        glyph = (glyph + delta) & 0xFFFF
        if glyph != 0 { body(code, glyph) }
      }
    }
  }

  // MARK: post

  /// The glyph names of a `post` table that has its own.
  package func names() -> [Int: String] {
    guard let table = tables["post"], long(table.lowerBound) == 0x20000 else { return [:] }
    let count = word(table.lowerBound + 32)
    var strings: [String] = []
    var position = table.lowerBound + 34 + 2 * count
    while position < table.upperBound, strings.count < count {
      let length = Int(bytes[position])
      guard position + 1 + length <= table.upperBound else { break }
      strings.append(
        String(decoding: bytes[position + 1..<position + 1 + length], as: UTF8.self))
      position += 1 + length
    }
    var result: [Int: String] = [:]
    for glyph in 0..<count {
      let index = word(table.lowerBound + 34 + 2 * glyph)
      if index >= 258, index - 258 < strings.count { result[glyph] = strings[index - 258] }
      // The first 258 names are those of the standard Macintosh order.
      if index < 258 { result[glyph] = GlyphNames.macintosh(index).map(GlyphNames.name(of:)) }
    }
    return result
  }
}
