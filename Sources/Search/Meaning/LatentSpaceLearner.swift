internal import Foundation

/// Learns a latent space: the first right singular vectors of the matrix of records and terms.
///
/// Found by subspace iteration from random vectors (Halko, Martinsson and Tropp, “Finding Structure
/// with Randomness”, SIAM Review 53(2), 2011, §4.5). The random vectors depend on the terms alone,
/// so the same records always give the same space.
struct LatentSpaceLearner {
  /// Fewer records say little about which words belong together.
  static let fewestRecords = 200
  /// The commonest are used, if there are more.
  private static let mostTerms = 60_000
  /// Of more than that, every second, third… is used: more take longer and change little.
  private static let mostRecords = 50_000
  /// How many vectors are sought: some more than are kept, since the last ones converge slowly, but
  /// far fewer than there are terms, or nothing would be brought together.
  private let width: Int
  private static let rounds = 4

  /// The terms and how rare they are.
  private let terms: [(letters: [UInt8], idf: Float)]
  /// A row for each record, a column for each term.
  private let matrix: SparseMatrix
  private let isOver: () -> Bool

  /// - Parameters:
  ///   - index: The records.
  ///   - isOver: Whether to give up.
  init(_ index: RecordIndex, until isOver: @escaping () -> Bool) {
    self.isOver = isOver
    let step = 1 + (index.documents.count - 1) / LatentSpaceLearner.mostRecords
    let stems = LatentSpaceLearner.usefulStems(of: index)
    let count = Float(index.count)
    terms = stems.map { stem in
      (
        Array(index.vocabulary.stems[stem]),
        log((count + 1) / (Float(index.postings.count(of: stem)) + 0.5))
      )
    }
    width = min(LatentSpace.dimensions + 8, terms.count / 8)
    var matrix = SparseMatrix(
      rows: (index.documents.count + step - 1) / step,
      columns: stems.indices.lazy.map { [terms] term in
        index.postings[stems[term]].lazy
          .filter { $0.place % step == 0 && index.live.contains($0.place) }
          .map { posting in
            let weight = LatentSpace.weight(ofCount: Float(posting.count))
            return (row: posting.place / step, value: weight * terms[term].idf)
          }
      })
    matrix.normalizeRows()
    self.matrix = matrix
  }

  /// The stems that connect records, the commonest first.
  private static func usefulStems(of index: RecordIndex) -> [UInt32] {
    // A term of one record connects nothing, and one of every third record means nothing.
    let useful = 2...max(2, index.count / 3)
    let used = (0..<UInt32(index.vocabulary.stems.count)).filter { stem in
      useful.contains(index.postings.count(of: stem))
        && index.vocabulary.stems[stem].count <= UInt8.max
    }
    return used.sorted {
      let (left, right) = (index.postings.count(of: $0), index.postings.count(of: $1))
      return left != right
        ? left > right
        : index.vocabulary.stems[$0].lexicographicallyPrecedes(index.vocabulary.stems[$1])
    }.prefix(mostTerms).map(\.self)
  }

  /// The space; nil when there is too little to learn from, or it was given up.
  func learned() -> LatentSpace? {
    guard width > 1 else { return nil }
    var vectors = randomVectors()
    for _ in 0..<LatentSpaceLearner.rounds {
      guard !isOver() else { return nil }
      vectors = matrix.timesItsTranspose(vectors, width: width)
      LatentSpaceLearner.orthonormalize(&vectors, width: width)
    }
    guard !isOver() else { return nil }
    let directions = matrix.squareOfProduct(vectors, width: width).eigenvectors()
      .prefix(LatentSpace.dimensions)
    return LatentSpace(
      vectors: terms.indices.map { term in
        let row = vectors[term * width..<(term + 1) * width]
        var vector = [Float](repeating: 0, count: LatentSpace.dimensions)
        for (index, direction) in directions.enumerated() {
          vector[index] = terms[term].idf * zip(row, direction).reduce(0) { $0 + $1.0 * $1.1 }
        }
        return (terms[term].letters, vector)
      })
  }

  /// A vector of ±1 for each term.
  private func randomVectors() -> [Float] {
    var vectors: [Float] = []
    vectors.reserveCapacity(terms.count * width)
    for term in terms {
      // FNV-1a, then a step of SplitMix64 for each 64 signs.
      var state = term.letters.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
        ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
      }
      var bits: UInt64 = 0
      for column in 0..<width {
        if column % 64 == 0 {
          state &+= 0x9e37_79b9_7f4a_7c15
          bits = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
          bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
          bits ^= bits >> 31
        }
        vectors.append(bits & 1 == 0 ? -1 : 1)
        bits >>= 1
      }
    }
    return vectors
  }

  /// Makes columns perpendicular to each other and of length 1 (modified Gram–Schmidt).
  private static func orthonormalize(_ vectors: inout [Float], width: Int) {
    let count = vectors.count / width
    var values = vectors.mutableSpan
    for column in 0..<width {
      var square: Double = 0
      for row in 0..<count {
        let value = Double(values[row * width + column])
        square += value * value
      }
      let factor = square > 1e-20 ? Float(1 / square.squareRoot()) : 0
      for row in 0..<count { values[row * width + column] *= factor }
      guard column + 1 < width else { return }
      var products = [Float](repeating: 0, count: width)
      for row in 0..<count {
        let value = values[row * width + column]
        for other in (column + 1)..<width {
          products[other] += value * values[row * width + other]
        }
      }
      for row in 0..<count {
        let value = values[row * width + column]
        for other in (column + 1)..<width {
          values[row * width + other] -= value * products[other]
        }
      }
    }
  }
}
