/// The keyed hash HMAC (RFC 2104) with SHA-256.
package func hmacSHA256(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
  let short = key.count > 64 ? SHA256.hash(key) : key
  let block = short + [UInt8](repeating: 0, count: 64 - short.count)
  return SHA256.hash(block.map { $0 ^ 0x5C } + SHA256.hash(block.map { $0 ^ 0x36 } + bytes))
}

extension [UInt8] {
  /// Lower-case hexadecimal digits, two for each byte.
  package var hexadecimal: String {
    let digits = Array<UInt8>("0123456789abcdef".utf8)
    return String(
      decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
