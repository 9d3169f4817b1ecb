/// The pages that have a word, how often each has it, and at which positions.
///
/// A page is stored as the difference to the one before, in one or two bytes. The lowest bit says
/// that the page has the word once; otherwise a byte with the count follows. Positions are stored
/// separately, because only phrases need them.
struct PostingList: Sendable {
  private(set) var bytes: [UInt8] = []
  /// For each page the differences of the places.
  private(set) var positions: [UInt8] = []
  /// How many pages there are.
  private(set) var count = 0
  private var next: UInt32 = 0

  /// The most positions that are stored of one page.
  private static let mostPositions = 255

  init() {}

  /// A list that was read from a file; nothing can be added to it.
  init(bytes: [UInt8], positions: [UInt8], count: Int) {
    self.bytes = bytes
    self.positions = positions
    self.count = count
  }

  /// Adds a page after all others, with the positions of the word in order.
  mutating func append(_ page: UInt32, at places: some Collection<UInt32>) {
    let times = min(places.count, PostingList.mostPositions)
    PostingList.append((page - next) << 1 | (times == 1 ? 1 : 0), to: &bytes)
    if times != 1 { bytes.append(UInt8(times)) }
    var last: UInt32 = 0
    for place in places.prefix(times) {
      PostingList.append(place - last, to: &positions)
      last = place
    }
    next = page + 1
    count += 1
  }

  /// Adds the pages of another list, whose numbers begin behind a number of pages.
  mutating func append(_ other: PostingList, behind pages: UInt32) {
    guard other.count > 0 else { return }
    // Only the difference of its first page changes.
    let span = other.bytes.span
    var index = 0
    let first = PostingList.number(in: span, at: &index)
    PostingList.append((pages + (first >> 1) - next) << 1 | (first & 1), to: &bytes)
    bytes += other.bytes[index...]
    positions += other.positions
    next = pages + other.next
    count += other.count
  }

  /// Writes a number with seven bits a byte, the lowest first.
  static func append(_ number: UInt32, to bytes: inout [UInt8]) {
    var number = number
    while number >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: number) | 0x80)
      number >>= 7
    }
    bytes.append(UInt8(number))
  }

  /// Reads such a number and moves past it; one that is cut off ends there.
  @inline(__always)
  static func number(in bytes: Span<UInt8>, at index: inout Int) -> UInt32 {
    var value: UInt32 = 0
    var shift: UInt32 = 0
    while index < bytes.count {
      let byte = UInt32(bytes[index])
      index += 1
      value |= (byte & 0x7F) << shift
      shift += 7
      if byte < 0x80 { break }
    }
    return value
  }

  /// Calls `body` with each page and how often it has the word.
  @inline(__always)
  func each(_ body: (Int, Int) -> Void) {
    let bytes = bytes.span
    var index = 0
    var page = 0
    while index < bytes.count {
      let value = PostingList.number(in: bytes, at: &index)
      page += Int(value >> 1)
      var times = 1
      if value & 1 == 0, index < bytes.count {
        times = Int(bytes[index])
        index += 1
      }
      body(page, times)
      page += 1
    }
  }

  /// Where a phrase with this word may begin, in order: each a page in the higher half, and a
  /// position plus ``PostingList/longestPhrase`` in the lower.
  ///
  /// - Parameters:
  ///   - offset: How many words of the phrase are before it, less than `longestPhrase`.
  ///   - pages: The pages that matter.
  /// - Returns: Beginnings to be compared with those of the phrase's other words.
  func beginnings(before offset: Int, on pages: BitSet) -> [UInt64] {
    var beginnings: [UInt64] = []
    let positions = positions.span
    var index = 0
    each { page, times in
      let isWanted = page < pages.places && pages.contains(page)
      var place = UInt64(PostingList.longestPhrase - offset)
      for _ in 0..<times {
        place += UInt64(PostingList.number(in: positions, at: &index))
        if isWanted { beginnings.append(UInt64(page) << 32 | place) }
      }
    }
    return beginnings
  }

  static let longestPhrase = 64

  /// The memory that the bytes take.
  var weight: Int { bytes.capacity + positions.capacity }
}
