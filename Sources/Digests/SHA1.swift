/// The SHA-1 digest (FIPS 180-4).
///
/// Collisions of SHA-1 can be made, so it serves HMAC alone, which they do not weaken (RFC 6194).
func sha1(_ message: [UInt8]) -> [UInt8] {
  var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
  let padded = paddedMessage(message, block: 64, isBigEndian: true)
  var words = [UInt32](repeating: 0, count: 80)
  for start in stride(from: 0, to: padded.count, by: 64) {
    for index in 0..<16 {
      words[index] = padded[start + 4 * index..<start + 4 * index + 4].reduce(0) {
        $0 << 8 | UInt32($1)
      }
    }
    for index in 16..<80 {
      words[index] = turned(
        words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1)
    }
    var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
    for index in 0..<80 {
      let (mixed, constant): (UInt32, UInt32) =
        switch index / 20 {
        case 0: ((b & c) | (~b & d), 0x5A82_7999)
        case 1: (b ^ c ^ d, 0x6ED9_EBA1)
        case 2: ((b & c) | (b & d) | (c & d), 0x8F1B_BCDC)
        default: (b ^ c ^ d, 0xCA62_C1D6)
        }
      let sum = turned(a, 5) &+ mixed &+ e &+ constant &+ words[index]
      (a, b, c, d, e) = (sum, a, turned(b, 30), c, d)
    }
    for (index, word) in [a, b, c, d, e].enumerated() { state[index] = state[index] &+ word }
  }
  return state.flatMap { word in
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
  }
}

/// Rotated to the left.
private func turned(_ word: UInt32, _ bits: UInt32) -> UInt32 {
  word << bits | word >> (32 - bits)
}
