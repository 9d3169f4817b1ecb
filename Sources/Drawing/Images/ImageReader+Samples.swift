// ISO 32000-2 §8.9.5.2 (decode arrays), §8.9.6 (stencils and colour keys), §11.6.5.3 (Matte).

internal import Compression
internal import Markup
internal import PDF

extension ImageReader {
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

  /// A size in which the colours can be computed with the work that is left.
  private func affordable(
    _ size: (columns: Int, lines: Int), _ converter: SampleConverter
  ) -> (columns: Int, lines: Int) {
    guard converter.cost > 0 else { return size }
    var (columns, lines) = size
    while columns * lines > 64, columns * lines * converter.cost > work.remaining / 2 {
      columns = max(columns * 3 / 4, 1)
      lines = max(lines * 3 / 4, 1)
    }
    if !work.spend(columns * lines * converter.cost) { (columns, lines) = (1, 1) }
    return (columns, lines)
  }

  /// A stencil: its colour where it is painted, transparent elsewhere.
  func stencilImage(_ source: SampleRows) -> SVGImage {
    let paintsOnes = decode?.first == 1
    // Letters in a stencil would lose their edges, so that only huge ones are reduced.
    var reduction = 1
    if width * height > 16 * mostPixels {
      while width * height / (reduction * reduction) > 2 * mostPixels { reduction += 1 }
    }
    guard reduction > 1 else {
      // Missing rows are not painted.
      let rows = packedRows(source, filler: paintsOnes ? 0 : 0xFF)
      return PNGWriter(
        width: width, height: height,
        pixels: .palette(
          bits: 1, [stencil, stencil], opacities: paintsOnes ? [0, 255] : [255, 0])
      ).image(rows)
    }
    let size = (columns: width / reduction, lines: height / reduction)
    let table: [SVGColor] = paintsOnes ? [.black, .white] : [.white, .black]
    let rows = reducedRows(
      source, size, SampleConverter(table: table, isGray: true), filler: paintsOnes ? 0 : 0xFF)
    // The opacity of a reduced pixel is the share that is painted, in 16 steps.
    let steps = (0..<16).map { UInt8($0 * 17) }
    return PNGWriter(
      width: size.columns, height: size.lines,
      pixels: .palette(bits: 8, [SVGColor](repeating: stencil, count: 16), opacities: steps)
    ).image(rows.map { UInt8(Int($0) * 15 / 255) })
  }

  /// An image of one component, whose values are indices of colours.
  func indexedImage(_ source: SampleRows, _ space: ColorSpace) -> SVGImage {
    let bits = source.bits
    let decode = decode ?? space.decode(bits: bits)
    let colors = colors(space, bits: bits)
    let key = colorKey(components: 1)
    let opacities = colors.indices.map { value -> UInt8 in
      key.map { $0[0].contains(value) } == true ? 0 : 255
    }
    let isGray = key == nil && colors.allSatisfy { $0.red == $0.green && $0.green == $0.blue }
    let size = writtenSize
    let isHuge = width * height > (bits == 1 ? 16 : 1) * mostPixels
    if isHuge || bits > 1 && size.columns < width {
      let converter = SampleConverter(table: colors, isGray: isGray)
      return PNGWriter(
        width: size.columns, height: size.lines, pixels: isGray ? .gray(bits: 8) : .rgb
      ).image(reducedRows(source, size, converter))
    }
    let isPlainGray =
      isGray && colors.first == .black && colors.last == .white && decode == [0, 1]
    return PNGWriter(
      width: width, height: height,
      pixels: isPlainGray
        ? .gray(bits: bits) : .palette(bits: bits, colors, opacities: opacities)
    ).image(packedRows(source, filler: 0xFF))
  }

