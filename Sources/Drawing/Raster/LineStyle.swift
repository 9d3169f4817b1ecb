internal import PDF

/// How a path is stroked (SVG 2 §13.5).
struct LineStyle {
  enum Cap {
    case butt, round, square
  }

  enum Join {
    case miter, round, bevel
  }

  var width = 1.0
  var cap = Cap.butt
  var join = Join.miter
  var miterLimit = 4.0
  var dashes: [Double] = []
  var dashPhase = 0.0

  /// A sequence of lines.
  private struct Line {
    var points: [Point]
    var isClosed = false
  }

  /// The most dashes of one path; a longer path is solid.
  private static let mostDashes = 20_000

  /// Calls back with polygons, all of the same direction, whose union is the stroke.
  ///
  /// - Parameters:
  ///   - outline: The path.
  ///   - tolerance: By how much lines may differ from curves.
  ///   - body: Called for each polygon.
  func stroke(_ outline: Outline, tolerance: Double, _ body: ([Point]) -> Void) {
    func emit(_ polygon: [Point]) {
      var area = 0.0
      for (index, point) in polygon.enumerated() {
        let next = polygon[(index + 1) % polygon.count]
        area += point.x * next.y - next.x * point.y
      }
      body(area < 0 ? polygon.reversed() : polygon)
    }
    for line in lines(outline, tolerance) {
      for part in dashed(line) { stroke(part, tolerance, emit) }
    }
  }

  private func lines(_ outline: Outline, _ tolerance: Double) -> [Line] {
    var lines: [Line] = []
    var line = Line(points: [])
    func add(_ point: Point) {
      if line.points.last != point || line.points.count == 1 && point == line.points[0] {
        line.points.append(point)
      }
    }
    for step in outline.steps {
      switch step {
      case .move(let point):
        if line.points.count > 1 { lines.append(line) }
        line = Line(points: [point])
      case .line(let point): add(point)
      case .curve(let first, let second, let point):
        let curve = Curve(line.points.last ?? first, first, second, point)
        let count = curve.segments(tolerance: tolerance)
        for index in 1...count {
          add(index == count ? point : curve.point(Double(index) / Double(count)))
        }
      case .close:
        guard let start = line.points.first else { continue }
        if line.points.count > 2, line.points.last == start { line.points.removeLast() }
        line.isClosed = line.points.count > 1
        if line.points.count == 1 { line.points.append(start) }
        lines.append(line)
        line = Line(points: [start])
      }
    }
    if line.points.count > 1 { lines.append(line) }
    return lines
  }

  // MARK: Dashes

  private func dashed(_ line: Line) -> [Line] {
    let total = dashes.reduce(0, +)
    guard total > 0, dashes.allSatisfy({ $0 >= 0 }) else { return [line] }
    let points = line.isClosed ? line.points + [line.points[0]] : line.points
    var length = 0.0
    for (from, to) in zip(points, points.dropFirst()) { length += distance(from, to) }
    guard length / total * Double(dashes.count) < Double(Self.mostDashes) else { return [line] }
    // An odd number of lengths is repeated.
    let lengths = dashes.count % 2 == 1 ? dashes + dashes : dashes
    var index = 0
    var rest = dashPhase.truncatingRemainder(dividingBy: total * 2)
    if rest < 0 { rest += total * 2 }
    while rest >= lengths[index] {
      rest -= lengths[index]
      index = (index + 1) % lengths.count
    }
    var left = lengths[index] - rest
    var result: [Line] = []
    var current: [Point] = index % 2 == 0 ? [points[0]] : []
    for (from, to) in zip(points, points.dropFirst()) {
      let whole = distance(from, to)
      var done = 0.0
      while whole - done > left {
        done += left
        let part = whole > 0 ? done / whole : 0
        let point = Point(x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part)
        if index % 2 == 0 {
          result.append(Line(points: current + [point]))
          current = []
        } else {
          current = [point]
        }
        index = (index + 1) % lengths.count
        left = lengths[index]
        if result.count > Self.mostDashes { return result }
      }
      left -= whole - done
      if index % 2 == 0 { current.append(to) }
    }
    if current.count > 1 { result.append(Line(points: current)) }
    return result
  }

  private func distance(_ one: Point, _ other: Point) -> Double {
    let (x, y) = (one.x - other.x, one.y - other.y)
    return (x * x + y * y).squareRoot()
  }

  // MARK: Pieces

