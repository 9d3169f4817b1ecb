internal import Markup
internal import PDF

/// Writes glyphs as text elements, one for each line.
final class TextWriter {
  /// How a glyph is shown.
  enum Display {
    case web(WebFontSet, WebFontSet.Written)
    /// In a font that is not embedded; with the advance in a metric-compatible one, in em.
    case fallback(FallbackFamily, usual: Double?)
    /// Not at all, but to be copied: as if it were in a font that is not embedded.
    case unseen(FallbackFamily, usual: Double?)
  }

  private let canvas: Canvas
  private let area: Bounds
  private let delivery: FontDelivery
  /// The web fonts that the page uses, in order.
  private(set) var usedFonts: [(set: WebFontSet, index: Int, family: Int)] = []

  // The line that is being collected.
  private var line = TextLine()
  /// From local coordinates to the page, without a translation.
  private var local = Matrix()
  private var inverse = Matrix()
  private var item = ItemStyle()
  private var bounds = Bounds()
  private var repeated = RepeatedWords()

  init(canvas: Canvas, area: Bounds, delivery: FontDelivery) {
    self.canvas = canvas
    self.delivery = delivery
    self.area = area
    canvas.beforeItem = { [unowned self] in flush() }
  }

  // Thresholds, in em.
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
  ///   - state: The colours and the clipping path.
  ///   - display: How it is shown.
  func add(_ glyph: PageFont.Shown, em: Matrix, state: GraphicsState, _ display: Display) {
    guard isVisible(em) else { return }
    let size = (em.c * em.c + em.d * em.d).squareRoot()
    var style = TextLine.Style(size: size, ink: TextInk(state))
    var cell = TextLine.Cell(characters: [], x: 0, advance: glyph.width)
    switch display {
    case .web(let fonts, let written):
      cell.characters = written.characters
      cell.advance = written.width
      style.family = family(of: written, in: fonts)
    case .fallback(let fallback, let usual):
      cell.characters = Characters.copyable(glyph.scalars)
      cell.usual = usual
      style.fallback = fallback
    case .unseen(let fallback, let usual):
      cell.characters = Characters.copyable(glyph.scalars)
      cell.usual = usual
      style.fallback = fallback
      style.ink = .none
    }
    if cell.characters.isEmpty { return }
    place(em, state: state)
    let point = Point(x: em.e, y: em.f).transformed(by: inverse)
    let scale = widthScale(em)
    cell.x = point.x
    cell.advance *= scale
    cell.usual = cell.usual.map { $0 * scale }
    line.append(cell, y: point.y, style: style)
    include(em, width: glyph.width)
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

  /// Begins a new line if the glyph does not continue the last one.
  private func place(_ em: Matrix, state: GraphicsState) {
    let size = (em.c * em.c + em.d * em.d).squareRoot()
    let unit = Matrix(a: em.a / size, b: em.b / size, c: -em.c / size, d: -em.d / size)
    let isSameItem =
      Clip.areEqual(state.clip, item.clip) && state.blend == item.blend
      && state.mask == item.mask
    if isSameItem, let last = line.last, isClose(unit, local) {
      let point = Point(x: em.e, y: em.f).transformed(by: inverse)
      let scale = max(size, last.style.size)
      let gap = (point.x - line.pen) / scale
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

  // MARK: Writing

  /// Keeps the line that has been collected while something else is drawn.
  func suspended(_ body: () -> Void) {
    let outer = (line, local, inverse, item, bounds)
    line = TextLine()
    bounds = Bounds()
    body()
    flush()
    (line, local, inverse, item, bounds) = outer
  }

  /// Writes the line that has been collected if any of it is visible.
  func flushShown() {
    if line.isShown { flush() }
  }

  /// Writes the line that has been collected.
  func flush() {
    guard !line.isEmpty else { return }
    var whole = line
    let box = bounds
    line = TextLine()
    bounds = Bounds()
    if whole.isBlank { return }
    repeated.mark(&whole, local)
    if whole.hasRepeated { canvas.usesRepeated = true }
    canvas.addNow(item, bounds: box) { elements in whole.write(local, to: &elements) }
  }
}
