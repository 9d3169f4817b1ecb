// Portable Network Graphics (Third Edition), W3C.

/// A PNG image that has been read: any colour type of one to eight bits, not interlaced.
package struct PNGImage: Sendable {
  package let width: Int
  package let height: Int
  private let bits: Int
  private let kind: Kind
  private let palette: [UInt8]
  private let opacities: [UInt8]
  /// The rows without their filters.
  private let rows: [UInt8]
  private let rowBytes: Int

  private enum Kind: UInt8 {
    case gray = 0
    case rgb = 2
    case palette = 3
    case grayAndOpacity = 4
    case rgba = 6

    var channels: Int {
      switch self {
      case .gray, .palette: 1
      case .grayAndOpacity: 2
      case .rgb: 3
      case .rgba: 4
      }
    }
  }

  /// Reads an image; nil for a file that is damaged, larger or of another kind.
  ///
  /// - Parameters:
  ///   - file: The file; checksums are not compared.
  ///   - limit: The most bytes that its rows may have.
  package init?(_ file: [UInt8], limit: Int) {
    guard file.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else { return nil }
    var header: [UInt8] = []
    var (palette, opacities, data): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
    var place = 8
    while place + 12 <= file.count {
      let length = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= file.count - place - 12 else { return nil }
      let content = file[place + 8..<place + 8 + length]
      switch String(decoding: file[place + 4..<place + 8], as: UTF8.self) {
      case "IHDR": header = Array(content)
      case "PLTE": palette = Array(content)
      case "tRNS": opacities = Array(content)
      case "IDAT": data += content
      default: break
      }
      place += 12 + length
    }
    guard header.count == 13, let kind = Kind(rawValue: header[9]), header[12] == 0 else {
      return nil
    }
    let width = header[0..<4].reduce(0) { $0 << 8 | Int($1) }
    let height = header[4..<8].reduce(0) { $0 << 8 | Int($1) }
    let bits = Int(header[8])
    guard (1...100_000).contains(width), (1...100_000).contains(height),
      bits == 8 || [1, 2, 4].contains(bits) && kind.channels == 1
    else { return nil }
    let rowBytes = (width * kind.channels * bits + 7) / 8
    let size = (rowBytes + 1) * height
    guard size <= limit, let packed = try? inflate(data, limit: size), packed.count == size
    else { return nil }
    self.width = width
    self.height = height
    self.bits = bits
    self.kind = kind
    self.palette = palette
    self.opacities = opacities
    self.rowBytes = rowBytes
    guard
      let rows = PNGImage.unfiltered(packed, rowBytes, unit: max(1, kind.channels * bits / 8))
    else { return nil }
    self.rows = rows
  }

  /// Undoes the filters of the rows (§9); nil for an unknown one.
  private static func unfiltered(_ packed: [UInt8], _ rowBytes: Int, unit: Int) -> [UInt8]? {
    let height = packed.count / (rowBytes + 1)
    var rows = [UInt8](repeating: 0, count: rowBytes * height)
    for row in 0..<height {
      let source = row * (rowBytes + 1)
      let start = row * rowBytes
      let filter = packed[source]
      guard filter <= 4 else { return nil }
      for index in 0..<rowBytes {
        let predicted = predictedByte(filter, rows, start, index, rowBytes, unit)
        rows[start + index] = packed[source + 1 + index] &+ predicted
      }
    }
    return rows
  }

  /// The pixels of a row: red, green, blue and opacity of each.
  package func row(_ row: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(width * 4)
    let start = row * rowBytes
    switch kind {
    case .rgb, .rgba, .grayAndOpacity:
      let channels = kind.channels
      for place in stride(from: start, to: start + width * channels, by: channels) {
        result.append(rows[place])
        result.append(rows[channels > 2 ? place + 1 : place])
        result.append(rows[channels > 2 ? place + 2 : place])
        result.append(channels % 2 == 0 ? rows[place + channels - 1] : 255)
      }
    case .gray, .palette:
      let (colors, mask) = (indexed, (1 << bits) - 1)
      for column in 0..<width {
        let bit = column * bits
        let index = Int(rows[start + bit / 8]) >> (8 - bits - bit % 8) & mask
        let color = colors[index]
        result.append(color.x)
        result.append(color.y)
        result.append(color.z)
        result.append(color.w)
      }
    }
    return result
  }

  /// The colours of samples of one channel.
  private var indexed: [SIMD4<UInt8>] {
    (0..<1 << bits).map { value in
      if kind == .gray {
        let gray = UInt8(value * 255 / ((1 << bits) - 1))
        return SIMD4(gray, gray, gray, 255)
      }
      guard 3 * value + 2 < palette.count else { return SIMD4(0, 0, 0, 255) }
      return SIMD4(
        palette[3 * value], palette[3 * value + 1], palette[3 * value + 2],
        value < opacities.count ? opacities[value] : 255)
    }
  }
}

/// What a filter predicts for a byte by its neighbours (PNG §9.2).
///
/// - Parameters:
///   - filter: From 0 to 4.
///   - rows: All rows without their filters; those up to the byte are used.
///   - start: Where the row begins; 0 for the first.
///   - index: The place in the row.
///   - rowBytes: The bytes of a row.
///   - unit: The bytes of a pixel, at least 1.
/// - Returns: The prediction.
@inline(__always)
func predictedByte(
  _ filter: UInt8, _ rows: [UInt8], _ start: Int, _ index: Int, _ rowBytes: Int, _ unit: Int
) -> UInt8 {
  let left = index >= unit ? rows[start + index - unit] : 0
  let above = start > 0 ? rows[start + index - rowBytes] : 0
  switch filter {
  case 0: return 0
  case 1: return left
  case 2: return above
  case 3: return UInt8((Int(left) + Int(above)) / 2)
  default:
    let corner = start > 0 && index >= unit ? rows[start + index - rowBytes - unit] : 0
    return paeth(left, above, corner)
  }
}

/// The neighbour that is closest to their linear prediction (§9.4).
private func paeth(_ left: UInt8, _ above: UInt8, _ corner: UInt8) -> UInt8 {
  let estimate = Int(left) + Int(above) - Int(corner)
  let (a, b, c) = (
    abs(estimate - Int(left)), abs(estimate - Int(above)), abs(estimate - Int(corner))
  )
  return a <= b && a <= c ? left : b <= c ? above : corner
}
