// ISO 32000-1 §12.5.6.5 (link annotations) and §12.6.4.7 (URI actions).

/// Collects links to external resources with the text that they cover.
struct LinkReader {
  let document: Document
  let pool: TextPool
  private(set) var links: [Link] = []

  private static let mostLinks = 10_000
  /// How many glyphs may still be examined.
  private var budget = 40_000_000

  init(document: Document, pool: TextPool) {
    self.document = document
    self.pool = pool
  }

  /// Reads the links of a page after its content.
  mutating func read(_ page: Page, number: Int, glyphs: PageGlyphs) {
    for annotation in (document.array(page.dictionary["Annots"]) ?? []).prefix(2000) {
      guard links.count < Self.mostLinks, let dictionary = document.dictionary(annotation),
        document.name(dictionary["Subtype"]) == "Link",
        let action = document.dictionary(dictionary["A"]), document.name(action["S"]) == "URI",
        let bytes = document.string(action["URI"]), let uri = Self.address(bytes)
      else { continue }
      let rectangle = document.array(dictionary["Rect"])?.map { document.number($0) ?? 0 } ?? []
      links.append(
        Link(
          page: number, uri: uri,
          text: rectangle.count == 4 ? words(in: rectangle, on: page, glyphs) : ""))
    }
  }

  /// A web or email address; nil for other schemes.
  private static func address(_ bytes: [UInt8]) -> String? {
    guard bytes.count < 4000, let text = String(validating: bytes, as: UTF8.self),
      !text.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F })
    else { return nil }
    let lower = text.prefix(8).lowercased()
    let isKnown = ["http://", "https://", "mailto:", "doi:"].contains { lower.hasPrefix($0) }
    return isKnown ? text : nil
  }

  private mutating func words(in rectangle: [Double], on page: Page, _ glyphs: PageGlyphs) -> String
  {
    let matrix = page.matrix
    func point(_ x: Double, _ y: Double) -> (x: Float, y: Float) {
      (
        Float(x * matrix.a + y * matrix.c + matrix.e), Float(x * matrix.b + y * matrix.d + matrix.f)
      )
    }
    let one = point(rectangle[0], rectangle[1])
    let other = point(rectangle[2], rectangle[3])
    budget -= glyphs.glyphs.count
    guard budget > 0, (one.x + one.y + other.x + other.y).isFinite else { return "" }
    let across = min(one.x, other.x)...max(one.x, other.x)
    let up = min(one.y, other.y)...max(one.y, other.y)
    // Runs of glyphs in the link's rectangle, each on one baseline.
    var spans: [Range<Int>] = []
    for (index, glyph) in glyphs.glyphs.enumerated()
    where glyph.direction == 0 && up.contains(glyph.baseline + 0.3 * glyph.size) {
      guard across.contains((glyph.left + glyph.right) / 2) else { continue }
      if let last = spans.last, last.upperBound == index,
        abs(glyphs.glyphs[index - 1].baseline - glyph.baseline) < 0.3 * glyph.size
      {
        spans[spans.count - 1] = last.lowerBound..<index + 1
      } else if spans.count < 50 {
        spans.append(index..<index + 1)
      }
    }
    let reader = LineText(glyphs: glyphs.glyphs, pool: pool)
    let texts = spans.map { span in
      let first = glyphs.glyphs[span.lowerBound]
      return reader.text(
        Line(
          spans: [span], left: first.left, right: first.right, baseline: first.baseline,
          size: first.size, direction: 0, glyphCount: span.count))
    }
    return texts.filter { !$0.isEmpty }.reduce("") { $0.isEmpty ? $1 : joinedText($0, $1) }
  }
}
