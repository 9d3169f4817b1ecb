// Adobe Technical Note 5177: the Type 2 charstring format.

/// Interprets Type 2 charstrings.
struct Type2Interpreter {
  let bytes: [UInt8]
  let globalSubroutines: [Range<Int>]
  let localSubroutines: [Range<Int>]
  /// The charstring of a glyph by its code in the standard encoding, for accented letters.
  let component: (Int) -> Range<Int>?

  private(set) var outline = Outline()
  private var stack: [Double] = []
  private var x = 0.0
  private var y = 0.0
  private var hints = 0
  private var hasWidth = false
  private var isOpen = false
  private var isDone = false
  private var transient = [Double](repeating: 0, count: 32)
  /// The number of operators that may still be performed.
  private var budget = 50_000

  init(
    bytes: [UInt8], globalSubroutines: [Range<Int>], localSubroutines: [Range<Int>],
    component: @escaping (Int) -> Range<Int>?
  ) {
    self.bytes = bytes
    self.globalSubroutines = globalSubroutines
    self.localSubroutines = localSubroutines
    self.component = component
  }

  /// The outline of a charstring.
  mutating func run(_ range: Range<Int>) -> Outline {
    interpret(range, depth: 0)
    if isOpen { outline.close() }
    return outline
  }

  private mutating func interpret(_ range: Range<Int>, depth: Int) {
    var place = range.lowerBound
    let end = min(range.upperBound, bytes.count)
    while place < end, !isDone {
      let byte = Int(bytes[place])
      place += 1
      switch byte {
      case 28:
        guard place + 1 < end else { return }
        push(Double(Int16(truncatingIfNeeded: Int(bytes[place]) << 8 | Int(bytes[place + 1]))))
        place += 2
      case 32...246: push(Double(byte - 139))
      case 247...250:
        guard place < end else { return }
        push(Double((byte - 247) * 256 + Int(bytes[place]) + 108))
        place += 1
      case 251...254:
        guard place < end else { return }
        push(Double(-(byte - 251) * 256 - Int(bytes[place]) - 108))
        place += 1
      case 255:
        guard place + 3 < end else { return }
        let value = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
        push(Double(Int32(truncatingIfNeeded: value)) / 65536)
        place += 4
      case 19, 20:  // hintmask, cntrmask
        takeStems()
        place += (hints + 7) / 8
      case 11: return  // return
      case 10, 29:  // callsubr, callgsubr
        let subroutines = byte == 10 ? localSubroutines : globalSubroutines
        let bias = subroutines.count < 1240 ? 107 : subroutines.count < 33900 ? 1131 : 32768
        guard depth < 10, let number = stack.popLast(), abs(number) < 1e6,
          subroutines.indices.contains(Int(number) + bias)
        else { return }
        interpret(subroutines[Int(number) + bias], depth: depth + 1)
      case 12:
        guard place < end else { return }
        escape(Int(bytes[place]))
        place += 1
      default: perform(byte, depth: depth)
      }
      budget -= 1
      if budget <= 0 { isDone = true }
    }
  }

  private mutating func push(_ value: Double) {
    if stack.count < 513 { stack.append(value) }
  }

  /// Removes the width, which precedes the operands of the first operator.
  private mutating func takeWidth(_ isThere: Bool) {
    if !hasWidth, isThere, !stack.isEmpty { stack.removeFirst() }
    hasWidth = true
  }

  private mutating func takeStems() {
    takeWidth(stack.count % 2 == 1)
    hints += stack.count / 2
    stack.removeAll(keepingCapacity: true)
  }

  private mutating func perform(_ name: Int, depth: Int) {
    defer { stack.removeAll(keepingCapacity: true) }
    switch name {
    case 1, 3, 18, 23: takeStems()
    case 21:  // rmoveto
      takeWidth(stack.count > 2)
      if stack.count >= 2 { move(stack[0], stack[1]) }
    case 22:  // hmoveto
      takeWidth(stack.count > 1)
      if let dx = stack.first { move(dx, 0) }
    case 4:  // vmoveto
      takeWidth(stack.count > 1)
      if let dy = stack.first { move(0, dy) }
    case 5:  // rlineto
      for index in stride(from: 0, to: stack.count - 1, by: 2) {
        line(stack[index], stack[index + 1])
      }
    case 6, 7:  // hlineto, vlineto
      for (index, value) in stack.enumerated() {
        if (index % 2 == 0) == (name == 6) { line(value, 0) } else { line(0, value) }
      }
    case 8: curves(stack[...])  // rrcurveto
    case 24:  // rcurveline
      guard stack.count >= 2 else { return }
      curves(stack.dropLast(2))
      line(stack[stack.count - 2], stack[stack.count - 1])
    case 25:  // rlinecurve
      guard stack.count >= 6 else { return }
      for index in stride(from: 0, to: stack.count - 7, by: 2) {
        line(stack[index], stack[index + 1])
      }
      curves(stack.suffix(6))
    case 26, 27: parallelCurves(isVertical: name == 26)  // vvcurveto, hhcurveto
    case 30, 31: alternatingCurves(isHorizontal: name == 31)  // vhcurveto, hvcurveto
    case 14: endGlyph(depth: depth)  // endchar
    default: break
    }
  }

