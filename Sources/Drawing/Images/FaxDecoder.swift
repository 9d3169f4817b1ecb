// ISO 32000-2 §7.4.6 (CCITTFaxDecode); ITU-T T.4 and T.6.

internal import PDF

/// Decodes fax data of groups 3 and 4.
struct FaxDecoder {
  private let bytes: [UInt8]
  private let columns: Int
  private let rows: Int
  private let k: Int
  private let isByteAligned: Bool
  private let isBlackOne: Bool
  private var bit = 0

  /// - Parameters:
  ///   - bytes: The data.
  ///   - parameters: The decode parameters.
  ///   - width: The width of the image, for parameters without columns.
  ///   - height: The rows wanted.
  init(_ bytes: [UInt8], parameters: [String: Object], width: Int, height: Int) {
    self.bytes = bytes
    columns = min(max(parameters["Columns"]?.integer ?? 1728, 1), 1 << 16)
    rows = min(height, (1 << 28) / columns)
    k = parameters["K"]?.integer ?? 0
    func flag(_ key: String) -> Bool {
      if case .boolean(true)? = parameters[key] { true } else { false }
    }
    isByteAligned = flag("EncodedByteAlign")
    isBlackOne = flag("BlackIs1")
  }

  /// The bytes of a row.
  var rowBytes: Int { (columns + 7) / 8 }

  /// The samples, one bit each; rows that are missing are white.
  mutating func decode() -> [UInt8] {
    let white: UInt8 = isBlackOne ? 0 : 0xFF
    var result = [UInt8](repeating: white, count: rows * rowBytes)
    var reference = [columns]
    for row in 0..<rows {
      guard let changes = nextRow(reference) else { break }
      paint(changes, row: row, in: &result)
      reference = changes
    }
    return result
  }

  private func paint(_ changes: [Int], row: Int, in result: inout [UInt8]) {
    // Black runs are from each second change on.
    var index = 0
    while index < changes.count {
      let end = index + 1 < changes.count ? changes[index + 1] : columns
      var column = changes[index]
      while column < end {
        let place = row * rowBytes + column / 8
        if column % 8 == 0, end - column >= 8 {
          result[place] ^= 0xFF
          column += 8
        } else {
          result[place] ^= 0x80 >> UInt8(column % 8)
          column += 1
        }
      }
      index += 2
    }
  }

  private func peek(_ count: Int) -> Int {
    var value = 0
    let first = bit / 8
    for place in first..<first + 4 {
      value = value << 8 | (place < bytes.count ? Int(bytes[place]) : 0)
    }
    return value >> (32 - bit % 8 - count) & ((1 << count) - 1)
  }

  private var isAtEnd: Bool { bit >= bytes.count * 8 }

  /// The columns where the colour changes, beginning with white; nil at the end.
  private mutating func nextRow(_ reference: [Int]) -> [Int]? {
    if isByteAligned { bit = (bit + 7) / 8 * 8 }
    var isTwoDimensional = k < 0
    if k >= 0 {
      skipEndOfLine()
      if k > 0 {
        isTwoDimensional = peek(1) == 0
        bit += 1
      }
    } else if peek(24) == 0x001001 {
      return nil
    }
    guard !isAtEnd else { return nil }
    return isTwoDimensional ? twoDimensionalRow(reference) : oneDimensionalRow()
  }

  /// Skips an end-of-line code and the fill bits before it.
  private mutating func skipEndOfLine() {
    var place = bit
    let end = bytes.count * 8
    var zeros = 0
    while place < end, bytes[place / 8] >> UInt8(7 - place % 8) & 1 == 0 {
      zeros += 1
      place += 1
    }
    if zeros >= 11, place < end { bit = place + 1 }
  }

  /// Reads a run of one colour; nil for an invalid code.
  private mutating func run(isBlack: Bool) -> Int? {
    let table = isBlack ? FaxTables.shared.black : FaxTables.shared.white
    var total = 0
    while true {
      let entry = table[peek(FaxTables.width)]
      guard entry.bits > 0, !isAtEnd else { return nil }
      bit += Int(entry.bits)
      total += Int(entry.run)
      if entry.run < 64 { return total }
    }
  }

  private mutating func oneDimensionalRow() -> [Int]? {
    var changes: [Int] = []
    var column = 0
    var isBlack = false
    while column < columns {
      guard let run = run(isBlack: isBlack) else { return changes.isEmpty ? nil : changes }
      column = min(column + run, columns)
      changes.append(column)
      isBlack.toggle()
    }
    return changes
  }

  private mutating func twoDimensionalRow(_ reference: [Int]) -> [Int]? {
    var changes: [Int] = []
    var column = -1
    var isBlack = false
    var next = 0
    while column < columns {
      // The first change of the reference row to the opposite colour after the place.
      while next > 0, reference[next - 1] > column { next -= 1 }
      while next < reference.count, reference[next] <= column || (next % 2 == 1) != isBlack {
        next += 1
      }
      let b1 = next < reference.count ? reference[next] : columns
      let b2 = next + 1 < reference.count ? reference[next + 1] : columns
      guard let mode = mode() else { return changes.isEmpty ? nil : changes }
      switch mode {
      case .pass: column = b2
      case .horizontal:
        guard let first = run(isBlack: isBlack), let second = run(isBlack: !isBlack) else {
          return changes.isEmpty ? nil : changes
        }
        let start = min(max(column, 0) + first, columns)
        changes.append(start)
        column = min(start + second, columns)
        changes.append(column)
      case .vertical(let distance):
        column = min(max(b1 + distance, changes.last ?? 0), columns)
        changes.append(column)
        isBlack.toggle()
      }
      if changes.count > 2 * columns + 2 { return changes }
    }
    return changes
  }

  private enum Mode {
    case pass, horizontal
    case vertical(Int)
  }

  private mutating func mode() -> Mode? {
    guard !isAtEnd else { return nil }
    let (bits, mode): (Int, Mode)
    switch peek(7) {
    case 64...: (bits, mode) = (1, .vertical(0))
    case 48...63: (bits, mode) = (3, .vertical(1))
    case 32...47: (bits, mode) = (3, .vertical(-1))
    case 16...31: (bits, mode) = (3, .horizontal)
    case 8...15: (bits, mode) = (4, .pass)
    case 6, 7: (bits, mode) = (6, .vertical(2))
    case 4, 5: (bits, mode) = (6, .vertical(-2))
    case 3: (bits, mode) = (7, .vertical(3))
    case 2: (bits, mode) = (7, .vertical(-3))
    default: return nil
    }
    bit += bits
    return mode
  }
}
