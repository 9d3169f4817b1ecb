// ISO 32000-1 §14.8.2.5: identifying word breaks.

/// A word of a page and where it is.
package struct PlacedWord: Sendable, Equatable {
  /// A point, from the top left corner of the page.
  package struct Point: Sendable, Equatable {
    package var x: Double
    package var y: Double
  }

  /// As the extracted text has it, except that the parts of a word that is hyphenated at the end of
  /// a line are words of their own.
  package var text: String
  /// The corners of its box: where its first glyph begins on the descender line, where its last one
  /// ends, and the same on the ascender line.
  package var corners: [Point]
}

/// Finds the words of a page in the order of its extracted text.
///
/// - Parameters:
///   - page: The page.
///   - content: Its content stream.
///   - isDamaged: Whether that is all that could be saved of it.
///   - document: The document of the page.
/// - Returns: The words; those of the document that only other pages show to be line numbers are
///   included.
package func words(
  of page: Page, content: [UInt8], isDamaged: Bool, in document: Document
) -> [PlacedWord] {
  let pool = TextPool()
  let fonts = FontStore(document: document, pool: pool)
  var interpreter = ContentInterpreter(
    document: document, pool: pool, fonts: fonts, budget: document.limits.operators)
  interpreter.draw(
    content, isDamaged: isDamaged, resources: Resources(page.resources, document: document),
    on: page)
  interpreter.drawAnnotations(page.dictionary["Annots"], matrix: page.matrix)
  interpreter.finishPage()
  var numbers = LineNumbers()
  let (blocks, reader) = DocumentComposer.blocks(
    of: interpreter.page, pool: pool, lineNumbers: &numbers)
  let boxes = WordBoxes(
    glyphs: reader.glyphs, directions: interpreter.page.directions, fonts: fonts.fonts,
    height: page.height)
  return blocks.flatMap { reader.words(of: $0.lines) }.compactMap { word in
    boxes.corners(of: word.glyphs).map { PlacedWord(text: word.text, corners: $0) }
  }
}

/// Finds the boxes around glyphs.
private struct WordBoxes {
  let glyphs: [Glyph]
  let directions: [Direction]
  let fonts: [Font]
  /// The height of the page.
  let height: Double

  // The least reach of letters above and below the baseline, in em, whatever a font says.
  private static let ascent: Float = 0.8
  private static let descent: Float = -0.22

  /// How far glyphs reach above and below the baseline, in em.
  private static func reach(of font: Font?) -> (Float, Float) {
    guard let font else { return (ascent, descent) }
    // The baseline of vertical writing is in the middle of its column.
    if font.isVertical { return (0.5, -0.5) }
    if font.isType3 { return (font.ascent, font.descent) }
    return (max(font.ascent, ascent), min(font.descent, descent))
  }

  func corners(of indices: [Int]) -> [PlacedWord.Point]? {
    guard let first = indices.first else { return nil }
    let direction = glyphs[first].direction
    var (left, right) = (Float.infinity, -Float.infinity)
    var (top, bottom) = (-Float.infinity, Float.infinity)
    // A word along a curve has the box of its first letters.
    for index in indices where glyphs[index].direction == direction {
      let glyph = glyphs[index]
      let font = Int(glyph.font) < fonts.count ? fonts[Int(glyph.font)] : nil
      let (ascent, descent) = Self.reach(of: font)
      left = min(left, glyph.left, glyph.right)
      right = max(right, glyph.left, glyph.right)
      top = max(top, glyph.baseline + ascent * glyph.size)
      bottom = min(bottom, glyph.baseline + descent * glyph.size)
    }
    guard right > left, top > bottom else { return nil }
    let way = directions[Int(direction)]
    return [(left, bottom), (right, bottom), (right, top), (left, top)].map { along, up in
      let (x, y) = (Double(along), Double(up))
      return PlacedWord.Point(
        x: x * way.cosine - y * way.sine, y: height - (x * way.sine + y * way.cosine))
    }
  }
}
