/// Corrects single characters that cannot be intended.
func characterEdits(_ draft: Draft) -> [Draft.Edit] {
  var edits: [Draft.Edit] = []
  let isMacRoman = looksLikeMacRoman(draft)
  var index = 0
  func edit(_ count: Int, _ replacement: String, _ repair: Repair) {
    edits.append(
      Draft.Edit(
        range: index..<index + count, replacement: Array(replacement.unicodeScalars),
        repair: repair))
    index += count
  }
  while let scalar = draft.scalar(at: index) {
    switch scalar.value {
    case 0x20...0x7E, 0x09, 0x0A: index += 1
    case 0x0D:
      // A carriage return and a line feed are one line end.
      edit(1, draft.scalar(at: index + 1) == "\n" ? "" : "\n", .control)
    case 0x0B, 0x0C, 0x0E, 0x0F:
      if let letters = texLigature(draft, at: index) {
        edit(1, letters, .ligatureCharacter)
      } else {
        edit(1, scalar.value < 0x0E ? "\n" : "", .control)
      }
    case ..<0x20, 0x7F: edit(1, "", .control)
    case 0x2028: edit(1, "\n", .control)
    case 0x2029: edit(1, "\n\n", .control)
    case 0x200B, 0x2060, 0xFEFF:
      // Some Asian scripts separate words with these.
      if isWesternOrNone(draft.scalar(at: index - 1)), isWesternOrNone(draft.scalar(at: index + 1))
      {
        edit(1, "", .control)
      } else {
        index += 1
      }
    case 0xFB00...0xFB06, 0xF001, 0xF002:
      edit(1, ligatures[scalar.value] ?? "", .ligatureCharacter)
    case 0xF6D9, 0xF8E9: edit(1, "©", .misdecoded)
    case 0xF6DA, 0xF8E8: edit(1, "®", .misdecoded)
    case 0xF6DB, 0xF8EA: edit(1, "™", .misdecoded)
    default:
      if let (count, character) = misdecoded(draft, at: index) {
        edit(count, character, .misdecoded)
      } else if let (count, text) = eightBit(draft, at: index, isMacRoman: isMacRoman) {
        edit(count, text, .misdecoded)
      } else {
        index += 1
      }
    }
  }
  return edits
}

/// Ligature characters of Unicode, and those of Apple fonts in private use.
private let ligatures: [UInt32: String] = [
  0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
  0xFB06: "st", 0xF001: "fi", 0xF002: "fl",
]

/// Fonts in TeX's encoding have ligatures at ASCII control codes.
private func texLigature(_ draft: Draft, at index: Int) -> String? {
  let letters: String
  switch draft.scalars[index].value {
  case 0x0B: letters = "ff"
  case 0x0C: letters = "fi"
  case 0x0E: letters = "ffi"
  default: letters = "ffl"
  }
  let (before, after) = (draft.letters(before: index), draft.letters(from: index + 1))
  guard !before.isEmpty || !after.isEmpty else { return nil }
  let word = draft.lowercased(before) + letters + draft.lowercased(after)
  return Lexicon.english.contains(word) ? letters : nil
}

private func isLetter(_ draft: Draft, at index: Int) -> Bool {
  draft.scalar(at: index).map(isLetter) ?? false
}

private func isWesternOrNone(_ scalar: Unicode.Scalar?) -> Bool {
  guard let value = scalar?.value else { return true }
  return value < 0x0600 || (0x1E00..<0x2100).contains(value)
}

private let windows1252Bytes: [Unicode.Scalar: UInt8] = {
  var bytes: [Unicode.Scalar: UInt8] = [:]
  for (index, scalar) in windows1252.enumerated() where scalar != "\u{FFFD}" {
    bytes[scalar] = UInt8(0x80 + index)
  }
  return bytes
}()

/// A character whose UTF-8 bytes were decoded one by one: “â€™” for “’”.
private func misdecoded(_ draft: Draft, at index: Int) -> (count: Int, character: String)? {
  func byte(_ offset: Int) -> UInt8? {
    guard let scalar = draft.scalar(at: index + offset) else { return nil }
    return UInt8(exactly: scalar.value) ?? windows1252Bytes[scalar]
  }
  guard let first = byte(0) else { return nil }
  let count: Int
  switch first {
  case 0xC2...0xDF: count = 2
  case 0xE0...0xEF: count = 3
  case 0xF0...0xF4: count = 4
  default: return nil
  }
  let bytes = (0..<count).compactMap(byte)
  guard bytes.count == count, bytes.dropFirst().allSatisfy({ (0x80...0xBF).contains($0) }),
    let character = String(validating: bytes, as: UTF8.self)
  else { return nil }
  if let scalar = character.unicodeScalars.first {
    if let letters = ligatures[scalar.value] { return (count, letters) }
    // Some producers write this for an apostrophe.
    if scalar == "‟", isLetter(draft, at: index - 1), isLetter(draft, at: index + count) {
      return (count, "’")
    }
  }
  // “«Â»” and “Ã…” can be intended; “Ã‰cole” cannot. Letters of other alphabets need more evidence.
  if count == 2 {
    guard first <= 0xC3 else { return nil }
    let second = draft.scalars[index + 1]
    let isPunctuation = second.value > 0xFF || second == "»" || second == "«"
    if isPunctuation, !isLetter(draft, at: index + 2) { return nil }
  }
  return (count, character)
}
