// ISO 32000-2 §8.9.5: image dictionaries, sample data, decode arrays.

internal import Markup
internal import PDF

/// Turns the data of an image into a picture that browsers show.
struct ImageReader {
  /// Why an image is not drawn.
  enum Failure: Error {
    case missing(MissingPart)
  }

  let document: Document
  let dictionary: [String: Object]
  let resources: Resources?
  private(set) var width: Int
  private(set) var height: Int
  /// What a stencil is painted with.
  let stencil: SVGColor
  /// The most pixels, across and up, that are worth writing.
  let largest: (width: Int, height: Int)
  /// The most pixels written; images of one bit have more.
  let mostPixels: Int
  let report: MissingParts
  let work: WorkBudget

  /// Nil for an image without a size.
  init?(
    document: Document, dictionary: [String: Object], resources: Resources?, stencil: SVGColor,
    largest: (width: Int, height: Int), mostPixels: Int, report: MissingParts, work: WorkBudget
  ) {
    self.document = document
    self.dictionary = dictionary
    self.resources = resources
    self.stencil = stencil
    self.largest = largest
    self.mostPixels = mostPixels
    self.report = report
    self.work = work
    width = document.integer(dictionary["Width"]) ?? 0
    height = document.integer(dictionary["Height"]) ?? 0
    guard (1...65536).contains(width), (1...65536).contains(height), width * height <= 1 << 28
    else { return nil }
  }

  var isStencil: Bool { document.isTrue(dictionary["ImageMask"]) }

  var decode: [Double]? {
    document.array(dictionary["Decode"])?.map { document.number($0) ?? 0 }
  }

  var colorSpace: ColorSpace {
    isStencil ? .gray : ColorSpace.read(dictionary["ColorSpace"], resources, in: document)
  }

  /// The bytes of the samples.
  var sampleBytes: Int {
    let bits = isStencil ? 1 : document.integer(dictionary["BitsPerComponent"]) ?? 8
    return (width * min(max(bits, 1), 16) * max(colorSpace.componentCount, 1) + 7) / 8 * height
  }

  /// The picture of the data, without its soft mask.
  func picture(of data: ImageData) throws(Failure) -> DrawnImage.Picture {
    placed(try file(of: data))
  }

  /// A file as a picture of this image.
  func placed(_ file: SVGImage) -> DrawnImage.Picture {
    DrawnImage.Picture(
      file: file, width: width, height: height,
      isInterpolated: document.isTrue(dictionary["Interpolate"]))
  }

  private func file(of data: ImageData) throws(Failure) -> SVGImage {
    let space = colorSpace
    if case .jpeg(let transform) = data.coding {
      guard let file = JPEGFile(data.bytes, colorTransform: transform) else {
        throw .missing(.image)
      }
      let isUsual = decode.map { $0 == space.decode(bits: 8) } ?? true
      let isPlain =
        file.components == 1 && (space.isGray || space.isUnknown)
        || file.components == 3 && (space.isRGB || space.isUnknown)
      if isPlain, isUsual { return SVGImage(.jpeg, file.bytes) }
    }
    var reader = self
    let rows = try reader.rows(of: data, space)
    defer { if rows.missingRows > 0 { report.add(.damaged) } }
    if isStencil { return reader.stencilImage(rows) }
    if rows.components == 1, rows.bits <= 8 { return reader.indexedImage(rows, space) }
    return reader.colorImage(rows, space)
  }

  /// The samples of the data.
  ///
  /// A JPEG has a size of its own, which is that of the image from then on.
  mutating func rows(of data: ImageData, _ space: ColorSpace) throws(Failure) -> SampleRows {
    var data = data
    var bits = isStencil ? 1 : document.integer(dictionary["BitsPerComponent"]) ?? 8
    var rowBytes: Int?
    switch data.coding {
    case .other("JPXDecode"): throw .missing(.jpeg2000)
    case .other("JBIG2Decode"): throw .missing(.jbig2)
    case .other: throw .missing(.image)
    case .jpeg(let transform):
      data.bytes = try decodedJPEG(data.bytes, transform, space)
      bits = 8
    case .fax(let parameters):
      var decoder = FaxDecoder(data.bytes, parameters: parameters, width: width, height: height)
      (data.bytes, rowBytes, bits) = (decoder.decode(), decoder.rowBytes, 1)
    case .samples, .deflated: break
    }
    guard space.componentCount > 0, [1, 2, 4, 8, 16].contains(bits), !data.bytes.isEmpty else {
      throw .missing(.image)
    }
    return SampleRows(
      data, rowBytes: rowBytes, width: width, height: height, bits: bits,
      components: space.componentCount)
  }

  // MARK: JPEG

  /// The samples of a JPEG in a colour space that browsers do not know.
  private mutating func decodedJPEG(
    _ bytes: [UInt8], _ transform: Int?, _ space: ColorSpace
  ) throws(Failure) -> [UInt8] {
    guard let decoder = JPEGDecoder(bytes, largest: largest),
      decoder.components.count == space.componentCount
    else { throw .missing(.jpegColors) }
    (width, height) = (decoder.width, decoder.height)
    let count = decoder.components.count
    var samples = decoder.samples()
    let kind = decoder.adobeTransform ?? transform ?? (count == 3 ? 1 : 0)
    if kind != 0, count >= 3 { Self.undoTransform(&samples, components: count) }
    return samples
  }

  /// Converts YCbCr to RGB, and YCCK to CMYK.
  private static func undoTransform(_ samples: inout [UInt8], components count: Int) {
    func byte(_ value: Float) -> UInt8 { UInt8(min(max(value + 0.5, 0), 255)) }
    for place in stride(from: 0, to: samples.count - 2, by: count) {
      let y = Float(samples[place])
      let (blue, red) = (Float(samples[place + 1]) - 128, Float(samples[place + 2]) - 128)
      let colors = (
        byte(y + 1.402 * red), byte(y - 0.344136 * blue - 0.714136 * red), byte(y + 1.772 * blue)
      )
      let mask: UInt8 = count == 4 ? 255 : 0
      samples[place] = colors.0 ^ mask
      samples[place + 1] = colors.1 ^ mask
      samples[place + 2] = colors.2 ^ mask
    }
  }
}
