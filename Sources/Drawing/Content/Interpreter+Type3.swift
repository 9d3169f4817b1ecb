// ISO 32000-2 §9.6.4: Type 3 fonts.

internal import Markup
internal import PDF

extension Interpreter {
  /// Draws a glyph of a Type 3 font; equal ones are written once.
  mutating func drawType3(_ glyph: PageFont.Shown, _ font: Type3Font, em: Matrix, depth: Int) {
    guard let code = glyph.glyph, let stream = font.stream(code), depth < limits.nesting,
      state.textMode != 3
    else { return }
    let place = font.matrix.concatenated(em)
    guard place.isFinite, place.inverse != nil else { return }
    let key = "\(stream.reference.number) \(state.fill) \(place.scale > 1e-3 ? "" : "small")"
    let identifier: SVGIdentifier
    var bounds = Bounds(left: 0, top: -1, right: max(glyph.width, 1), bottom: 1)
    bounds = Bounds(
      left: bounds.left - 1, top: bounds.top - 1, right: bounds.right + 1, bottom: bounds.bottom + 1
    ).transformed(by: em)
    guard !bounds.intersection(area).isEmpty else { return }
    if let known = shared.glyphs[key] {
      identifier = known
    } else {
      identifier = define(stream, font, depth: depth)
      shared.glyphs[key] = identifier
    }
    // The definition is in thousandths of the em, so that two decimals suffice.
    let use = Matrix(a: 0.001, d: 0.001).concatenated(em)
    let state = state
    // The glyphs' own text, which is not shown, is collected meanwhile.
    text.flushShown()
    canvas.addNow(state.item, bounds: bounds) { elements in
      elements.begin(.use)
      elements.set(href: identifier)
      if state.fillAlpha < 1 { elements.set(.opacity, state.fillAlpha, digits: 3) }
      elements.set(.transform, matrix: use.numbers)
      elements.end()
    }
  }

  private mutating func define(_ stream: Stream, _ font: Type3Font, depth: Int) -> SVGIdentifier {
    let canvas = canvas
    var copy = self
    var content = SVG()
    text.suspended {
      content = canvas.nested {
        copy.scoped { inner in
          let fill = inner.state.fill
          inner.state = GraphicsState()
          inner.state.fill = fill
          inner.state.stroke = fill
          inner.state.matrix = font.matrix.concatenated(Matrix(a: 1000, d: 1000))
          inner.baseMatrix = inner.state.matrix
          inner.area = Bounds(left: -1e8, top: -1e8, right: 1e8, bottom: 1e8)
          let content = document.decode(stream)
          // A glyph without colours of its own begins with d1.
          inner.isUncolored = Self.isUncolored(content, nesting: document.limits.nesting)
          if inner.forms.insert(stream.reference.number).inserted {
            inner.interpret(
              content, resources: font.resources ?? Resources([:], document: document),
              depth: depth + 1)
          }
          inner.text.flush()
        }
      }
    }
    let identifier = canvas.newIdentifier(.glyph)
    canvas.define { definitions in
      definitions.begin(.g)
      definitions.set(id: identifier)
      definitions.append(content)
      definitions.end()
    }
    return identifier
  }

  private static func isUncolored(_ content: [UInt8], nesting: Int) -> Bool {
    var reader = ContentReader(Array(content.prefix(512)), nesting: nesting)
    for _ in 0..<4 {
      guard let name = reader.next() else { return false }
      if name == 0x6431 { return true }  // d1
      if name == 0x6430 { return false }  // d0
    }
    return false
  }
}
