// ISO 32000-1 §9.10.2 and the Adobe Glyph List Specification: glyph names to characters.

/// The Adobe Glyph List and names built by rule.
package enum GlyphNames {
  /// The characters of a glyph name; empty if unknown.
  package static func scalars(_ name: String) -> [UInt32] {
    let bytes = Array(name.utf8)
    if bytes == notdef { return [] }
    // The part after the first period is the variant of the glyph.
    let base = bytes.firstIndex(of: 0x2E).map { Array(bytes[..<$0]) } ?? bytes
    if base.isEmpty { return [] }
    if !base.contains(0x5F) { return component(base) }
    return base.split(separator: 0x5F).flatMap { component(Array($0)) }
  }

  /// The character of a glyph in the standard Macintosh order, starting at the space.
  static func macintosh(_ index: Int) -> UInt32? {
    if (3...97).contains(index) { return UInt32(index + 29) }
    guard index >= 98, index - 98 < macintoshCharacters.count else { return nil }
    let character = macintoshCharacters[index - 98]
    return character == 0 ? nil : character
  }

  /// The glyph name for a character of the basic plane.
  static func name(of character: UInt32) -> String {
    let digits = String(character, radix: 16, uppercase: true)
    return "uni" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  /// The code in a name made of one or two letters and a number, or of a letter and two hexadecimal
  /// digits, as in bitmap fonts.
  static func code(in name: String, isHexadecimal: Bool) -> Int? {
    let bytes = Array(name.utf8)
    if isHexadecimal {
      guard bytes.count == 3, isLetter(bytes[0]) else { return nil }
      return hexadecimalNumber(bytes[1...])
    }
    let letters = bytes.prefix { isLetter($0) }.count
    let digits = bytes[letters...]
    guard letters <= 2, (1...3).contains(digits.count), digits.allSatisfy(isDigit) else {
      return nil
    }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  /// The upper half of Mac Roman and additional glyphs.
  private static let macintoshCharacters =
    """
    ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊\
    ÿŸ⁄¤‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\0ÒÚÛÙı\u{2C6}\u{2DC}\u{AF}\u{2D8}\u{2D9}\u{2DA}\u{B8}\u{2DD}\u{2DB}\
    \u{2C7}ŁłŠšŽž¦ÐðÝýÞþ−×¹²³½¼¾₣ĞğİŞşĆćČčđ
    """.unicodeScalars.map(\.value)

  private static let notdef = Array(".notdef".utf8)

  private static func component(_ name: [UInt8]) -> [UInt32] {
    if let known = list.scalars(name) {
      if known.count == 1, (0xE000..<0xF900).contains(known[0]) {
        return plain(name)
      }
      return known
    }
    if name.starts(with: [0x75, 0x6E, 0x69]), name.count >= 7 {
      // Some writers use more digits than the specification allows.
      let units = stride(from: 3, to: name.count - 3, by: 4).map {
        hexadecimalNumber(name[$0..<$0 + 4])
      }
      if (name.count - 3) % 4 == 0, units.allSatisfy({ $0 != nil }) {
        return scalarsOf(utf16: units.compactMap { $0.map { UInt16($0) } })
      }
    }
    if name.first == 0x75, (5...7).contains(name.count),
      let value = hexadecimalNumber(name[1...]), Unicode.Scalar(UInt32(value)) != nil
    {
      return [UInt32(value)]
    }
    return []
  }

  /// The plain letters or digits of a glyph of an expert set.
  ///
  /// The list maps such glyphs to private use characters, which nobody can read or search for.
  private static func plain(_ name: [UInt8]) -> [UInt32] {
    for ending in ["small", "oldstyle", "superior", "inferior", "serif", "sans", "fitted"] {
      guard name.count > ending.utf8.count,
        name.suffix(ending.utf8.count).elementsEqual(ending.utf8)
      else { continue }
      let base = Array(name.dropLast(ending.utf8.count))
      if let scalars = list.scalars(base), !(0xE000..<0xF900).contains(scalars[0]) {
        return scalars
      }
    }
    return []
  }

  static func hexadecimalNumber(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      let number = hexadecimal(digit)
      guard number != 255 else { return nil }
      value = value << 4 | Int(number)
    }
    return value
  }

  private static let list = GlyphList()
}

/// The names of the list in order, for binary search.
private struct GlyphList {
  private let bytes: [UInt8]
  private let starts: [Int32]

  init() {
    bytes = Array(glyphListFirst.utf8) + [0x20] + Array(glyphListSecond.utf8)
    var starts: [Int32] = []
    starts.reserveCapacity(4300)
    var isBetween = true
    for (index, byte) in bytes.enumerated() {
      let isBlank = byte <= 0x20
      if isBetween, !isBlank { starts.append(Int32(index)) }
      isBetween = isBlank
    }
    self.starts = starts
  }

  func scalars(_ name: [UInt8]) -> [UInt32]? {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      switch compare(name, at: Int(starts[middle])) {
      case 0: return values(at: Int(starts[middle]) + name.count + 1)
      case ..<0: high = middle
      default: low = middle + 1
      }
    }
    return nil
  }

  /// Less than zero if the name sorts before the entry.
  private func compare(_ name: [UInt8], at start: Int) -> Int {
    for (place, byte) in name.enumerated() {
      let index = start + place
      guard index < bytes.count, bytes[index] != 0x3A else { return 1 }
      if bytes[index] != byte { return Int(byte) - Int(bytes[index]) }
    }
    let end = start + name.count
    return end < bytes.count && bytes[end] == 0x3A ? 0 : -1
  }

  private func values(at start: Int) -> [UInt32] {
    var result: [UInt32] = [0]
    var index = start
    while index < bytes.count, bytes[index] > 0x20 {
      if bytes[index] == 0x2B {
        result.append(0)
      } else {
        result[result.count - 1] =
          result[result.count - 1] << 4 | UInt32(hexadecimal(bytes[index]))
      }
      index += 1
    }
    return result
  }
}

/// The scalars of UTF-16 code units, without unpaired surrogates.
func scalarsOf(utf16 units: [UInt16]) -> [UInt32] {
  var result: [UInt32] = []
  var index = 0
  while index < units.count {
    let unit = units[index]
    index += 1
    if unit & 0xFC00 == 0xD800 {
      if index < units.count, units[index] & 0xFC00 == 0xDC00 {
        result.append(
          0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(units[index] & 0x3FF)))
        index += 1
      }
    } else if unit & 0xFC00 != 0xDC00 {
      result.append(UInt32(unit))
    }
  }
  return result
}
