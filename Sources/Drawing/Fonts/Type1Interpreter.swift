// Adobe Type 1 Font Format §6 (charstrings), §8 (flex and hint replacement).

internal import PDF

/// Interprets Type 1 charstrings.
struct Type1Interpreter {
  let program: Type1Program

  private var outline = Outline()
  private var stack: [Double] = []
  /// The stack of the PostScript interpreter, by which othersubrs return values.
  private var returned: [Double] = []
  private var x = 0.0
  private var y = 0.0
  private var leftSide = 0.0
  private var flex: [Point]?
  private var isDone = false
  private var budget = 50_000

  init(program: Type1Program) { self.program = program }

  mutating func run(_ charString: [UInt8]) -> Outline {
    interpret(charString, depth: 0)
    outline.close()
    return outline
  }

  private mutating func interpret(_ bytes: [UInt8], depth: Int) {
    var place = 0
    while place < bytes.count, !isDone {
      let byte = Int(bytes[place])
      place += 1
      budget -= 1
      if budget <= 0 { isDone = true }
      switch byte {
      case 32...246: push(Double(byte - 139))
      case 247...250:
        guard place < bytes.count else { return }
        push(Double((byte - 247) * 256 + Int(bytes[place]) + 108))
        place += 1
      case 251...254:
        guard place < bytes.count else { return }
        push(Double(-(byte - 251) * 256 - Int(bytes[place]) - 108))
        place += 1
      case 255:
        guard place + 3 < bytes.count else { return }
        let value = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
        push(Double(Int32(truncatingIfNeeded: value)))
        place += 4
      case 10:  // callsubr
        guard depth < 10, let number = stack.popLast(), abs(number) < 1e6,
          let subroutine = program.subroutines[Int(number)]
        else { return }
        interpret(subroutine, depth: depth + 1)
      case 11: return  // return
      case 12:
        guard place < bytes.count else { return }
        escape(Int(bytes[place]), depth: depth)
        place += 1
      default:
        perform(byte)
        stack.removeAll(keepingCapacity: true)
      }
    }
  }

  private mutating func push(_ value: Double) {
    if stack.count < 256 { stack.append(value) }
  }

  private mutating func perform(_ name: Int) {
    let n = stack
    switch name {
    case 13 where n.count >= 2:  // hsbw
      leftSide = n[0]
      (x, y) = (n[0] + origin.x, origin.y)
    case 21 where n.count >= 2: move(n[n.count - 2], n[n.count - 1])  // rmoveto
    case 22 where n.count >= 1: move(n[n.count - 1], 0)  // hmoveto
    case 4 where n.count >= 1: move(0, n[n.count - 1])  // vmoveto
    case 5 where n.count >= 2: line(n[0], n[1])  // rlineto
    case 6 where n.count >= 1: line(n[0], 0)  // hlineto
    case 7 where n.count >= 1: line(0, n[0])  // vlineto
    case 8 where n.count >= 6: curve(n)  // rrcurveto
    case 30 where n.count >= 4: curve([0, n[0], n[1], n[2], n[3], 0])  // vhcurveto
    case 31 where n.count >= 4: curve([n[0], 0, n[1], n[2], 0, n[3]])  // hvcurveto
    case 9: outline.close()  // closepath
    case 14: isDone = true  // endchar
    default: break
    }
  }

  private mutating func move(_ dx: Double, _ dy: Double) {
    x += dx
    y += dy
    if flex != nil {
      flex?.append(Point(x: x, y: y))
    } else {
      outline.close()
      outline.move(Point(x: x, y: y))
    }
  }

  private mutating func line(_ dx: Double, _ dy: Double) {
    x += dx
    y += dy
    outline.line(Point(x: x, y: y))
  }

  private mutating func curve(_ n: [Double]) {
    let first = Point(x: x + n[0], y: y + n[1])
    let second = Point(x: first.x + n[2], y: first.y + n[3])
    x = second.x + n[4]
    y = second.y + n[5]
    outline.curve(first, second, Point(x: x, y: y))
  }

  /// Where the glyph begins: that of a part of an accented letter is moved.
  private var origin = Point(x: 0, y: 0)

  private mutating func escape(_ name: Int, depth: Int) {
    let n = stack
    switch name {
    case 12:  // div
      guard n.count >= 2 else { return }
      stack.removeLast(2)
      stack.append(n[n.count - 1] == 0 ? 0 : n[n.count - 2] / n[n.count - 1])
      return
    case 16: return callOther()  // callothersubr
    case 17:  // pop
      push(returned.popLast() ?? 0)
      return
    case 7 where n.count >= 4:  // sbw
      leftSide = n[0]
      (x, y) = (n[0] + origin.x, n[1] + origin.y)
    case 6 where n.count >= 5 && depth < 10:  // seac
      accentedLetter(n)
      return
    case 33 where n.count >= 2:  // setcurrentpoint
      (x, y) = (n[0], n[1])
    default: break
    }
    stack.removeAll(keepingCapacity: true)
  }

  private mutating func callOther() {
    guard let number = stack.popLast(), let count = stack.popLast(), count >= 0,
      Int(min(count, 1000)) <= stack.count
    else { return stack.removeAll() }
    let arguments = Array(stack.suffix(Int(count)))
    stack.removeLast(Int(count))
    switch number {
    case 1: flex = []
    case 2: break
    case 0:
      if let points = flex, points.count >= 7 {
        outline.curve(points[1], points[2], points[3])
        outline.curve(points[4], points[5], points[6])
      }
      flex = nil
      // The end point is returned for setcurrentpoint.
      returned = [y, x]
    case 3: returned = [3]
    default: returned = arguments.reversed()
    }
  }

  /// Draws an accented letter of two others (§6.4, `seac`).
  private mutating func accentedLetter(_ n: [Double]) {
    let left = leftSide
    for (code, place) in [
      (n[3], Point(x: 0, y: 0)), (n[4], Point(x: left - n[0] + n[1], y: n[2])),
    ] {
      guard code >= 0, code < 256, let name = Self.standardNames(program)[Int(code)],
        let charString = program.charStrings[name]
      else { continue }
      var part = Type1Interpreter(program: program)
      part.origin = place
      part.budget = budget / 2
      outline.append(part.run(charString))
    }
    isDone = true
  }

  /// The program's names of the standard encoding's glyphs.
  private static func standardNames(_ program: Type1Program) -> [Int: String] {
    var byScalar: [UInt32: String] = [:]
    for name in program.names {
      let scalars = GlyphNames.scalars(name)
      guard scalars.count == 1 else { continue }
      if let known = byScalar[scalars[0]], known.utf8.count <= name.utf8.count { continue }
      byScalar[scalars[0]] = name
    }
    var result: [Int: String] = [:]
    for (code, scalar) in BaseEncoding.standard.scalars.enumerated() where scalar != 0 {
      result[code] = byScalar[scalar]
    }
    return result
  }
}
