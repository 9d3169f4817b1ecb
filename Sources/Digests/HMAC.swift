/// The keyed hash HMAC (RFC 2104) with SHA-256.
package func hmacSHA256(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
  hmac(bytes, key: key) { SHA256.hash($0) }
}

/// The keyed hash HMAC (RFC 2104) with SHA-1, as one-time codes use it.
package func hmacSHA1(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] { hmac(bytes, key: key, sha1) }

/// HMAC with a hash function whose blocks have 64 bytes.
private func hmac(_ bytes: [UInt8], key: [UInt8], _ hash: ([UInt8]) -> [UInt8]) -> [UInt8] {
  let short = key.count > 64 ? hash(key) : key
  let block = short + [UInt8](repeating: 0, count: 64 - short.count)
  return hash(block.map { $0 ^ 0x5C } + hash(block.map { $0 ^ 0x36 } + bytes))
}

/// Compares in a time that does not depend on where the bytes differ.
package func areEqualInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  guard left.count == right.count else { return false }
  return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
}

extension [UInt8] {
  /// Lower-case hexadecimal digits, two for each byte.
  package var hexadecimal: String {
    let digits = Array<UInt8>("0123456789abcdef".utf8)
    return String(
      decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
