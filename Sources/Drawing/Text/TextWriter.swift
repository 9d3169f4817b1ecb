// SVG 2 §11: text. Positions are given where the advances of the font do not lead to them.

internal import Markup
internal import PDF

/// Writes glyphs as text elements, one for each line.
///
/// A line is a sequence of spans. A span begins with a position; small corrections within it, such
/// as kerning, are written as distances.
final class TextWriter {
  /// What all glyphs of a span have in common.
  struct Style: Equatable {
    /// The family of a web font; nil for one that is not embedded.
    var family: Int?
    var fallback: FallbackFamily?
    /// In local units.
    var size: Double
    var fill: Paint
    var fillAlpha: Double
    /// Nil for text that is not stroked.
    var stroke: Stroke?
    /// Whether the text means nothing and is not to be copied.
    var isPrivate: Bool
  }

  struct Stroke: Equatable {
    var paint: Paint
    var alpha: Double
    var width: Double
  }

  private struct Span {
    var style: Style
    var x: Double
    var y: Double
    var characters: [UInt32] = []
    /// Corrections before characters.
    var shifts: [Double] = []
    /// The width of what the PDF shows, for fonts that are not embedded.
    var length = 0.0
  }

  private let canvas: Canvas
  private let area: Bounds
  private let delivery: FontDelivery
  /// The web fonts that the page uses, in order.
  private(set) var usedFonts: [(set: WebFontSet, index: Int, family: Int)] = []
  private(set) var usesUnselectable = false

  // The line that is being collected.
  private var spans: [Span] = []
  /// From local coordinates to the page, without a translation.
  private var local = Matrix()
  private var inverse = Matrix()
  private var item = ItemStyle()
  private var bounds = Bounds()
  /// Where the browser puts the next glyph.
  private var pen = 0.0
  private var wordList = WordList()

  init(canvas: Canvas, area: Bounds, delivery: FontDelivery) {
    self.canvas = canvas
    self.delivery = delivery
    self.area = area
    canvas.beforeItem = { [unowned self] in flush() }
  }

  var words: [Word] { wordList.words }

  /// Whether words are collected: not those of patterns and masks, which can be repeated or hidden.
  var collectsWords = true

  // Thresholds, in em.
  /// A gap that separates words.
  private static let wordGap = 0.15
  /// A position that is off by less is not corrected: a fortieth of a point in 12 point text.
  private static let tolerance = 0.004
  /// A move back by more begins a new line.
  private static let stepBack = 0.6
  /// A gap wider than this begins a new line, such as that of another column.
  private static let columnGap = 12.0
  /// A baseline that is off by more begins a new line; superscripts are off by less.
  private static let raise = 0.7

  /// Adds a glyph.
  ///
  /// - Parameters:
  ///   - glyph: The glyph.
  ///   - em: From the em, with y upwards, to the page.
  ///   - webFonts: The web fonts of an embedded font; nil for one that is not embedded.
  ///   - state: The colours and the clipping path.
  ///   - fallback: The family for a font that is not embedded.
  ///   - isShown: Whether the text is visible, and not only there to be copied.
  func add(
    _ glyph: PageFont.Shown, em: Matrix, webFonts: WebFontSet?, state: GraphicsState,
    fallback: FallbackFamily, isShown: Bool
  ) {
    guard isVisible(em) else { return }
    var characters: [UInt32]
    var natural: Double?
    var webFamily: Int?
    var isPrivate = false
    if isShown, let webFonts {
      // A glyph that the program lacks leaves a gap.
      guard
        let written = glyph.glyph.flatMap({
          webFonts.write($0, width: glyph.width, as: glyph.scalars)
        })
      else { return }
      characters = written.characters
      natural = written.width
      webFamily = family(of: written, in: webFonts)
      isPrivate = written.isPrivate
    } else {
      characters = Characters.copyable(glyph.scalars)
      if characters.isEmpty { return }
    }
    if isPrivate { postpone(glyph, em, state) }
    place(em, state: state, isShown: isShown, webFamily: webFamily)
    let size = (em.c * em.c + em.d * em.d).squareRoot()
    let style = Style(
      family: webFamily, fallback: webFamily == nil ? fallback : nil, size: size,
      fill: fill(state, isShown: isShown), fillAlpha: state.fillAlpha,
      stroke: isShown ? stroke(state) : nil, isPrivate: isPrivate)
    if isPrivate { usesUnselectable = true }
    let point = Point(x: em.e, y: em.f).transformed(by: inverse)
    append(
      characters, at: point, style: style,
      natural: (natural ?? glyph.width) * widthScale(em), width: glyph.width * widthScale(em))
    include(em, width: glyph.width)
    if collectsWords { wordList.add(characters, isPrivate: isPrivate, em: em, width: glyph.width) }
  }