  private mutating func move(_ dx: Double, _ dy: Double) {
    if isOpen { outline.close() }
    x += dx
    y += dy
    outline.move(Point(x: x, y: y))
    isOpen = true
  }

  private mutating func line(_ dx: Double, _ dy: Double) {
    x += dx
    y += dy
    outline.line(Point(x: x, y: y))
    isOpen = true
  }

  private mutating func curve(_ n: [Double]) {
    let first = Point(x: x + n[0], y: y + n[1])
    let second = Point(x: first.x + n[2], y: first.y + n[3])
    x = second.x + n[4]
    y = second.y + n[5]
    outline.curve(first, second, Point(x: x, y: y))
    isOpen = true
  }

  private mutating func curves(_ numbers: ArraySlice<Double>) {
    var rest = numbers
    while rest.count >= 6 {
      curve(Array(rest.prefix(6)))
      rest = rest.dropFirst(6)
    }
  }

  private mutating func parallelCurves(isVertical: Bool) {
    var rest = stack[...]
    var across = 0.0
    if rest.count % 4 == 1 { across = rest.removeFirst() }
    while rest.count >= 4 {
      let n = Array(rest.prefix(4))
      curve(
        isVertical ? [across, n[0], n[1], n[2], 0, n[3]] : [n[0], across, n[1], n[2], n[3], 0])
      across = 0
      rest = rest.dropFirst(4)
    }
  }

  private mutating func alternatingCurves(isHorizontal: Bool) {
    var rest = stack[...]
    var isHorizontal = isHorizontal
    while rest.count >= 4 {
      let n = Array(rest.prefix(4))
      rest = rest.dropFirst(4)
      let last = rest.count == 1 ? rest.removeFirst() : 0
      curve(
        isHorizontal
          ? [n[0], 0, n[1], n[2], last, n[3]] : [0, n[0], n[1], n[2], n[3], last])
      isHorizontal.toggle()
    }
  }

  private mutating func endGlyph(depth: Int) {
    takeWidth(stack.count == 1 || stack.count == 5)
    if isOpen { outline.close() }
    isOpen = false
    // An accented letter of two others (appendix C).
    if stack.count >= 4, depth < 10 {
      let parts = Array(stack.suffix(4))
      stack.removeAll()
      for (code, origin) in [(parts[2], (0.0, 0.0)), (parts[3], (parts[0], parts[1]))] {
        guard code >= 0, code < 256, let range = component(Int(code)) else { continue }
        (x, y) = origin
        hints = 0
        isDone = false
        interpret(range, depth: 11)
      }
    }
    isDone = true
  }

  private mutating func escape(_ name: Int) {
    switch name {
    case 34:  // hflex
      guard stack.count >= 7 else { break }
      let n = stack
      curve([n[0], 0, n[1], n[2], n[3], 0])
      curve([n[4], 0, n[5], -n[2], n[6], 0])
    case 35:  // flex
      guard stack.count >= 12 else { break }
      curves(stack.prefix(12))
    case 36:  // hflex1
      guard stack.count >= 9 else { break }
      let n = stack
      curve([n[0], n[1], n[2], n[3], n[4], 0])
      curve([n[5], 0, n[6], n[7], n[8], -(n[1] + n[3] + n[7])])
    case 37:  // flex1
      guard stack.count >= 11 else { break }
      let n = stack
      let dx = n[0] + n[2] + n[4] + n[6] + n[8]
      let dy = n[1] + n[3] + n[5] + n[7] + n[9]
      curve(Array(n[0..<6]))
      curve(Array(n[6..<10]) + (abs(dx) > abs(dy) ? [n[10], -dy] : [-dx, n[10]]))
    default: return calculate(name)
    }
    stack.removeAll(keepingCapacity: true)
  }

  /// Arithmetic operators, which hardly any font uses.
  private mutating func calculate(_ name: Int) {
    func two(_ combine: (Double, Double) -> Double) {
      guard let second = stack.popLast(), let first = stack.popLast() else { return }
      stack.append(combine(first, second))
    }
    switch name {
    case 9: if let value = stack.popLast() { stack.append(abs(value)) }
    case 10: two(+)
    case 11: two(-)
    case 12: two { $1 == 0 ? 0 : $0 / $1 }
    case 14: if let value = stack.popLast() { stack.append(-value) }
    case 18: _ = stack.popLast()
    case 24: two(*)
    case 26: if let value = stack.popLast() { stack.append(max(value, 0).squareRoot()) }
    case 27: if let value = stack.last { push(value) }
    case 28: if stack.count > 1 { stack.swapAt(stack.count - 1, stack.count - 2) }
    case 20:
      guard let index = stack.popLast(), let value = stack.popLast(), index >= 0, index < 32
      else { return }
      transient[Int(index)] = value
    case 21:
      guard let index = stack.popLast(), index >= 0, index < 32 else { return }
      stack.append(transient[Int(index)])
    default: stack.removeAll(keepingCapacity: true)
    }
  }
}
