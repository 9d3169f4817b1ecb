// ISO 32000-1 §9.7.5.2, table 118: predefined CMaps of East Asian encodings older than Unicode.

/// An encoding with one-byte and two-byte codes.
enum LegacyEncoding {
  case korean
  case simplifiedChinese
  /// GB 18030, which also has four-byte codes.
  case simplifiedChineseWide
  case traditionalChinese
  /// CNS 11643 in EUC, with codes of one, two or four bytes.
  case traditionalChineseEUC
  /// Shift JIS.
  case japanese
  case japaneseEUC
  /// Rows and cells of JIS X 0208 alone.
  case japaneseRows

  /// The encoding of a predefined CMap.
  init?(cmap name: String) {
    switch name.hasSuffix("-H") || name.hasSuffix("-V") ? String(name.dropLast(2)) : name {
    case "KSC-EUC", "KSCms-UHC", "KSCms-UHC-HW", "KSCpc-EUC": self = .korean
    case "GB-EUC", "GBpc-EUC", "GBK-EUC", "GBKp-EUC": self = .simplifiedChinese
    case "GBK2K": self = .simplifiedChineseWide
    case "B5pc", "HKscs-B5", "ETen-B5", "ETenms-B5": self = .traditionalChinese
    case "CNS-EUC": self = .traditionalChineseEUC
    case "83pv-RKSJ", "90ms-RKSJ", "90msp-RKSJ", "90pv-RKSJ", "Add-RKSJ", "Ext-RKSJ":
      self = .japanese
    case "EUC": self = .japaneseEUC
    case "H", "V": self = .japaneseRows
    default: return nil
    }
  }

  /// The code space ranges.
  var codeSpaces: [CMap.CodeSpace] {
    typealias Space = CMap.CodeSpace
    let ascii = Space(bytes: 1, low: 0, high: 0x80)
    switch self {
    case .korean, .simplifiedChinese, .traditionalChinese:
      return [ascii, Space(bytes: 2, low: 0x8140, high: 0xFEFE)]
    case .simplifiedChineseWide:
      return [
        ascii, Space(bytes: 2, low: 0x8140, high: 0xFEFE),
        Space(bytes: 4, low: 0x8130_8130, high: 0xFE39_FE39),
      ]
    case .traditionalChineseEUC:
      return [
        ascii, Space(bytes: 2, low: 0xA1A1, high: 0xFEFE),
        Space(bytes: 4, low: 0x8EA1_A1A1, high: 0x8EB0_FEFE),
      ]
    case .japanese:
      return [
        ascii, Space(bytes: 1, low: 0xA0, high: 0xDF),
        Space(bytes: 2, low: 0x8140, high: 0x9FFC), Space(bytes: 2, low: 0xE040, high: 0xFCFC),
      ]
    case .japaneseEUC:
      return [
        ascii, Space(bytes: 2, low: 0x8EA0, high: 0x8EDF),
        Space(bytes: 2, low: 0xA1A1, high: 0xFEFE),
      ]
    case .japaneseRows: return [Space(bytes: 2, low: 0x2121, high: 0x7E7E)]
    }
  }

  /// The character of each code.
  func meanings() -> CodeMap {
    var result = CodeMap()
    if self != .japaneseRows { for code in 0x20..<0x7F { result[code] = UInt32(code) } }
    switch self {
    case .korean: addKorean(to: &result)
    case .simplifiedChinese, .simplifiedChineseWide: addSimplifiedChinese(to: &result)
    case .traditionalChineseEUC:
      for (place, scalar) in ChineseRanges.cnsFirst.enumerated() where scalar != 0 {
        result[(0xA1 + place / 94) << 8 | 0xA1 + place % 94] = scalar
      }
    case .traditionalChinese:
      let columns = Array(0x40...0x7E) + Array(0xA1...0xFE)
      for (place, scalar) in traditionalChineseTable.unicodeScalars.enumerated() {
        result[(0xA1 + place / 157) << 8 | columns[place % 157]] = scalar.value
      }
    case .japanese, .japaneseEUC, .japaneseRows:
      // Half-width katakana.
      for kana in 0x61...0x9F {
        if self == .japanese { result[kana + 0x40] = UInt32(0xFF00 + kana) }
        if self == .japaneseEUC { result[0x8E00 | kana + 0x40] = UInt32(0xFF00 + kana) }
      }
      for (place, scalar) in japaneseTable.unicodeScalars.enumerated() {
        result[japaneseCode(row: place / 94, cell: place % 94)] = scalar.value
      }
    }
    return result
  }

  /// The characters of four-byte codes.
  var scalarOfWide: ((Int) -> UInt32)? {
    switch self {
    case .simplifiedChineseWide: ChineseRanges.gb18030
    case .traditionalChineseEUC: ChineseRanges.cns
    default: nil
    }
  }

  private func japaneseCode(row: Int, cell: Int) -> Int {
    switch self {
    case .japaneseEUC: return (0xA1 + row) << 8 | 0xA1 + cell
    case .japanese:
      let lead = row / 2 + (row / 2 < 31 ? 0x81 : 0xC1)
      if row % 2 == 1 { return lead << 8 | cell + 0x9F }
      return lead << 8 | cell + (cell < 63 ? 0x40 : 0x41)
    default: return (0x21 + row) << 8 | 0x21 + cell
    }
  }

  /// Adds KS X 1001 and, in the codes around it, the missing Hangul syllables in order.
  private func addKorean(to result: inout CodeMap) {
    var known: Set<UInt32> = []
    for (place, scalar) in koreanTable.unicodeScalars.enumerated() {
      result[(0xA1 + place / 94) << 8 | 0xA1 + place % 94] = scalar.value
      known.insert(scalar.value)
    }
    let columns = Array(0x41...0x5A) + Array(0x61...0x7A) + Array(0x81...0xFE)
    var syllables = (0xAC00...0xD7A3 as ClosedRange<UInt32>).lazy.filter { !known.contains($0) }
      .makeIterator()
    for lead in 0x81...0xC6 {
      for column in columns where lead < 0xA1 || column < 0xA1 {
        guard let syllable = syllables.next() else { return }
        result[lead << 8 | column] = syllable
      }
    }
  }

  /// Adds GB/T 2312 and, in the codes around it, the missing ideographs in order.
  private func addSimplifiedChinese(to result: inout CodeMap) {
    var known: Set<UInt32> = []
    for (place, scalar) in simplifiedChineseTable.unicodeScalars.enumerated() {
      result[(0xA1 + place / 94) << 8 | 0xA1 + place % 94] = scalar.value
      known.insert(scalar.value)
    }
    var ideographs = (0x4E00...0x9FA5 as ClosedRange<UInt32>).lazy.filter { !known.contains($0) }
      .makeIterator()
    for lead in Array(0x81...0xA0) + Array(0xAA...0xFD) {
      for column in 0x40...(lead < 0xA1 ? 0xFE : 0xA0) where column != 0x7F {
        guard let ideograph = ideographs.next() else { return }
        result[lead << 8 | column] = ideograph
      }
    }
  }
}
