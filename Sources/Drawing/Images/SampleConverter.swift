internal import Markup

/// Converts rows of samples to rows of gray or RGB.
///
/// Colours that take time to compute are computed after the image has been reduced.
struct SampleConverter {
  private enum Kind {
    /// Samples that are bytes of the result.
    case copy
    /// The colour of each value of a single component.
    case table([SVGColor])
    case convert(ColorSpace, decode: [Double])
  }

  private let kind: Kind
  private let isGray: Bool
  /// The channels of a pixel of the result.
  var channels: Int { isGray ? 1 : 3 }

  /// Converts samples of a single component.
  init(table: [SVGColor], isGray: Bool) {
    kind = .table(table)
    self.isGray = isGray
  }

  /// - Parameters:
  ///   - space: The colour space.
  ///   - decode: The ranges of its components.
  ///   - bits: The bits of a component.
  init(_ space: ColorSpace, decode: [Double], bits: Int) {
    isGray = space.isGray
    let isPlain =
      space.isGray && decode == [0, 1] || space.isRGB && decode == [0, 1, 0, 1, 0, 1]
    kind = isPlain ? .copy : .convert(space, decode: decode)
  }

  /// The channels of a pixel before ``finish(_:)``.
  var readChannels: Int {
    if case .convert(let space, _) = kind { space.componentCount } else { channels }
  }

  /// What a pixel of the result takes of the work.
  var cost: Int {
    if case .convert(let space, _) = kind { space.cost + 4 } else { 0 }
  }

  /// Appends the current row.
  func append(_ rows: SampleRows, width: Int, to line: inout [UInt8]) {
    guard case .table(let colors) = kind else { return rows.appendBytes(width, to: &line) }
    let (row, bits) = (rows.row, rows.bits)
    for column in 0..<width {
      let bit = column * bits
      let value = Int(row[bit / 8]) >> (8 - bits - bit % 8) & ((1 << bits) - 1)
      append(colors[value], to: &line)
    }
  }

  /// Gray or RGB of what has been read.
  func finish(_ bytes: [UInt8]) -> [UInt8] {
    guard case .convert(let space, let decode) = kind else { return bytes }
    let count = space.componentCount
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count / count * channels)
    var components = [Double](repeating: 0, count: count)
    // Neighbours often have the same colour.
    var last = -1
    var color = SVGColor.white
    for place in stride(from: 0, to: bytes.count - count + 1, by: count) {
      let isSame = last >= 0 && (0..<count).allSatisfy { bytes[place + $0] == bytes[last + $0] }
      if !isSame {
        for index in 0..<count {
          let low = 2 * index < decode.count ? decode[2 * index] : 0
          let high = 2 * index + 1 < decode.count ? decode[2 * index + 1] : 1
          components[index] = low + Double(bytes[place + index]) / 255 * (high - low)
        }
        color = space.color(components) ?? .white
      }
      last = place
      append(color, to: &result)
    }
    return result
  }

  private func append(_ color: SVGColor, to line: inout [UInt8]) {
    line.append(color.red)
    guard !isGray else { return }
    line.append(color.green)
    line.append(color.blue)
  }
}
