/// A small symmetric matrix.
struct SymmetricMatrix {
  private var values: [Double]
  private let width: Int

  /// A matrix of zeros.
  init(width: Int) {
    self.width = width
    values = Array(repeating: 0, count: width * width)
  }

  /// Adds the product of a column with itself as a row.
  mutating func addSquare(of column: borrowing Span<Float>) {
    let width = width
    var sums = values.mutableSpan
    for row in 0..<width {
      let value = Double(column[row])
      for other in 0..<width { sums[row * width + other] += value * Double(column[other]) }
    }
  }

  /// The eigenvectors by descending eigenvalues, by Jacobi rotations (Golub and Van Loan, *Matrix
  /// Computations*, §8.5).
  func eigenvectors() -> [[Float]] {
    var matrix = values
    var vectors = [Double](repeating: 0, count: width * width)
    for index in 0..<width { vectors[index * width + index] = 1 }
    let size = values.reduce(0) { $0 + $1 * $1 }
    for _ in 0..<SymmetricMatrix.mostSweeps {
      var rest = 0.0
      for row in 0..<width {
        for column in (row + 1)..<max(row + 1, width) {
          rest += matrix[row * width + column] * matrix[row * width + column]
        }
      }
      if rest <= size * 1e-18 { break }
      for row in 0..<width {
        for column in (row + 1)..<max(row + 1, width) {
          rotate(row, column, &matrix, &vectors)
        }
      }
    }
    let order = (0..<width).sorted {
      matrix[$0 * width + $0] > matrix[$1 * width + $1]
    }
    return order.map { column in (0..<width).map { Float(vectors[$0 * width + column]) } }
  }

  /// Each sweep squares what is left; six or so are enough.
  private static let mostSweeps = 30

  /// Makes the element at a row and a column 0.
  private func rotate(
    _ row: Int, _ column: Int, _ matrix: inout [Double], _ vectors: inout [Double]
  ) {
    let element = matrix[row * width + column]
    guard element != 0 else { return }
    let ratio =
      (matrix[column * width + column] - matrix[row * width + row]) / (2 * element)
    let tangent = (ratio >= 0 ? 1 : -1) / (abs(ratio) + (1 + ratio * ratio).squareRoot())
    let cosine = 1 / (1 + tangent * tangent).squareRoot()
    let sine = tangent * cosine
    for index in 0..<width {
      let (left, right) = (matrix[index * width + row], matrix[index * width + column])
      matrix[index * width + row] = cosine * left - sine * right
      matrix[index * width + column] = sine * left + cosine * right
    }
    for index in 0..<width {
      let (left, right) = (matrix[row * width + index], matrix[column * width + index])
      matrix[row * width + index] = cosine * left - sine * right
      matrix[column * width + index] = sine * left + cosine * right
      let (first, second) = (vectors[index * width + row], vectors[index * width + column])
      vectors[index * width + row] = cosine * first - sine * second
      vectors[index * width + column] = sine * first + cosine * second
    }
  }
}
