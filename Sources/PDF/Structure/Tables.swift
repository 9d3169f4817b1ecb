// ISO 32000-1 §14.8.4.3.4: tables, for files without tags.

/// Finds tables among the lines of a page by the positions of their cells.
struct Tables {
  /// The lines of a table.
  struct Found {
    var lines: Range<Int>
    /// The cells of each row, separated by tabs.
    var rows: [FlowLine]
  }

  /// The text in one place of a table, on one baseline.
  private struct Cell {
    var line: TextLine
    var text: String
    var left: Float
    var right: Float
    var size: Float { line.shape.size }
    var baseline: Float { line.shape.baseline }
  }

  /// The longest line of a cell; running text is longer.
  static let longestCell = 70
  /// The most lines of a wrapped cell before the next cell of its row.
  private static let mostWrapped = 4

  private static let mostColumns = 60
  /// The largest distance between the lines of a cell, in font sizes.
  private static let farthestLine: Float = 1.4

  private let lines: [TextLine]

  init(_ lines: [TextLine]) { self.lines = lines }

  /// The tables in the order of their lines.
  func found() -> [Found] {
    var found: [Found] = []
    var index = 0
    while index < lines.count {
      guard isInRow(index), let end = end(from: index) else {
        index += 1
        continue
      }
      let start = start(before: index, notBefore: found.last?.lines.upperBound ?? 0)
      let rows = rows(of: lines[start..<end].flatMap(Self.cells))
      if rows.count(where: { $0.text.contains("\t") }) >= max(2, rows.count / 2) {
        found.append(Found(lines: start..<end, rows: rows))
      }
      index = end
    }
    return found
  }

  private static func cells(of line: TextLine) -> [Cell] {
    guard line.shape.cells.isEmpty else {
      return line.shape.cells.map {
        Cell(line: line, text: $0.text, left: $0.left, right: $0.right)
      }
    }
    return [Cell(line: line, text: line.text, left: line.shape.left, right: line.shape.right)]
  }

  // MARK: Where a table begins and ends

  /// Whether a line has several cells, or is beside a line that comes a little later.
  private func isInRow(_ index: Int) -> Bool {
    guard isCell(index) else { return false }
    if lines[index].shape.cells.count > 1 { return !isItem(lines[index].shape.cells.map(\.text)) }
    let next = index + 1..<min(lines.count, index + 1 + Self.mostWrapped)
    return next.contains { isCell($0) && isBeside(index, $0) }
  }

  private func isCell(_ index: Int) -> Bool {
    let line = lines[index]
    let cells = line.shape.cells
    return line.shape.direction == 0 && line.shape.size > 0
      && (cells.isEmpty
        ? line.text.utf8.count <= Self.longestCell
        : cells.allSatisfy { $0.text.utf8.count <= Self.longestCell })
  }

  private func isItem(_ cells: [String]) -> Bool {
    cells.count == 2 && (Markers.isMarker(cells[0]) || Markers.isIcon(cells[0]))
  }

  private func isBeside(_ one: Int, _ other: Int) -> Bool {
    let (a, b) = (lines[one].shape, lines[other].shape)
    let size = max(a.size, b.size)
    guard abs(a.baseline - b.baseline) < 0.25 * size, abs(a.size - b.size) < 0.3 * size else {
      return false
    }
    return b.left > a.right + size && !isItem([lines[one].text, lines[other].text])
  }

  /// The start of a table: lines of a wrapped cell can precede the cells beside them.
  private func start(before row: Int, notBefore limit: Int) -> Int {
    let shape = lines[row].shape
    var start = row
    while start > limit, row - start < Self.mostWrapped, isCell(start - 1) {
      let line = lines[start - 1].shape
      guard line.right < shape.left, abs(line.baseline - shape.baseline) < 1.5 * shape.size,
        !Markers.isMarker(lines[start - 1].text)
      else { break }
      start -= 1
    }
    return start
  }

  /// The end of a table that begins with a row; nil for a single row.
  private func end(from start: Int) -> Int? {
    var last = start
    var rows = 1
    var (left, right) = extent(start)
    var index = start + 1
    // Text below the last row and in one of its columns may continue a cell.
    while index < lines.count, index - last <= Self.mostWrapped + 2, isCell(index) {
      let (line, above) = (lines[index].shape, lines[last].shape)
      let drop = above.baseline - line.baseline
      guard drop < 6 * above.size, drop > -2 * above.size,
        abs(line.size - above.size) < 0.35 * above.size
      else { break }
      if isInRow(index) {
        if abs(drop) > 0.5 * above.size { rows += 1 }
        last = index
        left = min(left, extent(index).left)
        right = max(right, extent(index).right)
      } else if line.right > right + 12 * line.size || line.right < left {
        break
      }
      index += 1
    }
    guard rows > 1 else { return nil }
    var end = last + 1
    // The cells beside the last one and their continuation lines.
    while end < min(index, last + 1 + Self.mostWrapped),
      isBeside(last, end) || isRest(end, of: last, right: left + lines[last].shape.size)
    {
      end += 1
    }
    return end
  }

