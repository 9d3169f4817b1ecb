internal import Compression
internal import Markup
internal import PDF

/// A drawing in pixels.
package struct RasterImage: Sendable {
  package let width: Int
  package let height: Int
  /// Red, green and blue of each pixel, row by row.
  package let rgb: [UInt8]
  /// Whether anything is left out: unknown elements, damaged fonts and images, or beyond the limits.
  package let isPartial: Bool

  /// Whether there is next to nothing to see.
  package var isBlank: Bool {
    var shown = 0
    for place in stride(from: 0, to: rgb.count - 2, by: 3) {
      let lightest = max(rgb[place], rgb[place + 1], rgb[place + 2])
      let darkest = min(rgb[place], rgb[place + 1], rgb[place + 2])
      // Neither white nor the grey around a wide page.
      if darkest < 225 || lightest - darkest > 10 { shown += 1 }
    }
    return shown * RasterImage.leastShown < width * height
  }

  /// One pixel of so many is something to see: a page number has about as many.
  private static let leastShown = 2000

  /// A small PNG file of at most 256 colours.
  package var png: [UInt8] { PNGWriter.file(ofRGB: rgb, width: width) }
}

/// Limits on turning a drawing into pixels.
package struct RasterLimits: Sendable {
  /// The most pixels of the picture.
  package var pixels: Int
  /// The most pixels touched and edges followed, which bounds the time: a thousand million take
  /// some seconds.
  package var work: Int

  package init(pixels: Int = 4 << 20, work: Int = 1 << 30) {
    self.pixels = pixels
    self.work = work
  }
}

/// Turns a drawing into pixels.
///
/// - Parameters:
///   - svg: What ``draw(page:of:limits:drawingLimits:)`` wrote.
///   - width: The width of the picture in pixels.
///   - limits: What it may take.
/// - Returns: The picture on white; nil if the bytes are no drawing, or it has too many pixels.
package func rasterize(
  _ svg: [UInt8], width: Int, limits: RasterLimits = RasterLimits()
) -> RasterImage? {
  guard let document = DrawnDocument(svg), let page = document.page else { return nil }
  let height = max(1, (page.height * Double(width) / page.width).rounded())
  guard width > 0, height * Double(width) <= Double(limits.pixels) else { return nil }
  let scale = (x: Double(width) / page.width, y: height / page.height)
  return rasterize(
    document, (width, Int(height)),
    Matrix(a: scale.x, d: scale.y, e: -page.left * scale.x, f: -page.top * scale.y), limits)
}

/// Turns a drawing of a first page into a cover, which is four by three.
///
/// A page that is about as tall fills it and loses a little of its margins, a taller one its end. One
/// that is wider is in the middle, on grey.
///
/// - Parameters:
///   - svg: What ``draw(page:of:limits:drawingLimits:)`` wrote.
///   - width: The width of the cover in pixels.
///   - limits: What it may take.
/// - Returns: The cover; nil if the bytes are no drawing, or it has too many pixels.
package func rasterizeCover(
  _ svg: [UInt8], width: Int, limits: RasterLimits = RasterLimits()
) -> RasterImage? {
  let height = width * 4 / 3
  guard let document = DrawnDocument(svg), let page = document.page, width > 0,
    height * width <= limits.pixels
  else { return nil }
  let fitting = Double(width) / page.width
  let filling = max(fitting, Double(height) / page.height)
  // A page of US Letter would leave 3 % of the height.
  let isFilled = filling <= fitting * 1.06
  let scale = isFilled ? filling : fitting
  let left = (Double(width) - page.width * scale) / 2
  let top = isFilled ? 0 : (Double(height) - page.height * scale) / 2
  return rasterize(
    document, (width, height),
    Matrix(a: scale, d: scale, e: left - page.left * scale, f: top - page.top * scale), limits,
    ground: isFilled ? 1 : coverGround)
}

/// The grey around a wide page.
private let coverGround: Float = 0.93

private func rasterize(
  _ document: DrawnDocument, _ size: (width: Int, height: Int), _ matrix: Matrix,
  _ limits: RasterLimits, ground: Float = 1
) -> RasterImage? {
  guard matrix.isFinite, let page = document.page else { return nil }
  let area = PixelBox(left: 0, top: 0, right: size.width, bottom: size.height)
  var rasterizer = Rasterizer(document: document, area: area, work: limits.work)
  let visible = area.intersection(PixelBox(around: page.transformed(by: matrix)))
  rasterizer.drawChildren(of: 0, Rasterizer.Context(matrix: matrix, box: visible))
  var rgb: [UInt8] = []
  rgb.reserveCapacity(size.width * size.height * 3)
  for pixel in rasterizer.layer.pixels {
    let color = (pixel + (1 - pixel.w) * ground) * 255 + 0.5
    for channel in 0..<3 { rgb.append(UInt8(min(max(color[channel], 0), 255))) }
  }
  return RasterImage(
    width: size.width, height: size.height, rgb: rgb,
    isPartial: rasterizer.isPartial || document.isPartial)
}

extension DrawnDocument {
  /// The box of the page; nil if the root gives none.
  fileprivate var page: Bounds? {
    guard let value = value(.viewBox, of: 0) else { return nil }
    let box = DrawnValues.numbers(value, most: 4)
    guard box.count == 4, box[2] > 0, box[3] > 0 else { return nil }
    return Bounds(left: box[0], top: box[1], right: box[0] + box[2], bottom: box[1] + box[3])
  }
}
