// ISO/IEC 14496-22 §5.3.3: the glyf table.

internal import PDF

/// The outlines of a TrueType program.
struct TrueTypeGlyphs {
  /// A point of a contour; points that are not on the curve control quadratic curves.
  struct Node: Equatable {
    var x: Int
    var y: Int
    var isOnCurve: Bool
  }

  let unitsPerEm: Int
  let count: Int
  private let glyf: [UInt8]
  private let loca: [UInt8]
  private let isLong: Bool

  /// Nil without the tables of outlines.
  init?(_ program: TrueTypeProgram) {
    guard let head = program.table("head"), head.count >= 52, let glyf = program.table("glyf"),
      let loca = program.table("loca")
    else { return nil }
    let units = Int(head[18]) << 8 | Int(head[19])
    unitsPerEm = (16...16384).contains(units) ? units : 1000
    isLong = head[51] != 0
    self.glyf = glyf
    self.loca = loca
    count = max(0, loca.count / (isLong ? 4 : 2) - 1)
  }

  /// The most nodes of one glyph.
  private static let mostNodes = 20_000

  /// The contours of a glyph, composite ones resolved; empty for a blank or damaged glyph.
  func contours(of glyph: Int) -> [[Node]] {
    var budget = Self.mostNodes
    return contours(of: glyph, depth: 0, budget: &budget)
  }

  private func offset(_ index: Int) -> Int {
    if isLong {
      let place = 4 * index
      return Int(loca[place]) << 24 | Int(loca[place + 1]) << 16 | Int(loca[place + 2]) << 8
        | Int(loca[place + 3])
    }
    return 2 * (Int(loca[2 * index]) << 8 | Int(loca[2 * index + 1]))
  }

  private func word(_ place: Int) -> Int {
    place >= 0 && place + 1 < glyf.count ? Int(glyf[place]) << 8 | Int(glyf[place + 1]) : 0
  }

  private func signed(_ place: Int) -> Int { Int(Int16(truncatingIfNeeded: word(place))) }

  private func contours(of glyph: Int, depth: Int, budget: inout Int) -> [[Node]] {
    guard (0..<count).contains(glyph), depth < 8, budget > 0 else { return [] }
    let (start, end) = (offset(glyph), min(offset(glyph + 1), glyf.count))
    guard start >= 0, end - start > 10 else { return [] }
    let contourCount = signed(start)
    return contourCount >= 0
      ? simple(at: start, end: end, contours: contourCount, budget: &budget)
      : composite(at: start, end: end, depth: depth, budget: &budget)
  }

  private func simple(
    at start: Int, end: Int, contours contourCount: Int, budget: inout Int
  ) -> [[Node]] {
    var place = start + 10
    guard place + 2 * contourCount + 2 <= end else { return [] }
    var ends: [Int] = []
    for index in 0..<contourCount {
      let last = word(place + 2 * index)
      guard last >= ends.last ?? 0 else { return [] }
      ends.append(last)
    }
    guard let last = ends.last else { return [] }
    let nodeCount = last + 1
    budget -= nodeCount
    guard budget > 0 else { return [] }
    place += 2 * contourCount
    place += 2 + word(place)
    var flags: [UInt8] = []
    while flags.count < nodeCount {
      guard place < end else { return [] }
      let flag = glyf[place]
      place += 1
      flags.append(flag)
      if flag & 8 != 0, place < end {
        for _ in 0..<glyf[place] where flags.count < nodeCount { flags.append(flag) }
        place += 1
      }
    }
    guard let xs = coordinates(flags, &place, end, short: 2, same: 16),
      let ys = coordinates(flags, &place, end, short: 4, same: 32)
    else { return [] }
    var result: [[Node]] = []
    var first = 0
    for end in ends {
      if end >= first {
        result.append(
          (first...end).map { Node(x: xs[$0], y: ys[$0], isOnCurve: flags[$0] & 1 != 0) })
      }
      first = end + 1
    }
    return result
  }

