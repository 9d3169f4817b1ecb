/// Splits texts by Unicode scalars, which is ten times as fast as by characters.
extension StringProtocol {
  /// The parts between white space.
  var words: [SubSequence] {
    unicodeScalars.split { $0.isSpace }.map { self[$0.startIndex..<$0.endIndex] }
  }

  /// Without white space at both ends.
  var trimmed: String {
    let scalars = unicodeScalars
    guard let start = scalars.firstIndex(where: { !$0.isSpace }),
      let last = scalars.lastIndex(where: { !$0.isSpace })
    else { return "" }
    return String(self[start..<scalars.index(after: last)])
  }

  /// Whether it is ASCII.
  var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}

extension Unicode.Scalar {
  /// Whether it is white space, by its property White_Space.
  var isSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }

  /// Whether it ends a line.
  var isLineEnd: Bool {
    switch value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}
