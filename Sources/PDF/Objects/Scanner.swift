// ISO 32000-1 §7.2 (lexical conventions), §7.3.3 (numbers), §7.3.4 (strings), §7.3.5 (names).

/// Whether a byte is white space (§7.2.2, table 1).
@inline(__always)
func isWhite(_ byte: UInt8) -> Bool {
  byte <= 32 && (0x1_0000_3601 as UInt64) &>> UInt64(byte) & 1 == 1
}

/// Whether a byte is a delimiter (§7.2.2, table 2).
@inline(__always)
func isDelimiter(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x28, 0x29, 0x3C, 0x3E, 0x5B, 0x5D, 0x7B, 0x7D, 0x2F, 0x25: true
  default: false
  }
}

@inline(__always)
func isRegular(_ byte: UInt8) -> Bool { !isWhite(byte) && !isDelimiter(byte) }

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

/// The value of a hexadecimal digit, or 255.
@inline(__always)
func hexadecimal(_ byte: UInt8) -> UInt8 {
  switch byte {
  case 0x30...0x39: byte &- 0x30
  case 0x41...0x46: byte &- 0x37
  case 0x61...0x66: byte &- 0x57
  default: 255
  }
}

/// Appends the bytes of hexadecimal digits up to a `>`.
///
/// Other characters are skipped, and a missing last digit is 0 (§7.3.4.3, §7.4.2).
///
/// - Parameters:
///   - bytes: The digits and their surroundings.
///   - range: Where to read.
///   - result: Gets the bytes.
/// - Returns: The place behind the `>`, or the end of the range.
func readHexadecimal(
  _ bytes: [UInt8], _ range: Range<Int>, into result: inout [UInt8]
) -> Int {
  var index = range.lowerBound
  var high: UInt8?
  while index < range.upperBound {
    let byte = bytes[index]
    index += 1
    if byte == 0x3E { break }
    let digit = hexadecimal(byte)
    guard digit != 255 else { continue }
    if let first = high {
      result.append(first << 4 | digit)
      high = nil
    } else {
      high = digit
    }
  }
  if let high { result.append(high << 4) }
  return index
}

/// Reads tokens from a position, in the file and in content streams.
struct Scanner {
  let bytes: [UInt8]
  var position: Int
  let end: Int

  /// Creates a scanner from a position to the end or an earlier one.
  ///
  /// A position outside the bytes means their end.
  init(_ bytes: [UInt8], from position: Int = 0, to end: Int = .max) {
    self.bytes = bytes
    self.end = min(max(end, 0), bytes.count)
    self.position = position < 0 ? self.end : min(position, self.end)
  }

  var isAtEnd: Bool { position >= end }

  /// The byte at the position; nil at the end.
  var next: UInt8? { position < end ? bytes[position] : nil }

  /// A byte after the position.
  func ahead(_ count: Int) -> UInt8? {
    position < end - count ? bytes[position + count] : nil
  }

  /// Skips white space and comments (§7.2.3).
  mutating func skipWhite() {
    var index = position
    while index < end {
      let byte = bytes[index]
      if isWhite(byte) {
        index += 1
      } else if byte == 0x25 {
        while index < end, bytes[index] != 10, bytes[index] != 13 { index += 1 }
      } else {
        break
      }
    }
    position = index
  }

  /// Skips a run of regular characters.
  mutating func regular() -> Range<Int> {
    let start = position
    var index = position
    while index < end, isRegular(bytes[index]) { index += 1 }
    position = index
    return start..<index
  }

  /// Whether a word is at the position.
  func matches(_ word: String) -> Bool { matches(word, at: position) }

  /// Whether a word is at an index.
  func matches(_ word: String, at start: Int) -> Bool {
    guard start >= 0, start <= end - word.utf8.count else { return false }
    var index = start
    for byte in word.utf8 {
      if bytes[index] != byte { return false }
      index += 1
    }
    return true
  }

  /// A number; integers are exact.
  struct Number {
    var value: Double
    var integer: Int?
  }

