/// The hash function SHA-256 (FIPS 180-4), updated piece by piece.
package struct SHA256: Sendable {
  private var state: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// The bytes of a block that is not full yet.
  private var partial: [UInt8] = []
  private var length: UInt64 = 0

  package init() { partial.reserveCapacity(64) }

  /// The hash of an array.
  package static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  /// The hash of a text's UTF-8.
  package static func hash(_ text: String) -> [UInt8] { hash(Array(text.utf8)) }

  package mutating func update(_ bytes: [UInt8]) {
    length &+= UInt64(bytes.count)
    var start = 0
    if !partial.isEmpty {
      start = min(64 - partial.count, bytes.count)
      partial += bytes[..<start]
      guard partial.count == 64 else { return }
      let block = partial
      SHA256.compress(block.span, into: &state)
      partial.removeAll(keepingCapacity: true)
    }
    let end = start + (bytes.count - start) & ~63
    SHA256.compress(bytes.span.extracting(start..<end), into: &state)
    partial += bytes[end...]
  }

  /// The hash of all bytes, 32 bytes long.
  package mutating func finish() -> [UInt8] {
    let bits = length &* 8
    let zeros = (119 - Int(length & 63)) & 63
    var padding: [UInt8] = [0x80]
    padding += repeatElement(0, count: zeros)
    for shift in stride(from: 56, through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    update(padding)
    return state.indices.flatMap { index in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: state[index] >> UInt32($0)) }
    }
  }

  /// Mixes whole blocks of 64 bytes into the state.
  private static func compress(_ blocks: Span<UInt8>, into state: inout InlineArray<8, UInt32>) {
    var start = 0
    var words = InlineArray<64, UInt32>(repeating: 0)
    while start < blocks.count {
      for index in 0..<16 {
        let place = start &+ index &* 4
        let high = UInt32(blocks[place]) &<< 24 | UInt32(blocks[place &+ 1]) &<< 16
        words[index] = high | UInt32(blocks[place &+ 2]) &<< 8 | UInt32(blocks[place &+ 3])
      }
      for index in 16..<64 {
        let early = words[index &- 15]
        let late = words[index &- 2]
        let mixedEarly = early.rotated(7) ^ early.rotated(18) ^ (early &>> 3)
        let mixedLate = late.rotated(17) ^ late.rotated(19) ^ (late &>> 10)
        words[index] = words[index &- 16] &+ mixedEarly &+ words[index &- 7] &+ mixedLate
      }
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      var (e, f, g, h) = (state[4], state[5], state[6], state[7])
      // Eight rounds at a time, so that the variables only change names.
      var index = 0
      while index < 64 {
        round(a, b, c, &d, e, f, g, &h, constants[index] &+ words[index])
        round(h, a, b, &c, d, e, f, &g, constants[index &+ 1] &+ words[index &+ 1])
        round(g, h, a, &b, c, d, e, &f, constants[index &+ 2] &+ words[index &+ 2])
        round(f, g, h, &a, b, c, d, &e, constants[index &+ 3] &+ words[index &+ 3])
        round(e, f, g, &h, a, b, c, &d, constants[index &+ 4] &+ words[index &+ 4])
        round(d, e, f, &g, h, a, b, &c, constants[index &+ 5] &+ words[index &+ 5])
        round(c, d, e, &f, g, h, a, &b, constants[index &+ 6] &+ words[index &+ 6])
        round(b, c, d, &e, f, g, h, &a, constants[index &+ 7] &+ words[index &+ 7])
        index &+= 8
      }
      state[0] &+= a; state[1] &+= b; state[2] &+= c; state[3] &+= d
      state[4] &+= e; state[5] &+= f; state[6] &+= g; state[7] &+= h
      start &+= 64
    }
  }

  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    let mixed = e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)
    h = h &+ mixed &+ (g ^ (e & (f ^ g))) &+ word
    d = d &+ h
    h = h &+ (a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)) &+ ((a & b) | (c & (a | b)))
  }

  /// The fractions of the cube roots of the first 64 primes.
  private static let constants: InlineArray<64, UInt32> = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1,
    0x923f_82a4, 0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3,
    0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786,
    0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147,
    0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13,
    0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a,
    0x5b9c_ca4f, 0x682e_6ff3, 0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208,
    0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
extension UInt32 {
  /// Rotated to the right.
  @inline(__always)
  fileprivate func rotated(_ bits: UInt32) -> UInt32 { self &>> bits | self &<< (32 &- bits) }
}
