internal import PDF

/// The family of a font that is not embedded, by its name and descriptor.
struct FallbackFamily: Hashable {
  let families: String
  let isBold: Bool
  let isItalic: Bool

  /// The families of text that is not shown, whose measures hardly matter.
  static let plain = FallbackFamily(families: "Arial,sans-serif", isBold: false, isItalic: false)

  private init(families: String, isBold: Bool, isItalic: Bool) {
    self.families = families
    self.isBold = isBold
    self.isItalic = isItalic
  }

  /// - Parameters:
  ///   - name: `BaseFont`.
  ///   - isBold: Whether it is bold by name or descriptor.
  ///   - flags: Of the descriptor (table 121).
  ///   - isComposite: Whether it is a composite font, most likely of East Asia.
  init(name: String, isBold: Bool, flags: Int, isComposite: Bool) {
    let lower = name.lowercased()
    self.isBold = isBold
    isItalic = lower.contains("italic") || lower.contains("oblique") || flags & 1 << 6 != 0
    let isSerif =
      [
        "times", "roman", "serif", "georgia", "garamond", "palatino", "bookman", "schoolbook",
        "cambria", "minion", "mincho", "song", "sun", "ming", "batang", "myungjo",
      ].contains { lower.contains($0) } || flags & 2 != 0
    if lower.contains("symbol"), !lower.contains("segoe") {
      families = "Symbol,'Standard Symbols PS',serif"
    } else if lower.contains("dingbats") {
      families = "ZapfDingbats,Dingbats,'D050000L',serif"
    } else if lower.contains("courier") || lower.contains("mono") || flags & 1 != 0 {
      families = "'Courier New',Courier,'Nimbus Mono PS','Liberation Mono',monospace"
    } else if isComposite, !lower.contains("arial"), !lower.contains("times") {
      families = isSerif ? "serif" : "sans-serif"
    } else if isSerif, !lower.contains("arial"), !lower.contains("sans") {
      families = "'Times New Roman',Times,'Nimbus Roman','Liberation Serif',serif"
    } else {
      families = "Arial,Helvetica,'Nimbus Sans','Liberation Sans',sans-serif"
    }
  }
}
