// ISO 32000-2 §7.8.2 (content streams), Annex A (operators).

internal import Markup
internal import PDF

/// Interprets content streams and draws them.
struct Interpreter {
  let document: Document
  let fonts: PageFontLoader
  let layers: OptionalContent
  let canvas: Canvas
  let text: TextWriter
  let limits: DrawingLimits
  let report: MissingParts
  /// The visible part of the page, or of the pattern or glyph being drawn.
  var area: Bounds
  /// From the default space of the current content stream, in which patterns are placed.
  var baseMatrix: Matrix

  var state = GraphicsState()
  private var saved: [GraphicsState] = []
  private var unsaved = 0
  var textMatrix = Matrix()
  var lineMatrix = Matrix()
  /// The path in page coordinates.
  var path = Outline()
  /// The last point in user space.
  var pathPoint = Point(x: 0, y: 0)
  /// Set by `W` and `W*` until the path is painted.
  var pendingClip: Bool?
  /// The outlines of text in the clipping path.
  var textClip: Outline?
  /// For each open marked-content sequence whether it is hidden.
  private var marks: [Bool] = []
  private var hiddenMarks = 0
  var forms: Set<Int> = []
  /// Whether colour operators are ignored: uncoloured patterns and glyphs.
  var isUncolored = false
  let shared: Shared

  /// What nested interpreters use together.
  final class Shared {
    var budget: Int
    /// The bytes of samples that images may still have.
    var sampleBytes: Int
    let work: WorkBudget
    var gradients: [String: Paint] = [:]
    var spaces: [Int: ColorSpace] = [:]
    var images: [Int: DrawnImage] = [:]
    var glyphs: [String: SVGIdentifier] = [:]

    init(limits: DrawingLimits) {
      budget = limits.operators
      sampleBytes = limits.sampleBytes
      work = WorkBudget(limits.work)
    }
  }

  init(
    document: Document, fonts: PageFontLoader, layers: OptionalContent, canvas: Canvas,
    text: TextWriter, limits: DrawingLimits, report: MissingParts, area: Bounds, matrix: Matrix
  ) {
    self.document = document
    self.fonts = fonts
    self.layers = layers
    self.canvas = canvas
    self.text = text
    self.limits = limits
    self.report = report
    self.area = area
    baseMatrix = matrix
    state.matrix = matrix
    shared = Shared(limits: limits)
  }

  var isHidden: Bool { hiddenMarks > 0 }

  /// Performs the operators of a content stream.
  mutating func interpret(_ content: [UInt8], resources: Resources, depth: Int) {
    var reader = ContentReader(content, nesting: document.limits.nesting)
    let outerMarks = marks.count
    // White space and comments are read, too.
    shared.budget -= content.count / 64
    while let name = reader.next() {
      shared.budget -= reader.operands.count + 1
      guard shared.budget > 0, !canvas.isFull else {
        report.add(.limits)
        break
      }
      perform(name, &reader, resources: resources, depth: depth)
    }
    if reader.isDamaged { report.add(.damaged) }
    if shared.work.isExhausted { report.add(.limits) }
    while marks.count > outerMarks { endMarked() }
  }

  private mutating func perform(
    _ name: UInt32, _ reader: inout ContentReader, resources: Resources, depth: Int
  ) {
    switch name {
    case 0x71: save()  // q
    case 0x51: restore()  // Q
    case 0x636D:  // cm
      guard let n = reader.numbers(6) else { return }
      let matrix = Matrix(numbers: n).concatenated(state.matrix)
      if matrix.isFinite { state.matrix = matrix }
    case 0x446F:  // Do
      if let name = reader.name(at: 0) { drawObject(name, resources, depth: depth) }
    case 0x6773:  // gs
      if let name = reader.name(at: 0) { useState(name, resources, depth: depth) }
    case 0x7368:  // sh
      if let name = reader.name(at: 0), !isHidden { fillShading(name, resources) }
    case 0x424D43: beginMarked(nil, tag: nil)  // BMC
    case 0x424443:  // BDC
      beginMarked(reader.properties(in: resources), tag: reader.name(at: 0))
    case 0x454D43: endMarked()  // EMC
    case 0x4249:  // BI
      if let image = reader.inlineImage(), !isHidden { draw(image, resources) }
    default:
      if performText(name, reader, resources: resources, depth: depth) { return }
      if performPath(name, reader) { return }
      performColor(name, reader, resources: resources, depth: depth)
    }
  }

  // MARK: Graphics state

  private mutating func save() {
    if saved.count < 256 { saved.append(state) } else { unsaved += 1 }
  }

  private mutating func restore() {
    if unsaved > 0 {
      unsaved -= 1
    } else if let last = saved.popLast() {
      state = last
    }
  }

  /// Draws in a state of its own, whatever is saved or restored meanwhile.
  mutating func scoped(_ body: (inout Interpreter) -> Void) {
    let outer = (state, saved, unsaved, textMatrix, lineMatrix, path, pendingClip, textClip)
    saved = []
    unsaved = 0
    path = Outline()
    pendingClip = nil
    textClip = nil
    body(&self)
    (state, saved, unsaved, textMatrix, lineMatrix, path, pendingClip, textClip) = outer
  }

  // MARK: Marked content

  private mutating func beginMarked(_ properties: Object?, tag: String?) {
    guard marks.count < 10_000 else { return }
    let isHidden = tag == "OC" && layers.hides(properties)
    marks.append(isHidden)
    if isHidden { hiddenMarks += 1 }
  }

  private mutating func endMarked() {
    if marks.popLast() == true { hiddenMarks -= 1 }
  }
}
