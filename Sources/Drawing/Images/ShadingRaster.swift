internal import Compression
internal import Markup
internal import PDF

/// A picture of a shading that SVG has no gradient for.
struct ShadingRaster {
  /// A corner of a triangle: its place on the page, and its colour or function input.
  struct Vertex {
    var point: Point
    /// Red, green and blue from 0 to 255; with a palette only the first counts, from 0 to 1.
    var shade: SIMD3<Double>
  }

  /// The part of the page that it covers.
  let bounds: Bounds
  private let columns: Int
  private let lines: Int
  /// Colors of the first component of a vertex, for meshes with a function.
  private let palette: [SVGColor]?
  /// Red, green, blue and opacity.
  private var pixels: [UInt8]
  private let work: WorkBudget

  /// Pixels per point: twice those of a page across a common screen.
  private static let density = 2.0

  /// Creates an empty picture; nil for a part that has no size, or without work left.
  ///
  /// - Parameters:
  ///   - bounds: The part of the page.
  ///   - mostPixels: The most pixels.
  ///   - work: What it takes.
  ///   - cost: What a pixel takes of it.
  ///   - palette: The colours of a mesh with a function.
  init?(
    _ bounds: Bounds, mostPixels: Int, work: WorkBudget, cost: Int, palette: [SVGColor]? = nil
  ) {
    guard bounds.width > 0, bounds.height > 0, bounds.width < 1e6, bounds.height < 1e6 else {
      return nil
    }
    // Expensive functions get fewer pixels.
    let mostPixels = max(min(mostPixels, work.remaining / 4 / cost), 64)
    let most = (Double(mostPixels) / (bounds.width * bounds.height)).squareRoot()
    let scale = min(Self.density, most)
    columns = max(1, Int((bounds.width * scale).rounded(.up)))
    lines = max(1, Int((bounds.height * scale).rounded(.up)))
    guard columns * lines <= 4 * mostPixels, work.spend(columns * lines * cost) else { return nil }
    self.work = work
    self.bounds = bounds
    self.palette = palette
    pixels = [UInt8](repeating: 0, count: columns * lines * 4)
  }

  var picture: DrawnImage.Picture {
    let file = PNGWriter(width: columns, height: lines, pixels: .rgba).image(pixels)
    return DrawnImage.Picture(file: file, width: columns, height: lines, isInterpolated: true)
  }

  /// From the unit square to the page.
  var matrix: Matrix {
    Matrix(a: bounds.width, d: bounds.height, e: bounds.left, f: bounds.top)
  }

  /// Sets each pixel to the colour at its centre; nil leaves it transparent.
  mutating func fill(_ color: (Point) -> SVGColor?) {
    let (width, height) = (bounds.width / Double(columns), bounds.height / Double(lines))
    for line in 0..<lines {
      let y = bounds.top + (Double(line) + 0.5) * height
      for column in 0..<columns {
        let x = bounds.left + (Double(column) + 0.5) * width
        if let color = color(Point(x: x, y: y)) {
          set(line * columns + column, color)
        }
      }
    }
  }

  /// Paints a triangle whose colours are interpolated between its corners.
  mutating func paint(_ first: Vertex, _ second: Vertex, _ third: Vertex) {
    let (a, b, c) = (pixel(first.point), pixel(second.point), pixel(third.point))
    let area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
    guard area.isFinite, abs(area) > 1e-9 else { return }
    let top = max(0, min(a.y, b.y, c.y).rounded(.down))
    let bottom = min(Double(lines - 1), max(a.y, b.y, c.y).rounded(.up))
    let left = max(0, min(a.x, b.x, c.x).rounded(.down))
    let right = min(Double(columns - 1), max(a.x, b.x, c.x).rounded(.up))
    guard top <= bottom, left <= right else { return }
    let (firstColumn, lastColumn) = (Int(left), Int(right))
    // Neighbours share the pixels on their edge, so that there is no gap between them.
    let slack = -0.5 / max(abs(area).squareRoot(), 1)
    guard work.spend(20) else { return }
    for line in Int(top)...Int(bottom) {
      guard work.spend(lastColumn - firstColumn + 1) else { return }
      let y = Double(line) + 0.5
      for column in firstColumn...lastColumn {
        let x = Double(column) + 0.5
        let toSecond = ((x - a.x) * (c.y - a.y) - (c.x - a.x) * (y - a.y)) / area
        let toThird = ((b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y)) / area
        let toFirst = 1 - toSecond - toThird
        guard toFirst >= slack, toSecond >= slack, toThird >= slack else { continue }
        let shade = first.shade * toFirst + second.shade * toSecond + third.shade * toThird
        set(line * columns + column, color(shade))
      }
    }
  }

  private func pixel(_ point: Point) -> Point {
    Point(
      x: (point.x - bounds.left) / bounds.width * Double(columns),
      y: (point.y - bounds.top) / bounds.height * Double(lines))
  }

  private func color(_ shade: SIMD3<Double>) -> SVGColor {
    if let palette {
      let place = min(max(shade.x, 0), 1) * Double(palette.count - 1)
      return palette[Int(place.rounded())]
    }
    func byte(_ value: Double) -> UInt8 { UInt8(min(max(value, 0), 255).rounded()) }
    return SVGColor(red: byte(shade.x), green: byte(shade.y), blue: byte(shade.z))
  }

  private mutating func set(_ place: Int, _ color: SVGColor) {
    pixels[4 * place] = color.red
    pixels[4 * place + 1] = color.green
    pixels[4 * place + 2] = color.blue
    pixels[4 * place + 3] = 255
  }
}
