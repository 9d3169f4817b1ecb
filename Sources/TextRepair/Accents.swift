/// Composes accents with the adjacent letters of a word.
///
/// TeX fonts have letters and accents as separate glyphs, so “Müller” becomes “M¨uller”. If both
/// neighbours could have the accent, nothing is changed.
func accentEdits(_ draft: Draft) -> [Draft.Edit] {
  var edits: [Draft.Edit] = []
  var end = 0
  for index in draft.scalars.indices where index >= end {
    guard let letters = accented[draft.scalars[index]] else { continue }
    let (before, after) = (draft.scalar(at: index - 1), draft.scalar(at: index + 1))
    let isInWord = before.map(isLetter) ?? false
    // An i without its dot precedes an accent.
    let first =
      isInWord && index > end && after != "ı" ? before.flatMap { letters[$0] } : nil
    let second = after.flatMap { letters[$0] }
    let range: Range<Int>
    switch (first, second) {
    case (nil, .some):
      // At the beginning of a word, some accents are symbols of their own.
      guard isInWord || draft.scalars[index] == "¨", draft.letters(from: index + 1).count > 1
      else { continue }
      range = index..<index + 2
    case (.some, nil):
      guard after.map(isLetter) ?? false else { continue }
      range = index - 1..<index + 1
    default: continue
    }
    guard let letter = second ?? first else { continue }
    edits.append(Draft.Edit(range: range, replacement: [letter], repair: .accent))
    end = range.upperBound
  }
  return edits
}

/// The composed letters of each accent.
///
/// The acute is too often an apostrophe, and circumflex and tilde are mathematical symbols.
private let accented: [Unicode.Scalar: [Unicode.Scalar: Unicode.Scalar]] = {
  let pairs: [(accent: Unicode.Scalar, letters: String)] = [
    ("¨", "AÄEËIÏOÖUÜaäeëiïoöuüıï"),
    ("ˇ", "CČDĎEĚNŇRŘSŠTŤZŽcčeěnňrřsšzž"), ("˚", "AÅUŮaåuů"), ("˝", "OŐUŰoőuű"),
    ("¸", "CÇSŞTŢcçsştţ"), ("´", "ıí"), ("˘", "AĂaăgğ"),
  ]
  var accented: [Unicode.Scalar: [Unicode.Scalar: Unicode.Scalar]] = [:]
  for (accent, letters) in pairs {
    let scalars = Array(letters.unicodeScalars)
    for place in stride(from: 0, to: scalars.count - 1, by: 2) {
      accented[accent, default: [:]][scalars[place]] = scalars[place + 1]
    }
  }
  return accented
}()