  private func coordinates(
    _ flags: [UInt8], _ place: inout Int, _ end: Int, short: UInt8, same: UInt8
  ) -> [Int]? {
    var value = 0
    var result: [Int] = []
    result.reserveCapacity(flags.count)
    for flag in flags {
      if flag & short != 0 {
        guard place < end else { return nil }
        value += flag & same != 0 ? Int(glyf[place]) : -Int(glyf[place])
        place += 1
      } else if flag & same == 0 {
        guard place + 1 < end else { return nil }
        value += signed(place)
        place += 2
      }
      result.append(value)
    }
    return result
  }

  private func composite(
    at start: Int, end: Int, depth: Int, budget: inout Int
  ) -> [[Node]] {
    var result: [[Node]] = []
    var place = start + 10
    while place + 4 <= end {
      let flags = word(place)
      let glyph = word(place + 2)
      place += 4
      var matrix = Matrix()
      var isOffset = true
      if flags & 1 != 0 {
        (matrix.e, matrix.f) = (Double(signed(place)), Double(signed(place + 2)))
        place += 4
      } else if place + 1 < end {
        matrix.e = Double(Int8(bitPattern: glyf[place]))
        matrix.f = Double(Int8(bitPattern: glyf[place + 1]))
        place += 2
      }
      // Components aligned by points are rare; they stay where they are.
      if flags & 2 == 0 { isOffset = false }
      func fraction(_ index: Int) -> Double { Double(signed(place + 2 * index)) / 16384 }
      if flags & 8 != 0 {
        (matrix.a, matrix.d) = (fraction(0), fraction(0))
        place += 2
      } else if flags & 0x40 != 0 {
        (matrix.a, matrix.d) = (fraction(0), fraction(1))
        place += 4
      } else if flags & 0x80 != 0 {
        (matrix.a, matrix.b, matrix.c, matrix.d) = (
          fraction(0), fraction(1), fraction(2), fraction(3)
        )
        place += 8
      }
      if !isOffset { (matrix.e, matrix.f) = (0, 0) }
      for contour in contours(of: glyph, depth: depth + 1, budget: &budget) {
        result.append(
          contour.map { node in
            let point = Point(x: Double(node.x), y: Double(node.y)).transformed(by: matrix)
            return Node(
              x: Int(point.x.rounded()), y: Int(point.y.rounded()), isOnCurve: node.isOnCurve)
          })
      }
      if flags & 0x20 == 0 { break }
    }
    return result
  }

  /// The outline of a glyph, in units of the em.
  func outline(of glyph: Int) -> Outline {
    var outline = Outline()
    for contour in contours(of: glyph) { Self.add(contour, to: &outline) }
    return outline
  }

  private static func add(_ contour: [Node], to outline: inout Outline) {
    guard contour.count > 1 else { return }
    func point(_ node: Node) -> Point { Point(x: Double(node.x), y: Double(node.y)) }
    func middle(_ one: Point, _ other: Point) -> Point {
      Point(x: (one.x + other.x) / 2, y: (one.y + other.y) / 2)
    }
    let first = contour.firstIndex { $0.isOnCurve }
    let start =
      first.map { point(contour[$0]) }
      ?? middle(point(contour[0]), point(contour[contour.count - 1]))
    outline.move(start)
    var control: Point?
    func curve(to end: Point, by control: Point, _ outline: inout Outline) {
      let from = outline.current
      outline.curve(
        Point(x: from.x + (control.x - from.x) * 2 / 3, y: from.y + (control.y - from.y) * 2 / 3),
        Point(x: end.x + (control.x - end.x) * 2 / 3, y: end.y + (control.y - end.y) * 2 / 3), end)
    }
    for step in 0..<contour.count {
      let node = contour[((first ?? -1) + 1 + step) % contour.count]
      let place = point(node)
      if node.isOnCurve {
        if let held = control { curve(to: place, by: held, &outline) } else { outline.line(place) }
        control = nil
      } else {
        if let held = control { curve(to: middle(held, place), by: held, &outline) }
        control = place
      }
    }
    if let held = control { curve(to: start, by: held, &outline) }
    outline.close()
  }
}
