// ISO 32000-2 §8.10 (form XObjects), §11.4 and §11.6.6 (transparency groups), §12.5.5 (appearances).

internal import Markup
internal import PDF

extension Interpreter {
  mutating func drawObject(_ name: String, _ resources: Resources, depth: Int) {
    guard !isHidden, let object = resources.resource("XObject", name),
      let stream = document.stream(object)
    else { return }
    if layers.hides(stream.dictionary["OC"]) { return }
    if document.name(stream.dictionary["Subtype"]) == "Form" {
      draw(form: stream, resources, depth: depth)
    } else {
      draw(image: stream, resources)
    }
  }

  /// Draws a form in the current state.
  mutating func draw(form stream: Stream, _ resources: Resources, depth: Int) {
    guard depth < limits.nesting, forms.insert(stream.reference.number).inserted else { return }
    defer { forms.remove(stream.reference.number) }
    let group = document.dictionary(stream.dictionary["Group"])
    let isGroup = document.name(group?["S"]) == "Transparency"
    let isPlain =
      state.fillAlpha >= 1 && state.blend == nil && state.mask == nil
    if isGroup, !isPlain || needsIsolation(stream, resources) {
      drawGroup(stream, resources, depth: depth)
    } else {
      scoped { inner in inner.drawContent(of: stream, resources, depth: depth) }
    }
  }

  /// Draws a transparency group as one item.
  private mutating func drawGroup(_ stream: Stream, _ resources: Resources, depth: Int) {
    let outer = state
    var outline: Bounds?
    let canvas = canvas
    var copy = self
    let content = canvas.nested {
      copy.scoped { inner in
        inner.state.fillAlpha = 1
        inner.state.strokeAlpha = 1
        inner.state.blend = nil
        inner.state.mask = nil
        outline = inner.drawContent(of: stream, resources, depth: depth)
      }
    }
    guard !content.isEmpty else { return }
    canvas.add(outer.item, bounds: outline ?? area) { elements in
      elements.begin(.g)
      if outer.fillAlpha < 1 { elements.set(.opacity, outer.fillAlpha, digits: 3) }
      canvas.isolate(&elements)
      elements.append(content)
      elements.end()
    }
  }

  /// Whether blend modes in a group would reach what is outside of it.
  private func needsIsolation(_ stream: Stream, _ resources: Resources) -> Bool {
    let own = document.dictionary(stream.dictionary["Resources"])
    let states = document.dictionary(own?["ExtGState"]) ?? [:]
    return states.values.prefix(100).contains { object in
      guard let mode = document.dictionary(object)?["BM"] else { return false }
      return document.name(mode) != "Normal" && document.name(mode) != "Compatible"
    }
  }

  /// Draws the content of a form in its own space.
  ///
  /// - Returns: Its box on the page.
  @discardableResult
  mutating func drawContent(of stream: Stream, _ resources: Resources, depth: Int) -> Bounds? {
    let inner = matrix(of: stream).concatenated(state.matrix)
    guard inner.isFinite else { return nil }
    state.matrix = inner
    let outerBase = baseMatrix
    baseMatrix = inner
    defer { baseMatrix = outerBase }
    var box: Bounds?
    if let n = document.array(stream.dictionary["BBox"])?.map({ document.number($0) ?? 0 }),
      n.count == 4
    {
      var outline = Outline()
      outline.rectangle(n[0], n[1], n[2] - n[0], n[3] - n[1])
      outline = outline.transformed(by: state.matrix)
      clip(to: outline, isEvenOdd: false)
      box = outline.bounds
    }
    var own = resources
    if let dictionary = document.dictionary(stream.dictionary["Resources"]) {
      own = Resources(dictionary, document: document)
    }
    let content = document.decode(stream)
    if document.damagedStreams.contains(stream.reference.number) { report.add(.damaged) }
    interpret(content, resources: own, depth: depth + 1)
    return box
  }

  func matrix(of form: Stream) -> Matrix {
    guard let matrix = document.array(form.dictionary["Matrix"]), matrix.count == 6 else {
      return Matrix()
    }
    return Matrix(numbers: matrix.map { document.number($0) ?? 0 })
  }

