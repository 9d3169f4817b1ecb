// ITU-T T.81: baseline and progressive JPEG with Huffman coding.

/// Decodes JPEG files whose colours browsers do not convert as PDF asks for.
struct JPEGDecoder {
  struct Component {
    var identifier: UInt8
    var across: Int
    var down: Int
    var table: Int
    /// The blocks of a row, and the rows of blocks, with those that only fill up.
    var blocksAcross = 0
    var blocksDown = 0
    var coefficients: [Int16] = []
    fileprivate var prediction = 0
    fileprivate var direct = 0
    fileprivate var alternating = 0
  }

  private(set) var width = 0
  private(set) var height = 0
  private(set) var components: [Component] = []
  /// The kind of colour transform in Adobe's marker.
  private(set) var adobeTransform: Int?
  private var quantization = [[Int]](repeating: [Int](repeating: 1, count: 64), count: 4)
  private var huffman: [Int: JPEGHuffmanTable] = [:]
  private var isProgressive = false
  private var restartInterval = 0
  private var mostAcross = 1
  private var mostDown = 1

  /// The most samples of all components, which bounds the memory.
  private static let mostSamples = 12 << 20

  /// Nil for a file that cannot be decoded.
  init?(_ file: [UInt8]) {
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
  }

  // MARK: Tables

