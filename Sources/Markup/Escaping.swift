extension [UInt8] {
  /// Appends a literal of the program as it is.
  mutating func append(literal: StaticString) {
    guard literal.hasPointerRepresentation else {
      append(contentsOf: Array(String(literal.unicodeScalar).utf8))
      return
    }
    literal.withUTF8Buffer { unsafe append(contentsOf: $0) }
  }

  /// Appends text with what is markup in it escaped, and what no markup may contain replaced.
  mutating func append(escaping text: String) {
    var text = text
    text.withUTF8 { utf8 in
      let span = unsafe utf8.span
      // Where what has not been copied begins: clean stretches are copied whole.
      var start = 0
      var index = 0
      while index < span.count {
        let octet = span[index]
        guard isSuspect[Int(octet)] else {
          index += 1
          continue
        }
        guard let (length, replacement) = replacement(in: span, at: index) else {
          index += 1
          continue
        }
        unsafe append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
        append(literal: replacement)
        index += length
        start = index
      }
      unsafe append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<span.count]))
    }
  }
}

/// What stands in place of the character that begins at `index`, and its length in UTF-8; nil when
/// the character may stand.
private func replacement(in utf8: Span<UInt8>, at index: Int) -> (Int, StaticString)? {
  func next(_ distance: Int) -> UInt8 {
    index + distance < utf8.count ? utf8[index + distance] : 0
  }
  switch utf8[index] {
  case UInt8(ascii: "&"): return (1, "&amp;")
  case UInt8(ascii: "<"): return (1, "&lt;")
  case UInt8(ascii: ">"): return (1, "&gt;")
  case UInt8(ascii: "\""): return (1, "&quot;")
  case UInt8(ascii: "'"): return (1, "&#39;")
  case 0x00...0x1F, 0x7F: return (1, "\u{FFFD}")
  // U+0080 to U+009F.
  case 0xC2: return next(1) < 0xA0 ? (2, "\u{FFFD}") : nil
  // U+FDD0 to U+FDEF, U+FFFE and U+FFFF: no characters.
  case 0xEF:
    switch (next(1), next(2)) {
    case (0xB7, 0x90...0xAF), (0xBF, 0xBE...0xBF): return (3, "\u{FFFD}")
    default: return nil
    }
  // The last two code points of each further plane.
  case 0xF0...0xF4:
    return next(1) & 0x0F == 0x0F && next(2) == 0xBF && next(3) >= 0xBE ? (4, "\u{FFFD}") : nil
  default: return nil
  }
}

/// The octets with which something begins that may have to be replaced.
private let isSuspect: [Bool] = (0...255).map { octet in
  switch UInt8(octet) {
  case 0x09, 0x0A, 0x0D: false
  case 0x00...0x1F, 0x7F, 0xC2, 0xEF, 0xF0...0xF4: true
  case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
    UInt8(ascii: "'"):
    true
  default: false
  }
}
