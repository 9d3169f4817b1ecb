/// A text while it is repaired.
struct Draft {
  private(set) var scalars: [Unicode.Scalar]
  /// The kinds of repair so far.
  private(set) var repairs: Set<Repair> = []

  /// A replacement of scalars.
  struct Edit {
    var range: Range<Int>
    var replacement: [Unicode.Scalar]
    var repair: Repair
  }

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// Makes edits, which are in order and do not overlap.
  mutating func apply(_ edits: [Edit]) {
    guard !edits.isEmpty else { return }
    var edited: [Unicode.Scalar] = []
    edited.reserveCapacity(scalars.count)
    var place = 0
    for edit in edits {
      edited += scalars[place..<edit.range.lowerBound]
      edited += edit.replacement
      place = edit.range.upperBound
      repairs.insert(edit.repair)
    }
    scalars = edited + scalars[place...]
  }

  var text: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}

extension Draft {
  /// The letters that end before `index`.
  func letters(before index: Int) -> Range<Int> {
    var start = index
    // Words are shorter; without a limit, long runs of letters would be read repeatedly.
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

  /// The words of the text in lower case, and hyphenated compounds of two.
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
