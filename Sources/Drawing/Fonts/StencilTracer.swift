/// Follows the edges of the painted pixels of a stencil, so that a glyph that is a bitmap becomes
/// an outline.
struct StencilTracer {
  let width: Int
  let height: Int
  /// Whether each pixel is painted, from the top row to the last.
  let isPainted: [Bool]

  /// A glyph of a font for 600 dots per inch has some hundred corners; a picture has far more.
  private static let mostCorners = 20_000

  /// Where a step to the right, down, left and up leads.
  private static let steps = [(x: 1, y: 0), (x: 0, y: 1), (x: -1, y: 0), (x: 0, y: -1)]

  /// The outline in the unit square with y upwards; nil for a picture rather than a glyph.
  ///
  /// The painted pixels are to the right of each contour, so that holes wind the other way.
  func outline() -> Outline? {
    var outline = Outline()
    var corners = 0
    // Each contour has an edge along the top of a pixel.
    var isFollowed = [Bool](repeating: false, count: width * height)
    for y in 0..<height {
      for x in 0..<width
      where isPainted(x, y) && !isPainted(x, y - 1) && !isFollowed[y * width + x] {
        follow(x, y, &isFollowed, &outline, &corners)
        guard corners <= Self.mostCorners else { return nil }
      }
    }
    return outline
  }

  private func isPainted(_ x: Int, _ y: Int) -> Bool {
    x >= 0 && y >= 0 && x < width && y < height && isPainted[y * width + x]
  }

  private func follow(
    _ startX: Int, _ startY: Int, _ isFollowed: inout [Bool], _ outline: inout Outline,
    _ corners: inout Int
  ) {
    var (x, y, direction) = (startX, startY, 0)
    outline.move(point(x, y))
    repeat {
      if direction == 0 { isFollowed[y * width + x] = true }
      x += Self.steps[direction].x
      y += Self.steps[direction].y
      let turned = turn(direction, x, y)
      if turned != direction, (x, y) != (startX, startY) {
        outline.line(point(x, y))
        corners += 1
      }
      direction = turned
    } while (x, y, direction) != (startX, startY, 0)
    outline.close()
  }

  /// The direction after a corner: pixels that touch at a corner alone are apart.
  private func turn(_ direction: Int, _ x: Int, _ y: Int) -> Int {
    let left: Bool
    let right: Bool
    switch direction {
    case 0: (left, right) = (isPainted(x, y - 1), isPainted(x, y))
    case 1: (left, right) = (isPainted(x, y), isPainted(x - 1, y))
    case 2: (left, right) = (isPainted(x - 1, y), isPainted(x - 1, y - 1))
    default: (left, right) = (isPainted(x - 1, y - 1), isPainted(x, y - 1))
    }
    if !right { return (direction + 1) % 4 }
    return left ? (direction + 3) % 4 : direction
  }

  private func point(_ x: Int, _ y: Int) -> Point {
    Point(x: Double(x) / Double(width), y: 1 - Double(y) / Double(height))
  }
}
