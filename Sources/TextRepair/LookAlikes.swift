/// Replaces Cyrillic and Greek letters in Latin words by the Latin letters that look the same.
///
/// A word is Latin if it has more Latin letters than others, at least three, and each other letter
/// has a Latin look-alike: “Сommission” with a Cyrillic С is, “βeta” is not.
func lookAlikeEdits(_ draft: Draft) -> [Draft.Edit] {
  var edits: [Draft.Edit] = []
  var index = 0
  while index < draft.scalars.count {
    let word = draft.letters(from: index)
    guard !word.isEmpty else {
      index += 1
      continue
    }
    index = word.upperBound
    let scalars = draft.scalars[word]
    let others = scalars.filter { (0x370..<0x530).contains($0.value) }
    guard !others.isEmpty, scalars.count - others.count >= max(3, others.count + 1) else {
      continue
    }
    let letters = others.compactMap { latinDoubles[$0] }
    guard letters.count == others.count else { continue }
    edits.append(
      Draft.Edit(
        range: word, replacement: scalars.map { latinDoubles[$0] ?? $0 }, repair: .lookAlike))
  }
  return edits
}

private let latinDoubles: [Unicode.Scalar: Unicode.Scalar] = {
  let cyrillic = zip(
    "АВСЕНІЈКМОРЅТХУасеіјорѕху".unicodeScalars, "ABCEHIJKMOPSTXYaceijopsxy".unicodeScalars)
  let greek = zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο".unicodeScalars, "ABEZHIKMNOPTYXo".unicodeScalars)
  return Dictionary(Array(cyrillic) + Array(greek), uniquingKeysWith: { first, _ in first })
}()
