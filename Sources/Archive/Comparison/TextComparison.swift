/// What changed from one text to another, word by word.
///
/// The texts are compared whole, so that an inserted page or a paragraph that moves to the next page
/// shifts nothing. What programs change that save a PDF again is no change (see ``ComparedText``).
package struct TextComparison: Sendable, Equatable {
  /// Words that belong together, with a few words around them.
  package struct Change: Sendable, Equatable {
    /// The pages of the new and the old text, from 1.
    package let page: Int
    package let oldPage: Int
    package let parts: [Part]
  }

  /// A piece of a change.
  package struct Part: Sendable, Equatable {
    package enum Kind: Sendable { case same, deleted, inserted }

    package let kind: Kind
    /// The middle of a long passage is left out.
    package let text: String
  }

  /// In order, at most ``mostChanges``.
  package private(set) var changes: [Change] = []
  /// How many changes there are.
  package private(set) var count = 0
  /// How many words were deleted and inserted.
  package private(set) var deletedWords = 0
  package private(set) var insertedWords = 0
  /// Characters that are others wherever they occur, with those others.
  package private(set) var substitutions: [Substitution] = []
  /// Whether the texts have so little in common that no changes are listed.
  package private(set) var isRewritten = false
  /// The pages of the texts.
  package let oldPages: Int
  package let newPages: Int

  /// A character that is another one in the new text.
  package struct Substitution: Sendable, Equatable {
    package let old: Character
    /// nil if it is missing.
    package let new: Character?
  }

  /// Whether no word differs.
  package var isSame: Bool { count == 0 && !isRewritten }

  /// The most changes that are listed.
  package static let mostChanges = 300
  /// The longest text that is compared, in words.
  package static let mostWords = 400_000
  /// How often characters are learned that are others throughout.
  static let rounds = 3
  /// How many words are shown around a change.
  static let context = 6
  /// How many words of a deleted or inserted passage are shown; the middle of longer ones is not.
  static let shownWords = 60
  /// Changes with so few words between them are shown as one.
  static let closeWords = 2
  /// The share of words in common below which a text counts as rewritten.
  static let leastCommon = 0.25
  /// Texts with fewer words never count as rewritten.
  static let rewrittenWords = 40

  /// Compares two texts; nil when one is longer than ``mostWords``.
  ///
  /// - Parameters:
  ///   - old: The text of each page.
  ///   - new: The same of the new text.
  package init?(from old: [String], to new: [String]) {
    oldPages = old.count
    newPages = new.count
    guard old != new else { return }
    let (old, new) = (ComparedText(pages: old), ComparedText(pages: new))
    guard max(old.words.count, new.words.count) <= Self.mostWords else { return nil }
    var result = ComparedWords(old, new)
    var substituted = SubstitutedCharacters()
    var read = old
    for _ in 0..<Self.rounds where substituted.learn(read, new, at: result.differences) {
      // Compared again with the other characters, so that words between them are found too.
      read = old.replacing(substituted)
      result = ComparedWords(old, new, readAs: read)
    }
    if !substituted.new.isEmpty {
      substitutions = substituted.new.sorted { $0.key < $1.key }.compactMap { one, other in
        Unicode.Scalar(one).map { one in
          Substitution(
            old: Character(one), new: other.flatMap { Unicode.Scalar($0) }.map { Character($0) })
        }
      }
    }
    deletedWords = result.differences.reduce(0) { $0 + $1.old.count }
    insertedWords = result.differences.reduce(0) { $0 + $1.new.count }
    let most = max(old.words.count, new.words.count)
    let common = old.words.count - deletedWords
    if most >= Self.rewrittenWords, Double(common) < Self.leastCommon * Double(most) {
      isRewritten = true
      return
    }
    let groups = Self.groups(result.differences)
    count = groups.count
    changes = groups.prefix(Self.mostChanges).map { Self.change($0, old, new) }
  }

  /// Differences with few words between them.
  private static func groups(_ differences: [Difference]) -> [[Difference]] {
    var groups: [[Difference]] = []
    for difference in differences {
      if let last = groups.last?.last,
        difference.new.lowerBound - last.new.upperBound <= closeWords,
        difference.old.lowerBound - last.old.upperBound <= closeWords
      {
        groups[groups.count - 1].append(difference)
      } else {
        groups.append([difference])
      }
    }
    return groups
  }

  private static func change(
    _ group: [Difference], _ old: ComparedText, _ new: ComparedText
  ) -> Change {
    let first = group[0]
    var parts: [Part] = []
    func add(_ kind: Part.Kind, _ text: ComparedText, _ range: Range<Int>) {
      guard !range.isEmpty else { return }
      guard range.count > shownWords else {
        return parts.append(Part(kind: kind, text: text.text(of: range)))
      }
      let half = shownWords / 2
      parts.append(
        Part(
          kind: kind,
          text: text.text(of: range.lowerBound..<range.lowerBound + half) + " … "
            + text.text(of: range.upperBound - half..<range.upperBound)))
    }
    add(.same, new, max(0, first.new.lowerBound - context)..<first.new.lowerBound)
    var place = first.new.lowerBound
    for difference in group {
      add(.same, new, place..<difference.new.lowerBound)
      add(.deleted, old, difference.old)
      add(.inserted, new, difference.new)
      place = difference.new.upperBound
    }
    add(.same, new, place..<min(new.words.count, place + context))
    func page(_ text: ComparedText, _ place: Int) -> Int {
      text.words.isEmpty ? 1 : text.words[min(place, text.words.count - 1)].page + 1
    }
    return Change(
      page: page(new, first.new.lowerBound), oldPage: page(old, first.old.lowerBound),
      parts: parts)
  }
}

