internal import Markup
internal import PDF

/// A point of an outline or path.
struct Point: Equatable {
  var x: Double
  var y: Double

  func transformed(by matrix: Matrix) -> Point {
    Point(
      x: x * matrix.a + y * matrix.c + matrix.e, y: x * matrix.b + y * matrix.d + matrix.f)
  }
}

/// A path of lines and cubic curves.
struct Outline {
  enum Step {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case close
  }

  var steps: [Step] = []

  var isEmpty: Bool { steps.isEmpty }

  /// The last point; zero at the beginning.
  private(set) var current = Point(x: 0, y: 0)
  private var start = Point(x: 0, y: 0)

  mutating func move(_ point: Point) {
    // A moveto after another replaces it.
    if case .move? = steps.last { steps.removeLast() }
    steps.append(.move(point))
    current = point
    start = point
  }

  mutating func line(_ point: Point) {
    guard !steps.isEmpty else { return move(point) }
    reopen()
    steps.append(.line(point))
    current = point
  }

  mutating func curve(_ first: Point, _ second: Point, _ point: Point) {
    if steps.isEmpty { move(first) }
    reopen()
    steps.append(.curve(first, second, point))
    current = point
  }

  mutating func close() {
    guard !steps.isEmpty else { return }
    if case .close? = steps.last { return }
    steps.append(.close)
    current = start
  }

  mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    move(Point(x: x, y: y))
    line(Point(x: x + width, y: y))
    line(Point(x: x + width, y: y + height))
    line(Point(x: x, y: y + height))
    close()
  }

  /// Begins a new subpath where the last one was closed.
  private mutating func reopen() {
    if case .close? = steps.last { steps.append(.move(start)) }
  }

  mutating func append(_ other: Outline) {
    steps += other.steps
    current = other.current
    start = other.start
  }

  func transformed(by matrix: Matrix) -> Outline {
    var result = Outline()
    result.steps = steps.map { step in
      switch step {
      case .move(let point): .move(point.transformed(by: matrix))
      case .line(let point): .line(point.transformed(by: matrix))
      case .curve(let first, let second, let point):
        .curve(
          first.transformed(by: matrix), second.transformed(by: matrix),
          point.transformed(by: matrix))
      case .close: .close
      }
    }
    result.current = current.transformed(by: matrix)
    result.start = start.transformed(by: matrix)
    return result
  }

  /// The box around all points and control points.
  var bounds: Bounds {
    var bounds = Bounds()
    for step in steps {
      switch step {
      case .move(let point), .line(let point): bounds.add(point)
      case .curve(let first, let second, let point):
        bounds.add(first)
        bounds.add(second)
        bounds.add(point)
      case .close: break
      }
    }
    return bounds
  }

  /// Whether all coordinates are numbers that a page can have.
  var isFinite: Bool {
    let bounds = bounds
    return bounds.isEmpty
      || [bounds.left, bounds.top, bounds.right, bounds.bottom].allSatisfy { abs($0) < 1e7 }
  }

  /// The box that this is exactly; nil if it is no upright rectangle.
  var rectangle: Bounds? {
    var points: [Point] = []
    for (index, step) in steps.enumerated() {
      switch step {
      case .move(let point):
        guard index == 0 else { return nil }
        points.append(point)
      case .line(let point): points.append(point)
      case .curve: return nil
      case .close: if index != steps.count - 1 { return nil }
      }
    }
    if points.count == 5, points[4] == points[0] { points.removeLast() }
    guard points.count == 4 else { return nil }
    func isClose(_ one: Double, _ other: Double) -> Bool { abs(one - other) < 0.001 }
    let isUpright =
      isClose(points[0].x, points[3].x) && isClose(points[1].x, points[2].x)
      && isClose(points[0].y, points[1].y) && isClose(points[2].y, points[3].y)
    let isTurned =
      isClose(points[0].x, points[1].x) && isClose(points[2].x, points[3].x)
      && isClose(points[0].y, points[3].y) && isClose(points[1].y, points[2].y)
    return isUpright || isTurned ? bounds : nil
  }

  func path(digits: Int = 2) -> SVGPath {
    var path = SVGPath(digits: digits)
    for step in steps {
      switch step {
      case .move(let point): path.move(point.x, point.y)
      case .line(let point): path.line(point.x, point.y)
      case .curve(let first, let second, let point):
        path.curve(first.x, first.y, second.x, second.y, point.x, point.y)
      case .close: path.close()
      }
    }
    return path
  }
}

/// A box with its top at the smaller y, as in SVG.
struct Bounds: Equatable {
  var left = Double.infinity
  var top = Double.infinity
  var right = -Double.infinity
  var bottom = -Double.infinity

  var isEmpty: Bool { right < left || bottom < top }
  var width: Double { right - left }
  var height: Double { bottom - top }

  mutating func add(_ point: Point) {
    left = min(left, point.x)
    right = max(right, point.x)
    top = min(top, point.y)
    bottom = max(bottom, point.y)
  }

  func intersection(_ other: Bounds) -> Bounds {
    Bounds(
      left: max(left, other.left), top: max(top, other.top), right: min(right, other.right),
      bottom: min(bottom, other.bottom))
  }

  func contains(_ other: Bounds) -> Bool {
    other.left >= left && other.right <= right && other.top >= top && other.bottom <= bottom
  }

  func inset(by distance: Double) -> Bounds {
    Bounds(
      left: left + distance, top: top + distance, right: right - distance,
      bottom: bottom - distance)
  }

  /// The box around the transformed box.
  func transformed(by matrix: Matrix) -> Bounds {
    var result = Bounds()
    for point in corners { result.add(point.transformed(by: matrix)) }
    return result
  }

  var path: SVGPath {
    var path = SVGPath()
    path.rectangle(left, top, width, height)
    return path
  }

  var corners: [Point] {
    [
      Point(x: left, y: top), Point(x: right, y: top), Point(x: right, y: bottom),
      Point(x: left, y: bottom),
    ]
  }
}

extension Matrix {
  /// The transformation that undoes this one; nil if there is none.
  var inverse: Matrix? {
    let determinant = a * d - b * c
    guard abs(determinant) > 1e-12, determinant.isFinite else { return nil }
    return Matrix(
      a: d / determinant, b: -b / determinant, c: -c / determinant, d: a / determinant,
      e: (c * f - d * e) / determinant, f: (b * e - a * f) / determinant)
  }

  /// The factor by which lengths change on average.
  var scale: Double { abs(a * d - b * c).squareRoot() }

  var numbers: [Double] { [a, b, c, d, e, f] }
}
