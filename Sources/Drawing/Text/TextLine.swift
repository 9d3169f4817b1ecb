// SVG 2 §11: text. Positions are given where the advances of the font do not lead to them.

internal import Markup
internal import PDF

/// A line of text: spans from left to right.
///
/// A span begins with a position; small corrections within it, such as kerning, are written as
/// distances.
struct TextLine {
  /// What all glyphs of a span have in common.
  struct Style: Equatable {
    /// The family of a web font; nil for one that is not embedded.
    var family: Int?
    var fallback: FallbackFamily?
    /// In local units.
    var size: Double
    var ink: TextInk
    /// Whether it has been shown before, so that it is not copied.
    var isRepeated = false
  }

  /// A glyph in local units.
  struct Cell {
    var characters: [UInt32]
    var x: Double
    /// Its advance in the font of the browser or, where that is not known, in the PDF.
    var advance: Double
    /// The advance that a metric-compatible font has; nil if there is none.
    var usual: Double?
    /// The distance from where the browser would put it.
    var shift = 0.0
    /// Whether it is read from right to left.
    var isTurned = false

    var isSpace: Bool { characters == [0x20] }
    var end: Double { x + advance }
  }

  struct Span {
    var style: Style
    var y: Double
    var cells: [Cell]

    var endsWithSpace: Bool { cells.last?.isSpace ?? false }
  }

  var spans: [Span] = []
  /// Where the browser puts the next glyph.
  private(set) var pen = 0.0

  var isEmpty: Bool { spans.isEmpty }

  var last: Span? { spans.last }

  /// Whether it has nothing but spaces.
  var isBlank: Bool { spans.allSatisfy { $0.cells.allSatisfy(\.isSpace) } }

  /// Whether any of it is visible.
  var isShown: Bool {
    spans.contains { $0.style.ink != .none }
  }

  // Thresholds, in em.
  /// A gap that separates words.
  private static let wordGap = 0.15
  /// A position that is off by less is not corrected: a twentieth of a point in 12 point text.
  private static let tolerance = 0.004
  /// The same in words that are not embedded, whose length makes up for small gaps.
  private static let fallbackTolerance = 0.04
  /// Longer spans are divided.
  private static let mostCells = 500

  /// Appends a glyph.
  mutating func append(_ cell: Cell, y: Double, style: Style) {
    var cell = cell
    let gap = cell.x - pen
    guard let last = spans.indices.last else {
      return begin(cell, y: y, style: style)
    }
    let isAfterSpace = spans[last].endsWithSpace
    let isWordGap = gap > Self.wordGap * style.size
    if isWordGap, !isAfterSpace, !cell.isSpace {
      spans[last].cells.append(Cell(characters: [0x20], x: pen, advance: gap))
    }
    let isSame = spans[last].style == style && abs(spans[last].y - y) < 0.01 * style.size
    let tolerance = style.family == nil ? Self.fallbackTolerance : Self.tolerance
    let isExact = abs(gap) <= tolerance * style.size
    // Words of fonts that are not embedded have a position and a length each.
    let breaksWord = style.family == nil && (isAfterSpace || isWordGap)
    let isFar = abs(gap) > Self.wordGap * style.size || (isAfterSpace && !isExact)
    if !isSame || breaksWord || isFar || spans[last].cells.count > Self.mostCells {
      return begin(cell, y: y, style: style)
    }
    if !isExact { cell.shift = (gap * 100).rounded() / 100 }
    spans[last].cells.append(cell)
    // What is not corrected adds up.
    pen += cell.shift + max(cell.advance, 0)
  }

  private mutating func begin(_ cell: Cell, y: Double, style: Style) {
    spans.append(Span(style: style, y: y, cells: [cell]))
    pen = max(cell.end, cell.x)
  }

  // MARK: Writing

  /// Writes the line as a text element.
  ///
  /// - Parameters:
  ///   - matrix: From local coordinates to those of the page.
  ///   - elements: Where it is written.
  func write(_ matrix: Matrix, to elements: inout SVG) {
    let spans = TurnedText.needed(in: self.spans) ? TurnedText.spans(self.spans) : self.spans
    guard let first = spans.first else { return }
    elements.begin(.text)
    if matrix != Matrix() {
      elements.set(.transform, matrix: [matrix.a, matrix.b, matrix.c, matrix.d, 0, 0])
    }
    elements.set(.x, first.start)
    elements.set(.y, first.y)
    Self.write(first.style, over: nil, to: &elements)
    // Within an element that is not copied, nothing else would be.
    let isRepeated = spans.allSatisfy(\.style.isRepeated)
    if isRepeated { elements.set(.class, SVGStyle.repeated) }
    for (index, span) in spans.enumerated() {
      let isMarked = span.style.isRepeated && !isRepeated
      let needsElement = index > 0 || span.style.family == nil || span.isTurned || isMarked
      if needsElement {
        elements.begin(.tspan)
        if isMarked { elements.set(.class, SVGStyle.repeated) }
        if span.isTurned {
          elements.set(.direction, "rtl")
          elements.set(.unicodeBidi, "bidi-override")
        }
        if !span.isPlaced { elements.set(.x, span.start) }
        if index > 0, abs(span.y - spans[index - 1].y) > 0.005 { elements.set(.y, span.y) }
        if index > 0 { Self.write(span.style, over: first.style, to: &elements) }
      }
      span.write(to: &elements)
      if needsElement { elements.end() }
      if span.style.family == nil, span.endsWithSpace, span.cells.count > 1 {
        elements.append(text: " ")
      }
    }
    elements.end()
  }

