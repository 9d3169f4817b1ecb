// ISO 32000-1 §14.8.5.4: layout attributes, measured for each line.

/// The position and appearance of a line, in coordinates in which its text runs to the right.
struct LineShape: Sendable, Equatable {
  var left: Float = 0
  var right: Float = 0
  var baseline: Float = 0
  /// The font size of most glyphs; 0 if unknown.
  var size: Float = 0
  var direction: UInt16 = 0
  /// Whether nearly all glyphs are bold.
  var isBold = false
  var glyphCount: Int32 = 0
  /// The structure element that most of it belongs to; nil without one.
  var element: Int32?
  /// Its parts, if it belongs to several elements.
  var parts: [Part] = []
  /// Its parts, if gaps wider than a word space separate them.
  var cells: [Cell] = []

  struct Cell: Sendable, Equatable {
    var text: String
    var left: Float
    var right: Float
  }

  struct Part: Sendable, Equatable {
    var text: String
    var element: Int32?
  }
}

/// Measures the lines of a page.
struct LineMeasure {
  let page: PageGlyphs
  let reader: LineText
  /// Whether each font of the document is bold.
  let isBold: [Bool]
  /// The structure element of each marked-content identifier of the page.
  let elements: [Int: Int32]

  /// The shape of a line with its text.
  func shape(of line: Line) -> LineShape {
    var bold = 0
    for span in line.spans {
      for glyph in page.glyphs[span] where Int(glyph.font) < isBold.count {
        if isBold[Int(glyph.font)] { bold += 1 }
      }
    }
    var shape = LineShape(
      left: line.left, right: line.right, baseline: line.baseline, size: line.size,
      direction: line.direction, isBold: bold * 10 >= line.glyphCount * 9,
      glyphCount: Int32(clamping: line.glyphCount))
    if !elements.isEmpty { divide(line, &shape) } else { divideAtGaps(line, &shape) }
    return shape
  }

  private func divideAtGaps(_ line: Line, _ shape: inout LineShape) {
    guard line.spans.count > 1, line.spans.count < 200 else { return }
    let spans = line.spans.map { span in
      let glyphs = page.glyphs[span]
      return (
        span: span, left: glyphs.reduce(Float.infinity) { min($0, $1.left) },
        right: glyphs.reduce(-Float.infinity) { max($0, $1.right) }
      )
    }.sorted { $0.left < $1.left }
    var cells: [Line] = []
    var right = Float.infinity
    var (narrowestApart, widestWithin) = (Float.infinity, 0 as Float)
    for (span, left, end) in spans {
      let gap = cells.isEmpty ? .infinity : left - right
      let isApart = gap > 1.1 * line.size
      if isApart {
        narrowestApart = min(narrowestApart, gap)
      } else {
        widestWithin = max(widestWithin, gap)
      }
      if isApart {
        var cell = line
        cell.spans = []
        cell.glyphCount = 0
        if !cells.isEmpty { cell.initial = nil }
        cell.left = left
        cells.append(cell)
        right = end
      } else {
        widestWithin = max(widestWithin, gap)
      }
      cells[cells.count - 1].spans.append(span)
      cells[cells.count - 1].glyphCount += span.count
      right = max(right, end)
      cells[cells.count - 1].right = right
    }
    // In a line stretched to the column's width all gaps are wide.
    guard cells.count > 1, widestWithin < 0.5 * narrowestApart else { return }
    let found = cells.map { LineShape.Cell(text: reader.text($0), left: $0.left, right: $0.right) }
      .filter { !$0.text.isEmpty }
    // Spaced-out sentences are not cells.
    if found.count > 1, !found.dropLast().allSatisfy({ endsSentence($0.text) }) {
      shape.cells = found
    }
  }

  /// Splits a line where the structure element changes.
  private func divide(_ line: Line, _ shape: inout LineShape) {
    var pieces: [(element: Int32?, line: Line)] = []
    for span in line.spans {
      var start = span.lowerBound
      while start < span.upperBound {
        let (id, end) = mark(at: start, within: span)
        let element = id == ContentMark.artifact ? StructureTree.artifact : elements[id]
        add(start..<end, of: line, element, to: &pieces)
        start = end
      }
    }
    let most = pieces.max { $0.line.glyphCount < $1.line.glyphCount }
    shape.element = most?.element
    guard pieces.count > 1, pieces.count < 200 else { return }
    pieces.sort { $0.line.left < $1.line.left }
    shape.parts = pieces.compactMap { piece in
      let text = reader.text(piece.line)
      return text.isEmpty ? nil : LineShape.Part(text: text, element: piece.element)
    }
    if shape.parts.count == 1 { shape.parts = [] }
  }

  private func add(
    _ span: Range<Int>, of line: Line, _ element: Int32?,
    to pieces: inout [(element: Int32?, line: Line)]
  ) {
    let glyphs = page.glyphs[span]
    let left = glyphs.reduce(Float.infinity) { min($0, $1.left) }
    if let place = pieces.lastIndex(where: { $0.element == element }) {
      pieces[place].line.spans.append(span)
      pieces[place].line.glyphCount += span.count
      pieces[place].line.left = min(pieces[place].line.left, left)
    } else {
      var piece = line
      piece.spans = [span]
      piece.glyphCount = span.count
      piece.left = left
      if !pieces.isEmpty { piece.initial = nil }
      pieces.append((element, piece))
    }
  }

  /// The mark of a glyph, and the end of the run of glyphs with the same mark.
  private func mark(at glyph: Int, within span: Range<Int>) -> (id: Int, end: Int) {
    var (low, high) = (0, page.marks.count)
    while low < high {
      let middle = (low + high) / 2
      if page.marks[middle].first <= glyph { low = middle + 1 } else { high = middle }
    }
    let id = low > 0 ? page.marks[low - 1].id : ContentMark.none
    let end = low < page.marks.count ? page.marks[low].first : span.upperBound
    return (id, min(max(end, glyph + 1), span.upperBound))
  }
}
