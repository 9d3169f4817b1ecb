/// Those of the standard 14 fonts (ISO 32000-1 §9.6.2.2) that we set text in.
enum Typeface: Int, CaseIterable {
  case serif, serifBold, serifItalic, sans, sansBold

  var baseFont: String {
    switch self {
    case .serif: "Times-Roman"
    case .serifBold: "Times-Bold"
    case .serifItalic: "Times-Italic"
    case .sans: "Helvetica"
    case .sansBold: "Helvetica-Bold"
    }
  }

  /// The name of the font in the resources of every page.
  var resource: String { "F\(rawValue + 1)" }

  /// Ligatures are drawn as such in Times alone; in Helvetica they look like two letters.
  var hasLigatures: Bool { self != .sans && self != .sansBold }

  var metrics: Metrics { Typeface.metrics[rawValue] }

  private static let metrics = [
    Metrics(FontMetrics.timesRoman, FontMetrics.timesRomanKerning),
    Metrics(FontMetrics.timesBold, FontMetrics.timesBoldKerning),
    Metrics(FontMetrics.timesItalic, FontMetrics.timesItalicKerning),
    Metrics(FontMetrics.helvetica, FontMetrics.helveticaKerning),
    Metrics(FontMetrics.helveticaBold, FontMetrics.helveticaBoldKerning),
  ]

  /// What a font descriptor says (ISO 32000-1 §9.8).
  var descriptor: String {
    let (flags, box, italic, ascent, descent, capitals, stem) =
      switch self {
      case .serif: (34, "-168 -218 1000 898", "0", 683, -217, 662, 84)
      case .serifBold: (34, "-168 -218 1000 935", "0", 683, -217, 676, 139)
      case .serifItalic: (98, "-169 -217 1010 883", "-15.5", 683, -217, 653, 76)
      case .sans: (32, "-166 -225 1000 931", "0", 718, -207, 718, 88)
      case .sansBold: (32, "-170 -228 1003 962", "0", 718, -207, 718, 140)
      }
    return """
      << /Type /FontDescriptor /FontName /\(baseFont) /Flags \(flags) /FontBBox [\(box)] \
      /ItalicAngle \(italic) /Ascent \(ascent) /Descent \(descent) /CapHeight \(capitals) \
      /StemV \(stem) >>
      """
  }
}

/// The widths and the kerning of one font, in thousandths of its size.
struct Metrics {
  /// For each code from 32 on.
  let widths: [UInt16]
  private let kerning: [UInt16: Int]

  init(_ widths: [UInt16], _ pairs: String) {
    self.widths = widths
    var kerning: [UInt16: Int] = [:]
    for pair in pairs.split(whereSeparator: \.isWhitespace) {
      let codes = WinAnsi.codes(of: pair.prefix(2), withLigatures: false)
      guard codes.count == 2, let amount = Int(pair.dropFirst(2)) else { continue }
      kerning[UInt16(codes[0]) << 8 | UInt16(codes[1])] = amount
    }
    self.kerning = kerning
  }

  func width(of code: UInt8) -> Int { code < 32 ? 0 : Int(widths[Int(code) - 32]) }

  /// What is added to the width of `first` when `second` follows it.
  func kerning(_ first: UInt8, _ second: UInt8) -> Int {
    kerning[UInt16(first) << 8 | UInt16(second)] ?? 0
  }

  /// The width of codes that stand in one line, with their kerning.
  func width(of codes: [UInt8]) -> Int {
    var width = 0
    var previous: UInt8?
    for code in codes {
      if let previous { width += kerning(previous, code) }
      width += self.width(of: code)
      previous = code
    }
    return width
  }
}
