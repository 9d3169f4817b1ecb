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
    if let type3 = font.type3 {
      drawType3(glyph, type3, em: em, depth: depth)
      text.add(glyph, em: em, webFonts: nil, state: state, fallback: .plain, isShown: false)
      return
    }
    let mode = state.textMode
    if mode >= 4, let embedded = font.embedded, let index = glyph.glyph {
      let units = 1 / embedded.program.unitsPerEm
      let outline = embedded.program.outline(of: index)
        .transformed(by: Matrix(a: units, d: units).concatenated(em))
      if textClip == nil { textClip = Outline() }
      if outline.isFinite { textClip?.append(outline) }
    } else if mode >= 4, !glyph.isBlank {
      // Without its outline the glyph is shown as it is, and nothing is painted through it.
      if textClip == nil { textClip = Outline() }
      report.add(.glyphs)
    }
    let isShown = mode != 3 && (mode != 7 || font.embedded == nil)
    if isShown, font.embedded == nil, !glyph.isBlank { report.add(.font) }
    text.add(
      glyph, em: em, webFonts: font.webFonts, state: state, fallback: font.fallback,
      isShown: isShown)
  }
}

extension PageFont.Shown {
  /// Whether it is a space.
  var isBlank: Bool { scalars == [0x20] || scalars == [0xA0] || scalars == [0x3000] }
}
