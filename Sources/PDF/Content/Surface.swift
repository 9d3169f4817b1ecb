// ISO 32000-1 §8.5 (paths) and §11.2 (the backdrop), as far as they give the background of text.

/// What a page has been painted with, as boxes in page coordinates.
struct Surface {
  /// A painted area.
  private struct Area {
    var box: Page.Box
    var paint: Paint
    /// Whether the whole box has the paint.
    var isWhole: Bool
  }

  private var areas: [Area] = []
  /// Indices in `areas` of boxes that hide text of their colour, except white ones.
  private var covers: [Int] = []
  /// The boxes of images.
  private(set) var images: [Page.Box] = []
  /// Whether there are too many areas to track.
  private var isCrowded = false
  /// The number of comparisons left for the document.
  private var budget = 20_000_000

  private static let mostAreas = 4000
  /// Areas narrower than this (points) are not a background.
  private static let narrowest = 0.2
  /// Areas lower or narrower than this (points) hide no text.
  private static let leastCover = 4.0

  mutating func clear() {
    areas.removeAll(keepingCapacity: true)
    covers.removeAll(keepingCapacity: true)
    images.removeAll(keepingCapacity: true)
    isCrowded = false
  }

  mutating func add(_ box: Page.Box, _ paint: Paint, isWhole: Bool) {
    let (width, height) = (box.right - box.left, box.top - box.bottom)
    guard width > Self.narrowest, height > Self.narrowest else { return }
    guard areas.count < Self.mostAreas else {
      isCrowded = true
      return
    }
    let isCover = isWhole && min(width, height) > Self.leastCover
    if isCover, paint != .unknown, !paint.looksLike(.white) { covers.append(areas.count) }
    areas.append(Area(box: box, paint: paint, isWhole: isCover))
  }

  mutating func add(image box: Page.Box) {
    add(box, .unknown, isWhole: false)
    if images.count < Self.mostAreas { images.append(box) }
  }

  /// Whether a glyph of a colour is invisible on what is behind its middle; `reach` is half its
  /// size.
  mutating func hides(_ paint: Paint, x: Double, y: Double, reach: Double) -> Bool {
    guard !isCrowded, paint != .unknown, budget > 0 else { return false }
    let isWhite = paint.looksLike(.white)
    if !isWhite {
      budget -= covers.count
      guard
        covers.contains(where: { contains(areas[$0], x, y) && areas[$0].paint.looksLike(paint) })
      else { return false }
    }
    budget -= areas.count
    for area in areas.reversed() {
      if area.paint.looksLike(paint) {
        if area.isWhole, contains(area, x, y) { return true }
      } else if area.isWhole ? contains(area, x, y) : touches(area, x, y, reach) {
        return false
      }
    }
    return isWhite
  }

  private func contains(_ area: Area, _ x: Double, _ y: Double) -> Bool {
    area.box.contains(x, y)
  }

  private func touches(_ area: Area, _ x: Double, _ y: Double, _ reach: Double) -> Bool {
    area.box.left < x + reach && area.box.right > x - reach && area.box.bottom < y + reach
      && area.box.top > y - reach
  }
}

/// The bounding box of the current path.
struct PathBox {
  private(set) var box = Page.Box.nowhere
  private var points = 0
  private var rectangles = 0
  private var isUpright = true
  private var last = (x: 0.0, y: 0.0)
  /// Whether the operator that ends the path also clips to it.
  var clips = false

  var isEmpty: Bool { points == 0 && rectangles == 0 }

  /// Whether it is a single rectangle parallel to the page.
  var isRectangle: Bool {
    rectangles == 1 && points == 0 || rectangles == 0 && isUpright && (4...5).contains(points)
  }

  mutating func add(_ x: Double, _ y: Double, _ matrix: Matrix, isCurve: Bool = false) {
    let px = x * matrix.a + y * matrix.c + matrix.e
    let py = x * matrix.b + y * matrix.d + matrix.f
    if points > 0, abs(px - last.x) > 0.1, abs(py - last.y) > 0.1 { isUpright = false }
    if isCurve { isUpright = false }
    points += 1
    last = (px, py)
    box.include(px, py)
  }

  mutating func addRectangle(_ n: (x: Double, y: Double, w: Double, h: Double), _ matrix: Matrix) {
    let isUpright = matrix.b == 0 && matrix.c == 0 || matrix.a == 0 && matrix.d == 0
    for (x, y) in [(n.x, n.y), (n.x + n.w, n.y), (n.x, n.y + n.h), (n.x + n.w, n.y + n.h)] {
      box.include(
        x * matrix.a + y * matrix.c + matrix.e, x * matrix.b + y * matrix.d + matrix.f)
    }
    rectangles += isUpright ? 1 : 2
  }
}

extension Page.Box {
  static let nowhere = Page.Box(
    left: .infinity, bottom: .infinity, right: -.infinity, top: -.infinity)
  static let everywhere = Page.Box(left: -1e9, bottom: -1e9, right: 1e9, top: 1e9)

  mutating func include(_ x: Double, _ y: Double) {
    guard x.isFinite, y.isFinite else { return }
    left = min(left, x)
    right = max(right, x)
    bottom = min(bottom, y)
    top = max(top, y)
  }

  func intersection(_ other: Page.Box) -> Page.Box {
    Page.Box(
      left: max(left, other.left), bottom: max(bottom, other.bottom),
      right: min(right, other.right), top: min(top, other.top))
  }

  func contains(_ x: Double, _ y: Double) -> Bool {
    x >= left && x <= right && y >= bottom && y <= top
  }
}
