// ISO 32000-1 §7.8.2 (content streams), §8.10 (form XObjects), §14.6 (marked content).

/// Interprets content streams and collects their glyphs.
struct ContentInterpreter {
  let document: Document
  let pool: TextPool
  let fonts: FontStore
  let layers: OptionalContent
  /// The number of operators and operands that the document may still use.
  private(set) var budget: Int

  var page = PageGlyphs()
  var state = GraphicsState()
  var saved: [GraphicsState] = []
  /// The number of `q` operators beyond the nesting limit.
  private var unsaved = 0
  var textMatrix = Matrix()
  var lineMatrix = Matrix()
  var marks: MarkedContent
  /// The visible part of the page.
  private(set) var box = Page.Box()
  /// What the page has been painted with so far.
  var surface = Surface()
  var path = PathBox()
  /// Whether the current text object adds text to the clipping path.
  var hasTextClip = false
  private(set) var isDamaged = false
  /// The index of the direction of the last text.
  var direction = 0
  private var forms: Set<Int> = []

  init(document: Document, pool: TextPool, fonts: FontStore, budget: Int) {
    self.document = document
    self.pool = pool
    self.fonts = fonts
    self.budget = budget
    layers = OptionalContent(document)
    marks = MarkedContent(document: document, layers: layers)
  }

  /// Draws a page.
  ///
  /// - Parameters:
  ///   - content: What the page's streams hold.
  ///   - isDamaged: Whether that is all that could be saved of it.
  ///   - resources: The page's.
  ///   - sheet: The page.
  mutating func draw(
    _ content: [UInt8], isDamaged: Bool, resources: Resources, on sheet: Page
  ) {
    page = PageGlyphs()
    self.isDamaged = isDamaged
    state = GraphicsState()
    state.matrix = sheet.matrix
    box = Page.Box(left: 0, bottom: 0, right: sheet.width, top: sheet.height)
    saved = []
    unsaved = 0
    marks.removeAll()
    surface.clear()
    path = PathBox()
    direction = 0
    forms = []
    interpret(content, resources: resources, depth: 0)
  }

  private mutating func interpret(_ content: [UInt8], resources: Resources, depth: Int) {
    var reader = ContentReader(content, nesting: document.limits.nesting)
    while let name = reader.next() {
      budget -= reader.operands.count + 1
      guard budget > 0, page.glyphs.count < document.limits.pageGlyphs else {
        page.isIncomplete = true
        return
      }
      perform(name, &reader, resources: resources, depth: depth)
    }
  }

