internal import PDF

/// A box of pixels.
struct PixelBox: Equatable {
  var left = 0
  var top = 0
  var right = 0
  var bottom = 0

  var width: Int { max(right - left, 0) }
  var height: Int { max(bottom - top, 0) }
  var isEmpty: Bool { right <= left || bottom <= top }

  func intersection(_ other: PixelBox) -> PixelBox {
    PixelBox(
      left: max(left, other.left), top: max(top, other.top), right: min(right, other.right),
      bottom: min(bottom, other.bottom))
  }
}

extension PixelBox {
  /// The pixels that a box touches.
  init(around bounds: Bounds) {
    func pixel(_ value: Double, _ rule: FloatingPointRoundingRule) -> Int {
      value.isNaN ? 0 : Int(min(max(value, -1e6), 1e6).rounded(rule))
    }
    self.init(
      left: pixel(bounds.left, .down), top: pixel(bounds.top, .down),
      right: pixel(bounds.right, .up), bottom: pixel(bounds.bottom, .up))
  }
}

/// How much of each pixel in a box is inside a shape, from 0 to 255.
struct Coverage {
  let box: PixelBox
  var values: [UInt8]

  /// The row of a line; empty outside the box.
  func row(_ y: Int) -> ArraySlice<UInt8> {
    guard y >= box.top, y < box.bottom else { return [] }
    let start = (y - box.top) * box.width
    return values[start..<start + box.width]
  }

  func intersection(_ other: Coverage) -> Coverage {
    let common = box.intersection(other.box)
    guard !common.isEmpty else { return Coverage(box: PixelBox(), values: []) }
    var result = [UInt8](repeating: 0, count: common.width * common.height)
    for y in common.top..<common.bottom {
      let (own, others) = (row(y), other.row(y))
      let (first, second) = (
        own.startIndex + common.left - box.left,
        others.startIndex + common.left - other.box.left
      )
      let start = (y - common.top) * common.width
      for x in 0..<common.width {
        let product = Int(own[first + x]) * Int(others[second + x])
        result[start + x] = UInt8((product + 127) / 255)
      }
    }
    return Coverage(box: common, values: result)
  }
}

/// The edges of a shape in pixels, and the area that they enclose in each pixel.
///
/// Each edge adds to a pixel the signed area between it and the pixel's right side, and its height
/// to all pixels to the right; sums from the left are winding numbers weighted by area. They are
/// exact where a pixel has parts of one winding number other than zero.
struct EdgeList {
  private struct Edge {
    var x0: Float
    var y0: Float
    var x1: Float
    var y1: Float
  }

  private var edges: [Edge] = []
  private var sums: [Float] = []
  private var left = Float.infinity
  private var top = Float.infinity
  private var right = -Float.infinity
  private var bottom = -Float.infinity

  var count: Int { edges.count }

  mutating func removeAll() {
    edges.removeAll(keepingCapacity: true)
    (left, top, right, bottom) = (.infinity, .infinity, -.infinity, -.infinity)
  }

  // MARK: Shapes

  private mutating func line(_ from: Point, _ to: Point) {
    let edge = Edge(x0: Float(from.x), y0: Float(from.y), x1: Float(to.x), y1: Float(to.y))
    left = min(left, edge.x0, edge.x1)
    right = max(right, edge.x0, edge.x1)
    top = min(top, edge.y0, edge.y1)
    bottom = max(bottom, edge.y0, edge.y1)
    if edge.y0 != edge.y1 { edges.append(edge) }
  }

  /// Adds an outline, with each of its subpaths closed.
  mutating func add(_ outline: Outline, _ matrix: Matrix) {
    var start: Point?
    var current = Point(x: 0, y: 0)
    for step in outline.steps {
      switch step {
      case .move(let point):
        if let start { line(current, start) }
        current = point.transformed(by: matrix)
        start = current
      case .line(let point):
        let end = point.transformed(by: matrix)
        line(current, end)
        current = end
      case .curve(let first, let second, let point):
        let curve = Curve(
          current, first.transformed(by: matrix), second.transformed(by: matrix),
          point.transformed(by: matrix))
        let count = curve.segments(tolerance: 0.08)
        for index in 1...count {
          let next = index == count ? curve.end : curve.point(Double(index) / Double(count))
          line(current, next)
          current = next
        }
      case .close:
        if let start { line(current, start) }
        current = start ?? current
      }
    }
    if let start { line(current, start) }
  }

  mutating func add(polygon points: [Point], _ matrix: Matrix) {
    guard var last = points.last?.transformed(by: matrix) else { return }
    for point in points {
      let next = point.transformed(by: matrix)
      line(last, next)
      last = next
    }
  }

  // MARK: Areas

