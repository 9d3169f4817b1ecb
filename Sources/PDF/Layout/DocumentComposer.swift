// ISO 32000-1 §14.8.2: from the glyphs of pages to the text of a document.

/// Collects the lines of all pages and completes them at the end.
///
/// Only the other pages show whether a hyphen at a line end belongs to the word and whether a line
/// is a running head.
struct DocumentComposer {
  private let pool: TextPool
  private let limits: Limits
  private var composed: [PageText] = []
  private var candidates: [[RunningHeads.Candidate]] = []
  private var textBytes = 0
  private var lineNumbers = LineNumbers()
  private let isWord: @Sendable (String) -> Bool

  init(pool: TextPool, limits: Limits, isWord: @escaping @Sendable (String) -> Bool) {
    self.pool = pool
    self.limits = limits
    self.isWord = isWord
  }

  /// Adds the next page.
  ///
  /// - Parameters:
  ///   - page: What it shows.
  ///   - height: Its height.
  ///   - measures: Whether the shapes of lines are wanted, and the fonts and tags for them.
  mutating func add(
    _ page: PageGlyphs, height: Double, measures: (fonts: [Font], elements: [Int: Int32])? = nil
  ) {
    var text = PageText(number: composed.count + 1, lines: [])
    var places: [RunningHeads.Place?] = []
    let (blocks, reader) = Self.blocks(of: page, pool: pool, lineNumbers: &lineNumbers)
    var page = page
    page.glyphs = reader.glyphs
    let measure = measures.map {
      LineMeasure(
        page: page, reader: reader, isBold: $0.fonts.map(\.isBold), elements: $0.elements)
    }
    for block in blocks {
      var beginsParagraph = true
      var last: Line?
      for (line, string) in zip(block.lines, reader.texts(of: block.lines)) {
        guard !string.isEmpty, textBytes < limits.textBytes else { continue }
        textBytes += string.utf8.count
        text.lines.append(TextLine(text: string, beginsParagraph: beginsParagraph))
        if let measure { text.lines[text.lines.count - 1].shape = measure.shape(of: line) }
        places.append(
          RunningHeads.Place(line, after: last, of: page.glyphs, pageHeight: Float(max(height, 1))))
        beginsParagraph = false
        last = line
      }
    }
    candidates.append(RunningHeads.candidates(text.lines, places))
    composed.append(text)
  }

  /// The lines of a page in reading order, and what reads their text.
  static func blocks(
    of page: PageGlyphs, pool: TextPool, lineNumbers: inout LineNumbers
  ) -> (blocks: [Block], reader: LineText) {
    var page = page
    Accents.compose(&page.glyphs)
    SoftHyphens.settle(&page.glyphs)
    var builder = LineBuilder(page)
    let lines = Initials(page.glyphs).joined(
      lineNumbers.removed(from: builder.build(), page.glyphs))
    return (BlockOrder.blocks(lines), LineText(glyphs: page.glyphs, pool: pool))
  }

  /// The text of all pages.
  func pages() -> [PageText] {
    var pages = composed
    RunningHeads.mark(&pages, candidates)
    let hyphenation = Hyphenation(pages, isWord: isWord)
    for index in pages.indices { hyphenation.apply(to: &pages[index]) }
    hyphenation.join(&pages)
    return pages
  }
}
