import Markup

/// An image of coverage: how much of each pixel has the text colour, and which have the accent
/// colour.
struct Raster {
  let width: Int
  let height: Int
  /// From 0, the background, to ``Raster/solid``; ``Raster/accent`` is the accent colour.
  private(set) var pixels: [UInt8]

  static let solid = 63
  static let accent: UInt8 = 64

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    pixels = [UInt8](repeating: 0, count: width * height)
  }

  mutating func fill(x: Range<Int>, y: Range<Int>, with value: UInt8) {
    for row in y.clamped(to: 0..<height) {
      for column in x.clamped(to: 0..<width) { pixels[row * width + column] = value }
    }
  }

  /// Draws an anti-aliased line with round ends.
  mutating func stroke(
    _ start: StrokeFont.Point, _ end: StrokeFont.Point, radius: Double
  ) {
    let reach = radius + 1
    let rows =
      max(
        0, Int(min(start.y, end.y) - reach))..<max(
        0, min(height, Int(max(start.y, end.y) + reach) + 1))
    let columns =
      max(
        0, Int(min(start.x, end.x) - reach))..<max(
        0, min(width, Int(max(start.x, end.x) + reach) + 1))
    guard !rows.isEmpty, !columns.isEmpty else { return }
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let squared = dx * dx + dy * dy
    for row in rows {
      let y = Double(row) + 0.5 - start.y
      for column in columns {
        let x = Double(column) + 0.5 - start.x
        let along = squared > 0 ? min(1, max(0, (x * dx + y * dy) / squared)) : 0
        let (awayX, awayY) = (x - along * dx, y - along * dy)
        let distance = (awayX * awayX + awayY * awayY).squareRoot()
        let covered = min(1, max(0, radius + 0.5 - distance))
        let value = UInt8(covered * Double(Raster.solid))
        let index = row * width + column
        if value > pixels[index] { pixels[index] = value }
      }
    }
  }
}
