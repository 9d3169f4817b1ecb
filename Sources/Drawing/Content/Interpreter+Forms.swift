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
    let needs = isGroup ? needs(of: stream) : []
    if document.isTrue(group?["K"]), !needs.isEmpty { report.add(.knockout) }
    let isIsolated = document.isTrue(group?["I"])
    if isGroup, !isPlain || isIsolated && needs.contains(.backdrop) {
      // Its blend modes would have to reach through the group to what is below.
      if !isIsolated, needs.contains(.backdrop) { report.add(.blendMode) }
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

  /// What makes the content of a group depend on how it is composed.
  private struct GroupNeeds: OptionSet {
    let rawValue: Int
    /// It has blend modes, which combine with what is below.
    static let backdrop = GroupNeeds(rawValue: 1)
    /// It is transparent in parts.
    static let transparency = GroupNeeds(rawValue: 2)
  }

  private func needs(of stream: Stream) -> GroupNeeds {
    let own = document.dictionary(stream.dictionary["Resources"])
    let states = document.dictionary(own?["ExtGState"]) ?? [:]
    var needs: GroupNeeds = []
    for object in states.values.prefix(100) {
      guard let state = document.dictionary(object) else { continue }
      if let mode = document.name(state["BM"]), mode != "Normal", mode != "Compatible" {
        needs.insert(.backdrop)
      }
      let isOpaque =
        ["ca", "CA"].allSatisfy { document.number(state[$0]).map { $0 >= 1 } ?? true }
        && document.dictionary(state["SMask"]) == nil
      if !isOpaque { needs.insert(.transparency) }
    }
    return needs
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
