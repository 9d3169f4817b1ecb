// ISO 32000-2 §8.7.4.5.5 to §8.7.4.5.8: free-form and lattice-form Gouraud-shaded triangle meshes,
// Coons patch meshes, tensor-product patch meshes.

internal import Markup
internal import PDF

/// A mesh of triangles or patches whose colours are interpolated.
struct MeshShading {
  private enum Kind { case triangles, lattice(perRow: Int), patches(points: Int) }

  /// The control points of a patch, around it and then inside, and the colours of its corners.
  private struct Patch {
    var points: [Point]
    var shades: [SIMD3<Double>]
  }

  private let kind: Kind
  private let bits: (flag: Int, coordinate: Int, component: Int)
  private let decode: [Double]
  private let space: ColorSpace
  private let matrix: Matrix
  private let data: [UInt8]
  /// The colours of the function over its domain, if there is one.
  let palette: [SVGColor]?

  private static let paletteSize = 256
  /// The most vertices and patches read.
  private static let mostParts = 200_000

  /// Nil for a mesh that cannot be read.
  ///
  /// - Parameters:
  ///   - stream: The shading.
  ///   - space: Its colour space.
  ///   - matrix: From its space to the page.
  ///   - document: The file.
  init?(_ stream: Stream, space: ColorSpace, matrix: Matrix, in document: Document) {
    let entries = stream.dictionary
    func integer(_ key: String) -> Int { document.integer(entries[key]) ?? 0 }
    switch integer("ShadingType") {
    case 4: kind = .triangles
    case 5:
      guard (2...65536).contains(integer("VerticesPerRow")) else { return nil }
      kind = .lattice(perRow: integer("VerticesPerRow"))
    case 6: kind = .patches(points: 12)
    case 7: kind = .patches(points: 16)
    default: return nil
    }
    bits = (integer("BitsPerFlag"), integer("BitsPerCoordinate"), integer("BitsPerComponent"))
    decode = (document.array(entries["Decode"]) ?? []).prefix(70).map { document.number($0) ?? 0 }
    let hasFunction = document.resolve(entries["Function"]) != nil
    let components = hasFunction ? 1 : space.componentCount
    guard (1...32).contains(bits.coordinate), (1...16).contains(bits.component),
      (0...8).contains(bits.flag), components > 0, decode.count >= 4 + 2 * components
    else { return nil }
    self.space = space
    self.matrix = matrix
    if hasFunction {
      guard let function = Function(entries["Function"], in: document) else { return nil }
      let (low, high) = (decode[4], decode[5])
      palette = (0..<Self.paletteSize).map { index in
        let part = Double(index) / Double(Self.paletteSize - 1)
        return space.color(function.values([low + part * (high - low)])) ?? .white
      }
    } else {
      palette = nil
    }
    data = document.decode(stream)
  }

  /// The box around all points.
  var bounds: Bounds {
    var bounds = Bounds()
    forEachTriangle(isHull: true) { triangle in
      for vertex in triangle { bounds.add(vertex.point) }
    }
    return bounds
  }

  /// Paints the mesh.
  func paint(into raster: inout ShadingRaster) {
    forEachTriangle(isHull: false) { raster.paint($0[0], $0[1], $0[2]) }
  }

  /// Calls back with each triangle; for the hull, with the control points of patches instead.
  private func forEachTriangle(isHull: Bool, _ body: ([ShadingRaster.Vertex]) -> Void) {
    var reader = BitReader(data)
    switch kind {
    case .triangles: readTriangles(&reader, body)
    case .lattice(let perRow): readLattice(&reader, perRow: perRow, body)
    case .patches(let points): readPatches(&reader, points, isHull: isHull, body)
    }
  }

  // MARK: Triangles

  private func readTriangles(
    _ reader: inout BitReader, _ body: ([ShadingRaster.Vertex]) -> Void
  ) {
    var triangle: [ShadingRaster.Vertex] = []
    for _ in 0..<Self.mostParts {
      guard let flag = reader.read(bits.flag), let vertex = vertex(&reader) else { return }
      reader.align()
      if flag & 3 == 0 || triangle.count < 3 {
        if triangle.count == 3 { triangle = [] }
        triangle.append(vertex)
      } else {
        triangle = [flag & 3 == 1 ? triangle[1] : triangle[0], triangle[2], vertex]
      }
      if triangle.count == 3 { body(triangle) }
    }
  }

  private func readLattice(
    _ reader: inout BitReader, perRow: Int, _ body: ([ShadingRaster.Vertex]) -> Void
  ) {
    var above: [ShadingRaster.Vertex] = []
    var row: [ShadingRaster.Vertex] = []
    for _ in 0..<Self.mostParts {
      guard let vertex = vertex(&reader) else { return }
      reader.align()
      row.append(vertex)
      guard row.count == perRow else { continue }
      if !above.isEmpty {
        for index in 1..<perRow {
          body([above[index - 1], above[index], row[index - 1]])
          body([above[index], row[index - 1], row[index]])
        }
      }
      above = row
      row = []
    }
  }

  // MARK: Patches

