internal import Markup
internal import PDF

extension Rasterizer {
  // MARK: Images

  mutating func drawImage(_ node: Int, _ context: Context) {
    guard let source = document.nodes[node].reference, let region = region(of: node),
      region.width > 0, region.height > 0
    else { return }
    let place = Matrix(a: region.width, d: region.height, e: region.left, f: region.top)
      .concatenated(context.matrix)
    let across = (place.a * place.a + place.b * place.b).squareRoot()
    let down = (place.c * place.c + place.d * place.d).squareRoot()
    let key = [source.lowerBound, Int(min(across, 1e6)), Int(min(down, 1e6))]
    if pictures[key] == nil {
      guard spend(source.count * 8),
        let picture = PictureReader.picture(document.bytes[source], size: (across, down))
      else {
        isPartial = true
        return
      }
      if pictures.count > 60 { pictures.removeAll() }
      pictures[key] = picture
    }
    guard var picture = pictures[key], let inverse = place.inverse else { return }
    picture.inverse = inverse.concatenated(
      Matrix(a: Double(picture.width), d: Double(picture.height)))
    picture.opacity = Float(min(max(document.number(.opacity, of: node) ?? 1, 0), 1))
    picture.isSmooth = document.value(.imageRendering, of: node) == nil
    var outline = Outline()
    outline.rectangle(0, 0, 1, 1)
    edges.removeAll()
    edges.add(outline, place)
    fill(.picture(picture), isEvenOdd: false, context)
  }

  // MARK: Paint

  /// What a value of `fill` or `stroke` paints with; nil for nothing.
  mutating func paint(
    _ value: ArraySlice<UInt8>?, _ opacity: Double, _ context: Context
  ) -> PixelPaint? {
    let opacity = Float(min(max(opacity, 0), 1))
    guard let value, opacity > 0 else { return nil }
    if let color = DrawnValues.color(value) { return .color(color * opacity) }
    guard let node = document.target(value) else { return nil }
    switch document.nodes[node].element {
    case .linearGradient?, .radialGradient?:
      return gradient(node, opacity, context.matrix).map { .gradient($0) }
    case .pattern?: return tile(node, opacity, context).map { .picture($0) }
    default: return nil
    }
  }

  private func gradient(_ node: Int, _ opacity: Float, _ matrix: Matrix) -> PixelGradient? {
    let own = document.matrix(.gradientTransform, of: node).map(Matrix.init(numbers:)) ?? Matrix()
    guard let inverse = own.concatenated(matrix).inverse else { return nil }
    func number(_ attribute: SVG.Attribute) -> Double { document.number(attribute, of: node) ?? 0 }
    var stops: [(offset: Double, color: PixelLayer.Pixel)] = []
    for child in document.children(of: node) {
      guard let color = document.value(.stopColor, of: child).flatMap(DrawnValues.color) else {
        continue
      }
      let share = Float(document.number(.stopOpacity, of: child) ?? 1) * opacity
      let offset = max(document.number(.offset, of: child) ?? 0, stops.last?.offset ?? 0)
      stops.append((offset, color * share))
    }
    guard !stops.isEmpty else { return nil }
    let shape: PixelGradient.Shape =
      document.nodes[node].element == .linearGradient
      ? .linear(
        from: Point(x: number(.x1), y: number(.y1)), to: Point(x: number(.x2), y: number(.y2)))
      : .radial(
        focus: Point(x: number(.fx), y: number(.fy)), inner: number(.fr),
        center: Point(x: number(.cx), y: number(.cy)), outer: number(.r))
    return PixelGradient(shape, inverse: inverse, stops: stops)
  }

  /// The largest side of the tile of a pattern, in pixels.
  private static let largestTile = 1024.0

  private mutating func tile(_ node: Int, _ opacity: Float, _ context: Context) -> PixelPicture? {
    guard let region = region(of: node), region.width > 0, region.height > 0 else { return nil }
    let own = document.matrix(.patternTransform, of: node).map(Matrix.init(numbers:)) ?? Matrix()
    let place = own.concatenated(context.matrix)
    guard place.isFinite, let inverse = place.inverse else { return nil }
    let key = [Double(node)] + place.numbers
    if tiles[key] == nil {
      func side(_ length: Double, _ x: Double, _ y: Double) -> Int {
        let pixels = length * (x * x + y * y).squareRoot()
        return Int(min(max(pixels.rounded(), 1), Self.largestTile))
      }
      let box = PixelBox(
        left: 0, top: 0, right: side(region.width, place.a, place.b),
        bottom: side(region.height, place.c, place.d))
      var inner = Context(
        matrix: Matrix(
          a: Double(box.width) / region.width, d: Double(box.height) / region.height,
          e: -region.left * Double(box.width) / region.width,
          f: -region.top * Double(box.height) / region.height), box: box)
      inner.depth = context.depth + 1
      // What is being filled is kept, since drawing the tile needs the edges.
      let content = nested(box) { $0.drawChildren(of: node, inner) }
      guard let content else { return nil }
      if tiles.count > 60 { tiles.removeAll() }
      tiles[key] = PixelPicture(
        width: box.width, height: box.height, pixels: content.pixels, repeats: true)
    }
    guard var tile = tiles[key] else { return nil }
    tile.opacity = opacity
    tile.inverse = inverse.concatenated(
      Matrix(
        a: Double(tile.width) / region.width, d: Double(tile.height) / region.height,
        e: -region.left * Double(tile.width) / region.width,
        f: -region.top * Double(tile.height) / region.height))
    return tile
  }
}
