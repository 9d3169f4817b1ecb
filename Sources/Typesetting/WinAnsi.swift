/// WinAnsiEncoding (ISO 32000-1 Annex D.2), with the ligatures fi and fl at two codes it leaves free.
enum WinAnsi {
  static let fi: UInt8 = 0x81
  static let fl: UInt8 = 0x8D
  static let space: UInt8 = 0x20

  /// What stands at 0x80 to 0x9F; U+FFFD where nothing does.
  private static let upperControls: [Character] = Array(
    "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ")

  private static let codes: [Character: UInt8] = {
    var codes: [Character: UInt8] = [:]
    for code in UInt8(0x20)...0xFF where code != 0x7F {
      let character = character(code)
      if character != "\u{FFFD}" { codes[character] = code }
    }
    return codes
  }()

  private static func character(_ code: UInt8) -> Character {
    (0x80...0x9F).contains(code)
      ? upperControls[Int(code) - 0x80] : Character(Unicode.Scalar(code))
  }

  /// The codes of `text`.
  ///
  /// A letter that the encoding lacks stands without its mark, anything else as a question mark.
  /// Soft hyphens are left out, and other white space is a space.
  static func codes(of text: some StringProtocol, withLigatures: Bool) -> [UInt8] {
    var codes: [UInt8] = []
    codes.reserveCapacity(text.utf8.count)
    for character in text where character != "\u{AD}" {
      let code = code(of: character)
      if withLigatures, codes.last == UInt8(ascii: "f"),
        code == UInt8(ascii: "i") || code == UInt8(ascii: "l")
      {
        codes[codes.count - 1] = code == UInt8(ascii: "i") ? fi : fl
      } else {
        codes.append(code)
      }
    }
    return codes
  }

  private static func code(of character: Character) -> UInt8 {
    if let code = codes[character] { return code }
    if character.isWhitespace { return space }
    if character.unicodeScalars.first == "−" { return codes["–"] ?? UInt8(ascii: "-") }
    return baseLetter(of: character) ?? UInt8(ascii: "?")
  }

  /// The plain letter that the character's name in Unicode begins with.
  private static func baseLetter(of character: Character) -> UInt8? {
    guard let name = character.unicodeScalars.first?.properties.name else { return nil }
    let words = name.split(separator: " ")
    guard words.count > 4, words[0] == "LATIN", words[2] == "LETTER", words[4] == "WITH",
      let letter = words[3].utf8.first, words[3].utf8.count == 1
    else { return nil }
    return words[1] == "SMALL" ? letter | 0x20 : letter
  }

  /// The ToUnicode CMap (ISO 32000-1 §9.10.3) of every font that uses this encoding.
  static let toUnicode: String = {
    var single: [String] = []
    for code in UInt8(0x80)...0x9F {
      let scalars: [UInt32]
      switch code {
      case fi: scalars = [0x66, 0x69]
      case fl: scalars = [0x66, 0x6C]
      default:
        let character = character(code)
        guard character != "\u{FFFD}" else { continue }
        scalars = character.unicodeScalars.map(\.value)
      }
      single.append(
        "<\(hex(UInt32(code), digits: 2))> <\(scalars.map { hex($0, digits: 4) }.joined())>")
    }
    return """
      /CIDInit /ProcSet findresource begin
      12 dict begin
      begincmap
      /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
      /CMapName /Adobe-Identity-UCS def
      /CMapType 2 def
      1 begincodespacerange
      <00> <FF>
      endcodespacerange
      2 beginbfrange
      <20> <7E> <0020>
      <A0> <FF> <00A0>
      endbfrange
      \(single.count) beginbfchar
      \(single.joined(separator: "\n"))
      endbfchar
      endcmap
      CMapName currentdict /CMap defineresource pop
      end
      end

      """
  }()
}

/// A number in upper-case hexadecimal digits, at least so many.
func hex(_ number: UInt32, digits: Int) -> String {
  let text = String(number, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
