// ISO 32000-1 §8.4.5 (graphics state parameters), §8.5 (paths and clipping), §8.6.8 (colour
// operators): what makes text visible or invisible.

extension ContentInterpreter {
  /// Performs an operator that paints, clips or sets a colour.
  mutating func performPainting(
    _ name: UInt32, _ reader: ContentReader, resources: Resources
  ) {
    switch name {
    case 0x6D, 0x6C:  // m, l
      addPoints(1, reader)
    case 0x63:  // c
      addPoints(3, reader)
    case 0x76, 0x79:  // v, y
      addPoints(2, reader)
    case 0x7265:  // re
      guard let x = reader.number(at: 0), let y = reader.number(at: 1),
        let w = reader.number(at: 2), let h = reader.number(at: 3)
      else { return }
      path.addRectangle((x, y, w, h), state.matrix)
    case 0x57, 0x572A: path.clips = true  // W, W*
    case 0x6E: endPath()  // n
    case 0x66, 0x46, 0x662A:  // f, F, f*
      fillPath()
      endPath()
    case 0x42, 0x422A, 0x62, 0x622A:  // B, B*, b, b*
      fillPath()
      strokePath()
      endPath()
    case 0x53, 0x73:  // S, s
      strokePath()
      endPath()
    case 0x7368:  // sh
      paint(state.clip.intersection(box), .unknown, isWhole: false)
    case 0x77: state.lineWidth = reader.number ?? state.lineWidth  // w
    case 0x5472: state.textMode = reader.number.map { Int(min(max($0, 0), 7)) } ?? 0  // Tr
    case 0x4554:  // ET
      if hasTextClip { state.textClip = page.clipCount }
      hasTextClip = false
    default: chooseColor(name, reader, resources)
    }
  }

  private mutating func chooseColor(
    _ name: UInt32, _ reader: ContentReader, _ resources: Resources
  ) {
    switch name {
    case 0x67: setFill(.gray, reader.components)  // g
    case 0x7267: setFill(.rgb, reader.components)  // rg
    case 0x6B: setFill(.cmyk, reader.components)  // k
    case 0x47: state.stroke = ColorSpace.gray.paint(reader.components)  // G
    case 0x5247: state.stroke = ColorSpace.rgb.paint(reader.components)  // RG
    case 0x4B: state.stroke = ColorSpace.cmyk.paint(reader.components)  // K
    case 0x6373:  // cs
      state.fillSpace = reader.name(at: 0).map { resources.colorSpace($0) } ?? .gray
      state.fill = state.fillSpace.initial
    case 0x4353:  // CS
      state.strokeSpace = reader.name(at: 0).map { resources.colorSpace($0) } ?? .gray
      state.stroke = state.strokeSpace.initial
    case 0x7363, 0x7363_6E:  // sc, scn
      state.fill = color(in: state.fillSpace, reader, resources)
    case 0x5343, 0x5343_4E:  // SC, SCN
      state.stroke = color(in: state.strokeSpace, reader, resources)
    default: break
    }
  }

  private mutating func setFill(_ space: ColorSpace, _ components: [Float]) {
    state.fillSpace = space
    state.fill = space.paint(components)
  }

  private func color(
    in space: ColorSpace, _ reader: ContentReader, _ resources: Resources
  ) -> Paint {
    guard space.isPattern else { return space.paint(reader.components) }
    guard case .name(let name)? = reader.operands.last else { return .unknown }
    return resources.paint(
      ofPattern: name, (space.underlying, reader.components), in: document)
  }

  // MARK: Paths

  private mutating func addPoints(_ count: Int, _ reader: ContentReader) {
    for point in 0..<count {
      guard let x = reader.number(at: 2 * point), let y = reader.number(at: 2 * point + 1) else {
        return
      }
      path.add(x, y, state.matrix, isCurve: count > 1)
    }
  }

  private mutating func endPath() {
    if path.clips, !path.isEmpty {
      state.clip = state.clip.intersection(path.box)
      state.isClipExact = state.isClipExact && path.isRectangle
    }
    path = PathBox()
  }

  private mutating func fillPath() {
    guard !path.isEmpty else { return }
    let isPlain = state.fillAlpha > 0.98 && state.isBlendNormal && !state.fillSpace.isPattern
    guard state.fillAlpha > 0.02 else { return }
    paint(
      path.box.intersection(state.clip), isPlain ? state.fill : .unknown,
      isWhole: isPlain && path.isRectangle && state.isClipExact)
  }