  /// Draws the appearances of annotations, such as completed form fields, over the page.
  mutating func drawAnnotations(_ annotations: Object?) {
    let outer = state.matrix
    for object in (document.array(annotations) ?? []).prefix(10_000) {
      guard let annotation = Annotation(object, document: document, layers: layers) else {
        continue
      }
      guard let form = annotation.appearance else {
        if needsAppearance(annotation) { report.add(.annotation) }
        continue
      }
      let placement = annotation.placement(of: form, matrix: matrix(of: form))
      scoped { inner in
        inner.state = GraphicsState()
        inner.state.matrix = placement.concatenated(outer)
        inner.draw(form: form, Resources([:], document: inner.document), depth: 0)
      }
      text.endWord()
    }
  }

  /// Whether other readers show an annotation although it has no appearance.
  private func needsAppearance(_ annotation: Annotation) -> Bool {
    guard document.dictionary(annotation.dictionary["AP"]) == nil else { return false }
    switch document.name(annotation.dictionary["Subtype"]) {
    case "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline",
      "StrikeOut", "Squiggly", "Stamp", "Ink":
      return true
    case "Widget": return document.string(annotation.dictionary["V"])?.isEmpty == false
    default: return false
    }
  }

  // MARK: Soft masks

  /// Writes the mask of a soft-mask dictionary (§11.6.5.2).
  mutating func softMask(
    _ dictionary: [String: Object], _ resources: Resources, depth: Int
  ) -> SVGIdentifier? {
    guard let group = document.stream(dictionary["G"]), depth < limits.nesting,
      forms.insert(group.reference.number).inserted
    else {
      report.add(.softMask)
      return nil
    }
    defer { forms.remove(group.reference.number) }
    if let transfer = document.resolve(dictionary["TR"]), transfer.name != "Identity" {
      report.add(.softMask)
    }
    let isLuminosity = document.name(dictionary["S"]) != "Alpha"
    var backdrop: SVGColor?
    if isLuminosity, let components = document.array(dictionary["BC"]) {
      let space = ColorSpace.read(
        document.dictionary(group.dictionary["Group"])?["CS"], resources, in: document)
      backdrop = space.color(components.map { document.number($0) ?? 0 })
    }
    let canvas = canvas
    var copy = self
    let area = area
    let content = canvas.nested {
      copy.scoped { inner in
        let matrix = inner.state.matrix
        inner.state = GraphicsState()
        inner.state.matrix = matrix
        inner.text.collectsWords = false
        inner.drawContent(of: group, resources, depth: depth)
        inner.text.flush()
        inner.text.collectsWords = true
      }
    }
    let identifier = canvas.newIdentifier(.mask)
    canvas.define { definitions in
      definitions.begin(.mask)
      definitions.set(id: identifier)
      definitions.set(.maskUnits, "userSpaceOnUse")
      definitions.set(area)
      if !isLuminosity { definitions.set(.maskType, "alpha") }
      if let backdrop, backdrop != .black {
        definitions.begin(.path)
        definitions.set(.fill, backdrop)
        var path = SVGPath()
        path.rectangle(area.left, area.top, area.width, area.height)
        definitions.set(.d, path: path)
        definitions.end()
      }
      definitions.append(content)
      definitions.end()
    }
    return identifier
  }

  // MARK: Type 3 glyphs

  /// Draws a glyph of a Type 3 font (§9.6.4); equal ones are written once.
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
          inner.text.collectsWords = false
          let content = document.decode(stream)
          // A glyph without colours of its own begins with d1.
          inner.isUncolored = Self.isUncolored(content, nesting: document.limits.nesting)
          if inner.forms.insert(stream.reference.number).inserted {
            inner.interpret(
              content, resources: font.resources ?? Resources([:], document: document),
              depth: depth + 1)
          }
          inner.text.flush()
          inner.text.collectsWords = true
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

extension SVG {
  /// Sets x, y, width and height.
  mutating func set(_ bounds: Bounds) {
    set(.x, bounds.left)
    set(.y, bounds.top)
    set(.width, bounds.width)
    set(.height, bounds.height)
  }
}
