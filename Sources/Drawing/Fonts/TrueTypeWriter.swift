// ISO/IEC 14496-22 §5.3: tables of TrueType outlines.

/// Writes the tables of TrueType outlines, without instructions.
struct TrueTypeWriter {
  private(set) var glyf: [UInt8] = []
  private(set) var boxes: [(left: Int, bottom: Int, right: Int, top: Int)] = []
  private var offsets: [Int] = [0]
  private var mostNodes = 0
  private var mostContours = 0

  mutating func add(_ contours: [[TrueTypeGlyphs.Node]]) {
    let nodes = contours.joined().map { node in
      TrueTypeGlyphs.Node(
        x: min(max(node.x, -16000), 16000), y: min(max(node.y, -16000), 16000),
        isOnCurve: node.isOnCurve)
    }
    defer { offsets.append(glyf.count) }
    guard let first = nodes.first else { return boxes.append((0, 0, 0, 0)) }
    var box = (left: first.x, bottom: first.y, right: first.x, top: first.y)
    for node in nodes {
      box.left = min(box.left, node.x)
      box.right = max(box.right, node.x)
      box.bottom = min(box.bottom, node.y)
      box.top = max(box.top, node.y)
    }
    boxes.append(box)
    mostNodes = max(mostNodes, nodes.count)
    mostContours = max(mostContours, contours.count)
    var table = TableWriter()
    table.words(contours.count, box.left, box.bottom, box.right, box.top)
    var last = -1
    for contour in contours {
      last += contour.count
      table.word(last)
    }
    table.word(0)
    write(nodes, &table)
    table.pad(to: 4)
    glyf += table.bytes
  }

  private func write(_ nodes: [TrueTypeGlyphs.Node], _ table: inout TableWriter) {
    var flags: [UInt8] = []
    var (xs, ys) = (TableWriter(), TableWriter())
    var (x, y) = (0, 0)
    for node in nodes {
      var flag: UInt8 = node.isOnCurve ? 1 : 0
      flag |= Self.coordinate(node.x - x, short: 2, same: 16, &xs)
      flag |= Self.coordinate(node.y - y, short: 4, same: 32, &ys)
      flags.append(flag)
      (x, y) = (node.x, node.y)
    }
    // Overlapping contours are filled as one.
    flags[0] |= 0x40
    var index = 0
    while index < flags.count {
      var end = index + 1
      while end < flags.count, flags[end] == flags[index], end - index < 256 { end += 1 }
      if end - index > 1 {
        table.byte(Int(flags[index] | 8))
        table.byte(end - index - 1)
      } else {
        table.byte(Int(flags[index]))
      }
      index = end
    }
    table.append(xs.bytes)
    table.append(ys.bytes)
  }

  private static func coordinate(
    _ delta: Int, short: UInt8, same: UInt8, _ table: inout TableWriter
  ) -> UInt8 {
    if delta == 0 { return same }
    if abs(delta) < 256 {
      table.byte(abs(delta))
      return delta > 0 ? short | same : short
    }
    table.word(delta)
    return 0
  }

  var isLong: Bool { glyf.count > 0x1FFFE }

  var loca: [UInt8] {
    var table = TableWriter()
    for offset in offsets {
      if isLong { table.long(offset) } else { table.word(offset / 2) }
    }
    return table.bytes
  }

  var maxp: [UInt8] {
    var table = TableWriter()
    table.long(0x10000)
    table.words(boxes.count, mostNodes, mostContours, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)
    return table.bytes
  }
}
