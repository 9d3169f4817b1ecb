/// The samples of an image, row by row (ISO 32000-2 §8.9.5.2).
struct SampleRows {
  let bytes: [UInt8]
  let rowBytes: Int
  let bits: Int
  let components: Int

  /// The number of rows that have at least one byte.
  var rowCount: Int { rowBytes > 0 ? (bytes.count + rowBytes - 1) / rowBytes : 0 }

  /// The rows without what follows the width, filled where they are missing.
  func packed(width: Int, height: Int, filler: UInt8) -> [UInt8] {
    let size = (width * bits * components + 7) / 8
    if size == rowBytes, bytes.count >= size * height { return Array(bytes.prefix(size * height)) }
    var result: [UInt8] = []
    result.reserveCapacity(size * height)
    for row in 0..<height {
      let start = min(row * rowBytes, bytes.count)
      let end = min(start + min(size, rowBytes), bytes.count)
      result += bytes[start..<end]
      for _ in 0..<(size - (end - start)) { result.append(filler) }
    }
    return result
  }

  /// Calls back with the components of each pixel of a row; those of 16 bits are cut to 8.
  ///
  /// Missing samples have the highest value.
  func forEachPixel(ofRow row: Int, width: Int, _ body: ([Int]) -> Void) {
    let start = row * rowBytes
    var values = [Int](repeating: 0, count: components)
    let highest = (1 << min(bits, 8)) - 1
    for column in 0..<width {
      for component in 0..<components {
        let bit = (column * components + component) * bits
        let place = start + bit / 8
        guard bit / 8 < rowBytes, place < bytes.count else {
          values[component] = highest
          continue
        }
        values[component] =
          bits >= 8 ? Int(bytes[place]) : Int(bytes[place]) >> (8 - bits - bit % 8) & highest
      }
      body(values)
    }
  }

  /// The averages of squares of pixels of one bit, from 0 to 255.
  func averages(
    width: Int, height: Int, by reduction: Int
  ) -> (width: Int, height: Int, pixels: [UInt8]) {
    let (columns, lines) = (max(width / reduction, 1), max(height / reduction, 1))
    var pixels: [UInt8] = []
    pixels.reserveCapacity(columns * lines)
    var sums = [Int](repeating: 0, count: columns)
    for line in 0..<lines {
      for index in sums.indices { sums[index] = 0 }
      for row in line * reduction..<min((line + 1) * reduction, height) {
        var column = 0
        forEachPixel(ofRow: row, width: columns * reduction) { values in
          sums[column / reduction] += values[0]
          column += 1
        }
      }
      for sum in sums { pixels.append(UInt8(min(sum * 255 / (reduction * reduction), 255))) }
    }
    return (columns, lines, pixels)
  }
}