  private mutating func readFrame(_ segment: [UInt8]) -> Bool {
    guard segment.count >= 6, segment[0] == 8 else { return false }
    height = Int(segment[1]) << 8 | Int(segment[2])
    width = Int(segment[3]) << 8 | Int(segment[4])
    let count = Int(segment[5])
    guard (1...4).contains(count), segment.count >= 6 + 3 * count, width > 0, height > 0 else {
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
    let (unitsAcross, unitsDown) = units
    var samples = 0
    for index in components.indices {
      components[index].blocksAcross = unitsAcross * components[index].across
      components[index].blocksDown = unitsDown * components[index].down
      samples += components[index].blocksAcross * components[index].blocksDown * 64
    }
    guard samples <= Self.mostSamples else { return false }
    for index in components.indices {
      components[index].coefficients = [Int16](
        repeating: 0, count: components[index].blocksAcross * components[index].blocksDown * 64)
    }
    return true
  }

  /// The units of interleaved scans, across and down.
  private var units: (Int, Int) {
    let (across, down) = (8 * mostAcross, 8 * mostDown)
    return ((width + across - 1) / across, (height + down - 1) / down)
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

  // MARK: Scans

  private mutating func decode(_ scan: JPEGScan, _ reader: inout JPEGBits) {
    for (index, selection) in zip(scan.components, scan.tables) {
      components[index].direct = Int(selection >> 4)
      components[index].alternating = Int(selection & 15) | 16
      components[index].prediction = 0
    }
    var endOfBand = 0
    var count = 0
    let isSingle = scan.components.count == 1
    let first = components[scan.components[0]]
    let (unitsAcross, unitsDown) =
      isSingle
      ? (
        ((width * first.across + mostAcross - 1) / mostAcross + 7) / 8,
        ((height * first.down + mostDown - 1) / mostDown + 7) / 8
      ) : units
    for row in 0..<unitsDown {
      for column in 0..<unitsAcross {
        if restartInterval > 0, count > 0, count % restartInterval == 0 {
          guard reader.restart() else { return }
          endOfBand = 0
          for index in scan.components { components[index].prediction = 0 }
        }
        count += 1
        for index in scan.components {
          let (across, down) =
            isSingle ? (1, 1) : (components[index].across, components[index].down)
          for y in 0..<down {
            for x in 0..<across {
              let block =
                (row * down + y) * components[index].blocksAcross + column * across + x
              guard
                decodeBlock(index, at: block * 64, scan, &endOfBand, &reader)
              else { return }
            }
          }
        }
      }
    }
  }

  /// Decodes a block; false at the end of the data.
  private mutating func decodeBlock(
    _ index: Int, at start: Int, _ scan: JPEGScan, _ endOfBand: inout Int,
    _ reader: inout JPEGBits
  ) -> Bool {
    if reader.isAtEnd { return false }
    var step = scan.first
    if step == 0 {
      if scan.high == 0 {
        guard let table = huffman[components[index].direct], let size = table.read(&reader),
          size < 16
        else { return false }
        components[index].prediction += reader.signed(size)
        components[index].coefficients[start] =
          Int16(truncatingIfNeeded: components[index].prediction << scan.low)
      } else if reader.bit() == 1 {
        components[index].coefficients[start] |= 1 << Int16(scan.low)
      }
      step = 1
    }
    guard step <= scan.last, scan.last > 0 else { return true }
    guard let table = huffman[components[index].alternating] else { return false }
    return scan.high == 0
      ? decodeFirst(index, start, step, scan, table, &endOfBand, &reader)
      : refine(index, start, step, scan, table, &endOfBand, &reader)
  }

  private mutating func decodeFirst(
    _ index: Int, _ start: Int, _ from: Int, _ scan: JPEGScan, _ table: JPEGHuffmanTable,
    _ endOfBand: inout Int, _ reader: inout JPEGBits
  ) -> Bool {
    if endOfBand > 0 {
      endOfBand -= 1
      return true
    }
    var step = from
    while step <= scan.last {
      guard let code = table.read(&reader) else { return false }
      let (run, size) = (code >> 4, code & 15)
      if size == 0 {
        if run < 15 {
          endOfBand = (1 << run) - 1 + (run > 0 ? reader.bits(run) : 0)
          return true
        }
        step += 16
        continue
      }
      step += run
      guard step < 64 else { return false }
      components[index].coefficients[start + Self.zigzag[step]] =
        Int16(truncatingIfNeeded: reader.signed(size) << scan.low)
      step += 1
    }
    return true
  }

  private mutating func refine(
    _ index: Int, _ start: Int, _ from: Int, _ scan: JPEGScan, _ table: JPEGHuffmanTable,
    _ endOfBand: inout Int, _ reader: inout JPEGBits
  ) -> Bool {
    let bit = Int16(1 << scan.low)
    func correct(_ place: Int, _ coefficients: inout [Int16], _ reader: inout JPEGBits) {
      let value = coefficients[place]
      if reader.bit() == 1, value & bit == 0 { coefficients[place] += value > 0 ? bit : -bit }
    }
    var step = from
    if endOfBand == 0 {
      while step <= scan.last {
        guard let code = table.read(&reader) else { return false }
        var run = code >> 4
        var value: Int16 = 0
        if code & 15 == 0 {
          if run < 15 {
            endOfBand = (1 << run) + (run > 0 ? reader.bits(run) : 0)
            break
          }
        } else {
          value = reader.bit() == 1 ? bit : -bit
        }
        while step <= scan.last {
          let place = start + Self.zigzag[step]
          step += 1
          if components[index].coefficients[place] != 0 {
            correct(place, &components[index].coefficients, &reader)
          } else if run == 0 {
            components[index].coefficients[place] = value
            break
          } else {
            run -= 1
          }
        }
        if reader.isAtEnd { return false }
      }
    }
    if endOfBand > 0 {
      while step <= scan.last {
        let place = start + Self.zigzag[step]
        if components[index].coefficients[place] != 0 {
          correct(place, &components[index].coefficients, &reader)
        }
        step += 1
      }
      endOfBand -= 1
    }
    return true
  }

  // MARK: Samples

  /// The samples of all components, pixel by pixel.
  func samples() -> [UInt8] {
    let count = components.count
    var result = [UInt8](repeating: 0, count: width * height * count)
    let transform = JPEGTransform()
    for (index, component) in components.enumerated() {
      let rowBytes = component.blocksAcross * 8
      var plane = [UInt8](repeating: 0, count: rowBytes * component.blocksDown * 8)
      for row in 0..<component.blocksDown {
        for column in 0..<component.blocksAcross {
          transform.block(
            component.coefficients, at: (row * component.blocksAcross + column) * 64,
            quantization[component.table], into: &plane, at: row * 8 * rowBytes + column * 8,
            rowBytes: rowBytes)
        }
      }
      for y in 0..<height {
        let line = y * component.down / mostDown * rowBytes
        for x in 0..<width {
          result[(y * width + x) * count + index] = plane[line + x * component.across / mostAcross]
        }
      }
    }
    return result
  }
}
