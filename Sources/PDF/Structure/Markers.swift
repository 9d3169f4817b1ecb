// ISO 32000-1 §14.8.4.3.3: the labels of list elements.

/// The markers before list items and notes.
enum Markers {
  /// Whether a character is a bullet, also in fonts with their own codes.
  static func isBullet(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "•", "◦", "▪", "▫", "■", "□", "●", "○", "‣", "⁃", "∙", "∘", "➢", "➤", "✓", "✔", "❖", "►",
      "▶",
      "◆", "◇", "♦", "❑", "❏", "·", "–", "—", "-", "*", "»":
      true
    default: (0xF000...0xF0FF).contains(scalar.value)
    }
  }

  /// The marker at the beginning of a text and the text after it.
  static func split(_ text: String) -> (marker: String, rest: String)? {
    guard let space = text.firstIndex(of: " "), text[..<space].utf8.count <= 12 else { return nil }
    let marker = String(text[..<space])
    let rest = String(text[text.index(after: space)...])
    return isMarker(marker) && !rest.isEmpty ? (marker, rest) : nil
  }

  /// Whether a text is a bullet or an item's number.
  static func isMarker(_ text: String) -> Bool { isBulletMarker(text) || number(text) != nil }

  static func isBulletMarker(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, scalars.count == 1 else { return text == "o" }
    return isBullet(first)
  }

  /// The number of a list item.
  struct Number: Equatable {
    enum Style: Equatable { case decimal, letter, roman }
    var style: Style
    var value: Int
  }

  /// The number in a marker: `3`, `b` or `iv` with a full stop or parentheses.
  static func number(_ text: String) -> Number? {
    var bytes = Array(text.utf8)[...]
    let isOpened = bytes.first == 0x28 || bytes.first == 0x5B
    if isOpened { bytes = bytes.dropFirst() }
    guard let last = bytes.last, [0x2E, 0x29, 0x5D].contains(last), !isOpened || last != 0x2E
    else { return nil }
    bytes = bytes.dropLast()
    guard !bytes.isEmpty else { return nil }
    if bytes.allSatisfy(isDigit), bytes.count <= 3 {
      return Number(style: .decimal, value: bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
    let lower = bytes.map { $0 | 0x20 }
    if bytes.count == 1, let letter = lower.first, (0x61...0x7A).contains(letter) {
      return Number(style: .letter, value: Int(letter) - 0x60)
    }
    let romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
    let place = romans.firstIndex(of: String(decoding: lower, as: UTF8.self))
    return place.map { Number(style: .roman, value: $0 + 1) }
  }

  /// Characters that turn a preceding number into an amount or a date in Chinese and Japanese.
  private static let counters = Set(
    "年月日时時分秒点點章节節条條款项項页頁卷期号號第个個名人位次回万萬亿億元円圆倍度岁歳世级級层層、，。．".unicodeScalars)

  /// Whether a text is an icon or symbol and not the value of a table cell.
  static func isIcon(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard (1...3).contains(scalars.count) else { return false }
    return scalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .otherSymbol, .privateUse: true
      default: isBullet(scalar) && !"–—-*·".unicodeScalars.contains(scalar)
      }
    }
  }

  /// Whether a mark consists of superscript digits.
  static func isRaised(_ marker: String) -> Bool {
    marker.unicodeScalars.allSatisfy {
      "¹²³".unicodeScalars.contains($0) || (0x2070...0x2079).contains($0.value)
    }
  }

  /// The note mark at the beginning of a text and the text after it.
  static func note(_ text: String) -> (marker: String, rest: String)? {
    let scalars = text.unicodeScalars
    let marks: Set<Unicode.Scalar> = ["*", "†", "‡", "§", "¶"]
    let isSuperscript: (Unicode.Scalar) -> Bool = {
      "¹²³".unicodeScalars.contains($0) || (0x2070...0x2079).contains($0.value)
    }
    var marker = String.UnicodeScalarView()
    for scalar in scalars.prefix(4) {
      let isPart =
        isDigit(UInt8(truncatingIfNeeded: scalar.value)) && scalar.isASCII
        || isSuperscript(scalar) || marks.contains(scalar)
      guard isPart else { break }
      marker.append(scalar)
    }
    guard (1...3).contains(marker.count) else { return nil }
    let rest = String(String.UnicodeScalarView(scalars.dropFirst(marker.count)))
    let body = rest.drop { $0 == " " || $0 == "." || $0 == ")" }
    guard let first = body.unicodeScalars.first,
      first.properties.isAlphabetic || "“\"‘'(<[«".unicodeScalars.contains(first)
    else { return nil }
    // “3rd” and “2010 was” do not begin notes, nor does a number of days or years in Chinese.
    let isClosedUp = body.startIndex == rest.startIndex
    if isClosedUp, !first.properties.isUppercase, !marker.allSatisfy(isSuperscript) {
      guard isIdeographic(first), !counters.contains(first) else { return nil }
    }
    return (String(marker), String(body))
  }
}