  /// The box around the shape within another.
  func box(in limits: PixelBox) -> PixelBox {
    guard left <= right, left.isFinite, right.isFinite, top.isFinite, bottom.isFinite else {
      return PixelBox()
    }
    func pixel(_ value: Float) -> Int { Int(min(max(value, -1e6), 1e6)) }
    return PixelBox(
      left: pixel(left.rounded(.down)), top: pixel(top.rounded(.down)),
      right: pixel(right.rounded(.up)), bottom: pixel(bottom.rounded(.up))
    ).intersection(limits)
  }

  /// Calls back with each row of a box and the covered shares of its pixels.
  mutating func fill(
    _ box: PixelBox, isEvenOdd: Bool, _ body: (_ y: Int, _ shares: inout [Float]) -> Void
  ) {
    let stride = box.width + 2
    let size = stride * box.height
    if sums.count < size { sums = [Float](repeating: 0, count: size) }
    for edge in edges { accumulate(edge, box, stride) }
    var shares = [Float](repeating: 0, count: box.width)
    for row in 0..<box.height {
      let start = row * stride
      var sum: Float = 0
      for x in 0..<box.width {
        sum += sums[start + x]
        sums[start + x] = 0
        var share = abs(sum)
        if isEvenOdd {
          share -= 2 * (share / 2).rounded(.down)
          if share > 1 { share = 2 - share }
        } else if share > 1 {
          share = 1
        }
        shares[x] = share < 0.002 ? 0 : share
      }
      sums[start + box.width] = 0
      sums[start + box.width + 1] = 0
      body(box.top + row, &shares)
    }
  }

  private mutating func accumulate(_ edge: Edge, _ box: PixelBox, _ stride: Int) {
    var (x0, y0, x1, y1) = (edge.x0, edge.y0, edge.x1, edge.y1)
    var direction: Float = 1
    if y0 > y1 {
      (x0, y0, x1, y1) = (x1, y1, x0, y0)
      direction = -1
    }
    x0 -= Float(box.left)
    x1 -= Float(box.left)
    y0 -= Float(box.top)
    y1 -= Float(box.top)
    let height = Float(box.height)
    guard y1 > 0, y0 < height else { return }
    let slope = (x1 - x0) / (y1 - y0)
    var x = x0
    if y0 < 0 {
      x -= y0 * slope
      y0 = 0
    }
    let end = min(y1, height)
    var row = Int(y0)
    var y = y0
    while y < end, row < box.height {
      let next = min(Float(row + 1), end)
      let part = next - y
      let nextX = x + slope * part
      add(x, nextX, part * direction, row * stride, Float(box.width))
      x = nextX
      y = next
      row += 1
    }
  }

  /// Adds the part of an edge that is in one row.
  private mutating func add(
    _ from: Float, _ to: Float, _ height: Float, _ start: Int, _ width: Float
  ) {
    var (low, high) = from < to ? (from, to) : (to, from)
    var height = height
    if low >= width { return }
    if high <= 0 {
      sums[start] += height
      return
    }
    if low < 0 {
      let outside = -low / (high - low)
      sums[start] += height * outside
      height *= 1 - outside
      low = 0
    }
    if high > width {
      height *= (width - low) / (high - low)
      high = width
    }
    let first = Int(low)
    let last = Int(high.rounded(.up))
    if last <= first + 1 {
      let middle = (low + high) / 2 - Float(first)
      sums[start + first] += height * (1 - middle)
      sums[start + first + 1] += height * middle
      return
    }
    let scale = height / (high - low)
    let before = Float(first + 1) - low
    let after = high - Float(last - 1)
    // The sum of what has been added so far, which ends at the height.
    var total = scale * before * before / 2
    sums[start + first] += total
    for place in first + 1..<last {
      let isLast = place == last - 1
      let reached =
        isLast ? height - scale * after * after / 2 : scale * (Float(place) + 0.5 - low)
      sums[start + place] += reached - total
      total = reached
    }
    sums[start + last] += height - total
  }
}

/// A cubic curve.
struct Curve {
  let start: Point
  let first: Point
  let second: Point
  let end: Point

  init(_ start: Point, _ first: Point, _ second: Point, _ end: Point) {
    self.start = start
    self.first = first
    self.second = second
    self.end = end
  }

  /// The number of lines that differ from the curve by less than a distance.
  func segments(tolerance: Double) -> Int {
    func bend(_ a: Point, _ b: Point, _ c: Point) -> Double {
      let (x, y) = (a.x - 2 * b.x + c.x, a.y - 2 * b.y + c.y)
      return x * x + y * y
    }
    let most = max(bend(start, first, second), bend(first, second, end)).squareRoot()
    let count = (0.75 * most / tolerance).squareRoot()
    return count.isFinite ? min(max(Int(count.rounded(.up)), 1), 100) : 1
  }

  func point(_ t: Double) -> Point {
    let u = 1 - t
    let (a, b, c, d) = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    return Point(
      x: a * start.x + b * first.x + c * second.x + d * end.x,
      y: a * start.y + b * first.y + c * second.y + d * end.y)
  }
}
