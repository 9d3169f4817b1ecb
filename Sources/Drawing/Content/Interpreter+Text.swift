// ISO 32000-2 §9.3 (text state), §9.4 (text objects).

internal import Markup
internal import PDF

extension Interpreter {
  /// Performs an operator of text.
  ///
  /// - Returns: Whether it is one.
  mutating func performText(
    _ name: UInt32, _ reader: ContentReader, resources: Resources, depth: Int
  ) -> Bool {
    switch name {
    case 0x4254:  // BT
      textMatrix = Matrix()
      lineMatrix = Matrix()
    case 0x4554: endText()  // ET
    case 0x544A: showSpaced(reader, depth: depth)  // TJ
    case 0x546A: showLast(reader, depth: depth)  // Tj
    case 0x5464: move(reader)  // Td
    case 0x5444:  // TD
      if let y = reader.number { state.leading = -y }
      move(reader)
    case 0x546D:  // Tm
      if let n = reader.numbers(6) {
        textMatrix = Matrix(numbers: n)
        lineMatrix = textMatrix
      }
    case 0x542A: nextLine()  // T*
    case 0x27:  // '
      nextLine()
      showLast(reader, depth: depth)
    case 0x22:  // "
      let count = reader.operands.count
      if count >= 3 {
        state.wordSpacing = reader.number(at: count - 3) ?? state.wordSpacing
        state.characterSpacing = reader.number(at: count - 2) ?? state.characterSpacing
      }
      nextLine()
      showLast(reader, depth: depth)
    case 0x5466:  // Tf
      if let size = reader.number { state.fontSize = size }
      guard let name = reader.name(at: 0) else { return true }
      state.font = resources.resource("Font", name).flatMap(fonts.font) ?? fonts.missing()
    case 0x5463: state.characterSpacing = reader.number ?? state.characterSpacing  // Tc
    case 0x5477: state.wordSpacing = reader.number ?? state.wordSpacing  // Tw
    case 0x547A: state.horizontalScaling = reader.number.map { $0 / 100 } ?? 1  // Tz
    case 0x544C: state.leading = reader.number ?? state.leading  // TL
    case 0x5473: state.rise = reader.number ?? state.rise  // Ts
    case 0x5472: state.textMode = reader.number.map { Int(min(max($0, 0), 7)) } ?? 0  // Tr
    default: return false
    }
    return true
  }

  private mutating func move(_ reader: ContentReader) {
    guard let n = reader.numbers(2) else { return }
    lineMatrix.e += n[0] * lineMatrix.a + n[1] * lineMatrix.c
    lineMatrix.f += n[0] * lineMatrix.b + n[1] * lineMatrix.d
    textMatrix = lineMatrix
  }

  private mutating func nextLine() {
    lineMatrix.e -= state.leading * lineMatrix.c
    lineMatrix.f -= state.leading * lineMatrix.d
    textMatrix = lineMatrix
  }

  private mutating func endText() {
    guard let outline = textClip else { return }
    textClip = nil
    clip(to: outline, isEvenOdd: false)
  }

  private mutating func showLast(_ reader: ContentReader, depth: Int) {
    guard case .string(let start, let end)? = reader.operands.last else { return }
    show(reader.strings[start..<end], depth: depth)
  }

  private mutating func showSpaced(_ reader: ContentReader, depth: Int) {
    for operand in reader.operands {
      switch operand {
      case .string(let start, let end): show(reader.strings[start..<end], depth: depth)
      case .number(let amount):
        let distance = -amount / 1000 * state.fontSize
        if state.font?.font.isVertical == true {
          advance(0, distance)
        } else {
          advance(distance * state.horizontalScaling, 0)
        }
      default: break
      }
    }
  }

  private mutating func advance(_ x: Double, _ y: Double) {
    textMatrix.e += x * textMatrix.a + y * textMatrix.c
    textMatrix.f += x * textMatrix.b + y * textMatrix.d
  }

  /// Shows a string (§9.4.3).
  private mutating func show(_ string: ArraySlice<UInt8>, depth: Int) {
    guard let font = state.font, !string.isEmpty else { return }
    let isVertical = font.font.isVertical
    for glyph in font.glyphs(of: string) {
      shared.budget -= Self.glyphCost
      guard shared.budget > 0 else { return report.add(.limits) }
      // From the em to text space.
      let size = Matrix(
        a: state.fontSize * state.horizontalScaling, d: state.fontSize, f: state.rise)
      let em = size.concatenated(textMatrix).concatenated(state.matrix)
      if !isHidden, em.isFinite, abs(em.e) < 1e6, abs(em.f) < 1e6 {
        draw(glyph, of: font, em: em, depth: depth)
      }
      let spacing = state.characterSpacing + (glyph.isSpace ? state.wordSpacing : 0)
      if isVertical {
        advance(0, glyph.advance * state.fontSize + spacing)
      } else {
        advance((glyph.advance * state.fontSize + spacing) * state.horizontalScaling, 0)
      }
    }
  }

  /// What a glyph costs in operators, so that a page of glyphs takes no longer than one of lines.
  private static let glyphCost = 4

