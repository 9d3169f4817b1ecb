// ISO 32000-2 §8.9: images.

internal import Markup
internal import PDF

extension Interpreter {
  /// Pixels per point that are written at most: a page across a screen of 1200 pixels.
  private static let density = 2.0

  /// Draws an image XObject.
  mutating func draw(image stream: Stream, _ resources: Resources) {
    guard let placement = placement() else { return }
    let number = stream.reference.number
    let isStencil = document.isTrue(stream.dictionary["ImageMask"])
    if !isStencil, let known = shared.images[number] { return place(known, placement) }
    guard
      let image = picture(
        stream.dictionary, document.imageData(stream), resources, placement)
    else { return }
    if !isStencil { shared.images[number] = image }
    place(image, placement)
  }

  /// Draws an inline image.
  mutating func draw(_ image: InlineImage, _ resources: Resources) {
    guard let placement = placement() else { return }
    if let drawn = picture(image.dictionary, document.imageData(image), resources, placement) {
      place(drawn, placement)
    }
  }

  /// From the unit square, with y downwards, to the page; nil for an image that is not visible.
  private func placement() -> Matrix? {
    let matrix = Matrix(d: -1, f: 1).concatenated(state.matrix)
    guard matrix.isFinite, matrix.inverse != nil else { return nil }
    var visible = area
    if let clip = state.clip { visible = visible.intersection(clip.bounds) }
    let box = Bounds(left: 0, top: 0, right: 1, bottom: 1).transformed(by: matrix)
    return box.intersection(visible).isEmpty ? nil : matrix
  }

  private mutating func picture(
    _ dictionary: [String: Object], _ data: ImageData, _ resources: Resources,
    _ placement: Matrix
  ) -> DrawnImage? {
    var stencil = SVGColor.black
    if case .color(let color) = state.fill { stencil = color }
    let across = (placement.a * placement.a + placement.b * placement.b).squareRoot()
    let down = (placement.c * placement.c + placement.d * placement.d).squareRoot()
    let density = Self.density
    let largest = (
      width: isOnPage ? max(Int(across * density), 16) : 4096,
      height: isOnPage ? max(Int(down * density), 16) : 4096
    )
    guard
      let reader = ImageReader(
        document: document, dictionary: dictionary, resources: resources, stencil: stencil,
        largest: largest, mostPixels: limits.imagePixels, report: report,
        work: shared.work)
    else {
      report.add(.image)
      return nil
    }
    shared.sampleBytes -= reader.sampleBytes
    guard shared.sampleBytes > 0 else {
      report.add(.limits)
      return nil
    }
    do throws(ImageReader.Failure) {
      if let unblended = try unblended(reader, data) { return DrawnImage(picture: unblended) }
      var drawn = DrawnImage(picture: try reader.picture(of: data))
      drawn.mask = mask(of: dictionary, largest)
      drawn.isStencil = reader.isStencil
      return drawn
    } catch {
      if case .missing(let part) = error { report.add(part) }
      return nil
    }
  }

  /// An image whose colours are blended with the matte of its soft mask, without it; nil for others.
  private mutating func unblended(
    _ reader: ImageReader, _ data: ImageData
  ) throws(ImageReader.Failure) -> DrawnImage.Picture? {
    guard let stream = document.stream(reader.dictionary["SMask"]),
      let matte = document.array(stream.dictionary["Matte"])
    else { return nil }
    var entries = stream.dictionary
    entries["ColorSpace"] = .name("DeviceGray")
    let mask = ImageReader(
      document: document, dictionary: entries, resources: nil, stencil: .black,
      largest: reader.largest, mostPixels: limits.imagePixels, report: report,
      work: shared.work)
    if let mask {
      shared.sampleBytes -= mask.sampleBytes
      let picture = try reader.picture(
        of: data, matte: matte.map { document.number($0) ?? 0 }, mask: mask,
        document.imageData(stream))
      if let picture { return picture }
    }
    report.add(.matte)
    return nil
  }

