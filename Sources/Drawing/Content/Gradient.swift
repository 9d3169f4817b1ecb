// ISO 32000-2 §8.7.4.5.3 (axial shadings), §8.7.4.5.4 (radial shadings).

internal import Markup
internal import PDF

/// An axial or radial shading.
struct Gradient {
  private let coordinates: [Double]
  private let extends: (start: Bool, end: Bool)
  private let stops: [(offset: Double, color: SVGColor)]

  /// The number of colours computed along the gradient.
  private static let samples = 64

  /// Nil if the shading cannot be read, or takes too much work.
  init?(
    _ dictionary: [String: Object], space: ColorSpace, in document: Document, work: WorkBudget
  ) {
    func numbers(_ key: String) -> [Double] {
      (document.array(dictionary[key]) ?? []).map { document.number($0) ?? 0 }
    }
    let isRadial = document.integer(dictionary["ShadingType"]) == 3
    coordinates = numbers("Coords")
    guard coordinates.count == (isRadial ? 6 : 4), coordinates.allSatisfy({ abs($0) < 1e6 }),
      let function = Function(dictionary["Function"], in: document)
    else { return nil }
    let domain = numbers("Domain").count == 2 ? numbers("Domain") : [0, 1]
    let extend = (document.array(dictionary["Extend"]) ?? []).map { document.isTrue($0) }
    extends = extend.count == 2 ? (extend[0], extend[1]) : (false, false)
    var stops: [(offset: Double, color: SVGColor)] = []
    var parts = (0...Self.samples).map { Double($0) / Double(Self.samples) }
    if domain[1] > domain[0] {
      // Colours change at once where functions are stitched together.
      for place in function.breaks.prefix(64) {
        let part = (place - domain[0]) / (domain[1] - domain[0])
        if part > 0, part < 1 { parts += [part - 1e-5, part] }
      }
    }
    guard work.spend(parts.count * (function.cost + space.cost)) else { return nil }
    for part in parts.sorted() {
      let input = domain[0] + part * (domain[1] - domain[0])
      guard let color = space.color(function.values([input])) else { return nil }
      stops.append((part, color))
    }
    self.stops = Self.simplified(stops)
  }

  /// Leaves out stops whose colours the browser interpolates anyway.
  private static func simplified(
    _ stops: [(offset: Double, color: SVGColor)]
  ) -> [(offset: Double, color: SVGColor)] {
    var result = [stops[0]]
    var start = 0
    for end in 2..<stops.count {
      let isStraight = (start + 1..<end).allSatisfy { middle in
        let part =
          (stops[middle].offset - stops[start].offset) / (stops[end].offset - stops[start].offset)
        func isClose(_ path: KeyPath<SVGColor, UInt8>) -> Bool {
          let from = Double(stops[start].color[keyPath: path])
          let to = Double(stops[end].color[keyPath: path])
          return abs(from + part * (to - from) - Double(stops[middle].color[keyPath: path])) <= 1
        }
        return isClose(\.red) && isClose(\.green) && isClose(\.blue)
      }
      if !isStraight {
        result.append(stops[end - 1])
        start = end - 1
      }
    }
    return result + [stops[stops.count - 1]]
  }

  /// Whether SVG has no such gradient: beyond the larger of two circles of which none is inside
  /// the other it shows nothing, where PDF goes back to smaller ones.
  var needsRaster: Bool {
    guard coordinates.count == 6, !(extends.start && extends.end) else { return false }
    let (x, y) = (coordinates[3] - coordinates[0], coordinates[4] - coordinates[1])
    return (x * x + y * y).squareRoot() > abs(coordinates[5] - coordinates[2])
  }

