internal import PDF

/// A font of a PDF with what is needed to draw its glyphs.
final class PageFont {
  /// A glyph of a string.
  struct Shown {
    /// The glyph of the embedded program, or the code of a Type 3 font; nil for none.
    var glyph: Int?
    var scalars: [UInt32]
    /// The advance, in em: to the right, or down in vertical writing.
    var advance: Double
    var isSpace: Bool
    /// From the text position to the glyph's origin, in em; zero in horizontal writing.
    var origin = Point(x: 0, y: 0)
    /// The width of the glyph, in em.
    var width: Double
  }

  let font: Font
  /// Nil for fonts without a readable program.
  let embedded: EmbeddedFont?
  /// The web fonts of all its glyphs.
  private(set) lazy var webFonts: WebFontSet? = embedded.map(makeWebFonts)
  let fallback: FallbackFamily
  let type3: Type3Font?
  private lazy var substitute = SubstituteMetrics(name: font.name, flags: flags)
  private let flags: Int
  private let pool: TextPool
  private let selection: GlyphSelection
  private let vertical: VerticalMetrics

  init(
    font: Font, flags: Int, pool: TextPool, embedded: EmbeddedFont?, selection: GlyphSelection,
    fallback: FallbackFamily, type3: Type3Font?, vertical: VerticalMetrics
  ) {
    self.font = font
    self.flags = flags
    self.pool = pool
    self.embedded = embedded
    self.selection = selection
    self.fallback = fallback
    self.type3 = type3
    self.vertical = vertical
  }

  /// The glyphs of a string.
  func glyphs(of string: ArraySlice<UInt8>) -> [Shown] {
    var result: [Shown] = []
    result.reserveCapacity(string.count)
    if !font.simple.isEmpty {
      for code in string { result.append(glyph(ofSimple: Int(code))) }
      return result
    }
    var position = string.startIndex
    while position < string.endIndex {
      let (shown, cid) = font.nextGlyph(in: string, at: &position)
      var glyph = glyph(shown, cid: cid)
      if font.isVertical {
        let metrics = vertical.metrics(of: cid, width: glyph.width)
        glyph.advance = metrics.advance
        glyph.origin = metrics.origin
      }
      result.append(glyph)
    }
    return result
  }

  private func glyph(ofSimple code: Int) -> Shown {
    let shown = font.simple[code]
    return Shown(
      glyph: type3 == nil ? selection.glyph(ofCode: code) : code, scalars: scalars(shown.text),
      advance: Double(shown.width), isSpace: shown.isSpace, width: Double(shown.width))
  }

  private func glyph(_ shown: Font.Shown, cid: Int) -> Shown {
    let scalars = scalars(shown.text)
    return Shown(
      glyph: selection.glyph(ofCID: cid, scalars: scalars), scalars: scalars,
      advance: Double(shown.width), isSpace: shown.isSpace, width: Double(shown.width))
  }

  private func makeWebFonts(_ embedded: EmbeddedFont) -> WebFontSet {
    let fonts = WebFontSet(embedded)
    let program = embedded.program
    func add(_ glyph: Shown) {
      guard let index = glyph.glyph, index < program.glyphCount, !glyph.scalars.isEmpty,
        !program.isMissing(index)
      else { return }
      fonts.add(index, width: glyph.width / embedded.unit, as: glyph.scalars)
    }
    if !font.simple.isEmpty {
      for code in 0..<256 { add(glyph(ofSimple: code)) }
      return fonts
    }
    for code in font.codes(ofCIDsBelow: selection.cidCount) {
      let (shown, cid) = font.glyph(ofCode: code)
      add(glyph(shown, cid: cid))
    }
    return fonts
  }

  /// The outline of a glyph in em; nil if it is not embedded.
  func outline(of glyph: Shown) -> Outline? {
    guard let program = embedded?.program, let index = glyph.glyph else { return nil }
    let unit = 1 / program.unitsPerEm
    return program.outline(of: index).transformed(by: Matrix(a: unit, d: unit))
  }

  /// The advance that a glyph has in the metric-compatible font that may be shown in place of one
  /// that is not embedded; nil where there is no such font.
  func usualWidth(of glyph: Shown) -> Double? {
    glyph.scalars.count == 1 ? substitute.width(of: glyph.scalars[0]) : nil
  }

  private func scalars(_ text: GlyphText) -> [UInt32] {
    if text == 0 { return [] }
    return pool.sequence(text) ?? [text]
  }
}

/// The metrics of vertical writing (ISO 32000-2 §9.7.4.3).
struct VerticalMetrics {
  private var standard = (origin: 0.88, advance: -1.0)
  private var own: [Int: (advance: Double, x: Double, y: Double)] = [:]

  init() {}

  init(_ descendant: [String: Object], document: Document) {
    let numbers = document.array(descendant["DW2"])?.map { document.number($0) ?? 0 } ?? []
    if numbers.count == 2 { standard = (numbers[0] / 1000, numbers[1] / 1000) }
    let array = (document.array(descendant["W2"]) ?? []).prefix(100_000)
    var index = 0
    while index + 1 < array.count {
      guard let first = document.integer(array[index]), (0...0xFFFF).contains(first) else { return }
      if let list = document.array(array[index + 1])?.map({ (document.number($0) ?? 0) / 1000 }) {
        for place in 0..<list.count / 3 {
          own[first + place] = (list[3 * place], list[3 * place + 1], list[3 * place + 2])
        }
        index += 2
      } else if index + 4 < array.count, let last = document.integer(array[index + 1]) {
        let n = array[(index + 2)...(index + 4)].map { (document.number($0) ?? 0) / 1000 }
        if first <= last, last <= 0xFFFF {
          for cid in first...last { own[cid] = (n[0], n[1], n[2]) }
        }
        index += 5
      } else {
        return
      }
    }
  }

  func metrics(of cid: Int, width: Double) -> (advance: Double, origin: Point) {
    if let own = own[cid] { return (own.advance, Point(x: -own.x, y: -own.y)) }
    return (standard.advance, Point(x: -width / 2, y: -standard.origin))
  }
}
