// ITU-T T.81: baseline and progressive JPEG with Huffman coding.

/// Decodes JPEG files whose colours browsers do not convert as PDF asks for.
///
/// A file that is much larger than needed is decoded to a half, a quarter or an eighth of its size,
/// by the lower frequencies of each block alone.
struct JPEGDecoder {
  struct Component {
    var identifier: UInt8
    var across: Int
    var down: Int
    var table: Int
    /// The blocks of a row, and the rows of blocks, with those that only fill up.
    var blocksAcross = 0
    var blocksDown = 0
    /// Those of all blocks of a progressive file, and of the current block of another.
    var coefficients: [Int16] = []
    /// The samples.
    var plane: [UInt8] = []
    var prediction = 0
    var direct = 0
    var alternating = 0
  }

  /// The size of the file's picture.
  private(set) var fullWidth = 0
  private(set) var fullHeight = 0
  var components: [Component] = []
  /// The width and height of a block as it is decoded: 8, 4, 2 or 1.
  private(set) var blockSize = 8
  private let largest: (width: Int, height: Int)
  private(set) var transform = JPEGTransform(size: 8)
  /// The kind of colour transform in Adobe's marker.
  private(set) var adobeTransform: Int?
  private(set) var quantization = [[Int]](repeating: [Int](repeating: 1, count: 64), count: 4)
  private(set) var huffman: [Int: JPEGHuffmanTable] = [:]
  private(set) var isProgressive = false
  private(set) var restartInterval = 0
  private(set) var mostAcross = 1
  private(set) var mostDown = 1

  /// The size of the picture as it is decoded.
  var width: Int { (fullWidth * blockSize + 7) / 8 }
  var height: Int { (fullHeight * blockSize + 7) / 8 }

  /// The most samples decoded, which bounds the memory.
  private static let mostSamples = 20 << 20
  /// The most samples in the file, which bounds the time.
  private static let mostCodedSamples = 128 << 20
  /// The most samples of a progressive file, which is in memory as a whole.
  private static let mostProgressiveSamples = 16 << 20

  /// Nil for a file that cannot be decoded.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - largest: The size that is needed at most.
  init?(_ file: [UInt8], largest: (width: Int, height: Int)) {
    self.largest = largest
    var place = 2
    var hasScan = false
    while place + 4 <= file.count {
      guard file[place] == 0xFF else {
        place += 1
        continue
      }
      let marker = file[place + 1]
      if marker == 0xFF || marker == 0 || (0xD0...0xD8).contains(marker) {
        place += marker == 0xFF ? 1 : 2
        continue
      }
      if marker == 0xD9 { break }
      let length = Int(file[place + 2]) << 8 | Int(file[place + 3])
      guard length >= 2, place + 2 + length <= file.count else { break }
      let segment = Array(file[(place + 4)..<(place + 2 + length)])
      place += 2 + length
      switch marker {
      case 0xC0, 0xC1, 0xC2:
        isProgressive = marker == 0xC2
        guard components.isEmpty, readFrame(segment) else { return nil }
      case 0xC4: readHuffman(segment)
      case 0xDB: readQuantization(segment)
      case 0xDD where segment.count >= 2:
        restartInterval = Int(segment[0]) << 8 | Int(segment[1])
      case 0xEE where segment.count >= 12 && segment.starts(with: Array("Adobe".utf8)):
        adobeTransform = Int(segment[11])
      case 0xDA:
        guard !components.isEmpty, let scan = JPEGScan(segment, components: components) else {
          return nil
        }
        var reader = JPEGBits(file, from: place)
        decode(scan, &reader)
        place = reader.place
        hasScan = true
      default: break
      }
    }
    guard hasScan else { return nil }
    if isProgressive { computeAllSamples() }
  }

  // MARK: Tables

