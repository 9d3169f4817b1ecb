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

  /// Adds the next row of the image.
  mutating func add(_ line: [UInt8]) {
    if size == source {
      rows += line
      return
    }
    // In units in which a source pixel has as many as there are columns.
    var target = 0
    var room = source.width
    for column in 0..<source.width {
      let first = min(size.columns, room)
      add(line, column, to: target, weight: Float(first))
      room -= first
      if room == 0 {
        target += 1
        room = source.width
        let rest = size.columns - first
        if rest > 0 {
          add(line, column, to: target, weight: Float(rest))
          room -= rest
        }
      }
    }
    endRow()
  }

  private mutating func add(_ line: [UInt8], _ column: Int, to target: Int, weight: Float) {
    for channel in 0..<channels {
      across[target * channels + channel] += Float(line[column * channels + channel]) * weight
    }
  }

  private mutating func endRow() {
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
    row += 1
  }
}