  private static func write(_ style: Style, over base: Style?, to elements: inout SVG) {
    if let family = style.family {
      if family != base?.family { elements.set(.fontFamily, SVGStyle.family(family)) }
    } else if let fallback = style.fallback, fallback != base?.fallback {
      elements.set(.fontFamily, fallback.families)
    }
    let (isBold, isItalic) = (style.fallback?.isBold ?? false, style.fallback?.isItalic ?? false)
    if isBold != base?.fallback?.isBold ?? false {
      elements.set(.fontWeight, isBold ? "bold" : "normal")
    }
    if isItalic != base?.fallback?.isItalic ?? false {
      elements.set(.fontStyle, isItalic ? "italic" : "normal")
    }
    if style.size != base?.size { elements.set(.fontSize, style.size) }
    style.ink.write(over: base?.ink, to: &elements)
  }
}

extension TextLine.Span {
  /// How much longer than usual a word is before its letters are placed one by one, as in the
  /// readers of PDFs; a shorter one is made narrower.
  private static let stretch = 1.03

  /// Whether it runs from right to left.
  var isTurned: Bool { cells.first?.isTurned ?? false }

  /// Where the browser begins with it.
  var start: Double { (isTurned ? cells.first?.end : cells.first?.x) ?? 0 }

  /// Whether each glyph of a font that is not embedded has a position.
  var isPlaced: Bool {
    guard style.family == nil, let fallback = style.fallback, !isTurned, letters.count > 1 else {
      return false
    }
    if fallback.isPlaced || letters.contains(where: { $0.shift != 0 }) { return true }
    let usual = letters.reduce(0) { $0 + ($1.usual ?? .infinity) }
    return usual > 0 && length > Self.stretch * usual
  }

  /// Whether it is one glyph of a font whose widths no family has; it would be seen stretched.
  private var isLone: Bool {
    letters.count == 1 && style.fallback?.isPlaced == true && style.ink != .none
  }

  /// The glyphs without a space at the end, which would be stretched with a word.
  private var letters: ArraySlice<TextLine.Cell> {
    endsWithSpace && cells.count > 1 ? cells.dropLast() : cells[...]
  }

  private var length: Double {
    let letters = letters
    return (letters.map(\.end).max() ?? 0) - (letters.map(\.x).min() ?? 0)
  }

  /// Writes the attributes that place the glyphs, and the text.
  fileprivate func write(to elements: inout SVG) {
    guard style.family == nil else {
      if cells.contains(where: { $0.shift != 0 }) { elements.set(.dx, shifts) }
      return elements.append(text: Self.string(cells[...]))
    }
    let letters = letters
    if isPlaced {
      // A position belongs to a unit of UTF-16.
      elements.set(
        .x,
        letters.flatMap { cell in
          [Double](repeating: cell.x, count: cell.characters.reduce(0) { $0 + Self.units($1) })
        })
    } else if !isLone, length > 0.01, letters.first?.isSpace == false {
      elements.set(.textLength, length)
      elements.set(.lengthAdjust, "spacingAndGlyphs")
    }
    elements.append(text: Self.string(letters))
  }

  /// The corrections before the units of UTF-16.
  private var shifts: [Double] {
    var shifts: [Double] = []
    for cell in cells {
      shifts.append(cell.shift)
      let units = cell.characters.reduce(0) { $0 + Self.units($1) }
      for _ in 1..<max(units, 1) { shifts.append(0) }
    }
    while shifts.last == 0 { shifts.removeLast() }
    return shifts
  }

  private static func units(_ character: UInt32) -> Int { character > 0xFFFF ? 2 : 1 }

  private static func string(_ cells: ArraySlice<TextLine.Cell>) -> String {
    var text = String.UnicodeScalarView()
    for cell in cells {
      for character in cell.characters {
        if let scalar = Unicode.Scalar(character) { text.append(scalar) }
      }
    }
    return String(text)
  }
}
