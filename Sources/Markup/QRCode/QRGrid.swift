/// The modules of a QR code while it is drawn.
struct QRGrid: Sendable, Equatable {
  let version: Int
  let size: Int
  /// Row by row.
  private var isDark: [Bool]
  /// What belongs to a function pattern, which masks leave alone.
  private var isFunction: [Bool]

  init(version: Int) {
    self.version = version
    size = 17 + 4 * version
    isDark = Array(repeating: false, count: size * size)
    isFunction = isDark
  }

  subscript(row: Int, column: Int) -> Bool { isDark[row * size + column] }

  private mutating func set(_ row: Int, _ column: Int, _ dark: Bool) {
    isDark[row * size + column] = dark
    isFunction[row * size + column] = true
  }

  // MARK: Function patterns (§6.3)

  mutating func drawFunctionPatterns() {
    for index in 0..<size {
      set(6, index, index % 2 == 0)
      set(index, 6, index % 2 == 0)
    }
    for (row, column) in [(3, 3), (3, size - 4), (size - 4, 3)] { drawFinder(row, column) }
    let centres = alignmentCentres
    for row in centres {
      for column in centres where !isCorner(row, column) { drawAlignment(row, column) }
    }
    drawVersion()
    // Takes the place of the format; what it says is drawn with the mask.
    drawFormat(mask: 0)
  }

  /// A finder pattern with its light separator.
  private mutating func drawFinder(_ row: Int, _ column: Int) {
    for y in max(0, row - 4)...min(size - 1, row + 4) {
      for x in max(0, column - 4)...min(size - 1, column + 4) {
        let distance = max(abs(y - row), abs(x - column))
        set(y, x, distance != 2 && distance != 4)
      }
    }
  }

  private mutating func drawAlignment(_ row: Int, _ column: Int) {
    for y in -2...2 {
      for x in -2...2 { set(row + y, column + x, max(abs(y), abs(x)) != 1) }
    }
  }

  /// The rows, and columns, of the centres of alignment patterns (annex E).
  private var alignmentCentres: [Int] {
    guard version > 1 else { return [] }
    let count = version / 7 + 2
    let distance = version == 32 ? 26 : (4 * version + 2 * count + 1) / (2 * count - 2) * 2
    return [6] + (0..<count - 1).map { size - 7 - $0 * distance }
  }

  /// Whether a finder pattern has the place.
  private func isCorner(_ row: Int, _ column: Int) -> Bool {
    (row == 6 && (column == 6 || column == size - 7)) || (row == size - 7 && column == 6)
  }

  /// The number of the version with 12 bits of error correction, twice (§7.10).
  private mutating func drawVersion() {
    guard version > 6 else { return }
    var remainder = version
    for _ in 0..<12 { remainder = remainder << 1 ^ (remainder >> 11) * 0x1F25 }
    let bits = version << 12 | remainder
    for index in 0..<18 {
      let dark = bits >> index & 1 == 1
      set(index / 3, size - 11 + index % 3, dark)
      set(size - 11 + index % 3, index / 3, dark)
    }
  }

  /// The level and the mask with 10 bits of error correction, twice (§7.9).
  private mutating func drawFormat(mask: Int) {
    // The bits of level M are 00.
    var remainder = mask
    for _ in 0..<10 { remainder = remainder << 1 ^ (remainder >> 9) * 0x537 }
    let bits = (mask << 10 | remainder) ^ 0x5412
    func isDark(_ index: Int) -> Bool { bits >> index & 1 == 1 }
    for index in 0..<15 {
      // Around the upper left finder pattern, past the timing patterns.
      switch index {
      case 0...5: set(index, 8, isDark(index))
      case 6, 7: set(index + 1, 8, isDark(index))
      case 8: set(8, 7, isDark(index))
      default: set(8, 14 - index, isDark(index))
      }
      if index < 8 {
        set(8, size - 1 - index, isDark(index))
      } else {
        set(size - 15 + index, 8, isDark(index))
      }
    }
    set(size - 8, 8, true)
  }

  // MARK: Data

  /// Draws codewords in columns of two modules, from the right, up and down in turn (§7.7.3).
  mutating func draw(_ codewords: [UInt8]) {
    var index = 0
    var isUpward = true
    var right = size - 1
    while right > 0 {
      // The column of the timing pattern is passed over.
      if right == 6 { right -= 1 }
      for step in 0..<size {
        let row = isUpward ? size - 1 - step : step
        for column in [right, right - 1] where !isFunction[row * size + column] {
          // The few modules that are left over at the end are light.
          guard index < 8 * codewords.count else { continue }
          isDark[row * size + column] = codewords[index / 8] >> UInt8(7 - index % 8) & 1 == 1
          index += 1
        }
      }
      isUpward.toggle()
      right -= 2
    }
  }

  /// The code under a mask (§7.8.2), with its format.
  func masked(by mask: Int) -> QRGrid {
    var grid = self
    for row in 0..<size {
      for column in 0..<size where !isFunction[row * size + column] {
        if QRGrid.isInverted(row, column, mask) { grid.isDark[row * size + column].toggle() }
      }
    }
    grid.drawFormat(mask: mask)
    return grid
  }

  private static func isInverted(_ row: Int, _ column: Int, _ mask: Int) -> Bool {
    let product = row * column
    return switch mask {
    case 0: (row + column) % 2 == 0
    case 1: row % 2 == 0
    case 2: column % 3 == 0
    case 3: (row + column) % 3 == 0
    case 4: (row / 2 + column / 3) % 2 == 0
    case 5: product % 2 + product % 3 == 0
    case 6: (product % 2 + product % 3) % 2 == 0
    default: ((row + column) % 2 + product % 3) % 2 == 0
    }
  }

  // MARK: Penalty (§7.8.3)

  /// The points for what confuses a camera: long runs, blocks, what looks like a finder pattern, and
  /// an uneven share of dark modules.
  var penalty: Int {
    var points = 0
    for index in 0..<size {
      points += QRGrid.linePenalty((0..<size).map { self[index, $0] })
      points += QRGrid.linePenalty((0..<size).map { self[$0, index] })
    }
    for row in 0..<size - 1 {
      for column in 0..<size - 1 {
        let dark = self[row, column]
        let isBlock =
          self[row, column + 1] == dark && self[row + 1, column] == dark
          && self[row + 1, column + 1] == dark
        if isBlock { points += 3 }
      }
    }
    let share = isDark.count(where: \.self)
    // Ten points for each 5 % away from one half.
    return points + abs(20 * share - 10 * isDark.count) / isDark.count * 10
  }

  private static let finderLike = [true, false, true, true, true, false, true]

  private static func linePenalty(_ line: [Bool]) -> Int {
    var points = 0
    var run = 0
    for index in line.indices {
      run = index > 0 && line[index] == line[index - 1] ? run + 1 : 1
      if run == 5 { points += 3 } else if run > 5 { points += 1 }
    }
    // Outside of the code is the quiet zone, which is light.
    func isLight(_ range: Range<Int>) -> Bool {
      range.allSatisfy { !line.indices.contains($0) || !line[$0] }
    }
    for start in 0...(line.count - 7) where line[start..<start + 7].elementsEqual(finderLike) {
      if isLight(start - 4..<start) || isLight(start + 7..<start + 11) { points += 40 }
    }
    return points
  }
}
