internal import PDF

/// What pixels are painted with.
enum PixelPaint {
  /// A premultiplied colour.
  case color(PixelLayer.Pixel)
  case gradient(PixelGradient)
  case picture(PixelPicture)
}

/// A linear or radial gradient, with the first and the last colour beyond its ends.
struct PixelGradient {
  enum Shape {
    case linear(from: Point, to: Point)
    case radial(focus: Point, inner: Double, center: Point, outer: Double)
  }

  let shape: Shape
  /// From pixels to the space of the gradient.
  let inverse: Matrix
  private let colors: [PixelLayer.Pixel]

  private static let steps = 255

  /// - Parameters:
  ///   - shape: Its geometry.
  ///   - inverse: From pixels to the space of the geometry.
  ///   - stops: Premultiplied colours; at least one.
  init(
    _ shape: Shape, inverse: Matrix, stops: [(offset: Double, color: PixelLayer.Pixel)]
  ) {
    self.shape = shape
    self.inverse = inverse
    colors = (0...Self.steps).map { step in
      let place = Double(step) / Double(Self.steps)
      guard let next = stops.firstIndex(where: { $0.offset > place }) else {
        return stops[stops.count - 1].color
      }
      guard next > 0 else { return stops[0].color }
      let (before, after) = (stops[next - 1], stops[next])
      let part = Float((place - before.offset) / (after.offset - before.offset))
      return before.color + (after.color - before.color) * part
    }
    first = stops[0].color
    last = stops[stops.count - 1].color
  }

  private let first: PixelLayer.Pixel
  private let last: PixelLayer.Pixel

  func color(_ x: Double, _ y: Double) -> PixelLayer.Pixel {
    let point = Point(x: x, y: y).transformed(by: inverse)
    guard let place = place(point), !place.isNaN else { return .zero }
    if place < 0 { return first }
    if place > 1 { return last }
    return colors[Int((place * Double(Self.steps)).rounded())]
  }

  private func place(_ point: Point) -> Double? {
    switch shape {
    case .linear(let from, let to):
      let (dx, dy) = (to.x - from.x, to.y - from.y)
      let squared = dx * dx + dy * dy
      return squared > 0 ? ((point.x - from.x) * dx + (point.y - from.y) * dy) / squared : 2
    case .radial(let focus, let inner, let center, let outer):
      let (cx, cy) = (center.x - focus.x, center.y - focus.y)
      let (px, py) = (point.x - focus.x, point.y - focus.y)
      let growth = outer - inner
      let a = cx * cx + cy * cy - growth * growth
      let b = px * cx + py * cy + inner * growth
      let c = px * px + py * py - inner * inner
      if abs(a) < 1e-9 {
        let place = b == 0 ? 2 : c / (2 * b)
        return inner + place * growth >= 0 ? place : nil
      }
      let discriminant = b * b - a * c
      guard discriminant >= 0 else { return nil }
      let root = discriminant.squareRoot()
      let places = [(b + root) / a, (b - root) / a].sorted(by: >)
      return places.first { inner + $0 * growth >= 0 }
    }
  }
}

/// A picture or the tile of a pattern.
struct PixelPicture {
  let width: Int
  let height: Int
  let pixels: [PixelLayer.Pixel]
  /// From pixels of the page to those of the picture.
  var inverse = Matrix()
  /// Whether it repeats.
  var repeats = false
  var opacity: Float = 1
  /// Whether larger pixels of it blend into each other.
  var isSmooth = true

  /// The colour at a place, between the nearest four pixels.
  func color(_ x: Double, _ y: Double) -> PixelLayer.Pixel {
    let point = Point(x: x, y: y).transformed(by: inverse)
    guard abs(point.x) < 1e9, abs(point.y) < 1e9, width > 0, height > 0 else { return .zero }
    guard isSmooth else {
      let (column, row) = (Int(point.x.rounded(.down)), Int(point.y.rounded(.down)))
      return pixels[place(row, height) * width + place(column, width)] * opacity
    }
    let (left, top) = (point.x - 0.5, point.y - 0.5)
    let (x0, y0) = (left.rounded(.down), top.rounded(.down))
    let (across, down) = (Float(left - x0), Float(top - y0))
    let (column, row) = (place(Int(x0), width), place(Int(y0), height))
    let (nextColumn, nextRow) = (place(Int(x0) + 1, width), place(Int(y0) + 1, height))
    let (first, second) = (row * width, nextRow * width)
    let upper = pixels[first + column] * (1 - across) + pixels[first + nextColumn] * across
    let lower = pixels[second + column] * (1 - across) + pixels[second + nextColumn] * across
    return (upper * (1 - down) + lower * down) * opacity
  }

  private func place(_ index: Int, _ count: Int) -> Int {
    if repeats {
      let rest = index % count
      return rest < 0 ? rest + count : rest
    }
    return min(max(index, 0), count - 1)
  }
}