  /// The colours of the values of a single component.
  private func colors(_ space: ColorSpace, bits: Int) -> [SVGColor] {
    let decode = decode ?? space.decode(bits: bits)
    let highest = (1 << bits) - 1
    return (0...highest).map { value in
      let part = Double(value) / Double(highest)
      let low = decode.first ?? 0
      let high = decode.count > 1 ? decode[1] : 1
      return space.color([low + part * (high - low)]) ?? .white
    }
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
  func colorImage(_ source: SampleRows, _ space: ColorSpace) -> SVGImage {
    let converter = converter(space, source.bits)
    let size = affordable(writtenSize, converter)
    if let key = colorKey(components: source.components), size.columns == width {
      return keyedImage(source, key, converter)
    }
    return PNGWriter(
      width: size.columns, height: size.lines,
      pixels: converter.channels == 1 ? .gray(bits: 8) : .rgb
    ).image(reducedRows(source, size, converter))
  }

  private func converter(_ space: ColorSpace, _ bits: Int) -> SampleConverter {
    space.componentCount == 1 && bits <= 8
      ? SampleConverter(table: colors(space, bits: bits), isGray: space.isGray)
      : SampleConverter(space, decode: decode ?? space.decode(bits: bits), bits: bits)
  }

  private func keyedImage(
    _ source: SampleRows, _ key: [ClosedRange<Int>], _ converter: SampleConverter
  ) -> SVGImage {
    var rows: [UInt8] = []
    rows.reserveCapacity(width * height * 4)
    var line: [UInt8] = []
    let channels = converter.channels
    for _ in 0..<height {
      source.readRow()
      line.removeAll(keepingCapacity: true)
      converter.append(source, width: width, to: &line)
      line = converter.finish(line)
      var place = 0
      source.forEachPixel(width) { values in
        for channel in 0..<3 { rows.append(line[place + min(channel, channels - 1)]) }
        place += channels
        rows.append(zip(key, values).allSatisfy { $0.contains($1) } ? 0 : 255)
      }
    }
    return PNGWriter(width: width, height: height, pixels: .rgba).image(rows)
  }

  // MARK: Matte

  /// The picture of data whose colours have been blended with a colour by the opacities of its
  /// soft mask, with these opacities.
  ///
  /// - Parameters:
  ///   - data: The data.
  ///   - matte: The components of the colour.
  ///   - mask: The reader of the soft mask.
  ///   - opacities: The data of the soft mask.
  /// - Returns: The picture; nil if the two do not fit each other.
  /// - Throws: What is not drawn.
  func picture(
    of data: ImageData, matte: [Double], mask: ImageReader, _ opacities: ImageData
  ) throws(Failure) -> DrawnImage.Picture? {
    let space = colorSpace
    guard mask.width == width, mask.height == height, let color = space.color(matte) else {
      return nil
    }
    // A JPEG may be decoded to less than its size.
    var (reader, mask) = (self, mask)
    let source = try reader.rows(of: data, space)
    let converter = converter(space, source.bits)
    let size = affordable(writtenSize, converter)
    let colors = reader.reducedRows(source, size, converter)
    let maskSource = try mask.rows(of: opacities, .gray)
    let alphas = mask.reducedRows(maskSource, size, mask.converter(.gray, maskSource.bits))
    if source.missingRows + maskSource.missingRows > 0 { report.add(.damaged) }
    let background = [color.red, color.green, color.blue].map { Float($0) }
    var rows: [UInt8] = []
    rows.reserveCapacity(alphas.count * 4)
    for (index, alpha) in alphas.enumerated() {
      let part = Float(alpha) / 255
      for channel in 0..<3 {
        let place = index * converter.channels + min(channel, converter.channels - 1)
        let blended = Float(colors[place])
        let value = alpha == 0 ? 0 : background[channel] + (blended - background[channel]) / part
        rows.append(Self.seen(min(max(value, 0), 255), through: part))
      }
      rows.append(alpha)
    }
    return placed(
      PNGWriter(width: size.columns, height: size.lines, pixels: .rgba).image(rows))
  }

  /// Levels that colours under a soft mask are rounded to where they are seen.
  ///
  /// A division by a small opacity makes noise of rounding, which compresses badly. Half a step, two
  /// levels of 255, is not seen.
  private static let step: Float = 4

  /// A colour's value, rounded so that what is seen of it is a multiple of ``step``.
  private static func seen(_ value: Float, through part: Float) -> UInt8 {
    guard part > 0, part < 1 else { return UInt8(value + 0.5) }
    let rounded = (value * part / step).rounded() * step
    return UInt8(min(rounded / part + 0.5, 255))
  }

  // MARK: Rows

  /// The rows as they are in the data, filled where they are missing.
  private func packedRows(_ source: SampleRows, filler: UInt8) -> [UInt8] {
    var rows: [UInt8] = []
    rows.reserveCapacity((width * source.bits * source.components + 7) / 8 * height)
    for _ in 0..<height {
      source.readRow(filler: filler)
      rows += source.row
    }
    return rows
  }

  /// The rows of an image in which each pixel is the average of those that it covers.
  private func reducedRows(
    _ source: SampleRows, _ size: (columns: Int, lines: Int), _ converter: SampleConverter,
    filler: UInt8 = 0xFF
  ) -> [UInt8] {
    var reducer = ImageReducer(from: (width, height), to: size, channels: converter.readChannels)
    var line: [UInt8] = []
    for _ in 0..<height {
      source.readRow(filler: filler)
      line.removeAll(keepingCapacity: true)
      converter.append(source, width: width, to: &line)
      reducer.add(line)
    }
    return converter.finish(reducer.rows)
  }
}
