/// Percent-encoding of octets in URIs (RFC 3986 §2.1).
package enum PercentEncoding {
  /// The text with each `%XX` replaced by its octet.
  ///
  /// A `%` without two digits behind it stays (WHATWG URL, percent-decode); what is not UTF-8
  /// becomes U+FFFD.
  package static func decoded(_ text: some StringProtocol) -> String {
    String(decoding: octets(decoding: Array(text.utf8).span, plusIsSpace: false), as: UTF8.self)
  }

  /// The text as one segment of a path: all but `pchar` is encoded, `/` too (RFC 3986 §3.3).
  package static func encodedSegment(_ text: String) -> String { encoded(text, keeping: .segment) }

  /// The text as a part of a query: all but unreserved characters is encoded (RFC 3986 §2.3).
  package static func encodedComponent(_ text: String) -> String {
    encoded(text, keeping: .unreserved)
  }

  static func octets(decoding text: Span<UInt8>, plusIsSpace: Bool) -> [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      let octet = text[index]
      if octet == UInt8(ascii: "%"), index + 2 < text.count,
        let high = text[index + 1].hexadecimalValue, let low = text[index + 2].hexadecimalValue
      {
        octets.append(high << 4 | low)
        index += 3
      } else {
        octets.append(plusIsSpace && octet == UInt8(ascii: "+") ? 0x20 : octet)
        index += 1
      }
    }
    return octets
  }

  static func encoded(_ text: String, keeping set: OctetSet) -> String {
    var octets: [UInt8] = []
    octets.reserveCapacity(text.utf8.count)
    for octet in text.utf8 { append(octet, keeping: set, to: &octets) }
    return String(decoding: octets, as: UTF8.self)
  }

  static func append(_ octet: UInt8, keeping set: OctetSet, to octets: inout [UInt8]) {
    if set.contains(octet) { return octets.append(octet) }
    octets.append(UInt8(ascii: "%"))
    octets.append(digit(octet >> 4))
    octets.append(digit(octet & 15))
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
}