  private func stroke(_ line: Line, _ tolerance: Double, _ emit: ([Point]) -> Void) {
    let half = width / 2
    let points = line.points
    var directions: [Point] = []
    var corners: [Point] = [points[0]]
    let ends = line.isClosed ? points.dropFirst() + [points[0]] : points.dropFirst()
    for end in ends {
      let from = corners[corners.count - 1]
      let length = distance(from, end)
      guard length > 1e-9 else { continue }
      directions.append(Point(x: (end.x - from.x) / length, y: (end.y - from.y) / length))
      corners.append(end)
    }
    guard let first = directions.first, let last = directions.last else {
      // A path without length is a dot, if its caps have a size.
      let point = points[0]
      if cap == .round {
        emitCap(point, Point(x: 1, y: 0), half, tolerance, emit)
        emitCap(point, Point(x: -1, y: 0), half, tolerance, emit)
      }
      if cap == .square { emit(segment(point, point, Point(x: 1, y: 0), half, extra: half)) }
      return
    }
    for (index, direction) in directions.enumerated() {
      emit(segment(corners[index], corners[index + 1], direction, half, extra: 0))
      if index > 0 {
        emitJoin(corners[index], directions[index - 1], direction, half, tolerance, emit)
      }
    }
    if line.isClosed {
      emitJoin(corners[0], last, first, half, tolerance, emit)
    } else {
      emitCap(corners[0], Point(x: -first.x, y: -first.y), half, tolerance, emit)
      emitCap(corners[corners.count - 1], last, half, tolerance, emit)
    }
  }

  private func segment(
    _ from: Point, _ to: Point, _ direction: Point, _ half: Double, extra: Double
  ) -> [Point] {
    let (x, y) = (-direction.y * half, direction.x * half)
    let (dx, dy) = (direction.x * extra, direction.y * extra)
    return [
      Point(x: from.x + x - dx, y: from.y + y - dy), Point(x: to.x + x + dx, y: to.y + y + dy),
      Point(x: to.x - x + dx, y: to.y - y + dy), Point(x: from.x - x - dx, y: from.y - y - dy),
    ]
  }

  private func emitCap(
    _ point: Point, _ direction: Point, _ half: Double, _ tolerance: Double,
    _ emit: ([Point]) -> Void
  ) {
    switch cap {
    case .butt: break
    case .square:
      let end = Point(x: point.x + direction.x * half, y: point.y + direction.y * half)
      emit(segment(point, end, direction, half, extra: 0))
    case .round:
      let side = Point(x: -direction.y, y: direction.x)
      let other = Point(x: direction.y, y: -direction.x)
      emit(
        arc(point, half, from: side, to: direction, tolerance)
          + arc(point, half, from: direction, to: other, tolerance))
    }
  }

  private func emitJoin(
    _ point: Point, _ before: Point, _ after: Point, _ half: Double, _ tolerance: Double,
    _ emit: ([Point]) -> Void
  ) {
    let cross = before.x * after.y - before.y * after.x
    let dot = before.x * after.x + before.y * after.y
    if abs(cross) < 1e-6, dot > 0 { return }
    // The outer side is to the right of a left turn.
    let side = cross > 0 ? -half : half
    let from = Point(x: point.x - before.y * side, y: point.y + before.x * side)
    let to = Point(x: point.x - after.y * side, y: point.y + after.x * side)
    // Curves consist of lines that hardly turn, which mitres continue best.
    let isSmooth = dot > 0.95
    // The length of the mitre by the width is the inverse of this, squared.
    let squared = (1 + dot) / 2
    if isSmooth || join == .miter && squared * miterLimit * miterLimit >= 1 {
      let tip = Point(
        x: point.x + (from.x + to.x - 2 * point.x) / (2 * squared),
        y: point.y + (from.y + to.y - 2 * point.y) / (2 * squared))
      emit([point, from, tip, to])
    } else if join == .round {
      let sign = side > 0 ? 1.0 : -1
      emit(
        [point]
          + arc(
            point, half, from: Point(x: -before.y * sign, y: before.x * sign),
            to: Point(x: -after.y * sign, y: after.x * sign), tolerance))
    } else {
      emit([point, from, to])
    }
  }

  /// The points of an arc of less than half a circle, between two directions of length one.
  private func arc(
    _ center: Point, _ radius: Double, from: Point, to: Point, _ tolerance: Double
  ) -> [Point] {
    let middle = Point(x: (from.x + to.x) / 2, y: (from.y + to.y) / 2)
    let length = (middle.x * middle.x + middle.y * middle.y).squareRoot()
    // The distance between the arc and its chord.
    guard length > 0.01, (1 - length) * radius > tolerance else {
      return [from, to].map { Point(x: center.x + $0.x * radius, y: center.y + $0.y * radius) }
    }
    let half = Point(x: middle.x / length, y: middle.y / length)
    return arc(center, radius, from: from, to: half, tolerance)
      + arc(center, radius, from: half, to: to, tolerance)
  }
}
