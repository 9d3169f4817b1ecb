// ISO 32000-1 §12.5.5: appearance streams of annotations.

extension ContentInterpreter {
  /// Draws the appearance of annotations, such as completed form fields, over a drawn page
  /// (§12.5.5).
  mutating func drawAnnotations(_ annotations: Object?, matrix: Matrix) {
    for object in (document.array(annotations) ?? []).prefix(10_000) {
      guard let annotation = Annotation(object, document: document, layers: layers) else {
        continue
      }
      let dictionary = annotation.dictionary
      let rectangle = annotation.rectangle
      let field = FormField(dictionary, document: document)
      guard field?.isPassword != true else { continue }
      let first = page.glyphs.count
      state = GraphicsState()
      saved = []
      marks.removeAll()
      page.mark(as: marks.id)
      // The appearance of a comb field has separate letters; its value is the whole text.
      if field?.isComb != true, let form = annotation.appearance {
        state.matrix = annotation.placement(of: form, matrix: self.matrix(of: form))
          .concatenated(matrix)
        draw(form: form, Resources([:], document: document), depth: 0)
      }
      if page.glyphs.count == first, field != nil || annotation.appearance == nil,
        let value = AnnotationValue(dictionary, field, document: document)
      {
        show(value, in: rectangle, matrix: matrix)
      }
      if field != nil, page.glyphs[first...].contains(where: { $0.text > 0x20 }) {
        page.fields.append(
          Field(glyphs: first..<page.glyphs.count, box: rectangle.transformed(by: matrix)))
      }
    }
  }

  /// Shows the value of an annotation without an appearance, one line below the other.
  private mutating func show(_ value: AnnotationValue, in box: Page.Box, matrix: Matrix) {
    let box = box.transformed(by: matrix)
    guard [box.left, box.right, box.bottom, box.top].allSatisfy({ abs($0) < 1e6 }),
      box.right - box.left > 1, box.top - box.bottom > 1
    else { return }
    let top = box.top
    let height = (top - box.bottom) / Double(value.lines.count)
    let size = Float(min(max(height, 1), 12))
    let font = fonts.missing()?.index ?? 0
    page.set(.visible, from: page.glyphs.count)
    for (index, line) in value.lines.enumerated() {
      // Letters are about half as wide as they are high.
      let width = min(box.right - box.left, 0.5 * Double(size) * Double(line.count))
      guard page.glyphs.count < document.limits.pageGlyphs else { return }
      page.glyphs.append(
        Glyph(
          left: Float(box.left), right: Float(box.left + width),
          baseline: Float(top - height * (Double(index) + 0.8)), size: size,
          text: pool.text(line), direction: 0, font: font))
    }
  }
}