  private func extent(_ index: Int) -> (left: Float, right: Float) {
    (lines[index].shape.left, lines[index].shape.right)
  }

  /// Whether a line continues a cell of the last row; cells of the first column do not continue.
  private func isRest(_ index: Int, of last: Int, right: Float) -> Bool {
    let (line, above) = (lines[index].shape, lines[last].shape)
    return line.left > right && line.left < above.right && above.baseline > line.baseline
      && above.baseline - line.baseline < 2.8 * above.size
  }

  // MARK: Rows and columns

  /// The rows of a table, from top to bottom.
  private func rows(of cells: [Cell]) -> [FlowLine] {
    let levels = levels(of: cells)
    let columns = columns(of: levels)
    guard columns.count > 1 else { return [] }
    var rows: [[[Cell]]] = []
    var last: Float = 0
    for level in levels {
      guard let first = level.first else { continue }
      var row = [[Cell]](repeating: [], count: columns.count)
      for cell in level { row[column(of: cell, in: columns)].append(cell) }
      if let above = rows.last, isRest(row, of: above, drop: (last - first.baseline) / first.size) {
        for index in row.indices { rows[rows.count - 1][index] += row[index] }
      } else {
        rows.append(row)
      }
      last = first.baseline
    }
    // Columns of running text have whole paragraphs beside each other.
    let filled = rows.joined().count { !$0.isEmpty }
    return cells.count <= Self.mostWrapped * filled ? rows.map(Self.flow) : []
  }

  /// The cells by baseline from top to bottom, each level from left to right.
  private func levels(of cells: [Cell]) -> [[Cell]] {
    var levels: [[Cell]] = []
    for cell in cells.sorted(by: { ($0.baseline, $1.left) > ($1.baseline, $0.left) }) {
      if let last = levels.last?.first, last.baseline - cell.baseline < 0.25 * cell.size {
        levels[levels.count - 1].append(cell)
      } else {
        levels.append([cell])
      }
    }
    return levels.map { $0.sorted { $0.left < $1.left } }
  }

  /// The columns of the rows with most cells, and of cells beside all of those.
  private func columns(of levels: [[Cell]]) -> [ClosedRange<Float>] {
    let most = levels.map(\.count).max() ?? 0
    var columns: [ClosedRange<Float>] = []
    for isFull in [true, false] {
      for cell in levels.lazy.filter({ ($0.count == most) == isFull }).joined() {
        let extent = cell.left...max(cell.left, cell.right)
        let touched = columns.filter { $0.overlaps(extent) }
        // A cell across several columns says nothing about them.
        if touched.count > 1 { continue }
        guard columns.count < Self.mostColumns else { return [] }
        let whole = touched.reduce(extent) {
          min($0.lowerBound, $1.lowerBound)...max($0.upperBound, $1.upperBound)
        }
        columns.removeAll { $0.overlaps(extent) }
        columns.append(whole)
      }
    }
    return columns.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// The first column that a cell is in.
  private func column(of cell: Cell, in columns: [ClosedRange<Float>]) -> Int {
    let extent = cell.left...max(cell.left, cell.right)
    return columns.firstIndex { $0.overlaps(extent) } ?? 0
  }

  /// Whether the text on a baseline continues the row above.
  ///
  /// - Parameters:
  ///   - row: The cells on the baseline, by column.
  ///   - above: The row.
  ///   - drop: The distance from its last baseline, in sizes.
  /// - Returns: Whether the cells of both rows are one row.
  private func isRest(_ row: [[Cell]], of above: [[Cell]], drop: Float) -> Bool {
    let pairs = zip(row, above).filter { !$0.0.isEmpty }
    // Lines of two cells are further apart than the lines of one.
    let isClose = pairs.allSatisfy { cells, above in
      guard let cell = cells.first, let last = above.last else { return true }
      return last.baseline - cell.baseline < Self.farthestLine * cell.size
    }
    guard isClose, drop < Self.farthestLine else { return false }
    // Rows are never this close: one cell is between the lines of another.
    if drop < 0.85 { return true }
    guard pairs.allSatisfy({ !$0.1.isEmpty }) else { return false }
    let starts = pairs.compactMap { $0.0.first?.text.unicodeScalars.first?.properties }
    if starts.allSatisfy(\.isLowercase) { return true }
    return row[0].isEmpty && pairs.count * 2 <= above.count && starts.allSatisfy(\.isAlphabetic)
  }

  private static func flow(_ row: [[Cell]]) -> FlowLine {
    let cells = row.joined()
    var line = FlowLine(cells.first?.line ?? TextLine(text: ""))
    line.text = row.map { $0.map(\.text).reduce("") { $0.isEmpty ? $1 : joinedText($0, $1) } }
      .joined(separator: "\t")
    while line.text.last == "\t" { line.text.removeLast() }
    line.right = cells.map(\.right).max() ?? line.right
    line.glyphs = cells.reduce(0) { $0 + $1.text.unicodeScalars.count }
    line.isBold = cells.allSatisfy(\.line.shape.isBold)
    line.isRow = true
    return line
  }
}
