internal import Foundation

/// A space in which texts about the same matter are near each other, even if they share few words.
///
/// It is learned from the records of an archive by latent semantic analysis (Deerwester et al.,
/// “Indexing by Latent Semantic Analysis”, JASIS 41(6), 1990): each term has a vector, and a text is
/// the sum of the vectors of its terms. Records that were added later are placed in it in the same
/// way, so that it need not be learned again for each of them.
struct LatentSpace: Sendable {
  /// More follow the words of single collections more closely and generalize worse.
  static let dimensions = 96

  private let terms: WordTable
  /// The vectors of the terms one after the other, each component in units of the term's scale.
  private let components: [Int8]
  private let scales: [Float]

  /// Creates a space.
  ///
  /// - Parameter vectors: A vector for each term, of ``dimensions`` components.
  init(vectors: [(term: [UInt8], vector: [Float])]) {
    var terms = WordTable()
    var components: [Int8] = []
    var scales: [Float] = []
    components.reserveCapacity(vectors.count * LatentSpace.dimensions)
    for (term, vector) in vectors {
      _ = terms.insert(term)
      scales.append(LatentSpace.append(vector, to: &components))
    }
    self.terms = terms
    self.components = components
    self.scales = scales
  }

  /// The number of a term in it, for ``add(_:times:to:)``; nil for one that it does not have.
  func number(of term: [UInt8]) -> UInt32? { terms.number(of: term) }

  /// The memory it holds, about, in bytes.
  var weight: Int { terms.weight + components.capacity + 4 * scales.capacity }

  /// Adds a term to the vector of a text.
  ///
  /// - Parameters:
  ///   - term: The number of the term.
  ///   - times: How often the text has it, above 0.
  ///   - vector: The vector, of ``dimensions`` components.
  func add(_ term: UInt32, times: Float, to vector: inout [Float]) {
    let factor = scales[Int(term)] * LatentSpace.weight(ofCount: times)
    let source = components.span
    let start = Int(term) * LatentSpace.dimensions
    var sums = vector.mutableSpan
    for index in 0..<LatentSpace.dimensions {
      sums[index] += factor * Float(source[start + index])
    }
  }

  /// How much a term counts that a text has so often: less for each time.
  static func weight(ofCount count: Float) -> Float { 1 + log(count) }

  /// Adds a vector with a byte for each component, the largest of which is ±127.
  ///
  /// - Returns: What a unit of a component stands for; 0 for a vector without direction.
  static func append(_ vector: [Float], to components: inout [Int8]) -> Float {
    let largest = vector.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else {
      components += repeatElement(0, count: vector.count)
      return 0
    }
    let scale = largest / 127
    components += vector.map { Int8(($0 / scale).rounded()) }
    return scale
  }
}
