internal import Markup
internal import PDF

extension Rasterizer {
  /// Positions of characters by their index in UTF-16 code units.
  private struct Positions {
    var xs: [Double]
    var ys: [Double]
    var shifts: [Double]
    var index = 0

    /// Moves a pen to where the next characters begin.
    mutating func place(_ pen: inout Point, before count: Int) {
      if index < xs.count { pen.x = xs[index] }
      if index < ys.count { pen.y = ys[index] }
      if index < shifts.count { pen.x += shifts[index] }
      index += count
    }
  }

  mutating func drawText(_ node: Int, _ context: Context) {
    var pen = Point(x: 0, y: 0)
    drawSpan(node, over: Appearance(), &pen, context)
  }

  private mutating func drawSpan(
    _ node: Int, over outer: Appearance, _ pen: inout Point, _ context: Context
  ) {
    let appearance = Appearance(document, node, over: outer)
    func numbers(_ attribute: SVG.Attribute) -> [Double] {
      document.value(attribute, of: node).map { DrawnValues.numbers($0) } ?? []
    }
    var positions = Positions(xs: numbers(.x), ys: numbers(.y), shifts: numbers(.dx))
    if let x = positions.xs.first { pen.x = x }
    if let y = positions.ys.first { pen.y = y }
    let length = document.number(.textLength, of: node)
    for child in document.children(of: node) {
      if document.nodes[child].element == nil {
        show(
          document.text(document.nodes[child].text), appearance, &positions, &pen,
          length: length, context)
      } else {
        drawSpan(child, over: appearance, &pen, context)
      }
    }
  }

  private mutating func show(
    _ text: String, _ appearance: Appearance, _ positions: inout Positions, _ pen: inout Point,
    length: Double?, _ context: Context
  ) {
    let isShown = [appearance.fill, appearance.stroke].contains { value in
      value.map { !$0.elementsEqual("none".utf8) } ?? false
    }
    guard isShown, appearance.fontSize > 0 else { return }
    guard style.hasFont(appearance.family) else {
      pen = showSubstitute(text, appearance, pen, xs: positions.xs, length: length, context)
      return
    }
    if fonts[appearance.family] == nil {
      fonts[appearance.family] = style.font(appearance.family)
    }
    guard let font = fonts[appearance.family] else {
      isPartial = true
      return
    }
    let scale = appearance.fontSize / font.unitsPerEm
    let scalars = text.unicodeScalars.map(\.value)
    var line = Outline()
    var place = 0
    for (glyph, count) in font.glyphs(of: scalars) {
      let units = scalars[place..<place + count].reduce(0) { $0 + ($1 > 0xFFFF ? 2 : 1) }
      positions.place(&pen, before: units)
      if !glyph.outline.isEmpty {
        line.append(
          glyph.outline.transformed(by: Matrix(a: scale, d: -scale, e: pen.x, f: pen.y)))
      }
      pen.x += glyph.advance * scale
      place += count
    }
    fillAndStroke(line, context.matrix, appearance, context)
  }

  // MARK: Fonts that the drawing does not contain

  /// The widths of lines in the stroke font that stands in for others, in em.
  private static let weights = (regular: 0.07, bold: 0.108)
  /// The height of capitals, in em.
  private static let capitals = 0.68

  /// The width of letters without a length or positions, by that of the stroke font.
  private static let usualStretch = 0.83

  /// Draws a word whose font is not in the drawing, in the stroke font and in the same width.
  ///
  /// Characters that this font lacks are pale bars.
  ///
  /// - Returns: The end of the word.
  private mutating func showSubstitute(
    _ text: String, _ appearance: Appearance, _ start: Point, xs: [Double], length: Double?,
    _ context: Context
  ) -> Point {
    let unit = appearance.fontSize * Self.capitals / StrokeFont.capitals
    let glyphs = text.map { (glyph: StrokeFont.glyph($0), isSpace: $0 == " " || $0 == "\u{A0}") }
    let bar = appearance.fontSize * 0.55
    let naturals = glyphs.map { glyph, isSpace in
      isSpace ? StrokeFont.space * unit : glyph.map { advance($0) * unit } ?? bar
    }
    let widths = Self.widths(naturals, xs: xs, length: length)
    let (natural, end) = (naturals.reduce(0, +), widths.reduce(start.x, +))
    guard natural > 0 else { return start }
    let lean = appearance.isItalic ? 0.2 : 0
    var (lines, bars) = (Outline(), Outline())
    var pen = start.x
    for (index, (glyph, isSpace)) in glyphs.enumerated() {
      let stretch = widths[index] / naturals[index]
      if let glyph {
        for stroke in glyph.strokes {
          for (index, point) in stroke.enumerated() {
            let x = (advance(glyph) - glyph.width) / 2 + point.x + lean * point.y
            let place = Point(x: pen + x * unit * stretch, y: start.y - point.y * unit)
            if index == 0 { lines.move(place) } else { lines.line(place) }
          }
        }
      } else if !isSpace {
        bars.rectangle(
          pen + bar * stretch * 0.05, start.y - appearance.fontSize * 0.6, bar * stretch * 0.9,
          appearance.fontSize * 0.55)
      }
      pen += widths[index]
    }
    var drawn = appearance
    drawn.stroke = appearance.fill
    drawn.strokeOpacity = appearance.fillOpacity
    drawn.fill = nil
    drawn.line = LineStyle()
    // Narrow letters need thinner lines.
    drawn.line.width =
      appearance.fontSize * (appearance.isBold ? Self.weights.bold : Self.weights.regular)
      * min(max((end - start.x) / natural, 0.8), 1)
    drawn.line.cap = .round
    drawn.line.join = .round
    if !lines.isEmpty { fillAndStroke(lines, context.matrix, drawn, context) }
    if !bars.isEmpty {
      var pale = appearance
      pale.stroke = nil
      pale.fillOpacity = appearance.fillOpacity * 0.4
      fillAndStroke(bars, context.matrix, pale, context)
    }
    return Point(x: end, y: start.y)
  }

  /// The widths of characters by their positions, or by the length of them all.
  private static func widths(_ naturals: [Double], xs: [Double], length: Double?) -> [Double] {
    let known = zip(xs, xs.dropFirst()).prefix(max(naturals.count - 1, 0)).map { $1 - $0 }
    let measured = naturals.prefix(known.count).reduce(0, +)
    if measured > 0, known.allSatisfy({ $0 > 0 }) {
      let stretch = known.reduce(0, +) / measured
      return known + naturals.dropFirst(known.count).map { $0 * stretch }
    }
    let natural = naturals.reduce(0, +)
    let stretch = natural > 0 ? length.map { $0 / natural } ?? usualStretch : 1
    return naturals.map { $0 * stretch }
  }

  /// The advance of a glyph; an “i” needs more space than its line has.
  private func advance(_ glyph: StrokeFont.Glyph) -> Double {
    max(glyph.width + StrokeFont.spacing, Self.leastAdvance)
  }

  private static let leastAdvance = 4.8
}
