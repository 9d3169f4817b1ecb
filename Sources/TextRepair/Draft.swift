/// A text while it is repaired: each scalar knows which scalars of the original it stands for.
struct Draft {
  /// The text as it stands.
  private(set) var scalars: [Unicode.Scalar]

  private let original: [Unicode.Scalar]
  /// What the scalar of the same index stands for.
  ///
  /// Scalars that came together have the same one.
  private var origins: [Origin]
  /// What was taken out without replacement.
  private var deletions: [Origin] = []

  private struct Origin: Equatable {
    var range: Range<Int>
    /// nil for a scalar that is as it was.
    var reason: TextChange.Reason?
  }

  /// A change to the scalars of a draft.
  struct Edit {
    var range: Range<Int>
    var replacement: [Unicode.Scalar]
    var reason: TextChange.Reason
  }

  init(_ text: String) {
    original = Array(text.unicodeScalars)
    scalars = original
    origins = original.indices.map { Origin(range: $0..<$0 + 1, reason: nil) }
  }

  /// Makes the edits, which are in order and do not overlap.
  mutating func apply(_ edits: [Edit]) {
    guard !edits.isEmpty else { return }
    var newScalars: [Unicode.Scalar] = []
    var newOrigins: [Origin] = []
    newScalars.reserveCapacity(scalars.count)
    newOrigins.reserveCapacity(scalars.count)
    var place = 0
    for edit in edits {
      let range = whole(edit.range, notBefore: place)
      newScalars += scalars[place..<range.lowerBound]
      newOrigins += origins[place..<range.lowerBound]
      let replacement =
        scalars[range.lowerBound..<edit.range.lowerBound] + edit.replacement
        + scalars[edit.range.upperBound..<range.upperBound]
      let from = origins[range.lowerBound].range.lowerBound
      let to = origins[range.upperBound - 1].range.upperBound
      let origin = Origin(range: from..<to, reason: edit.reason)
      if replacement.isEmpty { deletions.append(origin) }
      newScalars += replacement
      newOrigins += replacement.map { _ in origin }
      place = range.upperBound
    }
    newScalars += scalars[place...]
    newOrigins += origins[place...]
    scalars = newScalars
    origins = newOrigins
  }

  /// The range with all of what came together with its first and last scalars.
  private func whole(_ range: Range<Int>, notBefore: Int) -> Range<Int> {
    var (lower, upper) = (range.lowerBound, range.upperBound)
    while lower > notBefore, origins[lower - 1] == origins[lower] { lower -= 1 }
    while upper < origins.count, origins[upper] == origins[upper - 1] { upper += 1 }
    return lower..<upper
  }

  consuming func finished() -> RepairedText {
    var changes: [TextChange] = []
    func note(_ origin: Origin, _ replacement: ArraySlice<Unicode.Scalar>) {
      guard let reason = origin.reason else { return }
      changes.append(
        TextChange(
          range: origin.range, original: string(original[origin.range]),
          replacement: string(replacement), reason: reason))
    }
    var index = 0
    while index < origins.count {
      var end = index + 1
      while end < origins.count, origins[end] == origins[index] { end += 1 }
      note(origins[index], scalars[index..<end])
      index = end
    }
    for deletion in deletions { note(deletion, []) }
    changes.sort {
      ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound)
    }
    // A deletion within a word that was changed as a whole is part of that change.
    var place = 0
    changes = changes.filter { change in
      guard change.range.lowerBound >= place else { return false }
      place = change.range.upperBound
      return true
    }
    return RepairedText(text: string(scalars[...]), changes: changes)
  }
}

private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
  var view = String.UnicodeScalarView()
  view.append(contentsOf: scalars)
  return String(view)
}

extension Draft {
  /// The letters that end just before `index`.
  func letters(before index: Int) -> Range<Int> {
    var start = index
    // No word is so long; a text without end would be read over and over.
    while start > 0, index - start < 64, isLetter(scalars[start - 1]) { start -= 1 }
    return start..<index
  }

  /// The letters that begin at `index`.
  func letters(from index: Int) -> Range<Int> {
    var end = index
    while end < scalars.count, end - index < 64, isLetter(scalars[end]) { end += 1 }
    return index..<end
  }

  func scalar(at index: Int) -> Unicode.Scalar? {
    scalars.indices.contains(index) ? scalars[index] : nil
  }

  /// The scalars of a range in lower case.
  func lowercased(_ range: Range<Int>) -> String {
    scalars[range].reduce(into: "") { $0 += $1.properties.lowercaseMapping }
  }

  /// The words of the text in lower case, and the compounds of two with a hyphen.
  func words() -> Set<String> {
    var words: Set<String> = []
    var index = 0
    var previous: Range<Int>?
    while index < scalars.count {
      let word = letters(from: index)
      index = max(word.upperBound, index + 1)
      guard !word.isEmpty else { continue }
      words.insert(lowercased(word))
      if let previous, previous.upperBound + 1 == word.lowerBound,
        scalars[previous.upperBound] == "-"
      {
        words.insert(lowercased(previous) + "-" + lowercased(word))
      }
      previous = word
    }
    return words
  }
}

func isLetter(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x41...0x5A, 0x61...0x7A: true
  case ..<0xAA: false
  default: scalar.properties.isAlphabetic
  }
}
