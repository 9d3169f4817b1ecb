extension [UInt8] {
  /// Appends a literal of the program as it is.
  ///
  /// Unsafe: a `StaticString` has its bytes behind a pointer. A copy by way of its description
  /// takes 40 ns instead of 9 ns, and an article page appends some 600.
  mutating func append(literal: StaticString) {
    guard literal.hasPointerRepresentation else {
      append(contentsOf: Array(String(literal.unicodeScalar).utf8))
      return
    }
    literal.withUTF8Buffer { unsafe append(contentsOf: $0) }
  }

  /// Appends text, with markup characters escaped and invalid characters replaced.
  mutating func append(escaping text: String) {
    var index = text.utf8.span.nextSuspect(from: 0)
    guard index < text.utf8.count else { return append(contentsOf: text.utf8) }
    // Slices of an array are copied whole, those of a string byte by byte.
    let utf8 = Array(text.utf8)
    let span = utf8.span
    var start = 0
    while index < span.count {
      if let (length, replacement) = replacement(in: span, at: index) {
        append(contentsOf: utf8[start..<index])
        append(literal: replacement)
        start = index + length
        index = start
      } else {
        index += 1
      }
      index = span.nextSuspect(from: index)
    }
    append(contentsOf: utf8[start...])
  }

  /// Appends JSON so that no text in it ends the enclosing script element.
  mutating func append(json: [UInt8]) {
    var start = 0
    for index in json.indices {
      let replacement: StaticString
      switch json[index] {
      case UInt8(ascii: "<"): replacement = #"\u003c"#
      case UInt8(ascii: ">"): replacement = #"\u003e"#
      case UInt8(ascii: "&"): replacement = #"\u0026"#
      default: continue
      }
      append(contentsOf: json[start..<index])
      append(literal: replacement)
      start = index + 1
    }
    append(contentsOf: json[start...])
  }

  /// Appends a number in decimal digits.
  mutating func append(decimal number: Int) {
    guard number >= 10 || number < 0 else { return append(UInt8(ascii: "0") + UInt8(number)) }
    if number < 0 { append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = count
    while rest > 0 {
      append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    }
    self[start...].reverse()
  }
}

/// The length in UTF-8 and the replacement of the character at `index`; nil if it is kept.
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

extension Span<UInt8> {
  /// The eight bytes from `index` on; compiles to one load.
  @inline(__always)
  private func word(at index: Int) -> UInt64 {
    let word = extracting(index..<index + 8)
    return UInt64(word[0]) | UInt64(word[1]) << 8 | UInt64(word[2]) << 16 | UInt64(word[3]) << 24
      | UInt64(word[4]) << 32 | UInt64(word[5]) << 40 | UInt64(word[6]) << 48
      | UInt64(word[7]) << 56
  }

  /// The first place from `index` on where something begins that may have to be replaced; the count
  /// without one.
  ///
  /// Most text is plain, so eight bytes are looked at together: an byte is found in a word when
  /// the word less it has a zero, which borrows from the bit above.
  fileprivate func nextSuspect(from index: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops = ones << 7
    func hasZero(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
    var index = index
    while count - index >= 8 {
      let word = word(at: index)
      let control = (word &- ones &* 0x20) & ~word
      // `&` and `'` differ in their lowest bit alone, `<` and `>` in the one above.
      let marks =
        hasZero(word ^ ones &* 0x22) | hasZero((word | ones) ^ ones &* 0x27)
        | hasZero((word | ones &* 2) ^ ones &* 0x3E) | hasZero(word ^ ones &* 0x7F)
      if (word | control | marks) & tops != 0 {
        for place in index..<index + 8 where isSuspect(self[place]) { return place }
      }
      index += 8
    }
    while index < count, !isSuspect(self[index]) { index += 1 }
    return index
  }
}

/// Whether something begins with an byte that may have to be replaced.
private func isSuspect(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x09, 0x0A, 0x0D: false
  case 0x00...0x1F, 0x7F, 0xC2, 0xEF, 0xF0...0xF4: true
  case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
    UInt8(ascii: "'"):
    true
  default: false
  }
}
