/// The pages that have a word, and how often it stands on each.
///
/// What a page is after the one before is kept as a difference, in one or two octets a page: the
/// lowest bit tells that the word stands there once, else its count is in an octet of its own.
struct PageList: Sendable {
  private(set) var octets: [UInt8] = []
  /// How many pages there are.
  private(set) var count = 0
  private var next: UInt32 = 0

  init() {}

  /// A list that was written; it takes in no more.
  init(octets: [UInt8], count: Int) {
    self.octets = octets
    self.count = count
  }

  /// Takes in a page behind all before.
  mutating func append(_ page: UInt32, times: Int) {
    PageList.append((page - next) << 1 | (times == 1 ? 1 : 0), to: &octets)
    if times != 1 { octets.append(UInt8(clamping: times)) }
    next = page + 1
    count += 1
  }

  /// Writes a number with seven bits an octet, the lowest first.
  static func append(_ number: UInt32, to octets: inout [UInt8]) {
    var number = number
    while number >= 0x80 {
      octets.append(UInt8(truncatingIfNeeded: number) | 0x80)
      number >>= 7
    }
    octets.append(UInt8(number))
  }

  /// Reads such a number and goes behind it; what is cut off ends there.
  @inline(__always)
  static func number(in octets: Span<UInt8>, at index: inout Int) -> UInt32 {
    var value: UInt32 = 0
    var shift: UInt32 = 0
    while index < octets.count {
      let octet = UInt32(octets[index])
      index += 1
      value |= (octet & 0x7F) << shift
      shift += 7
      if octet < 0x80 { break }
    }
    return value
  }

  /// Hands each page to `body` with how often the word stands there.
  @inline(__always)
  func each(_ body: (Int, Float) -> Void) {
    let octets = octets.span
    var index = 0
    var page = 0
    while index < octets.count {
      let value = PageList.number(in: octets, at: &index)
      page += Int(value >> 1)
      var times: Float = 1
      if value & 1 == 0, index < octets.count {
        times = Float(octets[index])
        index += 1
      }
      body(page, times)
      page += 1
    }
  }

  /// The memory it holds, about.
  var weight: Int { 64 + octets.capacity }
}