  private func readPatches(
    _ reader: inout BitReader, _ count: Int, isHull: Bool,
    _ body: ([ShadingRaster.Vertex]) -> Void
  ) {
    var last: Patch?
    for _ in 0..<Self.mostParts / 16 {
      guard let flag = reader.read(bits.flag) else { return }
      var patch = Patch(points: [], shades: [])
      if let last, flag & 3 != 0 {
        // An edge of the last patch is the first of this one.
        let first = 3 * (flag & 3)
        patch.points = (0..<4).map { last.points[(first + $0) % 12] }
        patch.shades = (0..<2).map { last.shades[((flag & 3) + $0) % 4] }
      }
      while patch.points.count < count {
        guard let point = point(&reader) else { return }
        patch.points.append(point)
      }
      while patch.shades.count < 4 {
        guard let shade = shade(&reader) else { return }
        patch.shades.append(shade)
      }
      if isHull {
        body(patch.points.map { ShadingRaster.Vertex(point: $0, shade: .zero) })
      } else {
        divide(patch, body)
      }
      last = patch
    }
  }

  /// Divides a patch until its pieces are a few points long.
  private func divide(_ patch: Patch, _ body: ([ShadingRaster.Vertex]) -> Void) {
    let grid = Self.grid(patch.points)
    var box = Bounds()
    for point in patch.points { box.add(point) }
    let steps = min(max(Int(max(box.width, box.height) / 3), 2), 24)
    var above: [ShadingRaster.Vertex] = []
    for row in 0...steps {
      let u = Double(row) / Double(steps)
      let vertical = Self.weights(u)
      var line: [ShadingRaster.Vertex] = []
      for column in 0...steps {
        let v = Double(column) / Double(steps)
        let across = Self.weights(v)
        var point = Point(x: 0, y: 0)
        for i in 0..<4 {
          for j in 0..<4 {
            let weight = vertical[i] * across[j]
            point.x += weight * grid[4 * i + j].x
            point.y += weight * grid[4 * i + j].y
          }
        }
        let start = patch.shades[0] * (1 - v) + patch.shades[1] * v
        let end = patch.shades[3] * (1 - v) + patch.shades[2] * v
        line.append(ShadingRaster.Vertex(point: point, shade: start * (1 - u) + end * u))
      }
      if !above.isEmpty {
        for index in 1...steps {
          body([above[index - 1], above[index], line[index - 1]])
          body([above[index], line[index - 1], line[index]])
        }
      }
      above = line
    }
  }

  /// The sixteen control points row by row; a Coons patch's inner ones follow from the others.
  private static func grid(_ p: [Point]) -> [Point] {
    func inner(_ corner: Int, _ near: [Int], _ next: [Int], _ far: [Int], _ last: Int) -> Point {
      func value(_ path: KeyPath<Point, Double>) -> Double {
        let sums = [near, next, far].map { pair in pair.reduce(0) { $0 + p[$1][keyPath: path] } }
        return
          (6 * sums[0] - 2 * sums[1] + 3 * sums[2] - 4 * p[corner][keyPath: path]
          - p[last][keyPath: path]) / 9
      }
      return Point(x: value(\.x), y: value(\.y))
    }
    let inside =
      p.count == 16
      ? Array(p[12...])
      : [
        inner(0, [1, 11], [3, 9], [8, 4], 6), inner(3, [2, 4], [0, 6], [7, 11], 9),
        inner(6, [7, 5], [9, 3], [2, 10], 0), inner(9, [8, 10], [6, 0], [1, 5], 3),
      ]
    return [
      p[0], p[1], p[2], p[3], p[11], inside[0], inside[1], p[4], p[10], inside[3], inside[2], p[5],
      p[9], p[8], p[7], p[6],
    ]
  }

  /// The Bernstein polynomials of the third degree.
  private static func weights(_ t: Double) -> [Double] {
    let s = 1 - t
    return [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t]
  }

  // MARK: Data

  private func vertex(_ reader: inout BitReader) -> ShadingRaster.Vertex? {
    guard let point = point(&reader), let shade = shade(&reader) else { return nil }
    return ShadingRaster.Vertex(point: point, shade: shade)
  }

  private func point(_ reader: inout BitReader) -> Point? {
    guard let x = number(&reader, bits.coordinate, 0), let y = number(&reader, bits.coordinate, 1)
    else { return nil }
    let point = Point(x: x, y: y).transformed(by: matrix)
    return Point(x: min(max(point.x, -1e7), 1e7), y: min(max(point.y, -1e7), 1e7))
  }

  private func shade(_ reader: inout BitReader) -> SIMD3<Double>? {
    if palette != nil {
      let most = Double((1 << bits.component) - 1)
      return reader.read(bits.component).map { SIMD3(Double($0) / most, 0, 0) }
    }
    var values: [Double] = []
    for index in 0..<space.componentCount {
      guard let value = number(&reader, bits.component, 2 + index) else { return nil }
      values.append(value)
    }
    let color = space.color(values) ?? .white
    return SIMD3(Double(color.red), Double(color.green), Double(color.blue))
  }

  private func number(_ reader: inout BitReader, _ bits: Int, _ index: Int) -> Double? {
    guard let value = reader.read(bits) else { return nil }
    let (low, high) = (decode[2 * index], decode[2 * index + 1])
    return low + Double(value) / Double((1 << bits) - 1) * (high - low)
  }
}

/// Reads numbers of up to 32 bits.
private struct BitReader {
  private let bytes: [UInt8]
  private var bit = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Nil at the end of the data.
  mutating func read(_ count: Int) -> Int? {
    guard bit + count <= bytes.count * 8 else { return nil }
    var value = 0
    var left = count
    while left > 0 {
      let take = min(left, 8 - bit % 8)
      let part = Int(bytes[bit / 8]) >> (8 - bit % 8 - take) & ((1 << take) - 1)
      value = value << take | part
      bit += take
      left -= take
    }
    return value
  }

  /// Moves to the next whole byte.
  mutating func align() { bit = (bit + 7) / 8 * 8 }
}
