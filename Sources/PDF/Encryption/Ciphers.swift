// ISO 32000-1 §7.6.2: RC4 (as published in 1994) and AES (FIPS 197) in CBC mode.

/// Encrypts or decrypts with RC4; both are the same.
func rc4(_ data: ArraySlice<UInt8>, key: [UInt8]) -> [UInt8] {
  guard !key.isEmpty else { return Array(data) }
  var state = (0..<256).map { UInt8($0) }
  var j = 0
  for i in 0..<256 {
    j = (j + Int(state[i]) + Int(key[i % key.count])) & 255
    state.swapAt(i, j)
  }
  var result: [UInt8] = []
  result.reserveCapacity(data.count)
  var i = 0
  j = 0
  for byte in data {
    i = (i + 1) & 255
    j = (j + Int(state[i])) & 255
    state.swapAt(i, j)
    result.append(byte ^ state[(Int(state[i]) + Int(state[j])) & 255])
  }
  return result
}

/// AES with a key of 16 or 32 bytes.
struct AES {
  private let keys: [UInt32]
  private let inverseKeys: [UInt32]
  private let rounds: Int

  /// Nil for a key of another length.
  init?(key: [UInt8]) {
    guard key.count == 16 || key.count == 32 else { return nil }
    let words = key.count / 4
    rounds = words + 6
    let table = AESTable.shared
    var keys: [UInt32] = []
    for index in 0..<words {
      keys.append(key[4 * index..<4 * index + 4].reduce(0) { $0 << 8 | UInt32($1) })
    }
    var constant: UInt32 = 1
    for index in words..<4 * (rounds + 1) {
      var word = keys[index - 1]
      if index % words == 0 {
        word = table.substituted(word << 8 | word >> 24) ^ constant << 24
        constant = constant << 1 ^ (constant & 0x80 == 0 ? 0 : 0x11B)
      } else if words > 6, index % words == 4 {
        word = table.substituted(word)
      }
      keys.append(keys[index - words] ^ word)
    }
    self.keys = keys
    // The equivalent inverse cipher requires mixed keys for the inner rounds (FIPS 197 §5.3.5).
    inverseKeys = keys.enumerated().map { index, word in
      index < 4 || index >= keys.count - 4 ? word : table.inverseMixed(word)
    }
  }

  /// Decrypts whole blocks; an incomplete last block is dropped.
  func decryptCBC(_ data: ArraySlice<UInt8>, vector: [UInt8]) -> [UInt8] {
    let table = AESTable.shared
    var result: [UInt8] = []
    result.reserveCapacity(data.count)
    var before = Self.words(vector[...], 0)
    var start = data.startIndex
    while start + 16 <= data.endIndex {
      let block = Self.words(data, start)
      var s = block
      for column in 0..<4 { s[column] ^= inverseKeys[4 * rounds + column] }
      for round in (1..<rounds).reversed() {
        var t: SIMD4<UInt32> = [0, 0, 0, 0]
        for column in 0..<4 {
          t[column] =
            table.inverseMix(
              s[column], s[(column + 3) & 3], s[(column + 2) & 3], s[(column + 1) & 3])
            ^ inverseKeys[4 * round + column]
        }
        s = t
      }
      for column in 0..<4 {
        let word =
          table.inverseSubstituted(
            s[column], s[(column + 3) & 3], s[(column + 2) & 3], s[(column + 1) & 3])
          ^ inverseKeys[column] ^ before[column]
        Self.append(word, to: &result)
      }
      before = block
      start += 16
    }
    return result
  }

  /// Encrypts whole blocks; an incomplete last block is dropped.
  func encryptCBC(_ data: [UInt8], vector: [UInt8]) -> [UInt8] {
    let table = AESTable.shared
    var result: [UInt8] = []
    result.reserveCapacity(data.count)
    var before = Self.words(vector[...], 0)
    var start = 0
    while start + 16 <= data.count {
      var s = Self.words(data[...], start) ^ before
      for column in 0..<4 { s[column] ^= keys[column] }
      for round in 1..<rounds {
        var t: SIMD4<UInt32> = [0, 0, 0, 0]
        for column in 0..<4 {
          t[column] =
            table.mix(s[column], s[(column + 1) & 3], s[(column + 2) & 3], s[(column + 3) & 3])
            ^ keys[4 * round + column]
        }
        s = t
      }
      for column in 0..<4 {
        before[column] =
          table.substituted(
            s[column], s[(column + 1) & 3], s[(column + 2) & 3], s[(column + 3) & 3])
          ^ keys[4 * rounds + column]
        Self.append(before[column], to: &result)
      }
      start += 16
    }
    return result
  }

