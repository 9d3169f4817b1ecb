/// A set of ASCII bytes; the parsers look up each byte of a message in one.
struct ByteSet {
  /// Bit n is for byte n, in `high` for byte n + 64.
  let low: UInt64
  let high: UInt64

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    let word = byte < 64 ? low : high
    return byte < 128 && word >> UInt64(byte & 63) & 1 == 1
  }

  /// `tchar`: letters, digits and ``!#$%&'*+-.^_`|~`` (RFC 9110 §5.6.2).
  static let token = ByteSet(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE)

  /// `unreserved` and `sub-delims`: what a host's name may have beside `%` (RFC 3986 §3.2.2).
  static let registeredName = ByteSet(low: 0x2BFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)

  /// `pchar` and `/` but no `%`; also `[ ] ^ |`, which browsers send as they are (WHATWG URL).
  static let path = ByteSet(low: 0x2FFF_FFD2_0000_0000, high: 0x57FF_FFFE_EFFF_FFFF)

  /// `query` and `%`; also ``[ \ ] ^ ` { | }``, which browsers send as they are (WHATWG URL).
  static let query = ByteSet(low: 0xAFFF_FFF2_0000_0000, high: 0x7FFF_FFFF_FFFF_FFFF)

  /// `pchar` without `%` (RFC 3986 §3.3).
  static let segment = ByteSet(
    low: 0x2FFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)

  /// `unreserved` (RFC 3986 §2.3).
  static let unreserved = ByteSet(
    low: 0x03FF_6000_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)

  /// What `application/x-www-form-urlencoded` leaves as it is (WHATWG URL §5.2).
  static let form = ByteSet(
    low: 0x03FF_6400_0000_0000, high: 0x07FF_FFFE_87FF_FFFE)

  /// `cookie-octet` without `%`, which encodes the others (RFC 6265 §4.1.1).
  static let cookie = ByteSet(
    low: 0xF7FF_EFDA_0000_0000, high: 0x7FFF_FFFF_EFFF_FFFF)

  /// `attr-char` (RFC 8187 §3.2.1).
  static let attribute = ByteSet(
    low: 0x03FF_685A_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE)

  /// `bchars` (RFC 2046 §5.1.1).
  static let boundary = ByteSet(
    low: 0xA7FF_FB81_0000_0000, high: 0x07FF_FFFE_87FF_FFFE)
}

extension UInt8 {
  @inline(__always) var isDigit: Bool { self &- 0x30 < 10 }

  /// What a field value is made of: VCHAR, obs-text, SP and HTAB (RFC 9110 §5.5).
  @inline(__always) var isFieldContent: Bool { self >= 0x20 ? self != 0x7F : self == 0x09 }

  /// SP or HTAB: what OWS and BWS are made of.
  @inline(__always) var isBlank: Bool { self == 0x20 || self == 0x09 }

  /// An ASCII letter in lower case, or the byte itself.
  @inline(__always) var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

  /// The value of a hexadecimal digit; nil for another byte.
  @inline(__always) var hexadecimalValue: UInt8? {
    switch self {
    case 0x30...0x39: self &- 0x30
    case 0x41...0x46: self &- 0x37
    case 0x61...0x66: self &- 0x57
    default: nil
    }
  }
}

extension Span<UInt8> {
  /// Whether the bytes of `range` are `text`, without regard to the case of ASCII letters.
  ///
  /// - Parameters:
  ///   - range: A range of the span.
  ///   - text: In lower case.
  /// - Returns: Whether they are.
  func equals(_ range: Range<Int>, lowercase text: String) -> Bool {
    let expected = text.utf8.span
    guard range.count == expected.count else { return false }
    var index = 0
    while index < expected.count {
      guard self[range.lowerBound + index].lowercased == expected[index] else { return false }
      index += 1
    }
    return true
  }

  /// Whether the bytes from `start` on are `text`.
  func equals(_ start: Int, _ text: String) -> Bool {
    let expected = text.utf8.span
    guard expected.count <= count - start else { return false }
    for index in 0..<expected.count where self[start + index] != expected[index] { return false }
    return true
  }

  /// Whether the bytes of `range` are `text` and then `suffix`.
  func equals(_ range: Range<Int>, _ text: String, suffix: String) -> Bool {
    let middle = range.lowerBound + text.utf8.count
    return range.count == text.utf8.count + suffix.utf8.count && equals(range.lowerBound, text)
      && equals(middle, suffix)
  }

  /// `range` without SP and HTAB at both ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var first = range.lowerBound
    var end = range.upperBound
    while first < end, self[first].isBlank { first += 1 }
    while first < end, self[end - 1].isBlank { end -= 1 }
    return first..<end
  }

  /// The value of `1*DIGIT`.
  ///
  /// - Parameter range: A range of the span.
  /// - Returns: The number, `Int.max` for a greater one; nil when these are not digits.
  func decimal(_ range: Range<Int>) -> Int? {
    guard !range.isEmpty else { return nil }
    var number = 0
    for index in range {
      guard self[index].isDigit else { return nil }
      let (product, overflows) = number.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = product.addingReportingOverflow(Int(self[index] &- 0x30))
      number = overflows || overflowsToo || number == Int.max ? Int.max : sum
    }
    return number
  }

  /// The bytes of `range` as text; what is not UTF-8 becomes U+FFFD.
  package func text(_ range: Range<Int>) -> String {
    let bytes = extracting(range)
    guard let valid = try? UTF8Span(validating: bytes) else {
      var copy: [UInt8] = []
      copy.reserveCapacity(range.count)
      for index in range { copy.append(self[index]) }
      return String(decoding: copy, as: UTF8.self)
    }
    return String(copying: valid)
  }

  /// Calls `body` with each member of a comma-separated list, trimmed, until it returns false.
  ///
  /// Empty members are skipped (RFC 9110 §5.6.1.2), and a comma in a quoted string does not
  /// separate.
  func forEachMember(_ range: Range<Int>, _ body: (Range<Int>) -> Bool) {
    var index = range.lowerBound
    var first = index
    var isQuoted = false
    while true {
      if index >= range.upperBound || (self[index] == 0x2C && !isQuoted) {
        let member = trimmed(first..<Swift.min(index, range.upperBound))
        if !member.isEmpty, !body(member) { return }
        if index >= range.upperBound { return }
        first = index + 1
      } else if self[index] == 0x22 {
        isQuoted.toggle()
      } else if isQuoted, self[index] == 0x5C {
        index += 1
      }
      index += 1
    }
  }
}
