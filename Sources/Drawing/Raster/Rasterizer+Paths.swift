internal import Markup
internal import PDF

extension Rasterizer {
  // MARK: Clipping paths

  /// Narrows a context to a clipping path; false if nothing is left.
  mutating func clip(_ context: inout Context, _ node: Int?) -> Bool {
    guard let node, document.nodes[node].element == .clipPath else { return true }
    let limits = layer.box
    let key =
      [node, limits.left, limits.top, limits.right, limits.bottom].map(Double.init)
      + context.matrix.numbers
    let coverage: Coverage
    if let known = clips[key] {
      coverage = known
    } else {
      edges.removeAll()
      var isEvenOdd = false
      for child in document.children(of: node) {
        guard let path = document.value(.d, of: child) else { continue }
        edges.add(DrawnValues.outline(path), context.matrix)
        isEvenOdd = document.value(.clipRule, of: child)?.elementsEqual("evenodd".utf8) == true
      }
      let box = edges.box(in: limits)
      guard !box.isEmpty, spend(box.width * box.height + edges.count * 4) else { return false }
      coverage = self.coverage(box, isEvenOdd: isEvenOdd)
      if clips.count > 60 { clips.removeAll() }
      clips[key] = coverage
    }
    context.box = context.box.intersection(coverage.box)
    guard !context.box.isEmpty else { return false }
    // A clip that leaves whole pixels is the box alone.
    if coverage.values.allSatisfy({ $0 == 255 }) { return true }
    if let outer = context.clip {
      guard spend(context.box.width * context.box.height) else { return false }
      context.clip = outer.intersection(coverage)
      context.box = context.box.intersection(context.clip?.box ?? context.box)
    } else {
      context.clip = coverage
    }
    return !context.box.isEmpty
  }

  private mutating func coverage(_ box: PixelBox, isEvenOdd: Bool) -> Coverage {
    var values = [UInt8](repeating: 0, count: box.width * box.height)
    edges.fill(box, isEvenOdd: isEvenOdd) { y, shares in
      let start = (y - box.top) * box.width
      for x in 0..<box.width { values[start + x] = UInt8(shares[x] * 255 + 0.5) }
    }
    return Coverage(box: box, values: values)
  }

  // MARK: Paths

  mutating func drawPath(_ node: Int, _ context: Context) {
    guard let path = document.value(.d, of: node) else { return }
    guard spend(path.count) else { return }
    let outline = DrawnValues.outline(path)
    let appearance = Appearance(document, node, over: Appearance())
    fillAndStroke(outline, context.matrix, appearance, context)
  }

  /// Fills and strokes an outline.
  ///
  /// - Parameters:
  ///   - outline: The shape.
  ///   - matrix: From its space to pixels.
  ///   - appearance: How it looks.
  ///   - context: Where it is drawn; lines have their widths in its space.
  mutating func fillAndStroke(
    _ outline: Outline, _ matrix: Matrix, _ appearance: Appearance, _ context: Context
  ) {
    if let paint = paint(appearance.fill, appearance.fillOpacity, context) {
      edges.removeAll()
      edges.add(outline, matrix)
      fill(paint, isEvenOdd: appearance.isEvenOdd, context)
    }
    if let paint = paint(appearance.stroke, appearance.strokeOpacity, context) {
      let scale = max(context.matrix.scale, 1e-6)
      guard let inverse = context.matrix.inverse else { return }
      let local =
        matrix == context.matrix
        ? outline : outline.transformed(by: matrix.concatenated(inverse))
      var edges = EdgeList()
      swap(&edges, &self.edges)
      edges.removeAll()
      appearance.line.stroke(local, tolerance: 0.1 / scale) { polygon in
        edges.add(polygon: polygon, context.matrix)
      }
      swap(&edges, &self.edges)
      fill(paint, isEvenOdd: false, context)
    }
  }

  /// Fills the shape of the edges.
  mutating func fill(_ paint: PixelPaint, isEvenOdd: Bool, _ context: Context) {
    let box = edges.box(in: context.box)
    guard !box.isEmpty, spend(box.width * box.height * 2 + edges.count * 4) else { return }
    let width = layer.box.width
    let origin = layer.box
    var edges = EdgeList()
    swap(&edges, &self.edges)
    edges.fill(box, isEvenOdd: isEvenOdd) { y, shares in
      if let clip = context.clip {
        let row = clip.row(y)
        for x in 0..<box.width where shares[x] > 0 {
          let place = box.left + x - clip.box.left
          let isInside = !row.isEmpty && place >= 0 && place < row.count
          shares[x] *= isInside ? Float(row[row.startIndex + place]) / 255 : 0
        }
      }
      let start = (y - origin.top) * width + box.left - origin.left
      switch paint {
      case .color(let color):
        for x in 0..<box.width where shares[x] > 0 {
          let source = color * shares[x]
          layer.pixels[start + x] = source + layer.pixels[start + x] * (1 - source.w)
        }
      case .gradient(let gradient):
        for x in 0..<box.width where shares[x] > 0 {
          let source =
            gradient.color(Double(box.left + x) + 0.5, Double(y) + 0.5) * shares[x]
          layer.pixels[start + x] = source + layer.pixels[start + x] * (1 - source.w)
        }
      case .picture(let picture):
        for x in 0..<box.width where shares[x] > 0 {
          let source = picture.color(Double(box.left + x) + 0.5, Double(y) + 0.5) * shares[x]
          layer.pixels[start + x] = source + layer.pixels[start + x] * (1 - source.w)
        }
      }
    }
    swap(&edges, &self.edges)
  }
}
