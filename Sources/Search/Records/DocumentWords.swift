/// The words of a document in their order, in half the memory of an array of their numbers.
///
/// A number takes 16 bits, or 32 from 32,752 on; words that came first, as the commonest do, have
/// low numbers.
struct DocumentWords: Sequence, Sendable {
  private let units: [UInt16]

  /// The units below are markers, and the one that flags the next word.
  private static let reserved: UInt32 = 16
  private static let samePosition: UInt16 = 15
  /// Set in the first of two units.
  private static let first: UInt16 = 1 << 15

  /// - Parameter numbers: Numbers of words and markers, as ``RecordIndex/Document/words`` has them.
  init(_ numbers: [UInt32]) {
    var units: [UInt16] = []
    for number in numbers {
      if number >= RecordIndex.Field.firstMarker {
        units.append(UInt16(number - RecordIndex.Field.firstMarker))
        continue
      }
      if number.isAtSamePosition { units.append(DocumentWords.samePosition) }
      let value = number.word + DocumentWords.reserved
      if value < DocumentWords.first {
        units.append(UInt16(value))
      } else {
        units.append(UInt16(value >> 16) | DocumentWords.first)
        units.append(UInt16(truncatingIfNeeded: value))
      }
    }
    // A copy has no unused capacity.
    self.units = units.map { $0 }
  }

  /// The memory that it uses.
  var weight: Int { 2 * units.count }

  struct Iterator: IteratorProtocol {
    fileprivate let units: [UInt16]
    fileprivate var index = 0

    @inline(__always)
    mutating func next() -> UInt32? {
      guard index < units.count else { return nil }
      var unit = units[index]
      index += 1
      var flag: UInt32 = 0
      if unit < DocumentWords.reserved {
        guard unit == DocumentWords.samePosition else {
          return RecordIndex.Field.firstMarker + UInt32(unit)
        }
        flag = RecordIndex.Field.samePosition
        unit = units[index]
        index += 1
      }
      guard unit >= DocumentWords.first else { return UInt32(unit) - DocumentWords.reserved | flag }
      let value = UInt32(unit & ~DocumentWords.first) << 16 | UInt32(units[index])
      index += 1
      return value - DocumentWords.reserved | flag
    }
  }

  @inline(__always)
  func makeIterator() -> Iterator { Iterator(units: units) }
}
