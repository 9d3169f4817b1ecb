internal import Compression
internal import Markup

extension PNGWriter {
  /// The file of rows that follow each other, as an image of a drawing.
  func image(_ rows: [UInt8]) -> SVGImage { SVGImage(.png, file(rows)) }
}

extension PNGWriter.Pixels {
  /// Indices of the given bits into colours, of which some are transparent.
  static func palette(bits: Int, _ colors: [SVGColor], opacities: [UInt8]) -> Self {
    .indexed(
      bits: bits, colors: colors.flatMap { [$0.red, $0.green, $0.blue] }, opacities: opacities)
  }
}
