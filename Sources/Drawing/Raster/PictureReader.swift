internal import Compression
internal import PDF

/// Decodes the images of a drawing and reduces them to the size in which they are shown.
enum PictureReader {
  /// Decodes an image.
  ///
  /// - Parameters:
  ///   - source: A data URI.
  ///   - size: Its size on the page, in pixels; larger images are reduced to it.
  /// - Returns: The picture; nil if it cannot be decoded.
  static func picture(
    _ source: ArraySlice<UInt8>, size: (width: Double, height: Double)
  ) -> PixelPicture? {
    guard let data = DrawnValues.data(source) else { return nil }
    switch data.type {
    case "image/png":
      guard let image = PNGImage(data.bytes, limit: mostBytes) else { return nil }
      return reduced(image.width, image.height, size) { row, body in
        let bytes = image.row(row)
        for place in stride(from: 0, to: bytes.count, by: 4) {
          body(
            SIMD4(
              Float(bytes[place]), Float(bytes[place + 1]), Float(bytes[place + 2]),
              Float(bytes[place + 3])))
        }
      }
    case "image/jpeg": return jpeg(data.bytes, size)
    default: return nil
    }
  }

  /// The most bytes of the samples of an image.
  private static let mostBytes = 96 << 20

  private static func jpeg(_ file: [UInt8], _ size: (width: Double, height: Double))
    -> PixelPicture?
  {
    let largest = (pixels(size.width, 65536), pixels(size.height, 65536))
    guard let decoder = JPEGDecoder(file, largest: largest) else { return nil }
    let (width, count) = (decoder.width, decoder.components.count)
    let samples = decoder.samples()
    guard count == 1 || count == 3 else { return nil }
    let isTransformed = count == 3 && decoder.adobeTransform ?? 1 != 0
    return reduced(width, decoder.height, size) { row, body in
      for column in 0..<width {
        let place = (row * width + column) * count
        let first = Float(samples[place])
        guard count == 3 else {
          body(SIMD4(first, first, first, 255))
          continue
        }
        let (second, third) = (Float(samples[place + 1]), Float(samples[place + 2]))
        guard isTransformed else {
          body(SIMD4(first, second, third, 255))
          continue
        }
        let color = SIMD4(
          first + 1.402 * (third - 128),
          first - 0.344136 * (second - 128) - 0.714136 * (third - 128),
          first + 1.772 * (second - 128), 255)
        body(color.clamped(lowerBound: .zero, upperBound: SIMD4(repeating: 255)))
      }
    }
  }

  private static func pixels(_ length: Double, _ most: Int) -> Int {
    min(most, max(1, Int(min(length, 1e5).rounded(.up))))
  }

  /// Averages pixels over the areas that they have in a smaller picture.
  ///
  /// - Parameters:
  ///   - width: Of the source.
  ///   - height: Of the source.
  ///   - size: The size in which it is shown.
  ///   - read: Calls back with each pixel of a row, from 0 to 255, not premultiplied.
  /// - Returns: The smaller picture; nil if it has too many pixels.
  private static func reduced(
    _ width: Int, _ height: Int, _ size: (width: Double, height: Double),
    _ read: (_ row: Int, _ body: (PixelLayer.Pixel) -> Void) -> Void
  ) -> PixelPicture? {
    let (columns, lines) = (pixels(size.width, width), pixels(size.height, height))
    guard width > 0, height > 0, columns * lines <= 16 << 20 else { return nil }
    var result = [PixelLayer.Pixel](repeating: .zero, count: columns * lines)
    var across = [PixelLayer.Pixel](repeating: .zero, count: columns)
    let scale = Float(1) / (Float(width) * Float(height) * 255)
    for row in 0..<height {
      var column = 0
      for index in across.indices { across[index] = .zero }
      read(row) { value in
        guard column < width else { return }
        var pixel = value
        let opacity = value.w / 255
        if opacity < 1 {
          pixel *= opacity
          pixel.w = value.w
        }
        // In units in which a source pixel has as many as there are columns.
        let start = column * columns
        let target = start / width
        let first = min(columns, (target + 1) * width - start)
        across[target] += pixel * Float(first)
        if first < columns { across[target + 1] += pixel * Float(columns - first) }
        column += 1
      }
      let start = row * lines
      let target = start / height
      let first = min(lines, (target + 1) * height - start)
      add(across, Float(first) * scale, to: &result, at: target * columns)
      if first < lines {
        add(across, Float(lines - first) * scale, to: &result, at: (target + 1) * columns)
      }
    }
    return PixelPicture(width: columns, height: lines, pixels: result)
  }

  private static func add(
    _ row: [PixelLayer.Pixel], _ weight: Float, to result: inout [PixelLayer.Pixel],
    at start: Int
  ) {
    guard start + row.count <= result.count else { return }
    for index in row.indices { result[start + index] += row[index] * weight }
  }
}
