/// How a version divides its codewords into blocks of data and error correction at level M.
struct QRLayout {
  let version: Int

  /// The first version whose data codewords hold so many bytes; nil if none does.
  static func smallest(for count: Int) -> QRLayout? {
    (1...40).lazy.map { QRLayout(version: $0) }.first { layout in
      layout.lengthBits + 4 + 8 * count <= 8 * layout.dataCodewords
    }
  }

  /// The codewords of the bytes in the order in which they are drawn (§7.5, §7.6).
  func interleaved(_ bytes: [UInt8]) -> [UInt8] {
    let blocks = blocks(of: codewords(of: bytes))
    let correction = blocks.map { ReedSolomon.correction(of: $0, count: correctionPerBlock) }
    var sequence: [UInt8] = []
    for index in 0...(dataCodewords / blockCount) {
      sequence += blocks.filter { index < $0.count }.map { $0[index] }
    }
    for index in 0..<correctionPerBlock { sequence += correction.map { $0[index] } }
    return sequence
  }

  /// Mode, length, bytes and padding (§7.4.5, §7.4.10).
  private func codewords(of bytes: [UInt8]) -> [UInt8] {
    var bits: [Bool] = []
    func append(_ value: Int, _ count: Int) {
      for bit in (0..<count).reversed() { bits.append(value >> bit & 1 == 1) }
    }
    append(0b0100, 4)
    append(bytes.count, lengthBits)
    for byte in bytes { append(Int(byte), 8) }
    append(0, min(4, 8 * dataCodewords - bits.count))
    append(0, (8 - bits.count % 8) % 8)
    var codewords = stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<start + 8].reduce(0 as UInt8) { $0 << 1 | ($1 ? 1 : 0) }
    }
    let padding: [UInt8] = [0xEC, 0x11]
    let used = codewords.count
    for index in used..<dataCodewords { codewords.append(padding[(index - used) % 2]) }
    return codewords
  }

  /// The blocks; the last ones have one codeword more where they cannot all be equal.
  private func blocks(of codewords: [UInt8]) -> [[UInt8]] {
    let short = dataCodewords / blockCount
    let longCount = dataCodewords % blockCount
    var start = 0
    return (0..<blockCount).map { index in
      let end = start + short + (index >= blockCount - longCount ? 1 : 0)
      defer { start = end }
      return Array(codewords[start..<end])
    }
  }

  /// The bits of the length, which follow the mode.
  private var lengthBits: Int { version < 10 ? 8 : 16 }

  private var dataCodewords: Int { allCodewords - correctionPerBlock * blockCount }

  /// What the modules hold that are left by the function patterns.
  private var allCodewords: Int {
    var modules = (16 * version + 128) * version + 64
    if version > 1 {
      let rows = version / 7 + 2
      modules -= (25 * rows - 10) * rows - 55
      if version > 6 { modules -= 36 }
    }
    return modules / 8
  }

  // Level M of table 9, by version.
  private var correctionPerBlock: Int { Self.correctionPerBlock[version - 1] }
  private var blockCount: Int { Self.blockCounts[version - 1] }

  private static let correctionPerBlock = [
    10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
    26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  ]
  private static let blockCounts = [
    1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
    17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
  ]
}
