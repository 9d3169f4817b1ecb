// ISO 32000-2 §8.5: path construction, painting and clipping.

internal import Markup
internal import PDF

extension Interpreter {
  /// Performs an operator of paths or line styles.
  ///
  /// - Returns: Whether it is one.
  mutating func performPath(_ name: UInt32, _ reader: ContentReader) -> Bool {
    switch name {
    case 0x6D:  // m
      guard let n = reader.numbers(2) else { return true }
      pathPoint = Point(x: n[0], y: n[1])
      path.move(pathPoint.transformed(by: state.matrix))
    case 0x6C:  // l
      // Without a current point there is nothing to draw from.
      guard let n = reader.numbers(2), !path.isEmpty else { return true }
      pathPoint = Point(x: n[0], y: n[1])
      path.line(pathPoint.transformed(by: state.matrix))
    case 0x63:  // c
      if let n = reader.numbers(6) { curve(n) }
    case 0x76:  // v
      if let n = reader.numbers(4) { curve([pathPoint.x, pathPoint.y] + n) }
    case 0x79:  // y
      if let n = reader.numbers(4) { curve(n + n.suffix(2)) }
    case 0x68: path.close()  // h
    case 0x7265:  // re
      guard let n = reader.numbers(4) else { return true }
      var rectangle = Outline()
      rectangle.rectangle(n[0], n[1], n[2], n[3])
      path.append(rectangle.transformed(by: state.matrix))
      pathPoint = Point(x: n[0], y: n[1])
    case 0x57: pendingClip = false  // W
    case 0x572A: pendingClip = true  // W*
    case 0x6E: endPath()  // n
    case 0x66, 0x46: paint(fills: true)  // f, F
    case 0x662A: paint(fills: true, isEvenOdd: true)  // f*
    case 0x53: paint(strokes: true)  // S
    case 0x73:  // s
      path.close()
      paint(strokes: true)
    case 0x42: paint(fills: true, strokes: true)  // B
    case 0x422A: paint(fills: true, strokes: true, isEvenOdd: true)  // B*
    case 0x62:  // b
      path.close()
      paint(fills: true, strokes: true)
    case 0x622A:  // b*
      path.close()
      paint(fills: true, strokes: true, isEvenOdd: true)
    case 0x77: state.lineWidth = abs(reader.number ?? state.lineWidth)  // w
    case 0x4A: state.lineCap = Self.style(reader.number) ?? state.lineCap  // J
    case 0x6A: state.lineJoin = Self.style(reader.number) ?? state.lineJoin  // j
    case 0x4D: state.miterLimit = max(1, reader.number ?? state.miterLimit)  // M
    case 0x64:  // d
      let numbers = reader.operands.compactMap { operand -> Double? in
        if case .number(let value) = operand { value } else { nil }
      }
      setDashes(Array(numbers.dropLast()), phase: numbers.last ?? 0)
    default: return false
    }
    return true
  }

  private static func style(_ number: Double?) -> Int? {
    number.flatMap { (0...2).contains($0) ? Int($0) : nil }
  }

  mutating func setDashes(_ dashes: [Double], phase: Double) {
    // An impossible pattern draws a solid line.
    let isUsable =
      dashes.count <= 64 && dashes.allSatisfy { $0 >= 0 && $0 < 1e5 }
      && dashes.contains { $0 > 0.001 }
    state.dashes = isUsable ? dashes : []
    state.dashPhase = phase
  }

  private mutating func curve(_ n: [Double]) {
    guard !path.isEmpty else { return }
    let matrix = state.matrix
    pathPoint = Point(x: n[4], y: n[5])
    path.curve(
      Point(x: n[0], y: n[1]).transformed(by: matrix),
      Point(x: n[2], y: n[3]).transformed(by: matrix), pathPoint.transformed(by: matrix))
  }

  // MARK: Painting

  private mutating func paint(
    fills: Bool = false, strokes: Bool = false, isEvenOdd: Bool = false
  ) {
    if !path.isEmpty, path.isFinite, !isHidden {
      if strokes, state.strokeNeedsTransform {
        if fills { draw(path, fills: true, strokes: false, isEvenOdd: isEvenOdd) }
        draw(path, fills: false, strokes: true, isEvenOdd: isEvenOdd)
      } else {
        draw(path, fills: fills, strokes: strokes, isEvenOdd: isEvenOdd)
      }
    }
    endPath()
  }

  private mutating func endPath() {
    if let isEvenOdd = pendingClip { clip(to: path, isEvenOdd: isEvenOdd) }
    pendingClip = nil
    path = Outline()
  }

  /// The most clips inside each other, each of which every item is compared with.
  private static let mostClips = 200

  /// Intersects the clipping path with an outline in page coordinates.
  mutating func clip(to outline: Outline, isEvenOdd: Bool) {
    let bounds = outline.isEmpty ? Bounds(left: 0, top: 0, right: 0, bottom: 0) : outline.bounds
    guard outline.isFinite else { return }
    let rectangle = outline.isEmpty ? bounds : outline.rectangle
    // A rectangle around all that is visible anyway cuts nothing off.
    let visible = state.clip?.bounds.intersection(area) ?? area
    if let rectangle, rectangle.contains(visible) { return }
    guard (state.clip?.depth ?? 0) < Self.mostClips else { return report.add(.limits) }
    state.clip = Clip(
      .outline(outline, isEvenOdd: isEvenOdd), bounds: bounds, rectangle: rectangle,
      parent: state.clip)
  }

