/// Repairs the damage that extraction and transport do to texts.
///
/// Joins words that were split at a ligature or hyphenated at a line end, and corrects characters
/// that were decoded wrongly or only look right. Unclear cases are left alone: two words are never
/// joined if both are words.
///
/// - Parameter text: Any text.
/// - Returns: The repaired text and the kinds of repair.
package func repair(_ text: String) -> RepairedText {
  guard mayNeedRepair(text) else { return RepairedText(text: text, repairs: []) }
  var draft = Draft(text)
  let characters = characterEdits(draft)
  draft.apply(characters)
  // A text can be decoded wrongly twice.
  if characters.contains(where: { $0.repair == .misdecoded }) {
    draft.apply(characterEdits(draft))
  }
  draft.apply(accentEdits(draft))
  draft.apply(softHyphenEdits(draft))
  draft.apply(spacingEdits(draft))
  draft.apply(hyphenEdits(draft))
  draft.apply(ligatureEdits(draft))
  draft.apply(lookAlikeEdits(draft))
  return RepairedText(text: draft.text, repairs: draft.repairs)
}

/// A fast check that is false for most texts that need no repair.
private func mayNeedRepair(_ text: String) -> Bool {
  // The text begins like a line, where no space belongs.
  var (previous, beforePrevious) = (UInt8(ascii: "\n"), UInt8(0))
  // The bytes so far of a character with more than one.
  var lead: UInt8 = 0
  var isAfterLetterWithMark = false
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\n"):
      let letter = beforePrevious | 0x20
      let isAfterLigature =
        letter == UInt8(ascii: "f") && [0x66, 0x69, 0x6C].contains(previous | 0x20)
        && byte == UInt8(ascii: " ")
      if previous == UInt8(ascii: " ") || previous == UInt8(ascii: "-") || isAfterLigature
        || (byte == UInt8(ascii: " ") && previous == UInt8(ascii: "\n"))
      {
        return true
      }
      lead = 0
      isAfterLetterWithMark = false
    case 0x21..<0x7F:
      lead = 0
      isAfterLetterWithMark = false
    // Lower-case letters of French and similar languages, and the most common punctuation; U+00E0 to
    // U+00FF can also be the first byte of a wrongly decoded character.
    case 0xC3 where !isAfterLetterWithMark, 0xE2 where !isAfterLetterWithMark: lead = byte
    case 0xA0...0xBF where lead == 0xC3:
      lead = 0
      isAfterLetterWithMark = true
    case 0x80 where lead == 0xE2: lead = byte
    case 0x93, 0x94, 0x98, 0x99, 0x9C, 0x9D, 0xA2, 0xA6:
      guard lead == 0x80 else { return true }
      lead = 0
    default: return true
    }
    (beforePrevious, previous) = (previous, byte)
  }
  return previous == UInt8(ascii: " ")
}

/// A repaired text.
package struct RepairedText: Sendable, Equatable {
  package var text: String
  /// The kinds of repair; empty if the text is unchanged.
  package var repairs: Set<Repair>
}

/// A kind of repair.
package enum Repair: Sendable, CaseIterable {
  /// “suffi cient”.
  case brokenLigature
  /// One character that stands for two or three letters.
  case ligatureCharacter
  /// “trans- lation”.
  case hyphenation
  /// A hyphen that is only visible at a line end.
  case softHyphen
  case spacing
  /// UTF-8 or Windows-1252 that was decoded as Latin-1.
  case misdecoded
  /// An accent beside its letter.
  case accent
  /// A control character, or a character without width.
  case control
  /// A letter of another script in a Latin word.
  case lookAlike
}
