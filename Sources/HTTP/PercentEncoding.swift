/// Percent-encoding of bytes in URIs (RFC 3986 §2.1).
package enum PercentEncoding {
  /// The text with each `%XX` replaced by its byte.
  ///
  /// A `%` without two digits after it stays (WHATWG URL, percent-decode); what is not UTF-8
  /// becomes U+FFFD.
  package static func decoded(_ text: some StringProtocol) -> String {
    String(decoding: bytes(decoding: Array(text.utf8).span, plusIsSpace: false), as: UTF8.self)
  }

  /// The text as one segment of a path: all but `pchar` is encoded, `/` too (RFC 3986 §3.3).
  package static func encodedSegment(_ text: String) -> String { encoded(text, keeping: .segment) }

  /// The text as a part of a query: all but unreserved characters is encoded (RFC 3986 §2.3).
  package static func encodedComponent(_ text: String) -> String {
    encoded(text, keeping: .unreserved)
  }

  static func bytes(decoding text: Span<UInt8>, plusIsSpace: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "%"), index + 2 < text.count,
        let high = text[index + 1].hexadecimalValue, let low = text[index + 2].hexadecimalValue
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
        index += 1
      }
    }
    return bytes
  }

  static func encoded(_ text: String, keeping set: ByteSet) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 { append(byte, keeping: set, to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func append(_ byte: UInt8, keeping set: ByteSet, to bytes: inout [UInt8]) {
    if set.contains(byte) { return bytes.append(byte) }
    bytes.append(UInt8(ascii: "%"))
    bytes.append(digit(byte >> 4))
    bytes.append(digit(byte & 15))
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
}