  private static func words(_ data: ArraySlice<UInt8>, _ start: Int) -> SIMD4<UInt32> {
    var result: SIMD4<UInt32> = [0, 0, 0, 0]
    for column in 0..<4 {
      let place = start + 4 * column
      result[column] =
        UInt32(data[place]) << 24 | UInt32(data[place + 1]) << 16 | UInt32(data[place + 2]) << 8
        | UInt32(data[place + 3])
    }
    return result
  }

  private static func append(_ word: UInt32, to result: inout [UInt8]) {
    result.append(UInt8(truncatingIfNeeded: word >> 24))
    result.append(UInt8(truncatingIfNeeded: word >> 16))
    result.append(UInt8(truncatingIfNeeded: word >> 8))
    result.append(UInt8(truncatingIfNeeded: word))
  }
}

/// The substitutions of FIPS 197 §5 and the column mixing, computed once.
private struct AESTable {
  static let shared = AESTable()

  private var forward = [UInt8](repeating: 0, count: 256)
  private var backward = [UInt8](repeating: 0, count: 256)
  private var mixes = [UInt32](repeating: 0, count: 256)
  private var inverseMixes = [UInt32](repeating: 0, count: 256)

  private init() {
    // 3 generates all nonzero elements of the field, and 0xF6 is its inverse.
    var element: UInt8 = 1
    var inverse: UInt8 = 1
    repeat {
      element = element ^ Self.doubled(element)
      inverse = Self.product(inverse, 0xF6)
      var value = inverse
      for turn: UInt8 in 1...4 { value ^= inverse << turn | inverse >> (8 - turn) }
      forward[Int(element)] = value ^ 0x63
    } while element != 1
    forward[0] = 0x63
    for (place, value) in forward.enumerated() { backward[Int(value)] = UInt8(place) }
    for place in 0..<256 {
      let value = forward[place]
      mixes[place] =
        UInt32(Self.doubled(value)) << 24 | UInt32(value) << 16 | UInt32(value) << 8
        | UInt32(Self.doubled(value) ^ value)
      inverseMixes[place] = Self.inverseColumn(backward[place])
    }
  }

  private static func inverseColumn(_ value: UInt8) -> UInt32 {
    UInt32(product(value, 14)) << 24 | UInt32(product(value, 9)) << 16
      | UInt32(product(value, 13)) << 8 | UInt32(product(value, 11))
  }

  private static func doubled(_ value: UInt8) -> UInt8 {
    value << 1 ^ (value & 0x80 == 0 ? 0 : 0x1B)
  }

  private static func product(_ one: UInt8, _ other: UInt8) -> UInt8 {
    var result: UInt8 = 0
    var factor = one
    var bits = other
    while bits != 0 {
      if bits & 1 != 0 { result ^= factor }
      factor = doubled(factor)
      bits >>= 1
    }
    return result
  }

  func substituted(_ word: UInt32) -> UInt32 { substituted(word, word, word, word) }

  func substituted(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> UInt32 {
    UInt32(forward[Int(a >> 24)]) << 24 | UInt32(forward[Int(b >> 16 & 255)]) << 16
      | UInt32(forward[Int(c >> 8 & 255)]) << 8 | UInt32(forward[Int(d & 255)])
  }

  func inverseSubstituted(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> UInt32 {
    UInt32(backward[Int(a >> 24)]) << 24 | UInt32(backward[Int(b >> 16 & 255)]) << 16
      | UInt32(backward[Int(c >> 8 & 255)]) << 8 | UInt32(backward[Int(d & 255)])
  }

  func mix(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> UInt32 {
    mixes[Int(a >> 24)] ^ Self.turned(mixes[Int(b >> 16 & 255)], 8)
      ^ Self.turned(mixes[Int(c >> 8 & 255)], 16) ^ Self.turned(mixes[Int(d & 255)], 24)
  }

  func inverseMix(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> UInt32 {
    inverseMixes[Int(a >> 24)] ^ Self.turned(inverseMixes[Int(b >> 16 & 255)], 8)
      ^ Self.turned(inverseMixes[Int(c >> 8 & 255)], 16)
      ^ Self.turned(inverseMixes[Int(d & 255)], 24)
  }

  func inverseMixed(_ word: UInt32) -> UInt32 {
    Self.inverseColumn(UInt8(word >> 24))
      ^ Self.turned(Self.inverseColumn(UInt8(word >> 16 & 255)), 8)
      ^ Self.turned(Self.inverseColumn(UInt8(word >> 8 & 255)), 16)
      ^ Self.turned(Self.inverseColumn(UInt8(word & 255)), 24)
  }

  private static func turned(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }
}