  /// The colour of a radial shading at a point of its space; nil outside (§8.7.4.5.4).
  func color(at point: Point) -> SVGColor? {
    let c = coordinates
    let (dx, dy, dr) = (c[3] - c[0], c[4] - c[1], c[5] - c[2])
    let (x, y) = (point.x - c[0], point.y - c[1])
    let a = dx * dx + dy * dy - dr * dr
    let b = x * dx + y * dy + c[2] * dr
    let rest = x * x + y * y - c[2] * c[2]
    var parts: [Double]
    if abs(a) < 1e-9 {
      guard b != 0 else { return nil }
      parts = [rest / (2 * b)]
    } else {
      let root = b * b - a * rest
      guard root >= 0 else { return nil }
      parts = [(b + root.squareRoot()) / a, (b - root.squareRoot()) / a]
      parts.sort(by: >)
    }
    // Circles further along are painted over those before.
    for part in parts where c[2] + part * dr >= 0 {
      if part < 0 {
        if extends.start { return color(at: 0) }
      } else if part > 1 {
        if extends.end { return color(at: 1) }
      } else {
        return color(at: part)
      }
    }
    return nil
  }

  private func color(at part: Double) -> SVGColor {
    let next = stops.firstIndex { $0.offset >= part } ?? stops.count - 1
    guard next > 0 else { return stops[0].color }
    let (low, high) = (stops[next - 1], stops[next])
    let share = high.offset > low.offset ? (part - low.offset) / (high.offset - low.offset) : 1
    func mix(_ path: KeyPath<SVGColor, UInt8>) -> UInt8 {
      let (from, to) = (Double(low.color[keyPath: path]), Double(high.color[keyPath: path]))
      return UInt8((from + share * (to - from)).rounded())
    }
    return SVGColor(red: mix(\.red), green: mix(\.green), blue: mix(\.blue))
  }

  /// Writes the gradient.
  func write(_ identifier: SVGIdentifier, matrix: Matrix, to definitions: inout SVG) {
    if coordinates.count == 4 {
      definitions.begin(.linearGradient)
      definitions.set(id: identifier)
      for (attribute, value) in zip([SVG.Attribute.x1, .y1, .x2, .y2], coordinates) {
        definitions.set(attribute, value, digits: 4)
      }
      finish(stops, extends, matrix, &definitions)
    } else {
      writeRadial(identifier, matrix, &definitions)
    }
  }

  private func writeRadial(
    _ identifier: SVGIdentifier, _ matrix: Matrix, _ definitions: inout SVG
  ) {
    // SVG goes from the small circle to the large one.
    var (inner, outer) = (Array(coordinates[0..<3]), Array(coordinates[3..<6]))
    var (stops, extends) = (stops, extends)
    if inner[2] > outer[2] {
      swap(&inner, &outer)
      stops = stops.reversed().map { (1 - $0.offset, $0.color) }
      extends = (extends.end, extends.start)
    }
    definitions.begin(.radialGradient)
    definitions.set(id: identifier)
    for (attribute, value) in zip(
      [SVG.Attribute.fx, .fy, .fr, .cx, .cy, .r], inner + outer)
    {
      definitions.set(attribute, value, digits: 4)
    }
    finish(stops, extends, matrix, &definitions)
  }

  private func finish(
    _ stops: [(offset: Double, color: SVGColor)], _ extends: (start: Bool, end: Bool),
    _ matrix: Matrix, _ definitions: inout SVG
  ) {
    definitions.set(.gradientUnits, "userSpaceOnUse")
    definitions.set(.gradientTransform, matrix: matrix.numbers)
    func stop(_ offset: Double, _ color: SVGColor, isVisible: Bool = true) {
      definitions.begin(.stop)
      definitions.set(.offset, offset, digits: 4)
      definitions.set(.stopColor, color)
      if !isVisible { definitions.set(.stopOpacity, 0) }
      definitions.end()
    }
    // Browsers extend the first and the last stop.
    if !extends.start { stop(0, stops[0].color, isVisible: false) }
    for (offset, color) in stops { stop(offset, color) }
    if !extends.end { stop(1, stops[stops.count - 1].color, isVisible: false) }
    definitions.end()
  }
}
