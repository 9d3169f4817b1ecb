/// Characters that one text has where the other has other ones, on every page.
///
/// Programs that save PDFs again sometimes write a wrong table of characters: “ becomes <, and ’
/// becomes 9. That is no change of the text, so comparisons set it aside and name it.
struct SubstitutedCharacters: Sendable {
  /// The new character by the old one; nil for one that is missing in the new text.
  private(set) var new: [UInt32: UInt32?] = [:]

  /// No characters.
  init() {}

  /// The share of the places of a character that must agree.
  private static let agreement = 0.85
  /// The share of a character's occurrences that may be left in the new text, if it is no
  /// punctuation.
  private static let mostLeft = 0.3
  /// From so many substituted characters on, the table is wrong for certain, and one place is enough.
  private static let certain = 8

  /// Learns from the places where the texts differ.
  ///
  /// - Parameters:
  ///   - old: The old text with the characters that are known already.
  ///   - new: The new text.
  ///   - differences: Where they differ.
  /// - Returns: Whether there was something to learn.
  mutating func learn(
    _ old: ComparedText, _ new: ComparedText, at differences: [Difference]
  ) -> Bool {
    let known = self.new.count
    var votes = Votes()
    for difference in differences {
      let oldLetters = old.words[difference.old].flatMap { old.letters[$0.letters] }
      let newLetters = new.words[difference.new].flatMap { new.letters[$0.letters] }
      votes.add(oldLetters, newLetters)
    }
    guard !votes.others.isEmpty else { return false }
    var (oldCounts, newCounts): ([UInt32: Int], [UInt32: Int]) = ([:], [:])
    for letter in old.letters where letter >= 0x80 { oldCounts[letter, default: 0] += 1 }
    for letter in new.letters where letter >= 0x80 { newCounts[letter, default: 0] += 1 }
    var uncertain: [UInt32: UInt32?] = [:]
    for (letter, others) in votes.others {
      guard let best = others.max(by: { ($0.value, $0.key ?? 0) < ($1.value, $1.key ?? 0) }),
        best.key != letter,
        Double(best.value) >= Self.agreement * Double(others.values.reduce(0, +)),
        ComparedText.isTypographic(letter)
          || Double(newCounts[letter] ?? 0) <= Self.mostLeft * Double(oldCounts[letter] ?? 0)
      else { continue }
      if best.value > 1 && (best.key != nil || ComparedText.isTypographic(letter))
        || Self.isPlausible(letter, best.key)
      {
        self.new[letter] = .some(best.key)
      } else {
        uncertain[letter] = .some(best.key)
      }
    }
    if self.new.count >= Self.certain { self.new.merge(uncertain) { first, _ in first } }
    return self.new.count > known
  }

  /// Whether one place is enough: people do not replace these characters by those.
  private static func isPlausible(_ old: UInt32, _ new: UInt32?) -> Bool {
    guard let new else { return false }
    if ComparedText.isTypographic(old) { return true }
    // A letter of another script than Latin by an ASCII character or a symbol.
    return old >= 0x370 && ComparedText.isLetter(old) && new < 0x100
  }
}

/// For each character outside ASCII what stands in its place, and how often; nil for nothing.
private struct Votes {
  var others: [UInt32: [UInt32?: Int]] = [:]

  /// Adds a place where two texts differ.
  mutating func add(_ old: [UInt32], _ new: [UInt32]) {
    if old.count == new.count {
      for (one, other) in zip(old, new) where one >= 0x80 {
        others[one, default: [:]][other, default: 0] += 1
      }
    } else if new.isEmpty, old.count <= 3 {
      for one in old where one >= 0x80 { others[one, default: [:]][nil, default: 0] += 1 }
    } else if old.filter({ $0 < 0x80 }) == new {
      for one in old where one >= 0x80 { others[one, default: [:]][nil, default: 0] += 1 }
    }
  }
}
