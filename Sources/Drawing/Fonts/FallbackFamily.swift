internal import PDF

/// The family of a font that is not embedded, by its name and descriptor.
struct FallbackFamily: Hashable {
  let families: String
  let isBold: Bool
  let isItalic: Bool
  /// Whether each glyph needs a position, since no family has its widths.
  var isPlaced = false

  /// The families of text that is not shown, whose measures hardly matter.
  static let plain = FallbackFamily(families: "Arial,sans-serif", isBold: false, isItalic: false)

  /// How far ``plain`` reaches above and below the baseline, in em.
  static let plainHeights = (ascent: 0.905, descent: -0.212)

  private init(families: String, isBold: Bool, isItalic: Bool) {
    self.families = families
    self.isBold = isBold
    self.isItalic = isItalic
  }

  /// - Parameters:
  ///   - name: `BaseFont`.
  ///   - isBold: Whether it is bold by name or descriptor.
  ///   - flags: Of the descriptor (table 121).
  ///   - isComposite: Whether it is a composite font.
  ///   - collection: Its character collection.
  init(
    name: String, isBold: Bool, flags: Int, isComposite: Bool, collection: CharacterCollection?
  ) {
    let lower = name.lowercased().filter { $0 != " " && $0 != "-" && $0 != "_" }
    self.isBold = isBold
    isItalic = lower.contains("italic") || lower.contains("oblique") || flags & 1 << 6 != 0
    let isSerif = Self.serifs.contains { lower.contains($0) } || flags & 2 != 0
    isPlaced = isComposite
    if let collection {
      families = Self.families(of: collection, isSerif: isSerif)
    } else if let known = Self.known.first(where: { lower.hasPrefix($0.name) }) {
      families = known.families
    } else if lower.contains("symbol"), !lower.contains("segoe") {
      families = "Symbol,'Standard Symbols PS',serif"
    } else if lower.contains("dingbats") {
      families = "ZapfDingbats,Dingbats,'D050000L',serif"
    } else if lower.contains("courier") || lower.contains("mono") {
      families = mono
    } else if lower.contains("arial") || lower.contains("helvetica") {
      families = sans
    } else if lower.contains("times") {
      families = serif
    } else if flags & 1 != 0 {
      families = mono
    } else if isSerif, !lower.contains("sans") {
      families = serif
    } else {
      families = sans
    }
  }

  private static let serifs = [
    "times", "roman", "serif", "georgia", "garamond", "palatino", "bookman", "schoolbook",
    "cambria", "minion", "mincho", "song", "sun", "ming", "batang", "myungjo", "myeongjo",
  ]

  /// Fonts that systems have, and those with the same widths, by the beginning of their names.
  private static let known: [(name: String, families: String)] = [
    ("helvetica", "'Nimbus Sans',Helvetica,Arial,'Liberation Sans',sans-serif"),
    ("timesnew", serif),
    ("times", "'Nimbus Roman',Times,'Times New Roman','Liberation Serif',serif"),
    ("couriernew", mono),
    ("courier", "'Nimbus Mono PS',Courier,'Courier New','Liberation Mono',monospace"),
    ("arialnarrow", "'Arial Narrow','Liberation Sans Narrow','Nimbus Sans Narrow',\(sans)"),
    ("calibri", "Calibri,Carlito,\(sans)"),
    ("cambria", "Cambria,Caladea,\(serif)"),
    ("georgia", "Georgia,Gelasio,\(serif)"),
    ("verdana", "Verdana,\(sans)"),
    ("tahoma", "Tahoma,\(sans)"),
    ("trebuchet", "'Trebuchet MS',\(sans)"),
    ("centurygothic", "'Century Gothic','URW Gothic',\(sans)"),
    ("garamond", "Garamond,'EB Garamond',\(serif)"),
    ("palatino", "Palatino,'Palatino Linotype','P052',\(serif)"),
    ("bookantiqua", "'Book Antiqua',Palatino,'P052',\(serif)"),
  ]

  /// The families of East Asian fonts, which draw some characters in ways of their own.
  private static func families(of collection: CharacterCollection, isSerif: Bool) -> String {
    switch (collection, isSerif) {
    case (.japan1, true): "'Yu Mincho','Hiragino Mincho ProN','Noto Serif CJK JP',serif"
    case (.japan1, false): "'Yu Gothic','Hiragino Sans','Noto Sans CJK JP',sans-serif"
    case (.gb1, true): "SimSun,'Songti SC','Noto Serif CJK SC',serif"
    case (.gb1, false): "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif"
    case (.cns1, true): "PMingLiU,'Songti TC','Noto Serif CJK TC',serif"
    case (.cns1, false): "'Microsoft JhengHei','PingFang TC','Noto Sans CJK TC',sans-serif"
    case (.korea1, true): "Batang,AppleMyungjo,'Noto Serif CJK KR',serif"
    case (.korea1, false):
      "'Malgun Gothic','Apple SD Gothic Neo','Noto Sans CJK KR',sans-serif"
    }
  }
}

// Where systems have them, the URW fonts come first: they have the shapes and widths of the standard
// fonts, while many systems answer to their names with fonts that have only the widths.
private let serif = "'Nimbus Roman','Times New Roman','Liberation Serif',serif"
private let mono = "'Nimbus Mono PS','Courier New','Liberation Mono',monospace"
private let sans = "'Nimbus Sans',Arial,'Liberation Sans',sans-serif"
