internal import PDF

/// The samples of an image, read row by row (ISO 32000-2 §8.9.5.2).
final class SampleRows {
  private enum Source {
    case bytes([UInt8], rowBytes: Int)
    case inflated(InflatedRows)
  }

  let bits: Int
  let components: Int
  private let source: Source
  /// The bytes that a row of the image needs.
  private let size: Int
  private var index = 0
  /// The row read last.
  private(set) var row: [UInt8] = []
  /// The rows without any data.
  private(set) var missingRows = 0

  /// - Parameters:
  ///   - data: The data, decoded but for Flate.
  ///   - rowBytes: The bytes of a row in the data; nil for those of the image.
  ///   - width: The pixels of a row.
  ///   - height: The rows wanted.
  ///   - bits: The bits of a component: 1, 2, 4, 8 or 16.
  ///   - components: The components of a pixel.
  init(
    _ data: ImageData, rowBytes: Int? = nil, width: Int, height: Int, bits: Int, components: Int
  ) {
    size = (width * components * bits + 7) / 8
    if case .deflated(let parameters) = data.coding {
      source = .inflated(
        InflatedRows(data.bytes, parameters: parameters, limit: size * (height + 1) + 1024))
    } else {
      source = .bytes(data.bytes, rowBytes: rowBytes ?? size)
    }
    self.bits = bits
    self.components = components
  }

  /// Reads the next row; what is missing of it is set to a value.
  func readRow(filler: UInt8 = 0xFF) {
    switch source {
    case .inflated(let rows): rows.read(into: &row, count: size)
    case .bytes(let bytes, let rowBytes):
      let start = min(index * rowBytes, bytes.count)
      row.removeAll(keepingCapacity: true)
      row += bytes[start..<min(start + min(size, rowBytes), bytes.count)]
    }
    index += 1
    if row.isEmpty { missingRows += 1 }
    while row.count < size { row.append(filler) }
  }

  /// Appends the components of a number of pixels, each as a byte of the whole range.
  func appendBytes(_ width: Int, to line: inout [UInt8]) {
    let count = width * components
    switch bits {
    case 8: line += row.prefix(count)
    case 16: for index in 0..<count { line.append(row[2 * index]) }
    default:
      let highest = (1 << bits) - 1
      for index in 0..<count {
        let bit = index * bits
        let value = Int(row[bit / 8]) >> (8 - bits - bit % 8) & highest
        line.append(UInt8(value * 255 / highest))
      }
    }
  }

  /// Calls back with the components of each pixel of the row; those of 16 bits are cut to 8.
  func forEachPixel(_ width: Int, _ body: ([Int]) -> Void) {
    var values = [Int](repeating: 0, count: components)
    let highest = (1 << min(bits, 8)) - 1
    for column in 0..<width {
      for component in 0..<components {
        let bit = (column * components + component) * bits
        values[component] =
          bits >= 8 ? Int(row[bit / 8]) : Int(row[bit / 8]) >> (8 - bits - bit % 8) & highest
      }
      body(values)
    }
  }
}
