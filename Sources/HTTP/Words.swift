// Most of a head is field values, so their bytes are examined eight at a time.
extension Span<UInt8> {
  /// The eight bytes from `index` on, the first of them lowest; compiles to one load.
  @inline(__always)
  private func word(at index: Int) -> UInt64 {
    let word = extracting(index..<index + 8)
    return UInt64(word[0]) | UInt64(word[1]) << 8 | UInt64(word[2]) << 16 | UInt64(word[3]) << 24
      | UInt64(word[4]) << 32 | UInt64(word[5]) << 40 | UInt64(word[6]) << 48
      | UInt64(word[7]) << 56
  }

  /// The first byte from `start` on that is no field content, or the end (RFC 9110 §5.5).
  func endOfFieldContent(from start: Int) -> Int {
    var index = start
    while count - index >= 8 {
      let word = word(at: index)
      // The high bit of each byte below 0x20, and of each that is 0x7F. A borrow can set others,
      // but only after the first.
      let below = (word &- 0x2020_2020_2020_2020) & ~word
      let delete = word ^ 0x7F7F_7F7F_7F7F_7F7F
      let equal = (delete &- 0x0101_0101_0101_0101) & ~delete
      let found = (below | equal) & 0x8080_8080_8080_8080
      guard found != 0 else {
        index += 8
        continue
      }
      index += found.trailingZeroBitCount / 8
      guard self[index] == 0x09 else { return index }
      index += 1
    }
    while index < count, self[index].isFieldContent { index += 1 }
    return index
  }

  /// Whether the token in `range` is `name`, without regard to case.
  ///
  /// - Parameters:
  ///   - range: A range of `tchar`.
  ///   - name: Of letters in lower case and `-`. Of all `tchar` only the two cases of a letter
  ///     are equal to it with the bit of the case set.
  /// - Returns: Whether it is.
  func hasToken(_ range: Range<Int>, _ name: String) -> Bool {
    let name = name.utf8.span
    guard range.count == name.count else { return false }
    var offset = 0
    while name.count - offset >= 8 {
      let word = word(at: range.lowerBound + offset) | 0x2020_2020_2020_2020
      guard word == name.word(at: offset) else { return false }
      offset += 8
    }
    while offset < name.count {
      guard self[range.lowerBound + offset] | 0x20 == name[offset] else { return false }
      offset += 1
    }
    return true
  }
}
