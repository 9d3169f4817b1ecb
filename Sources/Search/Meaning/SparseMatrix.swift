/// A matrix of which only the elements that are not 0 are stored, row after row.
struct SparseMatrix {
  /// The element of a row in a column.
  struct Element {
    var column: UInt16
    var value: Float
  }

  /// Of all rows, in their order.
  private var elements: [Element]
  /// Where each row begins in `elements`, and behind them where the last one ends.
  private let starts: [Int]

  private var rows: Int { starts.count - 1 }

  /// Creates a matrix from its columns.
  ///
  /// - Parameters:
  ///   - rows: How many rows it has.
  ///   - columns: For each column the elements that are not 0: their rows and values. At most 65,536.
  init<Column: Sequence>(rows: Int, columns: some Collection<Column>)
  where Column.Element == (row: Int, value: Float) {
    var ends = [Int](repeating: 0, count: rows + 1)
    for column in columns {
      for element in column { ends[element.row + 1] += 1 }
    }
    for row in 0..<rows { ends[row + 1] += ends[row] }
    starts = ends
    var elements = [Element](repeating: Element(column: 0, value: 0), count: ends[rows])
    for (number, column) in columns.enumerated() {
      for (row, value) in column {
        elements[ends[row]] = Element(column: UInt16(number), value: value)
        ends[row] += 1
      }
    }
    self.elements = elements
  }
}

extension SparseMatrix {
  /// Scales each row to length 1; one of zeros stays.
  mutating func normalizeRows() {
    for row in 0..<rows {
      var square: Float = 0
      for index in starts[row]..<starts[row + 1] {
        square += elements[index].value * elements[index].value
      }
      guard square > 0 else { continue }
      let factor = 1 / square.squareRoot()
      for index in starts[row]..<starts[row + 1] { elements[index].value *= factor }
    }
  }

  /// The product of the transposed matrix, the matrix and other columns, without holding the product
  /// of the last two, which may be large.
  ///
  /// - Parameters:
  ///   - vectors: The other columns: a row for each column of the matrix, one after the other.
  ///   - width: The length of such a row.
  /// - Returns: The same for the product.
  func timesItsTranspose(_ vectors: [Float], width: Int) -> [Float] {
    var products = [Float](repeating: 0, count: vectors.count)
    var sums = products.mutableSpan
    let elements = elements.span
    eachRow(times: vectors, width: width) { row, product in
      for index in starts[row]..<starts[row + 1] {
        let (value, start) = (elements[index].value, Int(elements[index].column) * width)
        for column in 0..<width { sums[start + column] += value * product[column] }
      }
    }
    return products
  }

  /// The product of the matrix and other columns, multiplied by its own transpose.
  ///
  /// - Parameters: As for ``timesItsTranspose(_:width:)``.
  func squareOfProduct(_ vectors: [Float], width: Int) -> SymmetricMatrix {
    var square = SymmetricMatrix(width: width)
    eachRow(times: vectors, width: width) { _, product in square.addSquare(of: product) }
    return square
  }

  /// Calls `body` with each row that has elements and its product with other columns.
  @inline(__always)
  private func eachRow(
    times vectors: [Float], width: Int, _ body: (Int, borrowing Span<Float>) -> Void
  ) {
    var product = [Float](repeating: 0, count: width)
    let source = vectors.span
    let elements = elements.span
    for row in 0..<rows where starts[row] < starts[row + 1] {
      for column in 0..<width { product[column] = 0 }
      var sums = product.mutableSpan
      for index in starts[row]..<starts[row + 1] {
        let (value, start) = (elements[index].value, Int(elements[index].column) * width)
        for column in 0..<width { sums[column] += value * source[start + column] }
      }
      body(row, product.span)
    }
  }
}
