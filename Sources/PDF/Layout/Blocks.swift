// ISO 32000-1 §14.8.2.3: page content order.

/// Consecutive lines of one column.
struct Block {
  var lines: [Line]
  var left: Float
  var right: Float
  var top: Float
  var bottom: Float
}

/// Puts the lines of a page into reading order.
struct BlockOrder {
  /// The blocks of the lines, in reading order.
  static func blocks(_ lines: [Line]) -> [Block] {
    guard let direction = mainDirection(lines) else { return [] }
    var result: [Block] = []
    // Text in other directions is read after text in the page's direction.
    for current in [direction] + Set(lines.map(\.direction)).filter({ $0 != direction }).sorted() {
      result += ordered(blocks(of: lines.filter { $0.direction == current }))
    }
    return result
  }

  private static func mainDirection(_ lines: [Line]) -> UInt16? {
    var counts: [UInt16: Int] = [:]
    for line in lines { counts[line.direction, default: 0] += line.glyphCount }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  private static func blocks(of lines: [Line]) -> [Block] {
    var blocks: [Block] = []
    for line in lines {
      let top = line.baseline + 0.75 * line.size
      let bottom = line.baseline - 0.25 * line.size
      let current = blocks.count - 1
      if let last = blocks.last?.lines.last, follows(last, line) {
        blocks[current].lines.append(line)
        blocks[current].left = min(blocks[current].left, line.left)
        blocks[current].right = max(blocks[current].right, line.right)
        blocks[current].top = max(blocks[current].top, top)
        blocks[current].bottom = min(blocks[current].bottom, bottom)
      } else {
        blocks.append(
          Block(lines: [line], left: line.left, right: line.right, top: top, bottom: bottom))
      }
    }
    return blocks
  }

  /// Whether a line is directly below another.
  private static func follows(_ last: Line, _ line: Line) -> Bool {
    let drop = last.baseline - line.baseline
    let size = max(last.size, line.size)
    return drop > 0.3 * size && drop < 2.2 * size
      && min(last.right, line.right) > max(last.left, line.left)
  }

  /// Keeps the drawing order, except that a block above another in the same column comes first.
  private static func ordered(_ blocks: [Block]) -> [Block] {
    guard blocks.count > 1, blocks.count < 3000 else { return blocks }
    var remaining = Array(blocks.indices)
    var result: [Block] = []
    // The number of blocks that must precede each block and are not placed yet.
    var before = [Int](repeating: 0, count: blocks.count)
    for index in blocks.indices {
      for other in blocks.indices where other != index && precedes(blocks[other], blocks[index]) {
        before[index] += 1
      }
    }
    while !remaining.isEmpty {
      let place = remaining.firstIndex { before[$0] == 0 } ?? 0
      let index = remaining.remove(at: place)
      result.append(blocks[index])
      for other in remaining where precedes(blocks[index], blocks[other]) { before[other] -= 1 }
    }
    return result
  }

  private static func precedes(_ one: Block, _ other: Block) -> Bool {
    guard one.bottom >= other.top - 0.2 * (other.top - other.bottom) else { return false }
    guard one.bottom + one.top > other.bottom + other.top else { return false }
    return min(one.right, other.right) > max(one.left, other.left)
  }
}
