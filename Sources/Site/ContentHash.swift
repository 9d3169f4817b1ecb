/// A stable hash that tells versions of a content apart, for validators and names.
///
/// FNV-1a over 64 bits, followed by the length: no guard against someone who searches for
/// collisions, and nobody outside chooses between two versions of our pages.
enum ContentHash {
  /// 16 hexadecimal digits, a hyphen and the length in hexadecimal.
  static func tag(_ octets: [UInt8]) -> String {
    "\(hexadecimal(fnv1a(octets)))-\(String(octets.count, radix: 16))"
  }

  /// 16 hexadecimal digits.
  static func name(_ octets: [UInt8]) -> String { hexadecimal(fnv1a(octets)) }

  private static func fnv1a(_ octets: [UInt8]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for octet in octets { hash = (hash ^ UInt64(octet)) &* 0x0100_0000_01B3 }
    return hash
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
