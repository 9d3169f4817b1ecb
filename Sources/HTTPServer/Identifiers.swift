import HTTP

/// Makes request IDs of 15 letters and digits, which a `String` stores without an allocation.
struct Identifiers {
  /// Differs for each loop of each start; 30 bits.
  private let prefix = UInt32.random(in: 0..<1 << 30)
  /// 45 bits, which a million requests a second use up in a year.
  private var count: UInt64 = 0

  private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  mutating func next() -> String {
    count = (count &+ 1) & 0x1FFF_FFFF_FFFF
    var bytes = InlineArray<15, UInt8>(repeating: 0)
    for place in 0..<6 { bytes[place] = Self.digits[Int(prefix >> UInt32(5 * place)) & 31] }
    for place in 0..<9 {
      bytes[6 + place] = Self.digits[Int(count >> UInt64(5 * (8 - place))) & 31]
    }
    guard let text = try? UTF8Span(validating: bytes.span) else { return "" }
    return String(copying: text)
  }

  /// The ID that a proxy gave; empty unless it is short and of letters, digits, `-`, `.` and `_`.
  static func given(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    guard range.count <= 64 else { return "" }
    for index in range {
      let byte = bytes[index]
      let isGood =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
      guard isGood else { return "" }
    }
    return bytes.text(range)
  }
}
