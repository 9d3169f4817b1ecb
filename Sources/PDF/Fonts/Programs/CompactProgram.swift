// ISO 32000-1 §9.9 and Adobe Technical Note 5176: Compact Font Format, read for glyph names.

/// An embedded CFF font program.
package struct CompactProgram: Sendable {
  /// Whether glyphs have CIDs instead of names.
  package private(set) var isCIDKeyed = false
  /// The known collection of the glyphs' CIDs.
  private(set) var collection: CharacterCollection?
  /// For each glyph the identifier of its name, or its CID.
  package private(set) var charset: [Int] = []
  package let bytes: [UInt8]
  /// The charstrings, by glyph.
  package private(set) var charStrings: [Range<Int>] = []
  /// The global subroutines.
  package private(set) var globalSubroutines: [Range<Int>] = []
  /// The entries of the top dictionary.
  private(set) var top: Range<Int> = 0..<0
  private var strings: [Range<Int>] = []
  private var encodingOffset = 0

  /// Nil if the bytes are not a font program.
  package init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard bytes.count > 4, bytes[0] == 1 else { return nil }
    var position = Int(bytes[2])
    guard index(&position) != nil, let fonts = index(&position), let top = fonts.first,
      let strings = index(&position)
    else { return nil }
    self.strings = strings
    self.top = top
    globalSubroutines = index(&position) ?? []
    let entries = dictionary(top)
    isCIDKeyed = entries[0x0C1E] != nil
    if let system = entries[0x0C1E], system.count == 3, let registry = string(system[0]),
      let ordering = string(system[1])
    {
      collection = CharacterCollection(
        registry: Array(registry.utf8), ordering: Array(ordering.utf8))
    }
    encodingOffset = entries[16]?.last ?? 0
    var glyphs = entries[17]?.last ?? 0
    guard glyphs > 0, let charStrings = index(&glyphs) else { return nil }
    self.charStrings = charStrings
    readCharset(entries[15]?.last ?? 0, count: charStrings.count)
  }

  func word(_ offset: Int) -> Int {
    guard offset >= 0, offset < bytes.count - 1 else { return 0 }
    return Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
  }

  func byte(_ offset: Int) -> Int {
    offset >= 0 && offset < bytes.count ? Int(bytes[offset]) : 0
  }

  /// The ranges of an INDEX (§5); moves the position past it.
  func index(_ position: inout Int) -> [Range<Int>]? {
    guard position >= 0, position <= bytes.count - 2 else { return nil }
    let count = word(position)
    position += 2
    if count == 0 { return [] }
    let size = byte(position)
    guard (1...4).contains(size), position + 1 + (count + 1) * size <= bytes.count else {
      return nil
    }
    let offsets = position + 1
    let data = offsets + (count + 1) * size - 1
    func offset(_ entry: Int) -> Int {
      var value = 0
      for place in 0..<size { value = value << 8 | byte(offsets + entry * size + place) }
      return data + value
    }
    var ranges: [Range<Int>] = []
    for entry in 0..<count {
      let start = offset(entry)
      let end = offset(entry + 1)
      guard start <= end, end <= bytes.count else { return nil }
      ranges.append(start..<end)
    }
    position = offset(count)
    return ranges
  }

  /// The integer operands of each operator (§4).
  func dictionary(_ range: Range<Int>) -> [Int: [Int]] {
    var entries: [Int: [Int]] = [:]
    var operands: [Int] = []
    var position = range.lowerBound
    while position < range.upperBound {
      let first = byte(position)
      position += 1
      switch first {
      case 0...21:
        var key = first
        if first == 12 {
          key = 0x0C00 | byte(position)
          position += 1
        }
        entries[key] = operands
        operands = []
      case 28:
        operands.append(Int(Int16(truncatingIfNeeded: word(position))))
        position += 2
      case 29:
        operands.append(
          Int(Int32(truncatingIfNeeded: word(position) << 16 | word(position + 2))))
        position += 4
      case 30:
        // A real number, which no used operator has.
        while position < range.upperBound, byte(position) & 15 != 15, byte(position) >> 4 != 15 {
          position += 1
        }
        position += 1
      case 32...246: operands.append(first - 139)
      case 247...250:
        operands.append((first - 247) * 256 + byte(position) + 108)
        position += 1
      case 251...254:
        operands.append(-(first - 251) * 256 - byte(position) - 108)
        position += 1
      default: break
      }
    }
    return entries
  }

  private mutating func readCharset(_ offset: Int, count: Int) {
    charset = [0]
    switch offset {
    case 0 where !isCIDKeyed: charset += 1..<max(229, 1)
    case 1 where !isCIDKeyed: charset = CFFTables.expert.flatMap { $0.first..<$0.first + $0.count }
    case 2 where !isCIDKeyed:
      charset = CFFTables.expertSubset.flatMap { $0.first..<$0.first + $0.count }
    default:
      guard offset > 2 else {
        charset = Array(0..<count)
        return
      }
      let format = byte(offset)
      var position = offset + 1
      while charset.count < count, position < bytes.count - 1 {
        let first = word(position)
        position += 2
        if format == 0 {
          charset.append(first)
          continue
        }
        let left = format == 1 ? byte(position) : word(position)
        position += format == 1 ? 1 : 2
        charset += first...first + min(left, count - charset.count)
      }
    }
    if charset.count > count { charset.removeLast(charset.count - count) }
  }

  // MARK: Names

  /// The name of a glyph.
  package func name(_ glyph: Int) -> String? {
    guard glyph > 0, glyph < charset.count, !isCIDKeyed else { return nil }
    return string(charset[glyph])
  }

  private func string(_ identifier: Int) -> String? {
    let standard = Self.standardStrings
    guard identifier >= 0 else { return nil }
    if identifier < standard.count { return standard[identifier] }
    let index = identifier - standard.count
    guard index < strings.count else { return nil }
    return String(decoding: bytes[strings[index]], as: UTF8.self)
  }

  private static let standardStrings =
    CFFTables.standardStrings.split { $0 == " " || $0 == "\n" }.map(String.init)

  /// The glyph names of the 256 codes in the font's own encoding (§12); nil for the standard
  /// encoding.
  package func encoding() -> [String?]? {
    guard encodingOffset > 1, !isCIDKeyed else { return nil }
    var result = [String?](repeating: nil, count: 256)
    let format = byte(encodingOffset)
    let count = byte(encodingOffset + 1)
    var position = encodingOffset + 2
    var glyph = 1
    if format & 127 == 0 {
      for _ in 0..<count {
        result[byte(position)] = name(glyph)
        glyph += 1
        position += 1
      }
    } else {
      for _ in 0..<count {
        let first = byte(position)
        let left = byte(position + 1)
        position += 2
        for code in first...first + left where code < 256 {
          result[code] = name(glyph)
          glyph += 1
        }
      }
    }
    if format & 128 != 0 {
      let supplements = byte(position)
      for index in 0..<supplements {
        let place = position + 1 + 3 * index
        result[byte(place)] = string(word(place + 1))
      }
    }
    return result
  }
}