  private mutating func readFrame(_ segment: [UInt8]) -> Bool {
    guard segment.count >= 6, segment[0] == 8 else { return false }
    fullHeight = Int(segment[1]) << 8 | Int(segment[2])
    fullWidth = Int(segment[3]) << 8 | Int(segment[4])
    let count = Int(segment[5])
    guard (1...4).contains(count), segment.count >= 6 + 3 * count, fullWidth > 0, fullHeight > 0
    else {
      return false
    }
    for index in 0..<count {
      let entry = 6 + 3 * index
      let (across, down) = (Int(segment[entry + 1] >> 4), Int(segment[entry + 1] & 15))
      guard (1...4).contains(across), (1...4).contains(down), segment[entry + 2] < 4 else {
        return false
      }
      components.append(
        Component(
          identifier: segment[entry], across: across, down: down, table: Int(segment[entry + 2])))
    }
    mostAcross = components.map(\.across).max() ?? 1
    mostDown = components.map(\.down).max() ?? 1
    while blockSize > 1, fullWidth * blockSize / 16 >= largest.width,
      fullHeight * blockSize / 16 >= largest.height
    {
      blockSize /= 2
    }
    transform = JPEGTransform(size: blockSize)
    let (unitsAcross, unitsDown) = units
    var samples = 0
    for index in components.indices {
      components[index].blocksAcross = unitsAcross * components[index].across
      components[index].blocksDown = unitsDown * components[index].down
      samples += components[index].blocksAcross * components[index].blocksDown * 64
    }
    let most = isProgressive ? Self.mostProgressiveSamples : Self.mostCodedSamples
    let decoded = samples / 64 * blockSize * blockSize
    guard samples <= most, decoded <= Self.mostSamples else { return false }
    for index in components.indices {
      let count = components[index].blocksAcross * components[index].blocksDown
      components[index].coefficients = [Int16](
        repeating: 0, count: isProgressive ? count * 64 : 64)
      components[index].plane = [UInt8](repeating: 128, count: count * blockSize * blockSize)
    }
    return true
  }

  /// The units of interleaved scans, across and down.
  var units: (across: Int, down: Int) {
    let (across, down) = (8 * mostAcross, 8 * mostDown)
    return ((fullWidth + across - 1) / across, (fullHeight + down - 1) / down)
  }

  private mutating func readQuantization(_ segment: [UInt8]) {
    var place = 0
    while place < segment.count {
      let isWide = segment[place] >> 4 != 0
      let index = Int(segment[place] & 15)
      place += 1
      guard index < 4, place + (isWide ? 128 : 64) <= segment.count else { return }
      for step in 0..<64 {
        quantization[index][Self.zigzag[step]] =
          isWide
          ? Int(segment[place + 2 * step]) << 8 | Int(segment[place + 2 * step + 1])
          : Int(segment[place + step])
      }
      place += isWide ? 128 : 64
    }
  }

  private mutating func readHuffman(_ segment: [UInt8]) {
    var place = 0
    while place + 17 <= segment.count {
      let index = Int(segment[place])
      let counts = segment[(place + 1)..<(place + 17)].map(Int.init)
      let total = counts.reduce(0, +)
      place += 17
      guard total <= 256, place + total <= segment.count else { return }
      huffman[index] = JPEGHuffmanTable(
        counts: counts, values: Array(segment[place..<place + total]))
      place += total
    }
  }

  static let zigzag = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
  ]

  // MARK: Samples

  /// Computes the samples of a block.
  mutating func computeSamples(ofBlock block: Int, component index: Int) {
    let across = components[index].blocksAcross
    let rowBytes = across * blockSize
    let place = block / across * blockSize * rowBytes + block % across * blockSize
    transform.block(
      components[index].coefficients, at: isProgressive ? block * 64 : 0,
      quantization[components[index].table], into: &components[index].plane, at: place,
      rowBytes: rowBytes)
  }

  private mutating func computeAllSamples() {
    for index in components.indices {
      for block in 0..<components[index].blocksAcross * components[index].blocksDown {
        computeSamples(ofBlock: block, component: index)
      }
      components[index].coefficients = []
    }
  }

  /// The samples of all components, pixel by pixel.
  func samples() -> [UInt8] {
    let count = components.count
    let (width, height) = (width, height)
    var result = [UInt8](repeating: 0, count: width * height * count)
    for (index, component) in components.enumerated() {
      let rowBytes = component.blocksAcross * blockSize
      for y in 0..<height {
        let line = y * component.down / mostDown * rowBytes
        var place = y * width * count + index
        for x in 0..<width {
          result[place] = component.plane[line + x * component.across / mostAcross]
          place += count
        }
      }
    }
    return result
  }
}
