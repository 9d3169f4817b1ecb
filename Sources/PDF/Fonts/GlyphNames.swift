// ISO 32000-1 §9.10.2 and the Adobe Glyph List Specification: from glyph names to characters.

/// The Adobe Glyph List, and the names that are built by rule.
enum GlyphNames {
  /// The characters a glyph name stands for; none where nobody can tell.
  static func scalars(_ name: String) -> [UInt32] {
    let octets = Array(name.utf8)
    if octets == notdef { return [] }
    // What follows the first period says which variant of the glyph it is.
    let base = octets.firstIndex(of: 0x2E).map { Array(octets[..<$0]) } ?? octets
    if base.isEmpty { return [] }
    if !base.contains(0x5F) { return component(base) }
    return base.split(separator: 0x5F).flatMap { component(Array($0)) }
  }

  /// The name of a glyph in the standard Macintosh order, of those from the space to the tilde.
  static func macintosh(_ index: Int) -> String? {
    guard (3...97).contains(index) else { return nil }
    let digits = String(index + 29, radix: 16, uppercase: true)
    return "uni" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
  }

  private static let notdef = Array(".notdef".utf8)

  private static func component(_ name: [UInt8]) -> [UInt32] {
    if let known = list.scalars(name) {
      if known.count == 1, (0xE000..<0xF900).contains(known[0]) {
        return plain(name)
      }
      return known
    }
    if name.starts(with: [0x75, 0x6E, 0x69]), name.count >= 7 {
      // Some write more digits than the specification knows.
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

  /// The plain letters or figures of a glyph of an expert set.
  ///
  /// The list gives such glyphs characters for private use, which nobody can read or find.
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

  private static func hexadecimalNumber(_ digits: ArraySlice<UInt8>) -> Int? {
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

/// The names of the list in their order, searched by halving.
private struct GlyphList {
  private let octets: [UInt8]
  private let starts: [Int32]

  init() {
    octets = Array(glyphListFirst.utf8) + [0x20] + Array(glyphListSecond.utf8)
    var starts: [Int32] = []
    starts.reserveCapacity(4300)
    var isBetween = true
    for (index, octet) in octets.enumerated() {
      let isBlank = octet <= 0x20
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

  /// Less than zero when the name comes before the entry at an index.
  private func compare(_ name: [UInt8], at start: Int) -> Int {
    for (place, octet) in name.enumerated() {
      let index = start + place
      guard index < octets.count, octets[index] != 0x3A else { return 1 }
      if octets[index] != octet { return Int(octet) - Int(octets[index]) }
    }
    let end = start + name.count
    return end < octets.count && octets[end] == 0x3A ? 0 : -1
  }

  private func values(at start: Int) -> [UInt32] {
    var result: [UInt32] = [0]
    var index = start
    while index < octets.count, octets[index] > 0x20 {
      if octets[index] == 0x2B {
        result.append(0)
      } else {
        result[result.count - 1] =
          result[result.count - 1] << 4 | UInt32(hexadecimal(octets[index]))
      }
      index += 1
    }
    return result
  }
}

/// The scalars of UTF-16 code units; a surrogate without its other half is left out.
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
