/// Repairs what extraction and transport have done to a text, and says what it changed.
///
/// It closes words that were split at a ligature or hyphenated at the end of a line, and puts
/// right characters that were decoded wrongly or only look like what is meant. Where it cannot be
/// sure it leaves the text alone: two words are never joined when both are words.
///
/// - Parameter text: A text of any size and from anywhere.
/// - Returns: The text repaired, with the changes, from which the original can be had again.
package func repair(_ text: String) -> RepairedText {
  var draft = Draft(text)
  draft.apply(characterEdits(draft))
  draft.apply(softHyphenEdits(draft))
  draft.apply(spacingEdits(draft))
  draft.apply(hyphenEdits(draft))
  draft.apply(ligatureEdits(draft))
  draft.apply(lookAlikeEdits(draft))
  return draft.finished()
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
    /// A control character, or one without width.
    case control
    /// A letter of another script in a Latin word.
    case lookAlike = "look-alike"
  }
}