  /// Draws a glyph.
  ///
  /// - Parameters:
  ///   - glyph: What to show.
  ///   - font: Its font.
  ///   - em: From the em, with y upwards, to the page.
  ///   - depth: The nesting of content streams.
  private mutating func draw(_ glyph: PageFont.Shown, of font: PageFont, em: Matrix, depth: Int) {
    var em = em
    let origin = glyph.origin.transformed(by: em)
    (em.e, em.f) = (origin.x, origin.y)
    guard abs(em.a * em.d - em.b * em.c) > 1e-9 else { return }
    if let type3 = font.type3 { return draw(glyph, of: font, type3, em: em, depth: depth) }
    let mode = state.textMode
    if mode >= 4 {
      let outline = font.outline(of: glyph)?.transformed(by: em)
      // Without its outline the glyph is shown as it is, and nothing is painted through it.
      if textClip == nil { textClip = Outline() }
      if let outline, outline.isFinite { textClip?.append(outline) }
      if outline == nil, !glyph.isBlank { report.add(.glyphs) }
    }
    text.add(glyph, em: em, state: state, display(of: glyph, font, em: em))
  }

  /// Draws a glyph of a Type 3 font: as text if an outline can stand for it.
  private mutating func draw(
    _ glyph: PageFont.Shown, of font: PageFont, _ type3: Type3Font, em: Matrix, depth: Int
  ) {
    guard state.textMode != 3, let fonts = font.webFonts, let written = fonts.write(glyph) else {
      drawType3(glyph, type3, em: em, depth: depth)
      return addText(of: glyph, font, em: em)
    }
    var glyph = glyph
    glyph.width /= fonts.embedded.unit
    // Other rendering modes have no effect (§9.3.6).
    var state = state
    state.textMode = 0
    let unit = Matrix(a: fonts.embedded.unit, d: fonts.embedded.unit)
    text.add(glyph, em: unit.concatenated(em), state: state, .web(fonts, written))
  }

  /// Adds the text of a Type 3 glyph, unseen, as high as the glyphs of the font are.
  private func addText(of glyph: PageFont.Shown, _ font: PageFont, em: Matrix) {
    let (ascent, descent) = (Double(font.font.ascent), Double(font.font.descent))
    let plain = FallbackFamily.plainHeights
    let size = (ascent - descent) / (plain.ascent - plain.descent)
    var text = glyph
    text.width /= size
    let raised = Matrix(a: size, d: size, f: ascent - plain.ascent * size)
    self.text.add(
      text, em: raised.concatenated(em), state: state,
      .unseen(.plain, usual: font.usualWidth(of: glyph)))
  }

  /// How a glyph is shown; one that no character can stand for is drawn at once.
  private func display(
    of glyph: PageFont.Shown, _ font: PageFont, em: Matrix
  ) -> TextWriter.Display {
    let isUnseen = state.textMode == 3 || state.textMode == 7 && font.embedded != nil
    if !isUnseen, let fonts = font.webFonts {
      if let written = fonts.write(glyph) { return .web(fonts, written) }
      draw(glyph, of: font, em: em)
    }
    let usual = font.usualWidth(of: glyph)
    if isUnseen || font.webFonts != nil { return .unseen(font.fallback, usual: usual) }
    if !glyph.isBlank { report.add(.font) }
    return .fallback(font.fallback, usual: usual)
  }

  /// Draws a glyph that no character stands for as a shape; equal ones are written once.
  ///
  /// It does not end the line of text that it belongs to.
  private func draw(_ glyph: PageFont.Shown, of font: PageFont, em: Matrix) {
    guard let number = font.embedded?.number, let index = glyph.glyph else { return }
    let bounds = Bounds(left: -1, top: -1, right: max(glyph.width, 1) + 1, bottom: 2)
      .transformed(by: em)
    guard !bounds.intersection(area).isEmpty else { return }
    let ink = TextInk(state)
    let key = "f\(number) \(index)"
    if ink.isFixed || shared.glyphs[key] == nil {
      guard let outline = font.outline(of: glyph), !outline.isEmpty, outline.isFinite else {
        return
      }
      if ink.isFixed {
        return canvas.addNow(state.item, bounds: bounds) { elements in
          elements.begin(.path)
          ink.write(over: nil, to: &elements)
          elements.set(.d, path: outline.transformed(by: em).path())
          elements.end()
        }
      }
      let identifier = canvas.newIdentifier(.glyph)
      shared.glyphs[key] = identifier
      canvas.define { definitions in
        definitions.begin(.path)
        definitions.set(id: identifier)
        definitions.set(.d, path: outline.transformed(by: Self.thousandfold).path())
        definitions.end()
      }
    }
    guard let identifier = shared.glyphs[key] else { return }
    canvas.addNow(state.item, bounds: bounds) { elements in
      elements.begin(.use)
      elements.set(href: identifier)
      elements.set(.transform, matrix: Matrix(a: 0.001, d: 0.001).concatenated(em).numbers)
      ink.write(over: nil, to: &elements)
      elements.end()
    }
  }

  /// Definitions are in thousandths of the em, so that two decimals suffice.
  private static let thousandfold = Matrix(a: 1000, d: 1000)
}

extension PageFont.Shown {
  /// Whether it is a space.
  var isBlank: Bool { scalars == [0x20] || scalars == [0xA0] || scalars == [0x3000] }
}
