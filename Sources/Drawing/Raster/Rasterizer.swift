internal import Markup
internal import PDF

/// Draws the elements of a drawing into layers of pixels.
struct Rasterizer {
  /// Where and how an element is drawn.
  struct Context {
    /// From the element's space to pixels.
    var matrix: Matrix
    /// The visible pixels.
    var box: PixelBox
    /// How much of them is visible.
    var clip: Coverage?
    var depth = 0
  }

  let document: DrawnDocument
  let style: DrawnStyle
  var layer: PixelLayer
  var edges = EdgeList()
  var isPartial = false
  /// What may still be done, in pixels and edges.
  private var work: Int
  var fonts: [String: DrawnFont] = [:]
  /// By the place of their source and the size.
  var pictures: [[Int]: PixelPicture] = [:]
  var clips: [[Double]: Coverage] = [:]
  var tiles: [[Double]: PixelPicture] = [:]
  /// The number of layers that are being drawn.
  private var layerCount = 1

  private static let deepest = 100
  private static let mostLayers = 16

  init(document: DrawnDocument, area: PixelBox, work: Int) {
    self.document = document
    self.work = work
    style = DrawnStyle(document.bytes[document.style])
    layer = PixelLayer(box: area)
  }

  /// Whether there is time for some more work.
  mutating func spend(_ amount: Int) -> Bool {
    work -= amount
    if work <= 0 { isPartial = true }
    return work > 0
  }

  // MARK: Elements

  mutating func drawChildren(of node: Int, _ context: Context) {
    for child in document.children(of: node) { draw(child, context) }
  }

  private mutating func draw(_ node: Int, _ context: Context) {
    guard let element = document.nodes[node].element, context.depth < Self.deepest,
      !context.box.isEmpty, spend(20)
    else { return }
    var context = context
    context.depth += 1
    switch element {
    case .defs, .clipPath, .mask, .pattern, .linearGradient, .radialGradient, .stop, .title,
      .filter, .feComponentTransfer, .feFuncR, .feFuncG, .feFuncB, .feFuncA:
      return
    case .svg, .g, .use, .path, .text, .image, .tspan: break
    }
    if let numbers = document.matrix(.transform, of: node) {
      context.matrix = Matrix(numbers: numbers).concatenated(context.matrix)
    }
    guard context.matrix.isFinite else { return }
    if let clip = document.value(.clipPath, of: node) {
      guard self.clip(&context, document.target(clip)) else { return }
    }
    let name = document.value(.class, of: node).map { String(decoding: $0, as: UTF8.self) }
    let blend = name.flatMap { style.blendModes[$0] }
    let mask = document.value(.mask, of: node)
    let isGroup = element == .g || element == .use
    let opacity = isGroup ? document.number(.opacity, of: node) ?? 1 : 1
    let filter = document.target(document.value(.filter, of: node))
    guard blend != nil || mask != nil || filter != nil || opacity < 1 || name == SVGStyle.isolated
    else {
      return drawContent(node, element, context)
    }
    var composition = PixelLayer.Composition(
      opacity: Float(min(max(opacity, 0), 1)), clip: context.clip, blend: blend)
    context.clip = nil
    if let mask {
      guard let content = self.mask(document.target(mask), context) else { return }
      composition.mask = content
      context.box = context.box.intersection(content.box)
    }
    let content = nested(context.box) { rasterizer in
      rasterizer.drawContent(node, element, context)
    }
    guard var content else { return }
    if let filter { content.transfer(transferTables(of: filter)) }
    layer.add(content, composition)
  }

  private mutating func drawContent(_ node: Int, _ element: SVG.Element, _ context: Context) {
    switch element {
    case .g, .svg: drawChildren(of: node, context)
    case .use:
      if let target = document.target(document.nodes[node].reference.map({ document.bytes[$0] })) {
        draw(target, context)
      }
    case .path: drawPath(node, context)
    case .image: drawImage(node, context)
    case .text: drawText(node, context)
    default: break
    }
  }

  /// The tables of a filter for red, green, blue and opacity; empty for what it leaves as it is.
  private func transferTables(of filter: Int) -> [[Float]] {
    var tables = [[Float]](repeating: [], count: 4)
    for transfer in document.children(of: filter) {
      for function in document.children(of: transfer) {
        let channels: [SVG.Element] = [.feFuncR, .feFuncG, .feFuncB, .feFuncA]
        guard let channel = channels.firstIndex(where: { $0 == document.nodes[function].element }),
          let values = document.value(.tableValues, of: function)
        else { continue }
        tables[channel] = DrawnValues.numbers(values, most: 1000).map(Float.init)
      }
    }
    return tables
  }

  /// Draws into a layer of its own.
  mutating func nested(
    _ box: PixelBox, _ body: (inout Rasterizer) -> Void
  ) -> PixelLayer? {
    guard !box.isEmpty, layerCount < Self.mostLayers, spend(2 * box.width * box.height) else {
      isPartial = isPartial || !box.isEmpty
      return nil
    }
    layerCount += 1
    var other = PixelLayer(box: box)
    swap(&layer, &other)
    body(&self)
    swap(&layer, &other)
    layerCount -= 1
    return other
  }

  private mutating func mask(_ node: Int?, _ context: Context) -> PixelMask? {
    guard let node, document.nodes[node].element == .mask else { return nil }
    var inner = context
    if let region = region(of: node) {
      inner.box = inner.box.intersection(
        PixelBox(around: region.transformed(by: context.matrix)))
    }
    let content = nested(inner.box) { $0.drawChildren(of: node, inner) }
    return content.map { layer in
      PixelMask(
        layer, byOpacity: document.value(.maskType, of: node)?.elementsEqual("alpha".utf8) == true)
    }
  }

  /// The box of an element's x, y, width and height.
  func region(of node: Int) -> Bounds? {
    guard let width = document.number(.width, of: node),
      let height = document.number(.height, of: node)
    else { return nil }
    let (x, y) = (document.number(.x, of: node) ?? 0, document.number(.y, of: node) ?? 0)
    return Bounds(left: x, top: y, right: x + width, bottom: y + height)
  }
}
