internal import Markup

/// Converts rows of samples to rows of gray or RGB.
struct SampleConverter {
  private enum Kind {
    /// Samples that are bytes of the result.
    case copy
    /// The colour of each value of a single component.
    case table([SVGColor])
    case convert(([Int]) -> SVGColor)
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
    if bits == 8, space.isGray && decode == [0, 1] || space.isRGB && decode == [0, 1, 0, 1, 0, 1] {
      kind = .copy
      return
    }
    let highest = Double((1 << min(bits, 8)) - 1)
    kind = .convert { values in
      var components: [Double] = []
      components.reserveCapacity(values.count)
      for (index, value) in values.enumerated() {
        let low = 2 * index < decode.count ? decode[2 * index] : 0
        let high = 2 * index + 1 < decode.count ? decode[2 * index + 1] : 1
        components.append(low + Double(value) / highest * (high - low))
      }
      return space.color(components) ?? .white
    }
  }

  /// Appends the colours of the current row.
  func append(_ rows: SampleRows, width: Int, to line: inout [UInt8]) {
    switch kind {
    case .copy: line += rows.row.prefix(width * channels)
    case .table(let colors):
      if rows.bits == 8 {
        for value in rows.row.prefix(width) { append(colors[Int(value)], to: &line) }
      } else {
        rows.forEachPixel(width) { append(colors[$0[0]], to: &line) }
      }
    case .convert(let convert):
      // Neighbours often have the same colour.
      var last: [Int] = []
      var color = SVGColor.white
      rows.forEachPixel(width) { values in
        if values != last {
          color = convert(values)
          last = values
        }
        append(color, to: &line)
      }
    }
  }

  private func append(_ color: SVGColor, to line: inout [UInt8]) {
    line.append(color.red)
    guard !isGray else { return }
    line.append(color.green)
    line.append(color.blue)
  }
}
