/// Many short arrays, one behind the other in chunks.
///
/// They take no memory beside their elements, and adding one while a search holds the others copies
/// the last chunk at most.
struct ArrayStore<Element: Sendable>: Sendable {
  /// Where an array is.
  struct Location: Sendable {
    /// The number of its chunk in the higher bits, and where it begins in it.
    fileprivate let start: UInt32
    let count: UInt32

    /// The place of an array without elements.
    static var empty: Self { Self(start: 0, count: 0) }
  }

  private var chunks: [[Element]] = []

  /// How many elements a chunk has at most, if it has more than one array.
  private static var chunkSize: Int { 1 << 16 }

  /// Adds an array.
  ///
  /// - Parameter elements: Its elements.
  /// - Returns: Where it is.
  mutating func append(_ elements: some Collection<Element>) -> Location {
    guard !elements.isEmpty else { return .empty }
    let size = ArrayStore.chunkSize
    if (chunks.last?.count ?? size) + elements.count > size {
      if let last = chunks.last { chunks[chunks.count - 1] = last.map { $0 } }
      chunks.append([])
    }
    let chunk = chunks.count - 1
    let start = UInt32(chunk * size + chunks[chunk].count)
    chunks[chunk] += elements
    return Location(start: start, count: UInt32(elements.count))
  }

  /// The array at a location.
  @inline(__always)
  subscript(location: Location) -> ArraySlice<Element> {
    guard location.count > 0 else { return [] }
    let start = Int(location.start) % ArrayStore.chunkSize
    return chunks[Int(location.start) / ArrayStore.chunkSize][start..<start + Int(location.count)]
  }
}
