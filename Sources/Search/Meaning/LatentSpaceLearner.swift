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
  private static let mostRecords = 100_000
  /// How many vectors are sought: some more than are kept, since the last ones converge slowly, but
  /// far fewer than there are terms, or nothing would be brought together.
  private let width: Int
  private static let rounds = 4

  private let terms: [Term]
  private let places: Int
  private let records: Int
  /// By the length of each record's row, which becomes 1.
  private let norms: [Float]
  private let isOver: () -> Bool

  private struct Term {
    let letters: [UInt8]
    /// Places of records and counts, as in ``RecordIndex/postings``.
    let postings: [UInt32]
    let idf: Float
  }

  /// - Parameters:
  ///   - index: The records.
  ///   - isOver: Whether to give up.
  init(_ index: RecordIndex, until isOver: @escaping () -> Bool) {
    self.isOver = isOver
    records = index.count
    places = index.documents.count
    let step = 1 + (places - 1) / LatentSpaceLearner.mostRecords
    // A term of one record connects nothing, and one of every third record means nothing.
    let used = index.postings.indices.filter { stem in
      (2...max(2, index.count / 3)).contains(index.postings[stem].count)
    }
    let commonest = used.sorted {
      let (left, right) = (index.postings[$0], index.postings[$1])
      return left.count != right.count
        ? left.count > right.count
        : index.stems[UInt32($0)].lexicographicallyPrecedes(index.stems[UInt32($1)])
    }.prefix(LatentSpaceLearner.mostTerms)
    let count = Float(records)
    terms = commonest.compactMap { stem in
      let letters = Array(index.stems[UInt32(stem)])
      guard letters.count <= UInt8.max else { return nil }
      let postings = index.postings[stem]
      return Term(
        letters: letters,
        postings: step == 1 ? postings : postings.filter { Int($0 >> 8) % step == 0 },
        idf: log((count + 1) / (Float(postings.count) + 0.5)))
    }
    width = min(LatentSpace.dimensions + 8, terms.count / 8)
    var squares = [Float](repeating: 0, count: places)
    for term in terms {
      for posting in term.postings {
        let weight = LatentSpaceLearner.weight(of: posting, in: term)
        squares[Int(posting >> 8)] += weight * weight
      }
    }
    norms = squares.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
  }

  private static func weight(of posting: UInt32, in term: Term) -> Float {
    LatentSpace.weight(ofCount: Float(posting & 0xFF)) * term.idf
  }

  /// The space; nil when there is too little to learn from, or it was given up.
  func learned() -> LatentSpace? {
    guard records >= LatentSpaceLearner.fewestRecords, width > 1 else { return nil }
    var vectors = randomVectors()
    for _ in 0..<LatentSpaceLearner.rounds {
      guard !isOver() else { return nil }
      vectors = multiplied(multiplied(vectors), isTransposed: true)
      LatentSpaceLearner.orthonormalize(&vectors, width: width)
    }
    guard !isOver() else { return nil }
    let rows = multiplied(vectors)
    let directions = SymmetricMatrix(ofColumnsIn: rows, width: width).eigenvectors()
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

  /// The product of the matrix of records and terms with a vector for each term, one for each
  /// record; or of the transposed matrix with a vector for each record, one for each term.
  private func multiplied(_ vectors: [Float], isTransposed: Bool = false) -> [Float] {
    let rows = isTransposed ? terms.count : places
    var products = [Float](repeating: 0, count: rows * width)
    let source = vectors.span
    var sums = products.mutableSpan
    for (number, term) in terms.enumerated() {
      for posting in term.postings {
        let place = Int(posting >> 8)
        let factor = norms[place] * LatentSpaceLearner.weight(of: posting, in: term)
        let (from, to) = isTransposed ? (place, number) : (number, place)
        for column in 0..<width {
          sums[to * width + column] += factor * source[from * width + column]
        }
      }
    }
    return products
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
