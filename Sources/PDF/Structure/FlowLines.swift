// ISO 32000-1 §14.8.4.3.4: table rows, where no tag tells them.

/// Joins adjacent lines on one baseline: the cells of a row, or a marker and its text.
struct FlowLines {
  /// The lines of a page, without running heads, in reading order.
  static func lines(of page: PageText) -> [FlowLine] {
    let lines = page.lines.filter { $0.role == .body && !$0.text.isEmpty }
    var result: [FlowLine] = []
    result.reserveCapacity(lines.count)
    var tables = Tables(lines).found()[...]
    var start = 0
    while start < lines.count {
      if let table = tables.first, table.lines.lowerBound == start {
        result += table.rows
        start = table.lines.upperBound
        tables.removeFirst()
        continue
      }
      let limit = tables.first?.lines.lowerBound ?? lines.count
      var end = start + 1
      while end < limit, end - start < 60, isBeside(lines[end - 1].shape, lines[end].shape) {
        end += 1
      }
      result += joined(lines[start..<end])
      start = end
    }
    for index in result.indices {
      let (text, isRow) = leadersAsTabs(result[index].text)
      if isRow { (result[index].text, result[index].isRow) = (text, true) }
    }
    return result
  }

  private static func isBeside(_ one: LineShape, _ other: LineShape) -> Bool {
    one.direction == other.direction
      && abs(one.baseline - other.baseline) < 0.25 * max(one.size, other.size)
      && other.left > one.right - 0.1 * one.size
  }

  private static func joined(_ lines: ArraySlice<TextLine>) -> [FlowLine] {
    guard lines.count > 1, let first = lines.first else { return lines.map(row) }
    // A bullet or a number and its text.
    if lines.count == 2,
      first.shape.glyphCount < 8 && Markers.isMarker(first.text) || Markers.isIcon(first.text)
    {
      return [merged(lines, separator: " ", isRow: false)]
    }
    let gaps = zip(lines, lines.dropFirst()).map {
      ($1.shape.left - $0.shape.right) / $1.shape.size
    }
    // The words of a justified line.
    if gaps.allSatisfy({ $0 < 1 }) { return [merged(lines, separator: " ", isRow: false)] }
    // Columns of text that were drawn line by line are not a table.
    if lines.contains(where: { $0.text.utf8.count > Tables.longestCell }) {
      return lines.map(FlowLine.init)
    }
    return [merged(lines, separator: "\t", isRow: true)]
  }

  /// A row made from one line with wide gaps.
  private static func row(_ line: TextLine) -> FlowLine {
    var flow = FlowLine(line)
    let cells = line.shape.cells
    guard cells.count > 1, !cells.contains(where: { $0.text.utf8.count > Tables.longestCell }),
      cells.count > 2
        || !Markers.isMarker(cells[0].text) && !cells.contains(where: { Markers.isIcon($0.text) })
    else { return flow }
    flow.text = cells.map(\.text).joined(separator: "\t")
    flow.isRow = true
    return flow
  }

  private static func merged(
    _ lines: ArraySlice<TextLine>, separator: String, isRow: Bool
  ) -> FlowLine {
    var line = FlowLine(lines[lines.startIndex])
    line.text = lines.map {
      let cells = $0.shape.cells
      return isRow && !cells.isEmpty ? cells.map(\.text).joined(separator: separator) : $0.text
    }
    .joined(separator: separator)
    line.right = lines.map(\.shape.right).max() ?? line.right
    line.glyphs = lines.reduce(0) { $0 + Int($1.shape.glyphCount) }
    line.isBold = lines.allSatisfy(\.shape.isBold)
    line.isRow = isRow
    return line
  }

  /// Replaces the dot leaders of a table of contents with a tab.
  static func leadersAsTabs(_ text: String) -> (text: String, isRow: Bool) {
    guard text.utf8.count < 500, let run = leaders(text) else { return (text, false) }
    let head = text[..<run.lowerBound].split(separator: "\t").joined(separator: " ")
    let tail = text[run.upperBound...].split(separator: "\t").joined(separator: " ")
    guard !head.isEmpty, tail.utf8.count < 12 else { return (text, false) }
    return (tail.isEmpty ? head : "\(head)\t\(tail)", true)
  }

  /// The longest run of five or more dots, with or without spaces between them.
  private static func leaders(_ text: String) -> Range<String.Index>? {
    var run: Range<String.Index>?
    var dots = 0
    var start: String.Index?
    for index in text.indices {
      switch text[index] {
      case ".", "·", "…", "_":
        start = start ?? index
        dots += text[index] == "…" ? 3 : 1
        if dots >= 5, let start { run = start..<text.index(after: index) }
      case " ", "\t": break
      default:
        if run != nil { return trimmed(run, text) }
        (dots, start) = (0, nil)
      }
    }
    return trimmed(run, text)
  }

  private static func trimmed(
    _ run: Range<String.Index>?, _ text: String
  ) -> Range<String.Index>? {
    guard var run else { return nil }
    while run.lowerBound > text.startIndex {
      let before = text.index(before: run.lowerBound)
      guard text[before] == " " || text[before] == "\t" else { break }
      run = before..<run.upperBound
    }
    while run.upperBound < text.endIndex, text[run.upperBound] == " " {
      run = run.lowerBound..<text.index(after: run.upperBound)
    }
    return run
  }
}
