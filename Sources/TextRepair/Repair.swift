/// Repairs what extraction and transport have done to a text, and says what it changed.
///
/// It closes words that were split at a ligature or hyphenated at the end of a line, and puts
/// right characters that were decoded wrongly or only look like what is meant. Where it cannot be
/// sure it leaves the text alone: two words are never joined when both are words.
///
/// - Parameter text: A text of any size and from anywhere.
/// - Returns: The text repaired, with the changes, from which the original can be had again.
package func repair(_ text: String) -> RepairedText {
  guard mayNeedRepair(text) else { return RepairedText(text: text, changes: []) }
  var draft = Draft(text)
  let characters = characterEdits(draft)
  draft.apply(characters)
  // What was decoded wrongly twice has to be put right twice.
  if characters.contains(where: { $0.reason == .misdecoded }) {
    draft.apply(characterEdits(draft))
  }
  draft.apply(accentEdits(draft))
  draft.apply(softHyphenEdits(draft))
  draft.apply(spacingEdits(draft))
  draft.apply(hyphenEdits(draft))
  draft.apply(ligatureEdits(draft))
  draft.apply(lookAlikeEdits(draft))
  return draft.finished()
}

/// Tells quickly of the commonest texts that there is nothing in them to repair.
private func mayNeedRepair(_ text: String) -> Bool {
  // As at the beginning of a line, where no space belongs.
  var (previous, beforePrevious) = (UInt8(ascii: "\n"), UInt8(0))
  // The octets of a character that have been seen, when it has more than one.
  var lead: UInt8 = 0
  var isAfterLetterWithMark = false
  for octet in text.utf8 {
    switch octet {
    case UInt8(ascii: " "), UInt8(ascii: "\n"):
      let letter = beforePrevious | 0x20
      let isAfterLigature =
        letter == UInt8(ascii: "f") && [0x66, 0x69, 0x6C].contains(previous | 0x20)
        && octet == UInt8(ascii: " ")
      if previous == UInt8(ascii: " ") || previous == UInt8(ascii: "-") || isAfterLigature
        || (octet == UInt8(ascii: " ") && previous == UInt8(ascii: "\n"))
      {
        return true
      }
      lead = 0
      isAfterLetterWithMark = false
    case 0x21..<0x7F:
      lead = 0
      isAfterLetterWithMark = false
    // Small letters of French and its kin, and the commonest punctuation; U+00E0 to U+00FF may also
    // be the first octet of a character that was decoded wrongly.
    case 0xC3 where !isAfterLetterWithMark, 0xE2 where !isAfterLetterWithMark: lead = octet
    case 0xA0...0xBF where lead == 0xC3:
      lead = 0
      isAfterLetterWithMark = true
    case 0x80 where lead == 0xE2: lead = octet
    case 0x93, 0x94, 0x98, 0x99, 0x9C, 0x9D, 0xA2, 0xA6:
      guard lead == 0x80 else { return true }
      lead = 0
    default: return true
    }
    (beforePrevious, previous) = (previous, octet)
  }
  return previous == UInt8(ascii: " ")
}

/// A text as it was repaired.
package struct RepairedText: Sendable, Equatable {
  package var text: String
  /// In the order of the text; their ranges do not overlap.
  package var changes: [TextChange]

  package init(text: String, changes: [TextChange]) {
    self.text = text
    self.changes = changes
  }

  /// The text before its repair.
  package var original: String {
    var scalars = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    // How far the original has been put together.
    var place = 0
    for change in changes {
      let kept = rest.prefix(change.range.lowerBound - place)
      scalars.append(contentsOf: kept)
      rest = rest.dropFirst(kept.count + change.replacement.unicodeScalars.count)
      scalars.append(contentsOf: change.original.unicodeScalars)
      place = change.range.upperBound
    }
    scalars.append(contentsOf: rest)
    return String(scalars)
  }
}

/// One change to a text.
package struct TextChange: Sendable, Equatable {
  /// What was changed, in Unicode scalars of the original.
  package var range: Range<Int>
  package var original: String
  package var replacement: String
  package var reason: Reason

  package init(range: Range<Int>, original: String, replacement: String, reason: Reason) {
    self.range = range
    self.original = original
    self.replacement = replacement
    self.reason = reason
  }

  package enum Reason: String, Sendable, CaseIterable {
    /// “suffi cient”.
    case brokenLigature = "broken-ligature"
    /// One character that stands for two or three letters.
    case ligatureCharacter = "ligature-character"
    /// “trans- lation”.
    case hyphenation
    /// A hyphen that should show at the end of a line alone.
    case softHyphen = "soft-hyphen"
    case spacing
    /// UTF-8 or Windows-1252 that was taken for Latin-1.
    case misdecoded
    /// An accent that stands beside its letter.
    case accent
    /// A control character, or one without width.
    case control
    /// A letter of another script in a Latin word.
    case lookAlike = "look-alike"
  }
}
