// ISO 32000-2 §9.6.4: the content stream of a Type 3 glyph.

internal import Markup
internal import PDF

/// Reads the content of a Type 3 glyph that an outline can stand for: filled paths or a stencil in
/// the colour of the text.
struct GlyphProcedure {
  private let document: Document
  private let resources: Resources
  private var matrix: Matrix
  private var saved: [Matrix] = []
  /// The current point in the coordinates of the content.
  private var point = Point(x: 0, y: 0)
  private var path = Outline()
  private var glyph = Outline()
  /// Whether operators of colour have no effect, by `d1`.
  private var isUncolored = false

  private init(_ document: Document, _ resources: Resources, _ matrix: Matrix) {
    self.document = document
    self.resources = resources
    self.matrix = matrix
  }

  /// The outline of a glyph.
  ///
  /// - Parameters:
  ///   - content: The decoded content.
  ///   - resources: Those of the font.
  ///   - matrix: From glyph space to the units of the outline.
  ///   - document: The document.
  /// - Returns: The outline, empty for a blank glyph; nil for one that has colours of its own,
  ///   strokes, or anything else that an outline lacks.
  static func outline(
    of content: [UInt8], resources: Resources, matrix: Matrix, document: Document
  ) -> Outline? {
    var procedure = GlyphProcedure(document, resources, matrix)
    var reader = ContentReader(content, nesting: document.limits.nesting)
    while let name = reader.next() {
      guard procedure.perform(name, &reader) else { return nil }
    }
    guard !reader.isDamaged, procedure.glyph.isFinite else { return nil }
    return procedure.glyph
  }

  /// Performs an operator.
  ///
  /// - Returns: Whether an outline can stand for what it paints.
  private mutating func perform(_ name: UInt32, _ reader: inout ContentReader) -> Bool {
    switch name {
    case 0x6430: break  // d0
    case 0x6431: isUncolored = true  // d1
    case 0x71:  // q
      guard saved.count < Self.mostSaved else { return false }
      saved.append(matrix)
    case 0x51: matrix = saved.popLast() ?? matrix  // Q
    case 0x636D:  // cm
      guard let n = reader.numbers(6) else { return false }
      matrix = Matrix(numbers: n).concatenated(matrix)
      return matrix.isFinite
    // Line styles, and others that change nothing of what is filled: w, J, j, M, d, i, ri, BX, EX.
    case 0x77, 0x4A, 0x6A, 0x4D, 0x64, 0x69, 0x7269, 0x4258, 0x4558: break
    // Colours: g, G, rg, RG, k, K, cs, CS, sc, SC, scn, SCN.
    case 0x67, 0x47, 0x7267, 0x5247, 0x6B, 0x4B, 0x6373, 0x4353, 0x7363, 0x5343, 0x73636E, 0x53434E:
      return isUncolored
    case 0x4249:  // BI
      guard let image = reader.inlineImage() else { return false }
      return paint(image.dictionary, document.imageData(image))
    case 0x446F:  // Do
      guard let name = reader.name(at: 0),
        let stream = document.stream(resources.resource("XObject", name)),
        document.name(stream.dictionary["Subtype"]) == "Image"
      else { return false }
      return paint(stream.dictionary, document.imageData(stream))
    default: return construct(name, reader)
    }
    return true
  }

  /// Performs an operator of paths; strokes and clipping have no outline.
  private mutating func construct(_ name: UInt32, _ reader: ContentReader) -> Bool {
    switch name {
    case 0x6D:  // m
      guard let n = reader.numbers(2) else { return false }
      point = Point(x: n[0], y: n[1])
      path.move(point.transformed(by: matrix))
    case 0x6C:  // l
      guard let n = reader.numbers(2) else { return false }
      point = Point(x: n[0], y: n[1])
      path.line(point.transformed(by: matrix))
    case 0x63:  // c
      guard let n = reader.numbers(6) else { return false }
      curve(n)
    case 0x76:  // v
      guard let n = reader.numbers(4) else { return false }
      curve([point.x, point.y] + n)
    case 0x79:  // y
      guard let n = reader.numbers(4) else { return false }
      curve(n + n.suffix(2))
    case 0x68: path.close()  // h
    case 0x7265:  // re
      guard let n = reader.numbers(4) else { return false }
      var rectangle = Outline()
      rectangle.rectangle(n[0], n[1], n[2], n[3])
      path.append(rectangle.transformed(by: matrix))
      point = Point(x: n[0], y: n[1])
    case 0x6E: path = Outline()  // n
    case 0x66, 0x46: return fill()  // f, F
    case 0x662A:  // f*
      // Fonts are filled by the other rule; a single contour is the same by both.
      let contours = path.steps.count { if case .move = $0 { true } else { false } }
      return contours <= 1 && fill()
    default: return false
    }
    return true
  }

  private mutating func curve(_ n: [Double]) {
    let points = [Point(x: n[0], y: n[1]), Point(x: n[2], y: n[3]), Point(x: n[4], y: n[5])]
    point = points[2]
    path.curve(
      points[0].transformed(by: matrix), points[1].transformed(by: matrix),
      points[2].transformed(by: matrix))
  }

  private mutating func fill() -> Bool {
    defer { path = Outline() }
    return add(path)
  }

  /// Adds a painted shape.
  ///
  /// - Returns: False if it may overlap what has been painted: contours of different directions
  ///   would make holes in each other.
  private mutating func add(_ shape: Outline) -> Bool {
    if shape.isEmpty { return true }
    guard glyph.bounds.intersection(shape.bounds).isEmpty else { return false }
    glyph.append(shape)
    return true
  }

  // MARK: Stencils

  private mutating func paint(_ dictionary: [String: Object], _ data: ImageData) -> Bool {
    let report = MissingParts()
    guard
      var reader = ImageReader(
        document: document, dictionary: dictionary, resources: resources, stencil: .black,
        largest: (1, 1), mostPixels: Self.mostPixels, report: report, work: WorkBudget(0)),
      reader.isStencil, reader.width * reader.height <= Self.mostPixels,
      let rows = try? reader.rows(of: data, .gray), rows.bits == 1
    else { return false }
    let paintsOnes = reader.decode?.first == 1
    var isPainted: [Bool] = []
    isPainted.reserveCapacity(reader.width * reader.height)
    for _ in 0..<reader.height {
      rows.readRow(filler: paintsOnes ? 0 : 0xFF)
      for x in 0..<reader.width {
        isPainted.append((rows.row[x / 8] >> (7 - x % 8) & 1 == 1) == paintsOnes)
      }
    }
    let tracer = StencilTracer(width: reader.width, height: reader.height, isPainted: isPainted)
    return tracer.outline().map { add($0.transformed(by: matrix)) } ?? false
  }

  /// A glyph of 100 points at 600 dots per inch has a million.
  private static let mostPixels = 1 << 20
  /// States that a glyph saves; real ones save one or two.
  private static let mostSaved = 32
}
