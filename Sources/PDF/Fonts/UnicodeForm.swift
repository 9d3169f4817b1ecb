// ISO 32000-1 §9.7.5.2, table 118: the predefined CMaps whose codes are Unicode.

/// The Unicode encoding form of a string.
enum UnicodeForm {
  case utf8, utf16, utf32

  /// The form of a predefined CMap.
  init?(cmap name: String) {
    guard name.hasPrefix("Uni") else { return nil }
    if name.contains("-UTF16-") || name.contains("-UCS2-") {
      self = .utf16
    } else if name.contains("-UTF8-") {
      self = .utf8
    } else if name.contains("-UTF32-") {
      self = .utf32
    } else {
      return nil
    }
  }

  /// Reads the next character.
  ///
  /// - Parameters:
  ///   - string: The bytes.
  ///   - position: Where it begins, before the end; moved behind it.
  /// - Returns: The character; zero for none.
  func scalar(in string: ArraySlice<UInt8>, at position: inout Int) -> UInt32 {
    switch self {
    case .utf8: return utf8(string, &position)
    case .utf16:
      let unit = number(2, string, &position)
      guard unit & 0xFC00 == 0xD800 else { return unit & 0xFC00 == 0xDC00 ? 0 : unit }
      var next = position
      guard next < string.endIndex, case let low = number(2, string, &next), low & 0xFC00 == 0xDC00
      else { return 0 }
      position = next
      return 0x10000 + ((unit & 0x3FF) << 10 | low & 0x3FF)
    case .utf32:
      let value = number(4, string, &position)
      return value < 0x110000 ? value : 0
    }
  }

  private func number(
    _ count: Int, _ string: ArraySlice<UInt8>, _ position: inout Int
  ) -> UInt32 {
    let end = min(position + count, string.endIndex)
    let value = string[position..<end].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
    position = end
    return value
  }

  private func utf8(_ string: ArraySlice<UInt8>, _ position: inout Int) -> UInt32 {
    let first = string[position]
    position += 1
    let more: Int
    switch first {
    case ..<0x80: return UInt32(first)
    case 0xC2...0xDF: more = 1
    case 0xE0...0xEF: more = 2
    case 0xF0...0xF4: more = 3
    default: return 0
    }
    var value = UInt32(first) & (0x3F >> UInt32(more))
    var next = position
    for _ in 0..<more {
      guard next < string.endIndex, string[next] & 0xC0 == 0x80 else { return 0 }
      value = value << 6 | UInt32(string[next] & 0x3F)
      next += 1
    }
    position = next
    return value < 0x110000 ? value : 0
  }
}
