/// One-time codes from a shared secret: HOTP (RFC 4226) and TOTP (RFC 6238) with HMAC-SHA-1, which
/// is what all authenticator apps support.
package enum OneTimeCode {
  /// Seconds for which a code is shown.
  package static let period: Int64 = 30

  /// The code of a counter.
  ///
  /// - Parameters:
  ///   - secret: The shared secret; RFC 4226 §4 recommends 20 bytes.
  ///   - counter: The number of the code.
  ///   - digits: How many digits the code has, from 6 to 9.
  /// - Returns: Decimal digits with leading zeros.
  package static func code(secret: [UInt8], counter: UInt64, digits: Int = 6) -> String {
    let message = (0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * UInt64($0))) }
    let hash = hmacSHA1(message, key: secret)
    // The last four bits say where the 31 bits of the code begin (RFC 4226 §5.3).
    let offset = Int(hash[19] & 15)
    let number =
      hash[offset..<offset + 4].reduce(0 as UInt32) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    let modulus = (0..<digits).reduce(1 as UInt64) { product, _ in product * 10 }
    let text = String(UInt64(number) % modulus)
    return String(repeating: "0", count: digits - text.utf8.count) + text
  }

  /// The number of the period that a time is in; zero before 1970.
  package static func step(secondsSince1970 seconds: Int64) -> UInt64 {
    UInt64(max(0, seconds)) / UInt64(period)
  }

  /// The step whose code was typed: the present one, the one before or the one after, as clocks
  /// differ and people are slow (RFC 6238 §5.2).
  ///
  /// - Parameters:
  ///   - typed: Six digits.
  ///   - secret: The shared secret.
  ///   - seconds: The time, in seconds since 1970.
  ///   - last: The last step that was accepted; it and earlier ones are not accepted again.
  /// - Returns: The step, or nil if the code is wrong or was used.
  package static func acceptedStep(
    of typed: String, secret: [UInt8], secondsSince1970 seconds: Int64, after last: UInt64?
  ) -> UInt64? {
    let present = step(secondsSince1970: seconds)
    var accepted: UInt64?
    // All three are compared, so that the time does not tell which one fits.
    for candidate in [present == 0 ? 0 : present - 1, present, present + 1] {
      let isEqual = areEqualInConstantTime(
        Array(typed.utf8), Array(code(secret: secret, counter: candidate).utf8))
      if isEqual, last.map({ candidate > $0 }) ?? true { accepted = candidate }
    }
    return accepted
  }
}
