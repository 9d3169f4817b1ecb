// ISO 32000-1 §9.6.2.2: the standard 14 fonts.

/// Metrics of the standard fonts, also used for fonts that are not embedded.
struct StandardFont {
  /// In thousandths, by character.
  private let widths: [UInt32: Float]
  /// In thousandths, by code, for Symbol and ZapfDingbats.
  private let codeWidths: [Float]
  private let fixed: Float?
  /// The built-in encoding.
  let encoding: BaseEncoding

  /// Whether its glyphs are symbols.
  var isSymbolic: Bool { !codeWidths.isEmpty }

  /// The font for a `BaseFont` name, including metric-compatible fonts.
  ///
  /// Any other name gives the font that is most similar by name and descriptor flags.
  static func named(_ baseFont: String, flags: Int) -> StandardFont {
    let name = baseFont.lowercased()
    if name.contains("symbol"), !name.contains("segoe") { return symbol }
    if name.contains("dingbats") { return zapfDingbats }
    // Files give flags of other fonts more often than names.
    let isNamed = ["arial", "helvetica", "times"].contains { name.contains($0) }
    if name.contains("courier") || name.contains("mono") || flags & 1 != 0 && !isNamed {
      return courier
    }
    let isBold = name.contains("bold") || name.contains("black") || flags & 1 << 18 != 0
    let isItalic = name.contains("italic") || name.contains("oblique") || flags & 1 << 6 != 0
    let isSerif =
      name.contains("times") || name.contains("roman") || name.contains("serif")
      || name.contains("georgia") || name.contains("garamond") || flags & 2 != 0
    if isSerif, !name.contains("arial"), !name.contains("helvetica") {
      if isBold { return isItalic ? timesBoldItalic : timesBold }
      return isItalic ? timesItalic : times
    }
    return isBold ? helveticaBold : helvetica
  }

  /// The width of a character, in thousandths.
  func width(code: Int, scalar: UInt32) -> Float {
    if let fixed { return fixed }
    if !codeWidths.isEmpty { return code >= 32 && code < 256 ? codeWidths[code - 32] : 0 }
    return widths[scalar] ?? widths[Self.plain(scalar)] ?? 500
  }

  /// The space for the no-break space, the hyphen for the soft hyphen.
  private static func plain(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0xA0: 0x20
    case 0xAD: 0x2D
    default: scalar
    }
  }

  private init(latin table: String) {
    let values = table.split { $0 == " " || $0 == "\n" }.map { Float($0) ?? 0 }
    var widths: [UInt32: Float] = [:]
    for (scalar, width) in zip(StandardWidthTables.latin.unicodeScalars, values) {
      widths[scalar.value] = width
    }
    self.widths = widths
    codeWidths = []
    fixed = nil
    encoding = .standard
  }

  private init(codes table: String, encoding: BaseEncoding) {
    widths = [:]
    codeWidths = table.split { $0 == " " || $0 == "\n" }.map { Float($0) ?? 0 }
    fixed = nil
    self.encoding = encoding
  }

  private init(fixed: Float) {
    widths = [:]
    codeWidths = []
    self.fixed = fixed
    encoding = .standard
  }

  private static let courier = StandardFont(fixed: 600)
  private static let helvetica = StandardFont(latin: StandardWidthTables.helvetica)
  private static let helveticaBold = StandardFont(latin: StandardWidthTables.helveticaBold)
  private static let times = StandardFont(latin: StandardWidthTables.times)
  private static let timesBold = StandardFont(latin: StandardWidthTables.timesBold)
  private static let timesItalic = StandardFont(latin: StandardWidthTables.timesItalic)
  private static let timesBoldItalic = StandardFont(latin: StandardWidthTables.timesBoldItalic)
  private static let symbol = StandardFont(
    codes: StandardWidthTables.symbol, encoding: .symbol)
  private static let zapfDingbats = StandardFont(
    codes: StandardWidthTables.zapfDingbats, encoding: .zapfDingbats)
}

/// The widths of the standard font that is most similar to a font that is not embedded.
package struct SubstituteMetrics {
  private let font: StandardFont

  /// - Parameters:
  ///   - name: `BaseFont`.
  ///   - flags: Of the font descriptor (table 121).
  package init(name: String, flags: Int) { font = StandardFont.named(name, flags: flags) }

  /// The advance of a character in em; nil for symbols.
  package func width(of scalar: UInt32) -> Double? {
    font.isSymbolic ? nil : Double(font.width(code: 0, scalar: scalar)) / 1000
  }
}
