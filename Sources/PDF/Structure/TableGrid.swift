// ISO 32000-1 §14.8.5.7: table attributes give the rows and columns that a cell spans.

/// The columns of a table while its rows are read.
struct TableGrid {
  /// Larger spans are not real.
  private static let mostCovered = 500

  /// For each column, how many of the following rows a cell above covers.
  private var covered: [Int] = []
  /// Whether each column of the current row is taken.
  private var isTaken: [Bool] = []
  private var next = 0

  mutating func beginRow() {
    isTaken = covered.map { $0 > 0 }
    covered = covered.map { max(0, $0 - 1) }
    next = 0
  }

  /// Places the next cell of a row.
  ///
  /// - Parameters:
  ///   - columns: How many columns it covers.
  ///   - rows: How many rows it covers.
  /// - Returns: Its first column.
  mutating func place(columns: Int, rows: Int) -> Int {
    while next < isTaken.count, isTaken[next] { next += 1 }
    let first = next
    guard first < Self.mostCovered else { return first }
    next += min(max(columns, 1), Self.mostCovered)
    while covered.count < next { covered.append(0) }
    for column in first..<next {
      covered[column] = max(covered[column], min(max(rows, 1), Self.mostCovered) - 1)
    }
    return first
  }
}