  /// The mask of an image: an image of opacities, or a stencil of what is left out (§8.9.6).
  private mutating func mask(
    of dictionary: [String: Object], _ largest: (width: Int, height: Int)
  ) -> DrawnImage.Picture? {
    let soft = document.stream(dictionary["SMask"])
    guard let stream = soft ?? document.stream(dictionary["Mask"]) else { return nil }
    var entries = stream.dictionary
    entries["SMask"] = nil
    entries["Mask"] = nil
    if soft != nil {
      entries["ColorSpace"] = .name("DeviceGray")
    } else {
      // A stencil is painted where it is 0 and leaves out where it is 1: as a gray image it is
      // the wrong way round.
      let isInverted = document.array(entries["Decode"])?.first.flatMap { document.number($0) } == 1
      entries["ImageMask"] = nil
      entries["ColorSpace"] = .name("DeviceGray")
      entries["BitsPerComponent"] = .integer(1)
      entries["Decode"] = .array(
        isInverted ? [.integer(0), .integer(1)] : [.integer(1), .integer(0)])
    }
    guard
      let reader = ImageReader(
        document: document, dictionary: entries, resources: nil, stencil: .black,
        largest: largest, mostPixels: limits.imagePixels, report: report,
        work: shared.work)
    else { return nil }
    shared.sampleBytes -= reader.sampleBytes
    do throws(ImageReader.Failure) {
      return try reader.picture(of: document.imageData(stream))
    } catch {
      report.add(.softMask)
      return nil
    }
  }

  private mutating func place(_ drawn: DrawnImage, _ matrix: Matrix) {
    if drawn.isStencil {
      if state.fill == .none { return }
      if case .reference = state.fill { return placeThrough(drawn.picture, matrix) }
    }
    let bounds = Bounds(left: 0, top: 0, right: 1, bottom: 1).transformed(by: matrix)
    let mask = drawn.mask.map { define(mask: $0, matrix, bounds) }
    let state = state
    canvas.add(state.item, bounds: bounds) { elements in
      if let mask {
        elements.begin(.g)
        elements.set(.mask, reference: mask)
      }
      Self.write(drawn.picture, matrix, alpha: state.fillAlpha, &elements)
      if mask != nil { elements.end() }
    }
  }

  /// Paints a pattern through a stencil.
  private mutating func placeThrough(_ stencil: DrawnImage.Picture, _ matrix: Matrix) {
    // The stencil is black where it is painted; by its opacity it becomes a mask.
    let bounds = Bounds(left: 0, top: 0, right: 1, bottom: 1).transformed(by: matrix)
    let mask = define(mask: stencil, matrix, bounds, byOpacity: true)
    let state = state
    canvas.add(state.item, bounds: bounds) { elements in
      elements.begin(.path)
      elements.set(.mask, reference: mask)
      Self.setFill(state, on: &elements)
      var outline = Outline()
      outline.rectangle(bounds.left, bounds.top, bounds.width, bounds.height)
      elements.set(.d, path: outline.path())
      elements.end()
    }
  }

  private func define(
    mask picture: DrawnImage.Picture, _ matrix: Matrix, _ bounds: Bounds, byOpacity: Bool = false
  ) -> SVGIdentifier {
    let identifier = canvas.newIdentifier(.mask)
    canvas.define { definitions in
      definitions.begin(.mask)
      definitions.set(id: identifier)
      definitions.set(.maskUnits, "userSpaceOnUse")
      definitions.set(bounds)
      if byOpacity { definitions.set(.maskType, "alpha") }
      Self.write(picture, matrix, alpha: 1, &definitions)
      definitions.end()
    }
    return identifier
  }

  static func write(
    _ picture: DrawnImage.Picture, _ matrix: Matrix, alpha: Double, _ elements: inout SVG
  ) {
    elements.begin(.image)
    if matrix.b == 0, matrix.c == 0, matrix.a > 0, matrix.d > 0 {
      elements.set(
        Bounds(
          left: matrix.e, top: matrix.f, right: matrix.e + matrix.a, bottom: matrix.f + matrix.d))
    } else {
      elements.set(.width, 1)
      elements.set(.height, 1)
      elements.set(.transform, matrix: matrix.numbers)
    }
    if alpha < 1 { elements.set(.opacity, alpha, digits: 3) }
    elements.set(.preserveAspectRatio, "none")
    if !picture.isSmooth(in: matrix) { elements.set(.imageRendering, "pixelated") }
    elements.set(href: picture.file)
    elements.end()
  }
}
