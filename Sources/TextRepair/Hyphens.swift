/// Removes hyphens that are only visible at a line end.
func softHyphenEdits(_ draft: Draft) -> [Draft.Edit] {
  var edits: [Draft.Edit] = []
  for index in draft.scalars.indices {
    let scalar = draft.scalars[index]
    // Some producers write a not sign instead.
    guard scalar == "\u{AD}" || scalar == "¬" else { continue }
    let before = draft.letters(before: index)
    var end = index + 1
    if let gap = draft.scalar(at: end), gap == "\n" || gap == " " { end += 1 }
    let after = draft.letters(from: end)
    let (first, second) = (draft.lowercased(before), draft.lowercased(after))
    let isWithinWord = !before.isEmpty && !after.isEmpty
    let isWord = isWithinWord && Lexicon.english.contains(first + second)
    if scalar == "¬", !isWord { continue }

    let areWords =
      before.count > 2 && after.count > 2 && !Lexicon.functionWords.contains(second)
      && Lexicon.english.contains(first) && Lexicon.english.contains(second)
    let isGapKept = end > index + 1 && !isWord && !areWords
    edits.append(
      Draft.Edit(
        range: index..<(isGapKept || !isWithinWord ? index + 1 : end),
        replacement: !isWord && areWords ? ["-"] : [], repair: .softHyphen))
  }
  return edits
}

/// Collapses runs of spaces and removes spaces at line ends.
func spacingEdits(_ draft: Draft) -> [Draft.Edit] {
  var edits: [Draft.Edit] = []
  var index = 0
  while index < draft.scalars.count {
    var end = index
    while let scalar = draft.scalar(at: end), scalar == " " || scalar == "\t" { end += 1 }
    if end > index {
      let isAtEdge =
        index == 0 || end == draft.scalars.count || draft.scalars[index - 1] == "\n"
        || draft.scalars[end] == "\n"
      if isAtEdge || end - index > 1 {
        edits.append(
          Draft.Edit(range: index..<end, replacement: isAtEdge ? [] : [" "], repair: .spacing))
      }
    }
    index = end + 1
  }
  return edits
}

/// Joins words hyphenated at a line end, even if the line break is gone.
func hyphenEdits(_ draft: Draft) -> [Draft.Edit] {
  var edits: [Draft.Edit] = []
  var words: Set<String>?
  for index in draft.scalars.indices {
    guard draft.scalars[index] == "-" || draft.scalars[index] == "\u{2010}",
      let gap = draft.scalar(at: index + 1), gap == " " || gap == "\n"
    else { continue }
    let (before, after) = (draft.letters(before: index), draft.letters(from: index + 2))
    guard before.count > 1, after.count > 1, draft.scalars[after.lowerBound].properties.isLowercase
    else { continue }
    let (first, second) = (draft.lowercased(before), draft.lowercased(after))
    let isSuspended =
      Lexicon.functionWords.contains(second)
      && (Lexicon.english.contains(first) || gap == "\n" || first.count < 5)
    guard !isSuspended else { continue }

    let known = words ?? draft.words()
    words = known
    let joined = first + second
    let isCompound = known.contains("\(first)-\(second)")
    if !isCompound,
      Lexicon.english.contains(joined) || (joined.utf8.count > 5 && known.contains(joined))
    {
      edits.append(Draft.Edit(range: index..<index + 2, replacement: [], repair: .hyphenation))
    } else if gap == "\n" || isCompound {
      edits.append(Draft.Edit(range: index + 1..<index + 2, replacement: [], repair: .hyphenation))
    }
  }
  return edits
}