  /// Reads a number at the position.
  ///
  /// It accepts what other readers accept: several signs, a sign or a second point within the
  /// number (the rest is skipped), and no digit at all (zero).
  mutating func number() -> Number {
    var index = position
    var isNegative = false
    while index < end, bytes[index] == 0x2B || bytes[index] == 0x2D {
      if bytes[index] == 0x2D { isNegative = true }
      index += 1
    }
    var mantissa = 0
    var fractionDigits = 0
    var dropped = 0
    var hasPoint = false
    scanning: while index < end {
      let byte = bytes[index]
      switch byte {
      case 0x30...0x39:
        if mantissa < 100_000_000_000_000_000 {
          mantissa = mantissa &* 10 &+ Int(byte &- 0x30)
          if hasPoint { fractionDigits += 1 }
        } else if !hasPoint {
          dropped += 1
        }
        index += 1
      case 0x2E where !hasPoint:
        hasPoint = true
        index += 1
      case 0x2E, 0x2D:
        while index < end, isDigit(bytes[index]) || bytes[index] == 0x2E || bytes[index] == 0x2D {
          index += 1
        }
        break scanning
      default:
        break scanning
      }
    }
    // Callers rely on progress.
    position = max(index, min(position + 1, end))
    if !hasPoint, dropped == 0 {
      return Number(
        value: Double(isNegative ? -mantissa : mantissa), integer: isNegative ? -mantissa : mantissa
      )
    }
    var value = Double(mantissa)
    switch fractionDigits {
    case 0: break
    case 1: value /= 10
    case 2: value /= 100
    case 3: value /= 1_000
    case 4: value /= 10_000
    case 5: value /= 100_000
    case 6: value /= 1_000_000
    default: for _ in 0..<fractionDigits { value /= 10 }
    }
    for _ in 0..<min(dropped, 40) { value *= 10 }
    return Number(value: isNegative ? -value : value, integer: nil)
  }

  /// Reads a literal string from its opening parenthesis and appends its bytes (§7.3.4.2).
  ///
  /// An unclosed string extends to the end.
  mutating func literalString(into result: inout [UInt8]) {
    var index = position + 1
    var depth = 1
    while index < end {
      let byte = bytes[index]
      switch byte {
      case 0x29:
        depth -= 1
        if depth == 0 {
          position = index + 1
          return
        }
        result.append(byte)
        index += 1
      case 0x28:
        depth += 1
        result.append(byte)
        index += 1
      case 0x5C:
        index = escape(at: index + 1, into: &result)
      case 13:
        // Any line end is one line feed.
        result.append(10)
        index += index + 1 < end && bytes[index + 1] == 10 ? 2 : 1
      default:
        result.append(byte)
        index += 1
      }
    }
    position = end
  }

  /// Reads an escape sequence after a reverse solidus (§7.3.4.2, table 3) and returns its end.
  private func escape(at start: Int, into result: inout [UInt8]) -> Int {
    guard start < end else { return start }
    let byte = bytes[start]
    switch byte {
    case 0x6E: result.append(10)
    case 0x72: result.append(13)
    case 0x74: result.append(9)
    case 0x62: result.append(8)
    case 0x66: result.append(12)
    case 10: break
    case 13: return start + 1 < end && bytes[start + 1] == 10 ? start + 2 : start + 1
    case 0x30...0x37:
      var value = 0
      var index = start
      while index < end, index < start + 3, bytes[index] &- 0x30 < 8 {
        value = value * 8 + Int(bytes[index] &- 0x30)
        index += 1
      }
      result.append(UInt8(truncatingIfNeeded: value))
      return index
    default: result.append(byte)
    }
    return start + 1
  }

  /// Reads a hexadecimal string from its opening angle bracket and appends its bytes (§7.3.4.3).
  mutating func hexadecimalString(into result: inout [UInt8]) {
    position = readHexadecimal(bytes, position + 1..<max(end, position + 1), into: &result)
  }

  /// Reads a name from its solidus (§7.3.5).
  mutating func name() -> String {
    position += 1
    let range = regular()
    guard bytes[range].contains(0x23) else { return text(range) }
    var decoded: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if bytes[index] == 0x23, index + 2 < range.upperBound {
        let high = hexadecimal(bytes[index + 1])
        let low = hexadecimal(bytes[index + 2])
        if high != 255, low != 255 {
          decoded.append(high << 4 | low)
          index += 3
          continue
        }
      }
      decoded.append(bytes[index])
      index += 1
    }
    return nameText(decoded[...])
  }

  /// The text of a range.
  func text(_ range: Range<Int>) -> String { nameText(bytes[range]) }
}

/// The text of a name: UTF-8 if valid, else one character per byte, so that different names stay
/// different.
private func nameText(_ bytes: ArraySlice<UInt8>) -> String {
  if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
  if let text = String(validating: bytes, as: UTF8.self) { return text }
  var text = ""
  for byte in bytes { text.unicodeScalars.append(Unicode.Scalar(byte)) }
  return text
}
