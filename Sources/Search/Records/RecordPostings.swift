/// For each stem the documents that have it, in the order of their places.
///
/// A posting takes 16 bits where documents with the stem are near each other, which most postings
/// are. Documents are only ever added behind all others; those of removed documents stay, but are
/// not counted.
struct RecordPostings: Sendable {
  struct Posting {
    /// Of the document.
    let place: Int
    /// How often it has the stem, weighted, from 1 to 255.
    let count: UInt8
  }

  /// The last posting of each stem: its place in the upper 24 bits and its count; 0 without any.
  private var last: [UInt32] = []
  /// All postings of each stem, encoded; empty for a stem with one, which two thirds of all are.
  private var lists: [[UInt16]] = []
  /// How many documents have each stem.
  private var counts: [UInt32] = []
  /// How many units all lists have.
  private var units = 0

  /// How many stems there are.
  var stems: Int { counts.count }

  /// The memory they hold, about.
  var weight: Int { 16 * counts.capacity + 2 * units }

  /// Adds the next stem, without postings.
  mutating func addStem() {
    last.append(0)
    lists.append([])
    counts.append(0)
  }

  /// The postings of a stem, also those of removed documents.
  subscript(stem: UInt32) -> List { List(units: lists[Int(stem)], last: last[Int(stem)]) }

  /// How many documents have a stem.
  func count(of stem: UInt32) -> Int { Int(counts[Int(stem)]) }

  /// Adds a document, which must be behind all others.
  mutating func append(_ place: Int, count: UInt8, of stem: UInt32) {
    let stem = Int(stem)
    let before = last[stem]
    last[stem] = UInt32(place) << 8 | UInt32(count)
    counts[stem] += 1
    guard before != 0 else { return }
    let former = lists[stem].count
    if former == 0 { List.append(before, behind: -1, to: &lists[stem]) }
    List.append(last[stem], behind: Int(before >> 8), to: &lists[stem])
    units += lists[stem].count - former
  }

  /// Counts a document that was removed no more.
  mutating func discount(_ stem: UInt32) { counts[Int(stem)] -= 1 }

  /// Frees the room that lists have for more postings.
  mutating func trim() {
    for stem in lists.indices where lists[stem].capacity > lists[stem].count {
      lists[stem] = lists[stem].map { $0 }
    }
  }

  /// The postings of a stem.
  ///
  /// A unit has in its upper 12 bits how many places are between the document and the one before,
  /// and its count in the others. Where either is too large, the lower bits are 0 and the upper ones
  /// have the count, and two units with the number of places follow.
  struct List: Sequence {
    fileprivate let units: [UInt16]
    fileprivate let last: UInt32

    fileprivate static func append(
      _ posting: UInt32, behind place: Int, to units: inout [UInt16]
    ) {
      let between = UInt32(Int(posting >> 8) - place - 1)
      let count = posting & 0xFF
      if between < 1 << 12, count < 1 << 4 {
        units.append(UInt16(between << 4 | count))
      } else {
        units.append(UInt16(count << 4))
        units.append(UInt16(between >> 16))
        units.append(UInt16(truncatingIfNeeded: between))
      }
    }

    struct Iterator: IteratorProtocol {
      fileprivate let units: [UInt16]
      /// The only posting; 0 for none, or when the units have all.
      fileprivate var only: UInt32
      fileprivate var index = 0
      fileprivate var place = -1

      @inline(__always)
      mutating func next() -> Posting? {
        guard index < units.count else {
          defer { only = 0 }
          return only == 0 ? nil : Posting(place: Int(only >> 8), count: UInt8(only & 0xFF))
        }
        let unit = units[index]
        var count = unit & 0xF
        index += 1
        if count != 0 {
          place += Int(unit >> 4) + 1
        } else {
          count = unit >> 4
          place += (Int(units[index]) << 16 | Int(units[index + 1])) + 1
          index += 2
        }
        return Posting(place: place, count: UInt8(truncatingIfNeeded: count))
      }
    }

    @inline(__always)
    func makeIterator() -> Iterator { Iterator(units: units, only: units.isEmpty ? last : 0) }
  }
}
