// RFC 1951 (deflate), read past damage.

/// Inflates deflate data that are known to be damaged, as far as they can be.
///
/// zlib stops at the first error. Huffman codes come back into step after a few wrong symbols, so
/// that most of what follows an error can still be decoded: invalid codes are skipped, bytes before
/// the start of the output are replaced by spaces, and after a bad block header the next block that
/// can be decoded is searched. The result may differ from what was compressed at and after
/// the damage.
///
/// Each step uses up at least one bit of the data and the search for blocks has a budget, so the
/// work is bounded by the length of the data and the limit on the output.
struct DamagedDeflate {
  private(set) var output: [UInt8] = []
  private let bytes: [UInt8]
  private let limit: Int
  /// The next bit to read, from the start of the data.
  private var bit: Int
  private var searchBudget = DamagedDeflate.mostBitsSearched

  /// Bits tried as the beginning of a block, of one stream: about 50 ms of work.
  private static let mostBitsSearched = 1 << 21
  /// Fewer bits than this are no block; they may be the checksum.
  private static let fewestBits = 64
  /// Replaces bytes that are lost; a space, which separates words in most data of a PDF.
  private static let replacement: UInt8 = 0x20

  /// Inflates raw deflate data that begin at a byte of `bytes`, into at most `limit` bytes.
  init(_ bytes: [UInt8], from start: Int, limit: Int) {
    self.bytes = bytes
    self.limit = limit
    bit = min(start, bytes.count) * 8
    run()
  }

  private var end: Int { bytes.count * 8 }
  private var isFull: Bool { output.count >= limit }

  private mutating func run() {
    var last: (literals: HuffmanCode, distances: HuffmanCode)?
    while bit < end, !isFull {
      let start = bit
      if let header = readHeader() {
        let isFinal = bytes[start >> 3] >> UInt8(start & 7) & 1 == 1
        switch header {
        case .stored(let count): copyStored(count)
        case .compressed(let literals, let distances):
          last = (literals, distances)
          decode(literals, distances)
        }
        if isFinal, !Self.isPremature(end: bit / 8, of: bytes.count) { return }
      } else if let next = nextBlock(after: start) {
        bit = next
      } else if let codes = last {
        // The end of the last block was a wrong symbol, most likely.
        bit = start
        decode(codes.literals, codes.distances)
      } else {
        return
      }
    }
  }

  /// Whether so much data follow their end that it is probably a wrong symbol.
  ///
  /// A little may follow in a good file that gives a stream a greater length.
  static func isPremature(end: Int, of count: Int) -> Bool {
    count - end > max(64, count / 8)
  }

  // MARK: Blocks

  private enum Header {
    case stored(Int)
    case compressed(literals: HuffmanCode, distances: HuffmanCode)
  }

  /// Reads the header of a block; nil if it is none.
  private mutating func readHeader() -> Header? {
    guard end - bit > 3 else { return nil }
    _ = bits(1)
    switch bits(2) {
    case 0:
      bit = (bit + 7) / 8 * 8
      guard end - bit >= 32 else { return nil }
      let (count, complement) = (bits(16), bits(16))
      return count == ~complement & 0xFFFF ? .stored(count) : nil
    case 1: return .compressed(literals: .fixedLiterals, distances: .fixedDistances)
    case 2: return readCodes()
    default: return nil
    }
  }

  /// Reads the codes of a dynamic block (§3.2.7), which an encoder always makes complete.
  private mutating func readCodes() -> Header? {
    guard end - bit >= 14 else { return nil }
    let literalCount = bits(5) + 257
    let distanceCount = bits(5) + 1
    let lengthCount = bits(4) + 4
    guard literalCount <= 286, distanceCount <= 30, end - bit >= 3 * lengthCount else { return nil }
    var lengths = [UInt8](repeating: 0, count: 19)
    for symbol in Self.lengthOrder.prefix(lengthCount) { lengths[symbol] = UInt8(bits(3)) }
    guard HuffmanCode.isComplete(lengths[...]) else { return nil }
    let lengthCode = HuffmanCode(lengths[...])
    lengths = []
    while lengths.count < literalCount + distanceCount {
      guard let symbol = symbol(lengthCode) else { return nil }
      switch symbol {
      case 0..<16: lengths.append(UInt8(symbol))
      case 16:
        guard let last = lengths.last, end - bit >= 2 else { return nil }
        lengths += [UInt8](repeating: last, count: bits(2) + 3)
      case 17:
        guard end - bit >= 3 else { return nil }
        lengths += [UInt8](repeating: 0, count: bits(3) + 3)
      default:
        guard end - bit >= 7 else { return nil }
        lengths += [UInt8](repeating: 0, count: bits(7) + 11)
      }
    }
    guard lengths.count == literalCount + distanceCount, lengths[256] > 0 else { return nil }
    let distances = lengths[literalCount...]
    // A single distance code has one bit, of which half is unused.
    guard HuffmanCode.isComplete(lengths[..<literalCount]),
      HuffmanCode.isComplete(distances) || distances.allSatisfy({ $0 < 2 })
    else { return nil }
    return .compressed(
      literals: HuffmanCode(lengths[..<literalCount]), distances: HuffmanCode(distances))
  }

