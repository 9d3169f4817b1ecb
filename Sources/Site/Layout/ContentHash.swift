/// A hash of content, for entity tags and file names.
///
/// It is the same on every machine. It is not cryptographic; no outsider chooses the content.
enum ContentHash {
  /// 16 hexadecimal digits, a hyphen and the length in hexadecimal.
  static func tag(_ bytes: [UInt8]) -> String {
    "\(name(bytes))-\(String(bytes.count, radix: 16))"
  }

  /// 16 hexadecimal digits.
  static func name(_ bytes: [UInt8]) -> String {
    let digits = String(hash(bytes.span), radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// Four lanes take eight bytes each in turn, so that a page is hashed in a microsecond.
  ///
  /// Multiplying by an odd number carries differences upwards and folding brings them down again;
  /// both can be undone, so no difference in one word is lost.
  private static func hash(_ bytes: Span<UInt8>) -> UInt64 {
    func mixed(_ state: UInt64, _ word: UInt64) -> UInt64 {
      let product = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
      return product ^ (product >> 32)
    }
    func word(at index: Int) -> UInt64 {
      // Compiles to one load.
      let word = bytes.extracting(index..<index + 8)
      return UInt64(word[0]) | UInt64(word[1]) << 8 | UInt64(word[2]) << 16
        | UInt64(word[3]) << 24 | UInt64(word[4]) << 32 | UInt64(word[5]) << 40
        | UInt64(word[6]) << 48 | UInt64(word[7]) << 56
    }
    let count = bytes.count
    var (one, two, three, four) = (1 as UInt64, 2 as UInt64, 3 as UInt64, 4 as UInt64)
    var index = 0
    while count - index >= 32 {
      one = mixed(one, word(at: index))
      two = mixed(two, word(at: index + 8))
      three = mixed(three, word(at: index + 16))
      four = mixed(four, word(at: index + 24))
      index += 32
    }
    var hash = mixed(mixed(mixed(mixed(UInt64(count), one), two), three), four)
    while count - index >= 8 {
      hash = mixed(hash, word(at: index))
      index += 8
    }
    var rest: UInt64 = 0
    while index < count {
      rest = rest << 8 | UInt64(bytes[index])
      index += 1
    }
    return mixed(mixed(hash, rest), 0)
  }
}