  private mutating func strokePath() {
    guard !path.isEmpty, state.strokeAlpha > 0.02 else { return }
    let matrix = state.matrix
    let width = state.lineWidth * (abs(matrix.a * matrix.d - matrix.b * matrix.c)).squareRoot()
    // A line as thick as letters are high can be a background of text.
    guard width > 3 else {
      notePainting()
      return
    }
    var line = path.box
    line.left -= width / 2
    line.right += width / 2
    line.bottom -= width / 2
    line.top += width / 2
    paint(line.intersection(state.clip), state.stroke, isWhole: false)
  }

  private mutating func paint(_ box: Page.Box, _ paint: Paint, isWhole: Bool) {
    notePainting()
    surface.add(box, paint, isWhole: isWhole)
  }

  /// Text in the clipping path is visible if something is painted through it.
  private mutating func notePainting() {
    if state.textClip != 0 { page.paintedClips.insert(state.textClip) }
  }

  /// Adds an image, which covers the unit square (§8.9.5).
  mutating func addImage() {
    page.hasImages = true
    guard !marks.areHidden else { return }
    notePainting()
    var square = PathBox()
    square.addRectangle((0, 0, 1, 1), state.matrix)
    surface.add(image: square.box.intersection(state.clip))
  }

  /// Clips to the box of a form (§8.10.1).
  mutating func clip(to bounds: [Double]) {
    var outline = PathBox()
    outline.addRectangle(
      (bounds[0], bounds[1], bounds[2] - bounds[0], bounds[3] - bounds[1]), state.matrix)
    state.clip = state.clip.intersection(outline.box)
    state.isClipExact = state.isClipExact && outline.isRectangle
  }

  // MARK: Text

  /// Smaller text (points) is not meant to be read.
  private static let smallestText = 1.0

  /// The visibility of text shown now, apart from its background.
  mutating func visibility(ofTextHigh height: Double) -> GlyphVisibility {
    // The rendering mode does not apply to Type 3 glyphs (§9.3.6), and their font size says little.
    if state.font?.isType3 == true { return state.fillAlpha < 0.02 ? .unpainted : .visible }
    if height < Self.smallestText { return .hidden }
    switch state.textMode {
    case 3: return .unpainted
    case 7:
      if !hasTextClip {
        hasTextClip = true
        page.clipCount += 1
      }
      return .clip(page.clipCount)
    case 1, 5: return state.strokeAlpha < 0.02 ? .unpainted : .visible
    case 2, 6:
      return state.fillAlpha < 0.02 && state.strokeAlpha < 0.02 ? .unpainted : .visible
    default: return state.fillAlpha < 0.02 ? .unpainted : .visible
    }
  }

  /// Whether glyphs from an index on are outside the clipping path, or painted in the colour of
  /// their background.
  mutating func areLost(from start: Int, _ way: Direction, isPainted: Bool) -> Bool {
    guard let first = page.glyphs[start...].first, let last = page.glyphs.last else { return false }
    let isType3 = state.font?.isType3 == true
    let size = Double(isType3 ? max(first.right - first.left, first.size) : first.size)
    if state.clip.left > Page.Box.everywhere.left {
      var extent = PathBox()
      let matrix = Matrix(a: way.cosine, b: way.sine, c: -way.sine, d: way.cosine)
      let (left, right) = (
        Double(min(first.left, last.left)), Double(max(first.right, last.right))
      )
      extent.addRectangle(
        (left, Double(first.baseline) - 0.3 * size, max(right - left, 0.1), 1.4 * size), matrix)
      let seen = extent.box.intersection(state.clip)
      if seen.right <= seen.left || seen.top <= seen.bottom { return true }
    }
    // Type 3 glyphs can have their own colours.
    guard isPainted, !isType3, state.isBlendNormal else { return false }
    // Most text is visible, and one glyph is enough to see that.
    let middle = page.glyphs[(start + page.glyphs.count) / 2]
    return isLost(first, way, size: size) && isLost(middle, way, size: size)
      && isLost(last, way, size: size)
  }

  /// Whether a glyph has the colour of its background.
  private mutating func isLost(_ glyph: Glyph, _ way: Direction, size: Double) -> Bool {
    let along = Double(glyph.left + glyph.right) / 2
    let up = Double(glyph.baseline) + 0.3 * size
    let x = along * way.cosine - up * way.sine
    let y = along * way.sine + up * way.cosine
    let (fills, strokes): (Bool, Bool) =
      switch state.textMode {
      case 1, 5: (false, true)
      case 2, 6: (true, true)
      default: (true, false)
      }
    return (!fills || surface.hides(state.fill, x: x, y: y, reach: 0.4 * size))
      && (!strokes || surface.hides(state.stroke, x: x, y: y, reach: 0.4 * size))
  }
}
