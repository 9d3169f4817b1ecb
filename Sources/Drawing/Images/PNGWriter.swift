// Portable Network Graphics (Third Edition), W3C.

internal import Compression
internal import Markup

/// Writes PNG images.
struct PNGWriter {
  enum Pixels {
    /// Samples of the given bits from black to white.
    case gray(bits: Int)
    /// Indices of the given bits into colours, of which some are transparent.
    case palette(bits: Int, [SVGColor], opacities: [UInt8])
    case rgb
    case rgba

    var bitsPerPixel: Int {
      switch self {
      case .gray(let bits), .palette(let bits, _, _): bits
      case .rgb: 24
      case .rgba: 32
      }
    }
  }

  let width: Int
  let height: Int
  let pixels: Pixels

  var rowBytes: Int { (width * pixels.bitsPerPixel + 7) / 8 }

  /// The file of rows that follow each other.
  func image(_ rows: [UInt8]) -> SVGImage {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    var header = TableWriter()
    header.long(width)
    header.long(height)
    switch pixels {
    case .gray(let bits): header.append([UInt8(bits), 0])
    case .palette(let bits, _, _): header.append([UInt8(bits), 3])
    case .rgb: header.append([8, 2])
    case .rgba: header.append([8, 6])
    }
    header.append([0, 0, 0])
    Self.chunk("IHDR", header.bytes, &file)
    if case .palette(_, let colors, let opacities) = pixels {
      Self.chunk("PLTE", colors.flatMap { [$0.red, $0.green, $0.blue] }, &file)
      if opacities.contains(where: { $0 < 255 }) { Self.chunk("tRNS", opacities, &file) }
    }
    Self.chunk("IDAT", deflate(filtered(rows), level: 6), &file)
    Self.chunk("IEND", [], &file)
    return SVGImage(.png, file)
  }

  private static func chunk(_ type: String, _ data: [UInt8], _ file: inout [UInt8]) {
    var chunk = TableWriter()
    chunk.long(data.count)
    let named = Array(type.utf8) + data
    chunk.append(named)
    var checksum = CRC32()
    checksum.update(named)
    chunk.long(Int(checksum.value))
    file += chunk.bytes
  }

  /// The rows, each after the filter that leaves the smallest differences.
  private func filtered(_ rows: [UInt8]) -> [UInt8] {
    let unit = pixels.bitsPerPixel / 8
    let size = rowBytes
    var result: [UInt8] = []
    result.reserveCapacity(rows.count + height)
    var isFiltered = unit > 0
    if case .palette = pixels { isFiltered = false }
    guard isFiltered else {
      for row in 0..<height {
        result.append(0)
        result += rows[row * size..<(row + 1) * size]
      }
      return result
    }
    var left = [UInt8](repeating: 0, count: size)
    var up = left
    for row in 0..<height {
      let start = row * size
      var (leftSum, upSum) = (0, 0)
      for index in 0..<size {
        let value = rows[start + index]
        let before = index >= unit ? rows[start + index - unit] : 0
        let above = row > 0 ? rows[start + index - size] : 0
        left[index] = value &- before
        up[index] = value &- above
        leftSum += Int(Int8(bitPattern: left[index]).magnitude)
        upSum += Int(Int8(bitPattern: up[index]).magnitude)
      }
      result.append(upSum <= leftSum ? 2 : 1)
      result += upSum <= leftSum ? up : left
    }
    return result
  }
}
