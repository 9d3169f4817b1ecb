// ISO 32000-1 §9.7.5.2, table 118: the CMaps GBK2K-H and CNS-EUC-H, which have four-byte codes.

/// The characters of four-byte codes of Chinese encodings.
enum ChineseRanges {
  /// The character of a GB 18030 code; zero for none.
  static func gb18030(_ code: Int) -> UInt32 {
    let place =
      (((code >> 24 & 255) - 0x81) * 10 + (code >> 16 & 255) - 0x30) * 1260
      + ((code >> 8 & 255) - 0x81) * 10 + (code & 255) - 0x30
    // Higher planes follow in order from 90308130 on.
    if place >= 189_000 {
      return place - 189_000 < 0x100000 ? UInt32(place - 189_000 + 0x10000) : 0
    }
    guard place >= 0, place < 39_420,
      let range = gb18030Ranges.last(where: { $0[0] <= place })
    else { return 0 }
    return UInt32(range[1] + place - range[0])
  }

  /// The character of a CNS 11643 code in EUC, whose second byte is the plane; zero for none.
  static func cns(_ code: Int) -> UInt32 {
    let place = ((code >> 8 & 255) - 0xA1) * 94 + (code & 255) - 0xA1
    let plane = code >> 16 & 255
    guard place >= 0, plane == 0xA1 || plane == 0xA2 else { return 0 }
    let characters = plane == 0xA1 ? cnsFirst : cnsSecond
    return place < characters.count ? characters[place] : 0
  }

  /// The characters of the first plane, 94 in a row.
  static let cnsFirst = characters(ChineseRangeTables.cnsFirst)
  private static let cnsSecond = characters(ChineseRangeTables.cnsSecond)
  private static let gb18030Ranges = numbers(ChineseRangeTables.gb18030)

  private static func characters(_ table: String) -> [UInt32] {
    let glyphs = CharacterCollection.cns1.characters
    var result = [UInt32](repeating: 0, count: 94 * 94)
    for run in numbers(table) {
      for index in 0..<run[1] where run[0] + index < result.count && run[2] + index < glyphs.count {
        result[run[0] + index] = glyphs[run[2] + index]
      }
    }
    return result
  }

  private static func numbers(_ table: String) -> [[Int]] {
    table.split { $0 == " " || $0 == "\n" }.map { entry in
      entry.split(separator: ":").map { Int($0, radix: 16) ?? 0 }
    }
  }
}
