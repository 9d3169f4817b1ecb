// ITU-T T.81 Annex A (transform), Annex C and F (Huffman codes), B.2.3 (scan headers).

/// The header of a scan.
struct JPEGScan {
  private(set) var components: [Int] = []
  /// For each component the tables of its codes.
  private(set) var tables: [UInt8] = []
  let first: Int
  let last: Int
  let high: Int
  let low: Int

  init?(_ segment: [UInt8], components frame: [JPEGDecoder.Component]) {
    guard let count = segment.first.map(Int.init), (1...4).contains(count),
      segment.count >= 4 + 2 * count
    else { return nil }
    for index in 0..<count {
      let identifier = segment[1 + 2 * index]
      guard let place = frame.firstIndex(where: { $0.identifier == identifier }) else {
        return nil
      }
      components.append(place)
      tables.append(segment[2 + 2 * index])
    }
    first = Int(segment[1 + 2 * count])
    last = Int(segment[2 + 2 * count])
    high = Int(segment[3 + 2 * count] >> 4)
    low = Int(segment[3 + 2 * count] & 15)
    guard first <= last, last < 64, low < 14 else { return nil }
  }
}

/// Reads bits of entropy-coded data.
struct JPEGBits {
  private let file: [UInt8]
  private(set) var place: Int
  private var buffer = 0
  private var count = 0
  private(set) var isAtEnd = false

  init(_ file: [UInt8], from place: Int) {
    self.file = file
    self.place = place
  }

  mutating func bit() -> Int {
    if count == 0 {
      guard place < file.count else {
        isAtEnd = true
        return 0
      }
      if file[place] == 0xFF {
        // A zero follows a byte that looks like a marker.
        guard place + 1 < file.count, file[place + 1] == 0 else {
          isAtEnd = true
          return 0
        }
        place += 1
        buffer = 0xFF
      } else {
        buffer = Int(file[place])
      }
      place += 1
      count = 8
    }
    count -= 1
    return buffer >> count & 1
  }

  mutating func bits(_ number: Int) -> Int {
    var value = 0
    for _ in 0..<number { value = value << 1 | bit() }
    return value
  }

  /// A number whose sign is in its first bit.
  mutating func signed(_ size: Int) -> Int {
    guard size > 0 else { return 0 }
    let value = bits(size)
    return value < 1 << (size - 1) ? value - (1 << size) + 1 : value
  }

  /// Moves behind the next restart marker; false if another marker comes first.
  mutating func restart() -> Bool {
    count = 0
    isAtEnd = false
    while place + 1 < file.count {
      if file[place] == 0xFF, (0xD0...0xD7).contains(file[place + 1]) {
        place += 2
        return true
      }
      if file[place] == 0xFF, file[place + 1] != 0, file[place + 1] != 0xFF { return false }
      place += 1
    }
    return false
  }
}

/// A table of Huffman codes.
struct JPEGHuffmanTable {
  private let values: [UInt8]
  /// For each length the first code, the number of codes and the place of the first value.
  private var lengths: [(first: Int, count: Int, place: Int)] = []

  init(counts: [Int], values: [UInt8]) {
    self.values = values
    var code = 0
    var place = 0
    for count in counts {
      lengths.append((code, count, place))
      code = (code + count) << 1
      place += count
    }
  }

  func read(_ reader: inout JPEGBits) -> Int? {
    var code = 0
    for length in lengths {
      code = code << 1 | reader.bit()
      let index = code - length.first
      if index >= 0, index < length.count { return Int(values[length.place + index]) }
    }
    return nil
  }
}

/// The inverse discrete cosine transform, of all frequencies of a block or of the lower ones.
struct JPEGTransform {
  private let size: Int
  /// The cosines by frequency and place, with the factors of the definition.
  private let cosines: [Float]

  /// - Parameter size: The width and height of the samples of a block, at most 8.
  init(size: Int) {
    self.size = size
    var cosines: [Float] = []
    for frequency in 0..<size {
      for place in 0..<size {
        let degrees = Double((2 * place + 1) * frequency) * 90 / Double(size)
        let factor = frequency == 0 ? 0.5.squareRoot() / 2 : 0.5
        cosines.append(Float(factor * Trigonometry.sine(degrees: degrees + 90)))
      }
    }
    self.cosines = cosines
  }

  func block(
    _ coefficients: [Int16], at start: Int, _ quantization: [Int], into plane: inout [UInt8],
    at place: Int, rowBytes: Int
  ) {
    // For each row of frequencies, its sums over the places across.
    var rows = [Float](repeating: 0, count: size * size)
    for vertical in 0..<size {
      for horizontal in 0..<size {
        let coefficient = coefficients[start + 8 * vertical + horizontal]
        guard coefficient != 0 else { continue }
        let value = Float(Int(coefficient) * quantization[8 * vertical + horizontal])
        for x in 0..<size { rows[size * vertical + x] += value * cosines[size * horizontal + x] }
      }
    }
    for y in 0..<size {
      for x in 0..<size {
        var sum: Float = 128.5
        for vertical in 0..<size {
          sum += rows[size * vertical + x] * cosines[size * vertical + y]
        }
        plane[place + y * rowBytes + x] = UInt8(min(max(sum, 0), 255))
      }
    }
  }
}
