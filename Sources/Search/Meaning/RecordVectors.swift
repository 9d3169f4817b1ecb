/// The places of records in a latent space.
struct RecordVectors: Sendable {
  let space: LatentSpace
  /// The number in the space of each stem of the index; `.max` for one that it does not have.
  private var terms: [UInt32] = []
  /// A vector for each place, and its length; 0 for a place without one.
  private var components: [Int8] = []
  private var lengths: [Float] = []

  init(in space: LatentSpace) { self.space = space }

  /// The memory they hold, about, in bytes.
  var weight: Int {
    space.weight + 4 * terms.capacity + components.capacity + 4 * lengths.capacity
  }

  /// Notes the next stem of the index.
  mutating func addStem(_ stem: [UInt8]) { terms.append(space.number(of: stem) ?? .max) }

  /// Puts a record at its place.
  ///
  /// - Parameters:
  ///   - counts: Its stems and how often it has each.
  ///   - place: Its place in the index.
  mutating func set(_ counts: [(stem: UInt32, count: UInt8)], at place: Int) {
    while lengths.count <= place {
      lengths.append(0)
      components += repeatElement(0, count: LatentSpace.dimensions)
    }
    var bytes: [Int8] = []
    _ = LatentSpace.append(
      vector(of: counts.lazy.map { ($0.stem, Float($0.count)) }), to: &bytes)
    let start = place * LatentSpace.dimensions
    components.replaceSubrange(start..<start + LatentSpace.dimensions, with: bytes)
    lengths[place] = RecordVectors.length(bytes.map(Float.init))
  }

  /// The vector of a text, of length 1; all zero if the space has none of its stems.
  func vector(of counts: some Sequence<(stem: UInt32, count: Float)>) -> [Float] {
    var vector = [Float](repeating: 0, count: LatentSpace.dimensions)
    for (stem, count) in counts where terms[Int(stem)] != .max && count > 0 {
      space.add(terms[Int(stem)], times: count, to: &vector)
    }
    let length = RecordVectors.length(vector)
    return length > 0 ? vector.map { $0 / length } : vector
  }

  /// The vector of the record at a place, of length 1.
  func vector(at place: Int) -> [Float] {
    guard place < lengths.count, lengths[place] > 0 else {
      return Array(repeating: 0, count: LatentSpace.dimensions)
    }
    let start = place * LatentSpace.dimensions
    return components[start..<start + LatentSpace.dimensions].map { Float($0) / lengths[place] }
  }

  /// How near the record at a place is to a vector of length 1: the cosine, at least 0.
  func nearness(of place: Int, to vector: [Float]) -> Float {
    guard place < lengths.count, lengths[place] > 0 else { return 0 }
    let start = place * LatentSpace.dimensions
    let source = components.span
    let target = vector.span
    var sum: Float = 0
    for index in 0..<LatentSpace.dimensions {
      sum += Float(source[start + index]) * target[index]
    }
    return max(0, sum / lengths[place])
  }

  /// How near two records are to each other: the cosine, at least 0.
  func nearness(of place: Int, toRecordAt other: Int) -> Float {
    guard max(place, other) < lengths.count, lengths[place] * lengths[other] > 0 else { return 0 }
    let source = components.span
    let (start, otherStart) = (place * LatentSpace.dimensions, other * LatentSpace.dimensions)
    var sum: Int32 = 0
    for index in 0..<LatentSpace.dimensions {
      sum += Int32(source[start + index]) * Int32(source[otherStart + index])
    }
    return max(0, Float(sum) / (lengths[place] * lengths[other]))
  }

  private static func length(_ vector: [Float]) -> Float {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
