/// Joins words that were split at a ligature: “suffi cient”, “infl uence”, “speci fi c”.
///
/// The pieces are joined if together they are a word in the lexicon or the text, and by themselves
/// they are not: “staff on duty” stays.
func ligatureEdits(_ draft: Draft) -> [Draft.Edit] {
  var edits: [Draft.Edit] = []
  var judge = LigatureJudge(draft: draft)
  var index = 0
  while index < draft.scalars.count {
    let word = draft.letters(from: index)
    guard !word.isEmpty else {
      index += 1
      continue
    }
    if let (range, replacement) = judge.join(word) {
      // A word of three pieces may begin before the ligature; nothing there has been changed yet.
      if range.lowerBound >= edits.last?.range.upperBound ?? 0 {
        edits.append(
          Draft.Edit(
            range: range, replacement: Array(replacement.unicodeScalars), repair: .brokenLigature))
      }
      index = range.upperBound
    } else {
      index = word.upperBound
    }
  }
  return edits
}

private struct LigatureJudge {
  let draft: Draft
  private var words: Set<String>?
  private var alone: Set<String>?

  init(draft: Draft) { self.draft = draft }

  /// The range and replacement of a word that may be split after its ligature.
  mutating func join(_ word: Range<Int>) -> (Range<Int>, String)? {
    guard endsInLigature(word), draft.scalar(at: word.upperBound) == " " else { return nil }
    let rest = draft.letters(from: word.upperBound + 1)
    guard !rest.isEmpty, continues(word, with: rest) else { return nil }

    let (first, second) = (draft.lowercased(word), draft.lowercased(rest))
    let previous = draft.scalar(at: word.lowerBound - 1)
    if ["fi", "fl", "ff", "ffi", "ffl"].contains(first) {
      // “sci-fi lm”, “Wi Fi re”.
      guard previous != "-", previous != "’", previous != "'" else { return nil }
      if previous == " " {
        let before = draft.letters(before: word.lowerBound - 1)
        let start = draft.lowercased(before)
        guard !["wi", "hi", "sci", "lo"].contains(start) else { return nil }
        if !before.isEmpty, isWord(start + first + second) {
          return three(before, word, rest)
        }
      }
    }
    return two(word, rest)
  }

  private mutating func two(_ word: Range<Int>, _ rest: Range<Int>) -> (Range<Int>, String)? {
    let (first, second) = (draft.lowercased(word), draft.lowercased(rest))
    guard isWhole(text(word) + text(rest)) else { return nil }
    if Lexicon.english.contains(first) {
      // “staff ing”, but not “staff on”; an “s” may have lost its apostrophe.
      guard second != "s", !Lexicon.english.contains(second) else { return nil }
    } else if isAlone(first) {
      return nil
    }
    return (word.lowerBound..<rest.upperBound, hyphenated(text(word) + text(rest)))
  }

  /// “speci fi c”, where “fi c” means nothing; “a fi re” and “de fi ned” depend on the rest.
  private mutating func three(
    _ before: Range<Int>, _ word: Range<Int>, _ rest: Range<Int>
  ) -> (Range<Int>, String)? {
    let start = draft.lowercased(before)
    let isStartAWord = Lexicon.english.contains(start)
    if isWord(draft.lowercased(word) + draft.lowercased(rest)) {
      if isStartAWord {
        return Lexicon.functionWords.contains(start) ? two(word, rest) : nil
      }
    }
    guard !isStartAWord || start.count < 4 else { return nil }
    return (before.lowerBound..<rest.upperBound, text(before) + text(word) + text(rest))
  }

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: draft.scalars[range])
    return String(view)
  }

  private func endsInLigature(_ word: Range<Int>) -> Bool {
    let end = draft.lowercased(word)
    return end.hasSuffix("fi") || end.hasSuffix("fl") || end.hasSuffix("ff")
  }

  /// A word continues in lower case, or in capitals if it is in capitals.
  private func continues(_ word: Range<Int>, with rest: Range<Int>) -> Bool {
    if draft.scalars[rest.lowerBound].properties.isLowercase {
      return draft.scalars[word.upperBound - 1].properties.isLowercase
    }
    let scalars = draft.scalars[word] + draft.scalars[rest]
    return word.count > 2 && scalars.allSatisfy(\.properties.isUppercase)
  }

  private mutating func isInText(_ word: String) -> Bool {
    let words = words ?? draft.words()
    self.words = words
    return words.contains(word)
  }

  private mutating func isWord(_ word: String) -> Bool {
    Lexicon.english.contains(word) || (word.utf8.count > 5 && isInText(word))
  }

  /// Whether the text is a word, or several capitalized words joined.
  private mutating func isWhole(_ text: String) -> Bool {
    if isWord(text.lowercased()) { return true }
    let parts = capitalParts(of: text)
    guard parts.count > 1 else { return false }
    if Lexicon.compounds.contains(parts.joined(separator: "-").lowercased()) { return true }
    for part in parts {
      guard part.count > 2, isWord(part.lowercased()) else { return false }
    }
    return true
  }

  /// “AsiaPacific” as “Asia-Pacific”, if the text has this elsewhere or the compound is common.
  private mutating func hyphenated(_ text: String) -> String {
    let parts = capitalParts(of: text)
    guard parts.count == 2 else { return text }
    let compound = parts.joined(separator: "-")
    let isKnown =
      Lexicon.compounds.contains(compound.lowercased()) || isInText(compound.lowercased())
    return isKnown ? compound : text
  }

  private func capitalParts(of text: String) -> [String] {
    var parts: [String] = []
    for scalar in text.unicodeScalars {
      if parts.isEmpty || scalar.properties.isUppercase {
        parts.append(String(scalar))
      } else {
        parts[parts.count - 1].unicodeScalars.append(scalar)
      }
    }
    return parts
  }

  /// Whether the text uses the first piece as a word: “a defi protocol”.
  private mutating func isAlone(_ word: String) -> Bool {
    let alone = alone ?? wordsAlone()
    self.alone = alone
    return alone.contains(word)
  }

  /// The words of the text that end in a ligature and are not completed by the next word.
  private mutating func wordsAlone() -> Set<String> {
    var alone: Set<String> = []
    var index = 0
    while index < draft.scalars.count {
      let word = draft.letters(from: index)
      index = max(word.upperBound, index + 1)
      guard !word.isEmpty, endsInLigature(word) else { continue }
      let rest = draft.letters(from: word.upperBound + 1)
      if draft.scalar(at: word.upperBound) == " ", !rest.isEmpty {
        // An unknown next piece is not evidence: “classifi er” may be missing from the lexicon.
        guard Lexicon.english.contains(draft.lowercased(rest)), !isWhole(text(word) + text(rest))
        else { continue }
      }
      alone.insert(draft.lowercased(word))
    }
    return alone
  }
}
