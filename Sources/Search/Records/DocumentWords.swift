/// The words of a document in their order, in half the memory of an array of their numbers.
///
/// A number takes 16 bits, or 32 from 32,752 on; words that came first, as the commonest do, have
/// low numbers.
struct DocumentWords: Sequence {
  private let units: ArraySlice<UInt16>

  /// The units below are markers, and the one that flags the next word.
  private static let reserved: UInt32 = 16
  private static let samePosition: UInt16 = 15
  /// Set in the first of two units.
  private static let first: UInt16 = 1 << 15

  /// - Parameter units: As ``units(of:)`` returns them.
  init(_ units: ArraySlice<UInt16>) { self.units = units }

  /// Encodes the words of a document.
  ///
  /// - Parameter numbers: Numbers of words, with a marker before each field. Words at one position
  ///   follow each other, all but the first of them flagged with
  ///   ``RecordIndex/Field/samePosition``.
  /// - Returns: Their units.
  static func units(of numbers: [UInt32]) -> [UInt16] {
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
    return units
  }

  /// The words, each once.
  func distinct() -> [UInt32] {
    var distinct: [UInt32] = []
    for number in lazy.filter({ $0 < RecordIndex.Field.firstMarker }).map(\.word).sorted()
    where number != distinct.last {
      distinct.append(number)
    }
    return distinct
  }

  /// How often the document has each stem, counted by the weights of fields and at most 255, in the
  /// order of their numbers.
  func stemCounts(in vocabulary: Vocabulary) -> [(stem: UInt32, count: UInt8)] {
    var weight: UInt64 = 1
    // A stem and, in the lowest byte, how much it counts.
    var weighed: [UInt64] = []
    for number in self {
      if number < RecordIndex.Field.firstMarker {
        weighed.append(UInt64(vocabulary.stemOfWord[Int(number.word)]) << 8 | weight)
      } else if number != RecordIndex.Field.gap {
        weight = number == RecordIndex.Field.title.marker ? RecordIndex.Field.title.weight : 1
      }
    }
    weighed.sort()
    var counts: [(stem: UInt32, count: UInt8)] = []
    for next in weighed {
      let stem = UInt32(next >> 8)
      let more = UInt8(truncatingIfNeeded: next)
      if let last = counts.last, last.stem == stem {
        counts[counts.count - 1].count = UInt8(clamping: Int(last.count) + Int(more))
      } else {
        counts.append((stem, more))
      }
    }
    return counts
  }

  struct Iterator: IteratorProtocol {
    fileprivate let units: ArraySlice<UInt16>
    fileprivate var index: Int

    @inline(__always)
    mutating func next() -> UInt32? {
      guard index < units.endIndex else { return nil }
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
  func makeIterator() -> Iterator { Iterator(units: units, index: units.startIndex) }
}
