// ISO 32000-1 §12.5.5: appearance streams of annotations.

extension ContentInterpreter {
  /// Draws what annotations show on a page that has been drawn, such as filled-in forms (§12.5.5).
  mutating func drawAnnotations(_ annotations: Object?, matrix: Matrix) {
    for annotation in (document.array(annotations) ?? []).prefix(10_000) {
      guard let dictionary = document.dictionary(annotation),
        document.name(dictionary["Subtype"]) != "Popup",
        // Neither hidden nor for print alone (table 165).
        (document.integer(dictionary["F"]) ?? 0) & 0b10_0010 == 0,
        !layers.hides(dictionary["OC"]), let rectangle = box(dictionary["Rect"])
      else { continue }
      guard let form = appearance(dictionary) else {
        if let value = AnnotationValue(dictionary, document: document) {
          show(value, in: rectangle, matrix: matrix)
        }
        continue
      }
      let bounds = box(form.dictionary["BBox"]) ?? rectangle
      state = GraphicsState()
      state.matrix = Matrix.fitting(bounds, turnedBy: self.matrix(of: form), into: rectangle)
        .concatenated(matrix)
      saved = []
      marks.removeAll()
      draw(form: form, Resources([:], document: document), depth: 0)
    }
  }

  /// Shows what an annotation without an appearance holds, a line below the other.
  private mutating func show(_ value: AnnotationValue, in box: Page.Box, matrix: Matrix) {
    let corners = [(box.left, box.bottom), (box.right, box.top)].map { x, y in
      (x: x * matrix.a + y * matrix.c + matrix.e, y: x * matrix.b + y * matrix.d + matrix.f)
    }
    guard corners.allSatisfy({ abs($0.x) < 1e6 && abs($0.y) < 1e6 }) else { return }
    let top = max(corners[0].y, corners[1].y)
    let height = (top - min(corners[0].y, corners[1].y)) / Double(value.lines.count)
    let size = Float(min(max(height, 1), 12))
    let font = fonts.missing()?.index ?? 0
    for (index, line) in value.lines.enumerated() {
      guard page.glyphs.count < document.limits.pageGlyphs else { return }
      page.glyphs.append(
        Glyph(
          left: Float(min(corners[0].x, corners[1].x)),
          right: Float(max(corners[0].x, corners[1].x)),
          baseline: Float(top - height * (Double(index) + 0.8)), size: size,
          text: pool.text(line), direction: 0, font: font))
    }
  }

  /// The normal appearance in the annotation's state.
  private func appearance(_ annotation: [String: Object]) -> Stream? {
    let normal = document.dictionary(annotation["AP"])?["N"]
    switch document.resolve(normal) {
    case .stream(let stream): return stream
    case .dictionary(let states):
      return document.name(annotation["AS"]).flatMap { document.stream(states[$0]) }
    default: return nil
    }
  }

  private func box(_ object: Object?) -> Page.Box? {
    guard let n = document.array(object)?.map({ document.number($0) ?? 0 }), n.count == 4 else {
      return nil
    }
    return Page.Box(
      left: min(n[0], n[2]), bottom: min(n[1], n[3]), right: max(n[0], n[2]), top: max(n[1], n[3]))
  }
}
