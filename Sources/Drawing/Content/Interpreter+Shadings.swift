// ISO 32000-2 §8.7.4: shadings.

internal import Markup
internal import PDF

extension Interpreter {
  /// Fills the clipping path with a shading.
  mutating func fillShading(_ name: String, _ resources: Resources) {
    guard !isUncolored, let object = resources.resource("Shading", name) else { return }
    let outer = state
    defer { state = outer }
    let dictionary = document.stream(object)?.dictionary ?? document.dictionary(object)
    if let n = document.array(dictionary?["BBox"])?.map({ document.number($0) ?? 0 }), n.count == 4
    {
      var outline = Outline()
      outline.rectangle(n[0], n[1], n[2] - n[0], n[3] - n[1])
      clip(to: outline.transformed(by: state.matrix), isEvenOdd: false)
    }
    let visible = state.clip.map { area.intersection($0.bounds) } ?? area
    guard !visible.isEmpty,
      let shading = shading(object, state.matrix, resources, visible: visible)
    else { return }
    switch shading {
    case .gradient(let gradient):
      state.fill = .reference(define(gradient, state.matrix))
      var outline = Outline()
      outline.rectangle(visible.left, visible.top, visible.width, visible.height)
      draw(outline, fills: true, strokes: false, isEvenOdd: false)
    case .raster(let raster):
      let alpha = state.fillAlpha
      canvas.add(state.item, bounds: raster.bounds) { elements in
        Self.write(raster.picture, raster.matrix, alpha: alpha, &elements)
      }
    }
  }

  /// The paint of a shading pattern.
  mutating func shadingPaint(_ object: Object?, _ matrix: Matrix, _ resources: Resources) -> Paint {
    guard let shading = shading(object, matrix, resources, visible: area) else { return .none }
    let dictionary = document.stream(object)?.dictionary ?? document.dictionary(object) ?? [:]
    var background: SVGColor?
    if let values = document.array(dictionary["Background"]) {
      let space = ColorSpace.read(dictionary["ColorSpace"], resources, in: document)
      background = space.color(values.map { document.number($0) ?? 0 })
    }
    switch shading {
    case .gradient(let gradient):
      let identifier = define(gradient, matrix)
      guard let background else { return .reference(identifier) }
      return pattern(over: area, background) { definitions in
        definitions.begin(.path)
        definitions.set(.fill, reference: identifier)
        definitions.set(.d, path: area.path)
        definitions.end()
      }
    case .raster(let raster):
      // Browsers draw no tiles as large as the area inside a pattern or glyph.
      let around = raster.bounds.inset(by: -4 * max(raster.bounds.width, raster.bounds.height))
      return pattern(over: isOnPage ? area : around, background) { definitions in
        Self.write(raster.picture, raster.matrix, alpha: 1, &definitions)
      }
    }
  }

  /// Whether what is drawn is on the page, and not in a pattern or glyph of unknown size.
  var isOnPage: Bool { area.width < 1e5 }

  private func define(_ gradient: Gradient, _ matrix: Matrix) -> SVGIdentifier {
    let identifier = canvas.newIdentifier(.gradient)
    canvas.define { gradient.write(identifier, matrix: matrix, to: &$0) }
    return identifier
  }

  /// A shading as it can be written.
  private enum Shading {
    case gradient(Gradient)
    case raster(ShadingRaster)
  }

  /// Reads a shading; nil, after reporting it, if it is not drawn.
  private func shading(
    _ object: Object?, _ matrix: Matrix, _ resources: Resources, visible: Bounds
  ) -> Shading? {
    let stream = document.stream(object)
    guard let dictionary = stream?.dictionary ?? document.dictionary(object) else { return nil }
    let type = document.integer(dictionary["ShadingType"]) ?? 0
    let space = ColorSpace.read(dictionary["ColorSpace"], resources, in: document)
    guard shared.work.spend(1000) else { return nil }
    switch type {
    case 1:
      return functionRaster(dictionary, space, matrix, visible).map { .raster($0) }
    case 2, 3:
      guard
        let gradient = Gradient(dictionary, space: space, in: document, work: shared.work)
      else { break }
      guard gradient.needsRaster, let inverse = matrix.inverse,
        var raster = ShadingRaster(
          visible, mostPixels: limits.shadingPixels, work: shared.work, cost: 20)
      else { return .gradient(gradient) }
      raster.fill { gradient.color(at: $0.transformed(by: inverse)) }
      return .raster(raster)
    case 4...7:
      guard let stream,
        let mesh = MeshShading(stream, space: space, matrix: matrix, in: document)
      else {
        report.add(.meshShading)
        return nil
      }
      guard
        var raster = ShadingRaster(
          mesh.bounds.intersection(visible), mostPixels: limits.imagePixels / 4,
          work: shared.work, cost: 10, palette: mesh.palette)
      else { return nil }
      mesh.paint(into: &raster)
      return .raster(raster)
    default: break
    }
    report.add(.shading)
    return nil
  }

  /// A shading whose colours are a function of the place (§8.7.4.5.2).
  private func functionRaster(
    _ dictionary: [String: Object], _ space: ColorSpace, _ matrix: Matrix, _ visible: Bounds
  ) -> ShadingRaster? {
    func numbers(_ key: String) -> [Double] {
      (document.array(dictionary[key]) ?? []).map { document.number($0) ?? 0 }
    }
    let domain = numbers("Domain").count == 4 ? numbers("Domain") : [0, 1, 0, 1]
    let own = numbers("Matrix").count == 6 ? Matrix(numbers: numbers("Matrix")) : Matrix()
    let placed = own.concatenated(matrix)
    let box = Bounds(left: domain[0], top: domain[2], right: domain[1], bottom: domain[3])
    guard let function = Function(dictionary["Function"], in: document), placed.isFinite,
      let inverse = placed.inverse
    else {
      report.add(.shading)
      return nil
    }
    guard
      var raster = ShadingRaster(
        box.transformed(by: placed).intersection(visible), mostPixels: limits.shadingPixels,
        work: shared.work, cost: 20 + function.cost + space.cost)
    else { return nil }
    raster.fill { point in
      let input = point.transformed(by: inverse)
      guard input.x >= box.left, input.x <= box.right, input.y >= box.top, input.y <= box.bottom
      else { return nil }
      return space.color(function.values([input.x, input.y]))
    }
    return raster
  }

  /// A pattern of a single tile.
  private func pattern(
    over tile: Bounds, _ background: SVGColor?, _ write: (inout SVG) -> Void
  ) -> Paint {
    let identifier = canvas.newIdentifier(.pattern)
    canvas.define { definitions in
      definitions.begin(.pattern)
      definitions.set(id: identifier)
      definitions.set(.patternUnits, "userSpaceOnUse")
      definitions.set(tile)
      definitions.beginContent(of: tile)
      if let background {
        definitions.begin(.path)
        definitions.set(.fill, background)
        definitions.set(.d, path: tile.path)
        definitions.end()
      }
      write(&definitions)
      definitions.end()
      definitions.end()
    }
    return .reference(identifier)
  }
}

extension SVG {
  /// Begins a group for the content of a pattern's tile, whose origin is the corner of the tile.
  mutating func beginContent(of tile: Bounds) {
    begin(.g)
    if tile.left != 0 || tile.top != 0 {
      set(.transform, matrix: [1, 0, 0, 1, -tile.left, -tile.top])
    }
  }
}
