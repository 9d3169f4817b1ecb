// Adobe Technical Note 5176 §14 and §16 (Private DICT, local subroutines), §18 (CID-keyed fonts).

/// What the charstrings of a group of glyphs need.
package struct CompactFontDict: Sendable {
  /// From glyph space to text space; nil for the usual thousandth.
  package var matrix: [Double]?
  package var localSubroutines: [Range<Int>] = []
}

extension CompactProgram {
  /// The dictionary of the whole font, and of a CID-keyed font those of its glyphs.
  package func fontDicts() -> (whole: CompactFontDict, groups: [CompactFontDict]) {
    let whole = fontDict(top)
    guard isCIDKeyed, var position = dictionary(top)[0x0C24]?.last,
      let ranges = index(&position)
    else { return (whole, []) }
    return (whole, ranges.map(fontDict))
  }

  /// The index of each glyph's dictionary in a CID-keyed font.
  package func fontDictSelection() -> [Int] {
    var result = [Int](repeating: 0, count: charStrings.count)
    guard isCIDKeyed, let offset = dictionary(top)[0x0C25]?.last, offset > 0 else { return result }
    if byte(offset) == 0 {
      for glyph in result.indices { result[glyph] = byte(offset + 1 + glyph) }
    } else {
      for range in 0..<word(offset + 1) {
        let entry = offset + 3 + 3 * range
        let (first, next) = (word(entry), word(entry + 3))
        guard first < next, next <= result.count else { continue }
        for glyph in first..<next { result[glyph] = byte(entry + 2) }
      }
    }
    return result
  }

  private func fontDict(_ range: Range<Int>) -> CompactFontDict {
    var result = CompactFontDict(matrix: matrix(in: range))
    let entries = dictionary(range)
    guard let place = entries[18], place.count == 2, place[0] >= 0, place[1] >= 0,
      place[1] <= bytes.count, place[0] <= bytes.count - place[1]
    else { return result }
    let own = dictionary(place[1]..<place[1] + place[0])
    if let offset = own[19]?.last, offset > 0, offset < bytes.count {
      var position = place[1] + offset
      result.localSubroutines = index(&position) ?? []
    }
    return result
  }

  /// The `FontMatrix` of a dictionary, the only entry with real numbers that matters.
  private func matrix(in range: Range<Int>) -> [Double]? {
    var operands: [Double] = []
    var position = range.lowerBound
    while position < range.upperBound {
      let first = byte(position)
      position += 1
      switch first {
      case 12:
        if byte(position) == 7 { return operands.count == 6 ? operands : nil }
        position += 1
        operands = []
      case 0...21: operands = []
      case 28:
        operands.append(Double(Int16(truncatingIfNeeded: word(position))))
        position += 2
      case 29:
        let value = word(position) << 16 | word(position + 2)
        operands.append(Double(Int32(truncatingIfNeeded: value)))
        position += 4
      case 30: operands.append(real(&position, to: range.upperBound))
      case 32...246: operands.append(Double(first - 139))
      case 247...250:
        operands.append(Double((first - 247) * 256 + byte(position) + 108))
        position += 1
      case 251...254:
        operands.append(Double(-(first - 251) * 256 - byte(position) - 108))
        position += 1
      default: break
      }
    }
    return nil
  }

  /// Reads a real number (§4, table 5).
  private func real(_ position: inout Int, to end: Int) -> Double {
    var text = ""
    while position < end {
      let pair = byte(position)
      position += 1
      for nibble in [pair >> 4, pair & 15] {
        switch nibble {
        case 0...9: text += "\(nibble)"
        case 10: text += "."
        case 11: text += "e"
        case 12: text += "e-"
        case 14: text += "-"
        default: return Double(text) ?? 0
        }
      }
    }
    return Double(text) ?? 0
  }
}
