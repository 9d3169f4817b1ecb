import Compression

/// Writes images with few colours as PNG (ISO/IEC 15948).
enum PNG {
  /// - Parameters:
  ///   - pixels: Indexes into the palette, row by row.
  ///   - width: Pixels in a row.
  ///   - palette: At most 256 colours.
  /// - Returns: A PNG file, the same for the same picture.
  static func bytes(_ pixels: [UInt8], width: Int, palette: [Color]) -> [UInt8] {
    let height = width > 0 ? pixels.count / width : 0
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    // Eight bits per pixel, an index into the palette.
    chunk("IHDR", number(width) + number(height) + [8, 3, 0, 0, 0], to: &file)
    chunk("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] }, to: &file)
    var rows: [UInt8] = []
    rows.reserveCapacity(pixels.count + height)
    for row in 0..<height {
      // Filter type 0: none.
      rows.append(0)
      rows += pixels[row * width..<(row + 1) * width]
    }
    chunk("IDAT", deflate(rows, level: 6), to: &file)
    chunk("IEND", [], to: &file)
    return file
  }

  private static func chunk(_ type: String, _ data: [UInt8], to file: inout [UInt8]) {
    let body = Array(type.utf8) + data
    file += number(data.count) + body + number(Int(checksum(body)))
  }

  private static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  /// CRC-32 (ISO/IEC 15948, annex D).
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes { sum = table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ (sum >> 8) }
    return ~sum
  }

  private static let table: [UInt32] = (0..<256).map { number in
    (0..<8).reduce(UInt32(number)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
    }
  }
}
