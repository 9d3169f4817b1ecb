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
  let width: Int
  let height: Int
  /// What a stencil is painted with.
  let stencil: SVGColor
  /// The most pixels, across and up, that are worth writing.
  let largest: (width: Int, height: Int)
  /// The most pixels written; images of one bit have more.
  let mostPixels: Int

  /// Nil for an image without a size.
  init?(
    document: Document, dictionary: [String: Object], resources: Resources?, stencil: SVGColor,
    largest: (width: Int, height: Int), mostPixels: Int
  ) {
    self.document = document
    self.dictionary = dictionary
    self.resources = resources
    self.stencil = stencil
    self.largest = largest
    self.mostPixels = mostPixels
    width = document.integer(dictionary["Width"]) ?? 0
    height = document.integer(dictionary["Height"]) ?? 0
    guard (1...65536).contains(width), (1...65536).contains(height), width * height <= 1 << 28
    else { return nil }
  }

  var isStencil: Bool {
    if case .boolean(true)? = document.resolve(dictionary["ImageMask"]) { true } else { false }
  }

  private var decode: [Double]? {
    document.array(dictionary["Decode"])?.map { document.number($0) ?? 0 }
  }

  /// The picture of the data, without its soft mask.
  func image(of data: ImageData) throws(Failure) -> SVGImage {
    switch data.coding {
    case .other(let filter):
      switch filter {
      case "JPXDecode": throw .missing(.jpeg2000)
      case "JBIG2Decode": throw .missing(.jbig2)
      default: throw .missing(.image)
      }
    case .jpeg(let transform): return try jpeg(data.bytes, transform)
    case .fax(let parameters):
      var decoder = FaxDecoder(
        data.bytes, parameters: parameters, width: width, height: height)
      return try samples(decoder.decode(), rowBytes: decoder.rowBytes, bits: 1)
    case .samples:
      let bits = isStencil ? 1 : document.integer(dictionary["BitsPerComponent"]) ?? 8
      return try samples(data.bytes, rowBytes: nil, bits: bits)
    }
  }

  // MARK: JPEG

  private func jpeg(_ bytes: [UInt8], _ transform: Int?) throws(Failure) -> SVGImage {
    guard let file = JPEGFile(bytes, colorTransform: transform) else { throw .missing(.image) }
    let space = colorSpace
    let isUsual = decode.map { $0 == space.decode(bits: 8) } ?? true
    let isPlain =
      file.components == 1 && (space.isGray || space.isUnknown)
      || file.components == 3 && (space.isRGB || space.isUnknown)
    if isPlain, isUsual { return SVGImage(.jpeg, file.bytes) }
    return try decodedJPEG(bytes, transform, space)
  }

  /// A JPEG in a colour space that browsers do not know, as samples.
  private func decodedJPEG(
    _ bytes: [UInt8], _ transform: Int?, _ space: ColorSpace
  ) throws(Failure) -> SVGImage {
    guard let decoder = JPEGDecoder(bytes) else { throw .missing(.jpegColors) }
    let count = decoder.components.count
    guard count == space.componentCount, decoder.width <= width, decoder.height <= height else {
      throw .missing(.jpegColors)
    }
    var samples = decoder.samples()
    let kind = decoder.adobeTransform ?? transform ?? (count == 3 ? 1 : 0)
    if kind != 0, count >= 3 { Self.undoTransform(&samples, components: count) }
    return try self.samples(samples, rowBytes: decoder.width * count, bits: 8)
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

  private var colorSpace: ColorSpace {
    ColorSpace.read(dictionary["ColorSpace"], resources, in: document)
  }

  // MARK: Samples

  private func samples(
    _ bytes: [UInt8], rowBytes: Int?, bits: Int
  ) throws(Failure) -> SVGImage {
    let space = isStencil ? ColorSpace.gray : colorSpace
    let count = space.componentCount
    guard count > 0, [1, 2, 4, 8, 16].contains(bits) else { throw .missing(.image) }
    let source = SampleRows(
      bytes: bytes, rowBytes: rowBytes ?? (width * count * bits + 7) / 8, bits: bits,
      components: count)
    guard source.rowCount > 0 else { throw .missing(.image) }
    if isStencil { return stencilImage(source, stencilReduction) }
    if count == 1, bits <= 8 { return indexedImage(source, space) }
    return colorImage(source, space)
  }

  /// The size in which samples are written.
  private var writtenSize: (columns: Int, lines: Int) {
    var (columns, lines) = (width, height)
    // Colours that are transparent cannot be averaged.
    let isKept = document.array(dictionary["Mask"]) != nil
    // A little more than enough is left as it is.
    if !isKept, width * 5 > largest.width * 6, height * 5 > largest.height * 6 {
      columns = largest.width
      lines = largest.height
    }
    while columns * lines > mostPixels {
      columns = max(columns * 3 / 4, 1)
      lines = max(lines * 3 / 4, 1)
    }
    return (columns, lines)
  }

  /// How many pixels of a stencil, across and down, become one: letters in it would lose their
  /// edges, so that only huge ones are reduced.
  private var stencilReduction: Int {
    var reduction = 1
    while width * height / (reduction * reduction) > 16 * mostPixels { reduction += 1 }
    return reduction
  }

  /// A stencil: its colour where it is painted, transparent elsewhere.
  private func stencilImage(_ source: SampleRows, _ reduction: Int) -> SVGImage {
    let paintsOnes = decode?.first == 1
    let opacities: [UInt8] = paintsOnes ? [0, 255] : [255, 0]
    guard reduction > 1 else {
      // Missing rows are not painted.
      let rows = source.packed(width: width, height: height, filler: paintsOnes ? 0 : 0xFF)
      return PNGWriter(
        width: width, height: height,
        pixels: .palette(bits: 1, [stencil, stencil], opacities: opacities)
      ).image(rows)
    }
    // The opacity of a reduced pixel is the share that is painted, in 16 steps.
    let averages = source.averages(width: width, height: height, by: reduction)
    let rows = averages.pixels.map { value -> UInt8 in
      let part = Int(value) * 15 / 255
      return UInt8(paintsOnes ? part : 15 - part)
    }
    let steps = (0..<16).map { UInt8($0 * 17) }
    return PNGWriter(
      width: averages.width, height: averages.height,
      pixels: .palette(
        bits: 8, [SVGColor](repeating: stencil, count: 16), opacities: steps)
    ).image(rows)
  }

  /// An image of one component, whose values are indices of colours.
  private func indexedImage(
    _ source: SampleRows, _ space: ColorSpace
  ) -> SVGImage {
    let bits = source.bits
    let decode = decode ?? space.decode(bits: bits)
    let highest = (1 << bits) - 1
    let colors = (0...highest).map { value -> SVGColor in
      let part = Double(value) / Double(highest)
      let low = decode.first ?? 0
      let high = decode.count > 1 ? decode[1] : 1
      return space.color([low + part * (high - low)]) ?? .white
    }
    let key = colorKey(components: 1)
    let opacities = (0...highest).map { value -> UInt8 in
      key.map { $0[0].contains(value) } == true ? 0 : 255
    }
    let isGray = key == nil && colors.allSatisfy { $0.red == $0.green && $0.green == $0.blue }
    let size = writtenSize
    let isHuge = width * height > (bits == 1 ? 16 : 1) * mostPixels
    if isHuge || bits > 1 && size.columns < width {
      return reducedImage(source, size, isGray: isGray) { values in colors[values[0]] }
    }
    let isPlainGray =
      isGray && colors.first == .black && colors.last == .white && decode == [0, 1]
    let rows = source.packed(width: width, height: height, filler: 0xFF)
    return PNGWriter(
      width: width, height: height,
      pixels: isPlainGray
        ? .gray(bits: bits) : .palette(bits: bits, colors, opacities: opacities)
    ).image(rows)
  }

  /// The ranges of components that are transparent (§8.9.6.4).
  private func colorKey(components: Int) -> [ClosedRange<Int>]? {
    guard let mask = document.resolve(dictionary["Mask"])?.array, mask.count == 2 * components
    else { return nil }
    let numbers = mask.map { document.integer($0) ?? 0 }
    return (0..<components).map { index in
      let (low, high) = (numbers[2 * index], numbers[2 * index + 1])
      return min(low, high)...max(low, high)
    }
  }

  /// An image of several components, or of more than 256 values.
  private func colorImage(
    _ source: SampleRows, _ space: ColorSpace
  ) -> SVGImage {
    let decode = decode ?? space.decode(bits: source.bits)
    let isPlain = space.isRGB && decode == [0, 1, 0, 1, 0, 1]
    let highest = Double((1 << min(source.bits, 8)) - 1)
    let convert: ([Int]) -> SVGColor = { values in
      if isPlain, highest == 255 {
        return SVGColor(
          red: UInt8(values[0]), green: UInt8(values[1]), blue: UInt8(values[2]))
      }
      var components: [Double] = []
      for (index, value) in values.enumerated() {
        let low = 2 * index < decode.count ? decode[2 * index] : 0
        let high = 2 * index + 1 < decode.count ? decode[2 * index + 1] : 1
        components.append(low + Double(value) / highest * (high - low))
      }
      return space.color(components) ?? .white
    }
    let size = writtenSize
    if let key = colorKey(components: source.components), size.columns == width {
      return keyedImage(source, key, convert)
    }
    return reducedImage(source, size, isGray: space.isGray, convert)
  }

  private func keyedImage(
    _ source: SampleRows, _ key: [ClosedRange<Int>], _ convert: ([Int]) -> SVGColor
  ) -> SVGImage {
    var rows: [UInt8] = []
    rows.reserveCapacity(width * height * 4)
    for row in 0..<height {
      source.forEachPixel(ofRow: row, width: width) { values in
        let color = convert(values)
        let isClear = zip(key, values).allSatisfy { $0.contains($1) }
        rows += [color.red, color.green, color.blue, isClear ? 0 : 255]
      }
    }
    return PNGWriter(width: width, height: height, pixels: .rgba).image(rows)
  }

  /// An image in which each pixel is the average of those that it covers.
  private func reducedImage(
    _ source: SampleRows, _ size: (columns: Int, lines: Int), isGray: Bool,
    _ convert: ([Int]) -> SVGColor
  ) -> SVGImage {
    let channels = isGray ? 1 : 3
    var reducer = ImageReducer(from: (width, height), to: size, channels: channels)
    var last: [Int] = []
    var color = SVGColor.white
    for row in 0..<height {
      source.forEachPixel(ofRow: row, width: width) { values in
        if values != last {
          color = convert(values)
          last = values
        }
        reducer.add(color)
      }
      reducer.endRow()
    }
    return PNGWriter(
      width: size.columns, height: size.lines, pixels: isGray ? .gray(bits: 8) : .rgb
    ).image(reducer.rows)
  }
}
