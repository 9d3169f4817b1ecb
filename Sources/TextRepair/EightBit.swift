/// The character that a control U+0080 to U+009F stands for.
///
/// Real text has no such controls; an 8-bit encoding, usually Windows-1252, was decoded as Latin-1.
/// Undefined codes are left alone.
func eightBit(
  _ draft: Draft, at index: Int, isMacRoman: Bool
) -> (count: Int, text: String)? {
  let scalar = draft.scalars[index]
  let (previous, next) = (draft.scalar(at: index - 1), draft.scalar(at: index + 1))
  if isMacRoman {
    if scalar == "Õ", let previous, let next, isLetter(previous), isLetter(next) {
      return (1, "’")
    }
    guard (0x80...0x9F).contains(scalar.value) else { return nil }
    return (1, String(macRoman[Int(scalar.value) - 0x80]))
  }
  guard (0x80...0x9F).contains(scalar.value) else { return nil }
  let meant = String(windows1252[Int(scalar.value) - 0x80])
  switch scalar.value {
  case 0x81:
    // Quotation marks of Shift JIS, whose second bytes are letters.
    guard let next, let mark = ["e": "‘", "f": "’", "g": "“", "h": "”"][next] else { return nil }
    return (2, mark)
  case 0x88:
    // A circumflex before its letter.
    guard let previous, isLetter(previous), let next,
      let letter = ["a": "â", "e": "ê", "i": "î", "o": "ô", "u": "û"][next]
    else { return nil }
    return (2, letter)
  case 0x8A, 0x8C, 0x8E, 0x9F:
    return previous?.properties.isLowercase ?? false ? nil : (1, meant)
  case 0x83, 0x8D, 0x8F, 0x90, 0x98, 0x9D: return nil
  default: return (1, meant)
  }
}

/// Whether the text has French or similar letters in Mac OS Roman.
///
/// Windows-1252 has nothing or a capital at these codes, and a capital is not within a word.
func looksLikeMacRoman(_ draft: Draft) -> Bool {
  draft.scalars.indices.contains { index in
    switch draft.scalars[index].value {
    case 0x8D, 0x8E, 0x8F, 0x90, 0x9D:
      draft.scalar(at: index - 1)?.properties.isLowercase ?? false
    default: false
    }
  }
}

/// Windows-1252 from 0x80 to 0x9F; U+FFFD for undefined codes.
let windows1252: [Unicode.Scalar] = Array(
  "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ".unicodeScalars)

/// Mac OS Roman from 0x80 to 0x9F.
private let macRoman: [Unicode.Scalar] = Array("ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü".unicodeScalars)
