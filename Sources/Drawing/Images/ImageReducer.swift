internal import Markup

/// Averages pixels over areas, so that an image gets smaller.
struct ImageReducer {
  private let source: (width: Int, height: Int)
  private let size: (columns: Int, lines: Int)
  private let channels: Int
  /// The finished rows, one byte per channel.
  private(set) var rows: [UInt8] = []
  /// The sums of the row that is being read, and of the lines that it adds to.
  private var across: [Float]
  private var sums: [Float]
  private var column = 0
  private var row = 0

  init(
    from source: (width: Int, height: Int), to size: (columns: Int, lines: Int), channels: Int
  ) {
    self.source = source
    self.size = size
    self.channels = channels
    across = [Float](repeating: 0, count: size.columns * channels)
    sums = across
    rows.reserveCapacity(size.columns * size.lines * channels)
  }

  /// Adds the next pixel of the row.
  mutating func add(_ color: SVGColor) {
    // In units in which a source pixel has as many as there are columns.
    let start = column * size.columns
    let target = start / source.width
    let first = min(size.columns, (target + 1) * source.width - start)
    add(color, to: target, weight: first)
    if first < size.columns, target + 1 < size.columns {
      add(color, to: target + 1, weight: size.columns - first)
    }
    column += 1
  }

  private mutating func add(_ color: SVGColor, to target: Int, weight: Int) {
    let place = target * channels
    across[place] += Float(color.red) * Float(weight)
    guard channels == 3 else { return }
    across[place + 1] += Float(color.green) * Float(weight)
    across[place + 2] += Float(color.blue) * Float(weight)
  }

  mutating func endRow() {
    let start = row * size.lines
    let boundary = (start / source.height + 1) * source.height
    let first = Float(min(size.lines, boundary - start))
    for index in sums.indices { sums[index] += across[index] * first }
    if start + size.lines >= boundary {
      let total = Float(source.width) * Float(source.height)
      let rest = Float(size.lines) - first
      for index in sums.indices {
        rows.append(UInt8(min(max(sums[index] / total + 0.5, 0), 255)))
        sums[index] = across[index] * rest
      }
    }
    for index in across.indices { across[index] = 0 }
    column = 0
    row += 1
  }
}
