// Adobe Technical Notes 5176 and 5177: writing a CFF font.

/// Writes a CFF font of outlines whose coordinates are whole units.
///
/// Hints and subroutines are left out: a page has few glyphs, and compression finds what repeats.
enum CompactWriter {
  /// A CFF table; the first outline is that of `.notdef`.
  static func table(_ outlines: [Outline], measures: FontMeasures) -> [UInt8] {
    let charStrings = index(outlines.map(charString))
    let names = index([Array("F".utf8)])
    // Names beyond the standard strings.
    let more = max(0, outlines.count - 391)
    let strings = index((0..<more).map { Array("g\($0)".utf8) })
    let subroutines = index([])
    var charset = TableWriter()
    charset.byte(2)
    charset.words(1, max(0, outlines.count - 2))
    let own = integer(0, isFixed: false) + [20] + integer(0, isFixed: false) + [21]
    // Offsets have a fixed length, so that the dictionary's own length is known.
    func top(_ charsetAt: Int, _ charStringsAt: Int, _ ownAt: Int) -> [UInt8] {
      var entries: [UInt8] = []
      let box = measures.box
      for value in [box.left, box.bottom, box.right, box.top] {
        entries += integer(value, isFixed: false)
      }
      entries.append(5)
      entries += integer(charsetAt, isFixed: true) + [15]
      entries += integer(charStringsAt, isFixed: true) + [17]
      entries += integer(own.count, isFixed: true) + integer(ownAt, isFixed: true) + [18]
      return index([entries])
    }
    let start =
      4 + names.count + top(0, 0, 0).count + strings.count + subroutines.count
    let charsetAt = start
    let charStringsAt = charsetAt + charset.bytes.count
    let ownAt = charStringsAt + charStrings.count
    return [1, 0, 4, 4] + names + top(charsetAt, charStringsAt, ownAt) + strings + subroutines
      + charset.bytes + charStrings + own
  }

  private static func index(_ items: [[UInt8]]) -> [UInt8] {
    var table = TableWriter()
    table.word(items.count)
    guard !items.isEmpty else { return table.bytes }
    let total = items.reduce(1) { $0 + $1.count }
    let size = total < 1 << 8 ? 1 : total < 1 << 16 ? 2 : 4
    table.byte(size)
    var offset = 1
    func write(_ offset: Int, _ table: inout TableWriter) {
      switch size {
      case 1: table.byte(offset)
      case 2: table.word(offset)
      default: table.long(offset)
      }
    }
    write(offset, &table)
    for item in items {
      offset += item.count
      write(offset, &table)
    }
    for item in items { table.append(item) }
    return table.bytes
  }

  /// An operand of a dictionary.
  private static func integer(_ value: Int, isFixed: Bool) -> [UInt8] {
    var table = TableWriter()
    if isFixed {
      table.byte(29)
      table.long(value)
    } else {
      operand(value, &table)
    }
    return table.bytes
  }

  private static func operand(_ value: Int, _ table: inout TableWriter) {
    switch value {
    case -107...107: table.byte(value + 139)
    case 108...1131:
      table.byte((value - 108) >> 8 + 247)
      table.byte(value - 108)
    case -1131 ... -108:
      table.byte((-value - 108) >> 8 + 251)
      table.byte(-value - 108)
    default:
      table.byte(28)
      table.word(min(max(value, -32768), 32767))
    }
  }

  private static func charString(_ outline: Outline) -> [UInt8] {
    var table = TableWriter()
    var (x, y) = (0, 0)
    func delta(_ point: Point) -> (Int, Int) {
      let (newX, newY) = (Int(point.x.rounded()), Int(point.y.rounded()))
      defer { (x, y) = (newX, newY) }
      return (newX - x, newY - y)
    }
    for step in outline.steps {
      switch step {
      case .move(let point):
        let (dx, dy) = delta(point)
        operand(dx, &table)
        operand(dy, &table)
        table.byte(21)
      case .line(let point):
        let (dx, dy) = delta(point)
        if dx == 0, dy == 0 { continue }
        if dx != 0 { operand(dx, &table) }
        if dy != 0 { operand(dy, &table) }
        table.byte(dy == 0 ? 6 : dx == 0 ? 7 : 5)
      case .curve(let first, let second, let point):
        let (a, b, c) = (delta(first), delta(second), delta(point))
        curve(a, b, c, &table)
      case .close: break
      }
    }
    table.byte(14)
    return table.bytes
  }

  private static func curve(
    _ a: (Int, Int), _ b: (Int, Int), _ c: (Int, Int), _ table: inout TableWriter
  ) {
    let (numbers, name) =
      if a.1 == 0, c.0 == 0 {
        ([a.0, b.0, b.1, c.1], 31)
      } else if a.0 == 0, c.1 == 0 {
        ([a.1, b.0, b.1, c.0], 30)
      } else {
        ([a.0, a.1, b.0, b.1, c.0, c.1], 8)
      }
    for number in numbers { operand(number, &table) }
    table.byte(name)
  }
}