  private static let lengthOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  /// The bit at which the next stored or dynamic block begins, if one can be found.
  ///
  /// Fixed blocks begin with three bits and no more, and would be found anywhere.
  private mutating func nextBlock(after start: Int) -> Int? {
    var place = start + 1
    defer { bit = start }
    while place < end - Self.fewestBits, searchBudget > 0 {
      searchBudget -= 1
      bit = place + 1
      let type = bits(2)
      bit = place
      if type == 2, readHeader() != nil { return place }
      if type == 0, case .stored(let count)? = readHeader(), count > 0, count <= (end - bit) / 8 {
        return place
      }
      place += 1
    }
    return nil
  }

  private mutating func copyStored(_ count: Int) {
    let start = bit / 8
    let taken = min(count, bytes.count - start, limit - output.count)
    output += bytes[start..<start + taken]
    bit += taken * 8
  }

  /// Decodes symbols up to the end of the block.
  private mutating func decode(_ literals: HuffmanCode, _ distances: HuffmanCode) {
    while bit < end, !isFull {
      let start = bit
      guard let symbol = symbol(literals) else {
        bit = start + 1
        continue
      }
      if symbol < 256 {
        output.append(UInt8(symbol))
      } else if symbol == 256 {
        return
      } else if let count = length(symbol), let distance = distance(distances) {
        copy(count, from: distance)
      }
    }
  }

  /// The length that a symbol encodes (§3.2.5); nil for an invalid one.
  private mutating func length(_ symbol: Int) -> Int? {
    guard symbol < 286 else { return nil }
    if symbol == 285 { return 258 }
    let index = symbol - 257
    guard index >= 8 else { return index + 3 }
    let extra = index / 4 - 1
    guard end - bit >= extra else { return nil }
    return ((4 + index % 4) << extra) + 3 + bits(extra)
  }

  private mutating func distance(_ code: HuffmanCode) -> Int? {
    guard let symbol = symbol(code), symbol < 30 else { return nil }
    guard symbol >= 4 else { return symbol + 1 }
    let extra = symbol / 2 - 1
    guard end - bit >= extra else { return nil }
    return ((2 + symbol % 2) << extra) + 1 + bits(extra)
  }

  private mutating func copy(_ count: Int, from distance: Int) {
    for _ in 0..<min(count, limit - output.count) {
      let source = output.count - distance
      output.append(source < 0 ? Self.replacement : output[source])
    }
  }

  // MARK: Bits

  /// Reads a number of at most 16 bits, the lowest first, of which there must be enough.
  private mutating func bits(_ count: Int) -> Int {
    var value = 0
    for place in 0..<count {
      value |= Int(bytes[bit >> 3] >> UInt8(bit & 7) & 1) << place
      bit += 1
    }
    return value
  }

  /// Reads a symbol; nil where no code begins or the data end.
  private mutating func symbol(_ code: HuffmanCode) -> Int? {
    var (value, first, index) = (0, 0, 0)
    for length in 1...15 {
      guard bit < end else { return nil }
      value |= Int(bytes[bit >> 3] >> UInt8(bit & 7) & 1)
      bit += 1
      let count = Int(code.counts[length])
      if value - first < count { return Int(code.symbols[index + value - first]) }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    return nil
  }
}

/// A canonical Huffman code (RFC 1951 §3.2.2).
private struct HuffmanCode {
  /// How many symbols have a code of each length.
  let counts: [UInt16]
  /// The symbols in the order of their codes.
  let symbols: [UInt16]

  /// Makes a code of the lengths of the symbols' codes, zero for a symbol without one.
  init(_ lengths: ArraySlice<UInt8>) {
    var counts = [UInt16](repeating: 0, count: 16)
    for length in lengths where length > 0 { counts[Int(length)] += 1 }
    self.counts = counts
    symbols = (UInt8(1)...15).flatMap { length in
      lengths.enumerated().compactMap { $1 == length ? UInt16($0) : nil }
    }
  }

  /// Whether each sequence of bits begins with the code of a symbol, and of one only.
  static func isComplete(_ lengths: ArraySlice<UInt8>) -> Bool {
    lengths.reduce(0) { $1 > 0 ? $0 + 1 << (15 - Int($1)) : $0 } == 1 << 15
  }

  static let fixedLiterals = HuffmanCode(
    ([UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112)
      + [UInt8](repeating: 7, count: 24) + [UInt8](repeating: 8, count: 8))[...])
  static let fixedDistances = HuffmanCode([UInt8](repeating: 5, count: 30)[...])
}
