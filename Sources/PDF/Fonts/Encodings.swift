// ISO 32000-1 §9.6.6 (character encoding of simple fonts) and Annex D.

/// A predefined encoding: the character of each code, zero for none.
package struct BaseEncoding: Sendable {
  package let scalars: [UInt32]

  private init(_ table: String) {
    var scalars = [UInt32](repeating: 0, count: 32)
    for scalar in table.unicodeScalars { scalars.append(scalar.value) }
    self.scalars = scalars
  }

  package static let standard = BaseEncoding(EncodingTables.standard)
  package static let winAnsi = BaseEncoding(EncodingTables.winAnsi)
  package static let macRoman = BaseEncoding(EncodingTables.macRoman)
  static let macExpert = BaseEncoding(EncodingTables.macExpert)
  package static let symbol = BaseEncoding(EncodingTables.symbol)
  package static let zapfDingbats = BaseEncoding(EncodingTables.zapfDingbats)
  static let pdfDoc = BaseEncoding(EncodingTables.pdfDoc)

  /// The encoding with a name.
  package static func named(_ name: String) -> BaseEncoding? {
    switch name {
    case "WinAnsiEncoding": .winAnsi
    case "MacRomanEncoding": .macRoman
    case "StandardEncoding": .standard
    case "MacExpertEncoding": .macExpert
    case "PDFDocEncoding": .pdfDoc
    default: nil
    }
  }
}

/// Reads a text string (§7.9.2.2): UTF-16 or UTF-8 with a byte order mark, or PDFDocEncoding.
func textString(_ bytes: [UInt8]) -> String {
  var scalars: [UInt32]
  if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
    let high = bytes[0] == 0xFE ? 0 : 1
    var units: [UInt16] = []
    for index in stride(from: 2, to: bytes.count - 1, by: 2) {
      units.append(UInt16(bytes[index + high]) << 8 | UInt16(bytes[index + 1 - high]))
    }
    scalars = scalarsOf(utf16: units)
    // Escape characters enclose a language code (§7.9.2.2).
    if let first = scalars.firstIndex(of: 0x1B) {
      let last = scalars[(first + 1)...].firstIndex(of: 0x1B) ?? first
      scalars.removeSubrange(first...last)
    }
  } else if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
    return String(decoding: bytes.dropFirst(3), as: UTF8.self)
  } else {
    let encoding = BaseEncoding.pdfDoc.scalars
    scalars = bytes.map { $0 < 32 ? UInt32($0) : encoding[Int($0)] }
  }
  var text = ""
  for value in scalars where value != 0 {
    if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
  }
  return text
}
