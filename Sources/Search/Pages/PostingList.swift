/// The pages that have a word, how often it stands on each, and where.
///
/// What a page is after the one before is kept as a difference, in one or two bytes a page: the
/// lowest bit tells that the word stands there once, else its count is in an byte of its own. Its
/// places among the words of the page are kept apart, as only phrases ask for them.
struct PostingList: Sendable {
  private(set) var bytes: [UInt8] = []
  /// For each page the differences of the places.
  private(set) var positions: [UInt8] = []
  /// How many pages there are.
  private(set) var count = 0
  private var next: UInt32 = 0

  /// The most places that are kept of one page.
  private static let mostPositions = 255

  init() {}

  /// A list that was written; it takes in no more.
  init(bytes: [UInt8], positions: [UInt8], count: Int) {
    self.bytes = bytes
    self.positions = positions
    self.count = count
  }

  /// Takes in a page behind all before, with the places of the word in their order.
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

  /// Writes a number with seven bits an byte, the lowest first.
  static func append(_ number: UInt32, to bytes: inout [UInt8]) {
    var number = number
    while number >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: number) | 0x80)
      number >>= 7
    }
    bytes.append(UInt8(number))
  }

  /// Reads such a number and goes behind it; what is cut off ends there.
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

  /// Hands each page to `body` with how often the word stands there.
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

  /// Where a phrase may begin of which it is the word behind so many others, in order: each a page
  /// in the higher half, and a place and ``PostingList/longestPhrase`` in the lower.
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