  /// Draws an outline in page coordinates.
  func draw(_ outline: Outline, fills: Bool, strokes: Bool, isEvenOdd: Bool) {
    var bounds = outline.bounds
    guard !bounds.isEmpty else { return }
    let fills = fills && state.fill != .none && state.fillAlpha > 0
    let strokes = strokes && state.stroke != .none && state.strokeAlpha > 0
    guard fills || strokes else { return }
    if strokes {
      // Pointed corners reach further than half the width.
      let reach = state.lineWidth * state.matrix.scale * (state.lineJoin == 0 ? 3 : 0.75) + 1
      bounds = bounds.inset(by: -reach)
    }
    guard !bounds.intersection(area).isEmpty else { return }
    if fills && state.overprints(state.fill, state.fillSpace, state.fillOverprints)
      || strokes && state.overprints(state.stroke, state.strokeSpace, state.strokeOverprints)
    {
      report.add(.overprint)
    }
    let state = state
    // A filled area paints every pixel that it touches (§10.7.4), so that thin ones are not lost.
    let thickness = fills && !strokes ? min(bounds.width, bounds.height) : .infinity
    let isThin = thickness < GraphicsState.hairline - 0.02
    canvas.add(state.item, bounds: bounds) { elements in
      elements.begin(.path)
      if fills {
        Self.setFill(state, on: &elements)
        if isEvenOdd { elements.set(.fillRule, "evenodd") }
      } else {
        elements.set(.fill, "none")
      }
      if isThin {
        elements.set(.stroke, state.fill)
        elements.set(.strokeWidth, GraphicsState.hairline - thickness)
      }
      var outline = outline
      if strokes {
        if state.strokeNeedsTransform, let inverse = state.matrix.inverse {
          elements.set(.transform, matrix: state.matrix.numbers)
          outline = outline.transformed(by: inverse)
          state.setStroke(on: &elements, scale: 1)
        } else {
          state.setStroke(on: &elements, scale: state.matrix.scale)
        }
      }
      let isSmall = strokes && state.strokeNeedsTransform
      elements.set(.d, path: outline.path(digits: isSmall ? 3 : 2))
      elements.end()
    }
  }

  static func setFill(_ state: GraphicsState, on elements: inout SVG) {
    if state.fill != .color(.black) { elements.set(.fill, state.fill) }
    if state.fillAlpha < 1 { elements.set(.fillOpacity, state.fillAlpha, digits: 3) }
  }
}

extension SVG {
  mutating func set(_ attribute: Attribute, _ paint: Paint) {
    switch paint {
    case .color(let color): set(attribute, color)
    case .reference(let identifier): set(attribute, reference: identifier)
    case .none: set(attribute, "none")
    }
  }
}

extension GraphicsState {
  /// Whether strokes are wider in one direction than in another.
  var strokeNeedsTransform: Bool {
    // A gradient or pattern would be transformed, too.
    if case .reference = stroke { return false }
    let (a, b, c, d) = (matrix.a, matrix.b, matrix.c, matrix.d)
    let (first, second) = (a * a + b * b, c * c + d * d)
    let skew = abs(a * c + b * d)
    return abs(first - second) > 0.02 * max(first, second) || skew > 0.01 * max(first, second)
  }

  /// Whether a paint would mix with inks below that it replaces here.
  ///
  /// Black, which is what nearly always overprints, looks the same either way.
  func overprints(_ paint: Paint, _ space: ColorSpace, _ isOn: Bool) -> Bool {
    guard isOn, space.isCMYK || space.hasInks, case .color(let color) = paint else { return false }
    return max(color.red, color.green, color.blue) > 64
  }

  /// Thinner lines are drawn with this width, in points, as the thinnest that screens show.
  static let hairline = 0.3

  func setStroke(on elements: inout SVG, scale: Double) {
    elements.set(.stroke, stroke)
    let thinnest = Self.hairline / max(scale == 1 ? matrix.scale : 1, 1e-6)
    let width = max(lineWidth * scale, thinnest)
    if width != 1 { elements.set(.strokeWidth, width, digits: 3) }
    if strokeAlpha < 1 { elements.set(.strokeOpacity, strokeAlpha, digits: 3) }
    if lineCap != 0 { elements.set(.strokeLinecap, lineCap == 1 ? "round" : "square") }
    if lineJoin != 0 {
      elements.set(.strokeLinejoin, lineJoin == 1 ? "round" : "bevel")
    } else if miterLimit != 4 {
      elements.set(.strokeMiterlimit, miterLimit)
    }
    if !dashes.isEmpty {
      elements.set(.strokeDasharray, dashes.map { $0 * scale })
      if dashPhase != 0 { elements.set(.strokeDashoffset, dashPhase * scale) }
    }
  }
}