  private mutating func perform(
    _ name: UInt32, _ reader: inout ContentReader, resources: Resources, depth: Int
  ) {
    switch name {
    case 0x544A:  // TJ
      showSpaced(reader)
    case 0x546A:  // Tj
      showLast(reader)
    case 0x5464:  // Td
      move(reader)
    case 0x5444:  // TD
      if let y = reader.number { state.leading = -y }
      move(reader)
    case 0x546D:  // Tm
      if let n = reader.numbers(6) {
        textMatrix = Matrix(a: n[0], b: n[1], c: n[2], d: n[3], e: n[4], f: n[5])
        lineMatrix = textMatrix
      }
    case 0x542A:  // T*
      nextLine()
    case 0x27:  // '
      nextLine()
      showLast(reader)
    case 0x22:  // "
      if reader.operands.count >= 3 {
        state.wordSpacing = reader.number(at: reader.operands.count - 3) ?? state.wordSpacing
        state.characterSpacing =
          reader.number(at: reader.operands.count - 2) ?? state.characterSpacing
      }
      nextLine()
      showLast(reader)
    case 0x4254:  // BT
      textMatrix = Matrix()
      lineMatrix = Matrix()
    case 0x5466:  // Tf
      selectFont(reader, resources)
    case 0x5463: state.characterSpacing = reader.number ?? state.characterSpacing  // Tc
    case 0x5477: state.wordSpacing = reader.number ?? state.wordSpacing  // Tw
    case 0x547A: state.horizontalScaling = reader.number.map { $0 / 100 } ?? 1  // Tz
    case 0x544C: state.leading = reader.number ?? state.leading  // TL
    case 0x5473: state.rise = reader.number ?? state.rise  // Ts
    case 0x71: save()  // q
    case 0x51: restore()  // Q
    case 0x636D:  // cm
      if let n = reader.numbers(6) {
        let matrix = Matrix(a: n[0], b: n[1], c: n[2], d: n[3], e: n[4], f: n[5])
          .concatenated(state.matrix)
        if matrix.isFinite { state.matrix = matrix }
      }
    case 0x446F:  // Do
      if let name = reader.name(at: 0) { drawObject(name, resources, depth: depth) }
    case 0x6773:  // gs
      if let name = reader.name(at: 0) { useState(name, resources) }
    case 0x424D43:  // BMC
      marks.begin(
        nil, tag: reader.name(at: 0), at: page.glyphs.count, isInForm: depth > 0)
      page.mark(as: marks.id)
    case 0x424443:  // BDC
      marks.begin(
        reader.properties(in: resources), tag: reader.name(at: 0), at: page.glyphs.count,
        isInForm: depth > 0)
      page.mark(as: marks.id)
    case 0x454D43:  // EMC
      endMarked()
    case 0x4249:  // BI
      addImage()
      reader.inlineImage()
    default: performPainting(name, reader, resources: resources)
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

  private mutating func useState(_ name: String, _ resources: Resources) {
    guard let dictionary = document.dictionary(resources.resource("ExtGState", name)) else {
      return
    }
    if let alpha = document.number(dictionary["ca"]) { state.fillAlpha = alpha }
    if let alpha = document.number(dictionary["CA"]) { state.strokeAlpha = alpha }
    if let width = document.number(dictionary["LW"]) { state.lineWidth = width }
    if dictionary["BM"] != nil || dictionary["SMask"] != nil {
      let mode =
        document.name(dictionary["BM"]) ?? document.name(document.array(dictionary["BM"])?.first)
      state.isBlendNormal =
        ["Normal", "Compatible"].contains(mode ?? "Normal")
        && document.name(dictionary["SMask"]) ?? "None" == "None"
        && document.dictionary(dictionary["SMask"]) == nil
    }
    guard let font = document.array(dictionary["Font"]), font.count == 2 else { return }
    if let (font, index) = fonts.font(font[0]) {
      state.font = font
      state.fontIndex = index
    }
    state.fontSize = document.number(font[1]) ?? state.fontSize
  }

  private mutating func selectFont(_ reader: ContentReader, _ resources: Resources) {
    if let size = reader.number { state.fontSize = size }
    guard let name = reader.name(at: 0) else { return }
    if let (font, index) = resources.font(name, in: fonts) {
      state.font = font
      state.fontIndex = index
    } else {
      // A missing font most likely has the standard encoding.
      if let (font, index) = fonts.missing() {
        state.font = font
        state.fontIndex = index
      }
    }
  }

  // MARK: External objects

  private mutating func drawObject(_ name: String, _ resources: Resources, depth: Int) {
    guard let object = resources.resource("XObject", name),
      let stream = document.stream(object)
    else { return }
    if layers.hides(stream.dictionary["OC"]) { return }
    guard document.name(stream.dictionary["Subtype"]) == "Form" else {
      addImage()
      return
    }
    draw(form: stream, resources, depth: depth)
  }

  /// Draws a form XObject (§8.10.1) in the current state.
  mutating func draw(form stream: Stream, _ resources: Resources, depth: Int) {
    // Ends the recursion of a form that draws itself.
    guard depth < min(document.limits.nesting, 28),
      forms.insert(stream.reference.number).inserted
    else { return }
    defer { forms.remove(stream.reference.number) }
    // The content of an appearance has none of the page's marks.
    page.mark(as: marks.id)
    let outer = state
    let outerText = (textMatrix, lineMatrix)
    let outerSaved = saved.count
    let inner = matrix(of: stream).concatenated(state.matrix)
    if inner.isFinite { state.matrix = inner }
    if let bounds = document.array(stream.dictionary["BBox"])?.map({ document.number($0) ?? 0 }),
      bounds.count == 4
    {
      clip(to: bounds)
    }
    var own = resources
    if let dictionary = document.dictionary(stream.dictionary["Resources"]) {
      own = Resources(dictionary, document: document)
    }
    let content = document.decode(stream)
    if document.damagedStreams.contains(stream.reference.number) { isDamaged = true }
    interpret(content, resources: own, depth: depth + 1)
    if saved.count > outerSaved { saved.removeLast(saved.count - outerSaved) }
    state = outer
    (textMatrix, lineMatrix) = outerText
  }

  func matrix(of form: Stream) -> Matrix {
    guard let matrix = document.array(form.dictionary["Matrix"]), matrix.count == 6 else {
      return Matrix()
    }
    let n = matrix.map { document.number($0) ?? 0 }
    return Matrix(a: n[0], b: n[1], c: n[2], d: n[3], e: n[4], f: n[5])
  }

  // MARK: Marked content

  private mutating func endMarked() {
    let ended = marks.end()
    defer { page.mark(as: marks.id) }
    guard let mark = ended, let bytes = mark.actualText, mark.first < page.glyphs.count
    else { return }
    // Replacement text (§14.9.4) replaces everything that the sequence shows.
    let text = textString(bytes).unicodeScalars.map(\.value)
    var glyph = page.glyphs[mark.first]
    if let last = page.glyphs.last, last.direction == glyph.direction,
      abs(last.baseline - glyph.baseline) < glyph.size / 2
    {
      glyph.right = max(last.right, glyph.right)
    }
    glyph.text = pool.text(text)
    page.replaceGlyphs(from: mark.first, by: text.isEmpty ? nil : glyph)
  }
}
