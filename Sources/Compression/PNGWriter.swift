// Portable Network Graphics (Third Edition), W3C.

/// Writes PNG images.
package struct PNGWriter: Sendable {
  package enum Pixels: Sendable {
    /// Samples of 1, 2, 4 or 8 bits from black to white.
    case gray(bits: Int)
    /// Indices of 1, 2, 4 or 8 bits into colours, each red, green and blue; some may be transparent.
    case indexed(bits: Int, colors: [UInt8], opacities: [UInt8])
    case rgb
    case rgba

    fileprivate var bitsPerPixel: Int {
      switch self {
      case .gray(let bits), .indexed(let bits, _, _): bits
      case .rgb: 24
      case .rgba: 32
      }
    }
  }

  private let width: Int
  private let height: Int
  private let pixels: Pixels
  private let isThorough: Bool

  /// - Parameters:
  ///   - width: Pixels of a row.
  ///   - height: The number of rows.
  ///   - pixels: What pixels consist of.
  ///   - isThorough: Whether a smaller file is worth three times the time.
  package init(width: Int, height: Int, pixels: Pixels, isThorough: Bool = false) {
    self.width = width
    self.height = height
    self.pixels = pixels
    self.isThorough = isThorough
  }

  /// The bytes of a row, whose last bits may be unused.
  package var rowBytes: Int { (width * pixels.bitsPerPixel + 7) / 8 }

  /// The file of rows that follow each other, the same for the same rows.
  package func file(_ rows: [UInt8]) -> [UInt8] {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let (bits, type): (Int, UInt8) =
      switch pixels {
      case .gray(let bits): (bits, 0)
      case .indexed(let bits, _, _): (bits, 3)
      case .rgb: (8, 2)
      case .rgba: (8, 6)
      }
    let header = Self.number(width) + Self.number(height) + [UInt8(bits), type, 0, 0, 0]
    Self.chunk("IHDR", header, to: &file)
    if case .indexed(_, let colors, let opacities) = pixels {
      Self.chunk("PLTE", colors, to: &file)
      if opacities.contains(where: { $0 < 255 }) { Self.chunk("tRNS", opacities, to: &file) }
    }
    Self.chunk("IDAT", compressed(rows), to: &file)
    Self.chunk("IEND", [], to: &file)
    return file
  }

  /// The most bytes of rows of colours that are compressed twice.
  private static let twice = 2 << 20

  /// The data of the rows, filtered or not, whichever is smaller.
  ///
  /// Logos and diagrams repeat themselves, which filters hide; photographs need the filters.
  private func compressed(_ rows: [UInt8]) -> [UInt8] {
    let level = isThorough ? 9 : 6
    let filtered = deflate(filtered(rows), level: level)
    guard pixels.bitsPerPixel > 8, rows.count <= Self.twice else { return filtered }
    let plain = deflate(unfiltered(rows), level: level)
    return plain.count < filtered.count ? plain : filtered
  }

  private static func chunk(_ type: String, _ data: [UInt8], to file: inout [UInt8]) {
    let body = Array(type.utf8) + data
    var checksum = CRC32()
    checksum.update(body)
    file += number(data.count) + body + number(Int(checksum.value))
  }

  private static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  // MARK: Filters

  /// The rows, each after the filter that leaves the smallest differences (§12.7).
  private func filtered(_ rows: [UInt8]) -> [UInt8] {
    // Indices that are close need not be similar.
    if case .indexed = pixels { return unfiltered(rows) }
    let unit = pixels.bitsPerPixel / 8
    if unit == 0 { return unfiltered(rows) }
    let size = rowBytes
    var result: [UInt8] = []
    result.reserveCapacity(rows.count + height)
    let filters: [UInt8] = isThorough ? [0, 2, 1, 3, 4] : [2, 1]
    var best: [UInt8] = []
    var candidate = [UInt8](repeating: 0, count: size)
    for row in 0..<height {
      var (bestFilter, least) = (UInt8(0), Int.max)
      for filter in filters {
        let sum = apply(filter, rows, row, unit, &candidate)
        if sum < least {
          (bestFilter, least) = (filter, sum)
          best = candidate
        }
      }
      result.append(bestFilter)
      result += best
    }
    return result
  }

  /// The rows as they are.
  private func unfiltered(_ rows: [UInt8]) -> [UInt8] {
    let size = rowBytes
    var result: [UInt8] = []
    result.reserveCapacity(rows.count + height)
    for row in 0..<height {
      result.append(0)
      result += rows[row * size..<(row + 1) * size]
    }
    return result
  }

  /// Filters a row; the sum of the differences.
  private func apply(
    _ filter: UInt8, _ rows: [UInt8], _ row: Int, _ unit: Int, _ result: inout [UInt8]
  ) -> Int {
    let size = result.count
    let start = row * size
    var sum = 0
    for index in 0..<size {
      let difference =
        rows[start + index] &- predictedByte(filter, rows, start, index, size, unit)
      result[index] = difference
      sum += Int(Int8(bitPattern: difference).magnitude)
    }
    return sum
  }
}