/// Words of the old text with the words of the new one in their place; one of them may be empty.
typealias Difference = (old: Range<Int>, new: Range<Int>)

/// The differences of two texts, without those of spacing and hyphenation.
private struct ComparedWords {
  let differences: [Difference]

  /// - Parameters:
  ///   - old: The old text.
  ///   - new: The new text.
  ///   - substituted: The old text with the characters that the new one has instead.
  init(_ old: ComparedText, _ new: ComparedText, readAs substituted: ComparedText? = nil) {
    let read = substituted ?? old
    // By their hashes: of 64 bits, two words have the same one practically never.
    var numbers: [UInt64: Int32] = [:]
    func numbered(_ text: ComparedText) -> [Int32] {
      text.hashes.map { hash in
        if let number = numbers[hash] { return number }
        numbers[hash] = Int32(numbers.count)
        return Int32(numbers.count - 1)
      }
    }
    let matching = WordMatching(numbered(read), numbered(new))
    var differences: [Difference] = []
    var (place, newPlace) = (0, 0)
    func add(_ difference: Difference) {
      guard !difference.old.isEmpty || !difference.new.isEmpty,
        !ComparedWords.isSame(difference, read, new),
        // Some pages may have the right characters.
        substituted == nil || !ComparedWords.isSame(difference, old, new)
      else { return }
      differences.append(difference)
    }
    for run in matching.runs {
      add((place..<run.old, newPlace..<run.new))
      (place, newPlace) = (run.old + run.count, run.new + run.count)
    }
    add((place..<old.words.count, newPlace..<new.words.count))
    self.differences = differences
  }

  /// Whether only spaces and hyphens at line ends differ.
  private static func isSame(
    _ difference: Difference, _ old: ComparedText, _ new: ComparedText
  ) -> Bool {
    let (oldLetters, newLetters) = (old.folded(difference.old), new.folded(difference.new))
    if oldLetters == newLetters { return true }
    guard
      old.words[difference.old].contains(where: \.isBroken)
        || new.words[difference.new].contains(where: \.isBroken)
    else { return false }
    return old.folded(difference.old, dropsHyphens: true)
      == new.folded(difference.new, dropsHyphens: true)
  }
}