  private func family(of written: WebFontSet.Written, in fonts: WebFontSet) -> Int {
    fonts.use(written) {
      let family =
        delivery == .linked
        ? fonts.embedded.number * WebFontSet.mostFonts + written.font : usedFonts.count + 1
      usedFonts.append((fonts, written.font, family))
      return family
    }
  }

  /// Glyphs that are shown by characters without a meaning but have one, to be copied.
  private var deferred: [(glyph: PageFont.Shown, em: Matrix, state: GraphicsState)] = []
  private static let mostDeferred = 20_000

  private func postpone(_ glyph: PageFont.Shown, _ em: Matrix, _ state: GraphicsState) {
    guard collectsWords, deferred.count < Self.mostDeferred, !glyph.scalars.isEmpty else { return }
    deferred.append((glyph, em, state))
  }

  /// Adds the text of glyphs that are shown by characters without a meaning, unseen.
  func addDeferred() {
    flush()
    let glyphs = deferred
    deferred = []
    for (glyph, em, state) in glyphs {
      add(glyph, em: em, webFonts: nil, state: state, fallback: .plain, isShown: false)
    }
    flush()
  }

  /// Local units per em along the baseline.
  private func widthScale(_ em: Matrix) -> Double {
    let along = Point(x: em.a, y: em.b).transformed(by: inverse)
    return along.x
  }

  private func isVisible(_ em: Matrix) -> Bool {
    var box = Bounds()
    for (x, y) in [(-1.0, -1.0), (2, -1), (2, 2), (-1, 2)] {
      box.add(Point(x: x, y: y).transformed(by: em))
    }
    return !box.intersection(area).isEmpty
  }

  private func include(_ em: Matrix, width: Double) {
    // Glyphs reach above and below what their fonts say.
    for (x, y) in [(-0.15, -0.4), (width + 0.15, -0.4), (width + 0.15, 1.1), (-0.15, 1.1)] {
      bounds.add(Point(x: x, y: y).transformed(by: em))
    }
  }

  private func fill(_ state: GraphicsState, isShown: Bool) -> Paint {
    let fills = isShown && [0, 2, 4, 6].contains(state.textMode)
    return fills ? state.fill : .none
  }

  private func stroke(_ state: GraphicsState) -> Stroke? {
    guard [1, 2, 5, 6].contains(state.textMode), state.stroke != .none else { return nil }
    return Stroke(
      paint: state.stroke, alpha: state.strokeAlpha,
      width: max(state.lineWidth * state.matrix.scale, 0.1))
  }

  /// Begins a new line if the glyph does not continue the last one.
  private func place(_ em: Matrix, state: GraphicsState, isShown: Bool, webFamily: Int?) {
    let size = (em.c * em.c + em.d * em.d).squareRoot()
    let unit = Matrix(a: em.a / size, b: em.b / size, c: -em.c / size, d: -em.d / size)
    let isSameItem =
      Clip.areEqual(state.clip, item.clip) && state.blend == item.blend
      && state.mask == item.mask
    if isSameItem, let last = spans.last, isClose(unit, local) {
      let point = Point(x: em.e, y: em.f).transformed(by: inverse)
      let scale = max(size, last.style.size)
      let gap = (point.x - pen) / scale
      if gap > -Self.stepBack, gap < Self.columnGap, abs(point.y - last.y) < Self.raise * scale {
        return
      }
    }
    flush()
    item = state.item
    let isUpright =
      abs(unit.a - 1) < 0.002 && abs(unit.d - 1) < 0.002 && abs(unit.b) < 0.001
      && abs(unit.c) < 0.001
    local = isUpright ? Matrix() : unit
    inverse = local.inverse ?? Matrix()
  }

  private func isClose(_ one: Matrix, _ other: Matrix) -> Bool {
    abs(one.a - other.a) < 0.002 && abs(one.b - other.b) < 0.001
      && abs(one.c - other.c) < 0.001 && abs(one.d - other.d) < 0.002
  }

  /// Appends the characters of a glyph to the line.
  private func append(
    _ characters: [UInt32], at point: Point, style: Style, natural: Double, width: Double
  ) {
    let isSpace = characters == [0x20]
    defer { pen = max(point.x + natural, point.x) }
    guard let last = spans.indices.last else {
      spans.append(Span(style: style, x: point.x, y: point.y))
      return extend(characters, by: width, from: point.x)
    }
    let gap = point.x - pen
    let isAfterSpace = spans[last].characters.last == 0x20
    let isWordGap = gap > Self.wordGap * style.size
    if isWordGap, !isAfterSpace, !isSpace { spans[last].characters.append(0x20) }
    let isSame = spans[last].style == style && abs(spans[last].y - point.y) < 0.01 * style.size
    // The length of a word that is not embedded makes up for small gaps in it.
    let tolerance = style.family == nil ? Self.tolerance * 10 : Self.tolerance
    let isExact = abs(gap) <= tolerance * style.size
    // Words of fonts that are not embedded have a position and a length each.
    let breaksWord = style.family == nil && (isAfterSpace || !isExact || isWordGap)
    let isFar = abs(gap) > Self.wordGap * style.size || (isAfterSpace && !isExact)
    let isWide = spans[last].characters.contains { $0 > 0xFFFF }
    if !isSame || breaksWord || isFar || spans[last].characters.count > 500
      || (!isExact && isWide)
    {
      spans.append(Span(style: style, x: point.x, y: point.y))
    } else if !isExact {
      let index = spans[last].characters.count
      while spans[last].shifts.count < index { spans[last].shifts.append(0) }
      spans[last].shifts.append(gap)
    }
    extend(characters, by: width, from: point.x)
  }

  private func extend(_ characters: [UInt32], by width: Double, from x: Double) {
    let last = spans.count - 1
    spans[last].characters += characters
    // A space at the end would be stretched with the word.
    if characters != [0x20] { spans[last].length = x + width - spans[last].x }
  }

  /// Ends the current word of the list of words.
  func endWord() { wordList.finish() }

  // MARK: Writing

  /// Keeps the line that has been collected while something else is drawn.
  func suspended(_ body: () -> Void) {
    let line = (spans, local, inverse, item, bounds, pen)
    spans = []
    bounds = Bounds()
    body()
    flush()
    (spans, local, inverse, item, bounds, pen) = line
  }

  /// Writes the line that has been collected if any of it is visible.
  func flushShown() {
    if spans.contains(where: { $0.style.fill != .none || $0.style.stroke != nil }) { flush() }
  }

  /// Writes the line that has been collected.
  func flush() {
    guard !spans.isEmpty else { return }
    let line = spans
    spans = []
    let box = bounds
    bounds = Bounds()
    canvas.addNow(item, bounds: box) { elements in
      self.write(line, &elements)
    }
  }

  private func write(_ line: [Span], _ elements: inout SVG) {
    let base = line[0].style
    elements.begin(.text)
    if local != Matrix() {
      elements.set(
        .transform, matrix: [local.a, local.b, local.c, local.d, 0, 0])
    }
    elements.set(.x, line[0].x)
    elements.set(.y, line[0].y)
    write(base, over: nil, &elements)
    for (index, span) in line.enumerated() {
      let needsElement = index > 0 || span.style.family == nil || span.style.isPrivate
      if needsElement {
        elements.begin(.tspan)
        if span.style.isPrivate { elements.set(.class, SVGStyle.unselectable) }
        elements.set(.x, span.x)
        if index > 0, abs(span.y - line[index - 1].y) > 0.005 { elements.set(.y, span.y) }
        if index > 0 { write(span.style, over: base, &elements) }
      }
      if !span.shifts.isEmpty { elements.set(.dx, span.shifts) }
      let isMeasured = span.style.family == nil && span.length > 0.01 && span.characters != [0x20]
      var characters = span.characters[...]
      if isMeasured {
        elements.set(.textLength, span.length)
        elements.set(.lengthAdjust, "spacingAndGlyphs")
        while characters.last == 0x20 { characters = characters.dropLast() }
      }
      elements.append(text: Self.string(characters))
      if needsElement { elements.end() }
      if characters.count < span.characters.count { elements.append(text: " ") }
    }
    elements.end()
  }

  private func write(_ style: Style, over base: Style?, _ elements: inout SVG) {
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
    if style.fill != base?.fill ?? .color(.black) { elements.set(.fill, style.fill) }
    if style.fillAlpha != base?.fillAlpha ?? 1 {
      elements.set(.fillOpacity, style.fillAlpha, digits: 3)
    }
    if let stroke = style.stroke {
      elements.set(.stroke, stroke.paint)
      elements.set(.strokeWidth, stroke.width, digits: 3)
      if stroke.alpha < 1 { elements.set(.strokeOpacity, stroke.alpha, digits: 3) }
    } else if base?.stroke != nil {
      elements.set(.stroke, "none")
    }
  }

  private static func string(_ characters: ArraySlice<UInt32>) -> String {
    var text = String.UnicodeScalarView()
    for character in characters {
      if let scalar = Unicode.Scalar(character) { text.append(scalar) }
    }
    return String(text)
  }
}
