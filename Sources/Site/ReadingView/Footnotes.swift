import Archive

/// The notes at the foot of pages, with the places in the text that lead to them.
struct Footnotes {
  struct Note {
    /// Its place among the blocks.
    let block: Int
    let marker: String
    let page: Int
    /// Whether a place in the text leads to it.
    var isCalled = false
  }

  private(set) var notes: [Note] = []
  /// By block: where a mark stands in it, and the place in `notes` it leads to.
  private(set) var calls: [Int: [(range: Range<String.Index>, note: Int)]] = [:]

  /// Looks for the marks of each page's notes in the text of that page.
  init(in blocks: [ReadingBlock], _ shown: Range<Int>) {
    var index = shown.lowerBound
    while index < shown.upperBound {
      let page = blocks[index].page
      let end = blocks[index..<shown.upperBound].firstIndex { $0.page != page } ?? shown.upperBound
      readPage(blocks, index..<end)
      index = end
    }
  }

  private mutating func readPage(_ blocks: [ReadingBlock], _ page: Range<Int>) {
    var text: [Int] = []
    for index in page {
      guard case .footnote(let marker) = blocks[index].kind else {
        text.append(index)
        continue
      }
      notes.append(Note(block: index, marker: marker, page: blocks[index].page))
    }
    // Marks come in the order of their notes, so each is looked for behind the one before.
    var (place, position) = (0, String.Index?.none)
    for note in notes.indices where page.contains(notes[note].block) && !notes[note].marker.isEmpty
    {
      for candidate in place..<max(place, text.count) {
        let block = blocks[text[candidate]].text
        let start = candidate == place ? position ?? block.startIndex : block.startIndex
        guard let range = Footnotes.call(of: notes[note].marker, in: block, from: start) else {
          continue
        }
        calls[text[candidate], default: []].append((range, note))
        notes[note].isCalled = true
        (place, position) = (candidate, range.upperBound)
        break
      }
    }
  }

  private static let superscripts: [Character: Character] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹",
  ]

  /// Where a mark stands: raised, or closed up to a word or to the sign behind it.
  private static func call(
    of marker: String, in text: String, from start: String.Index
  ) -> Range<String.Index>? {
    let raised = String(marker.map { superscripts[$0] ?? $0 })
    if raised != marker, let range = text[start...].firstRange(of: raised) { return range }
    var rest = text[start...]
    while let range = rest.firstRange(of: marker) {
      let before =
        range.lowerBound > text.startIndex
        ? text[text.index(before: range.lowerBound)] : " "
      let after = range.upperBound < text.endIndex ? text[range.upperBound] : " "
      let isClosedUp = before.isLetter || ".,;:!?)]”’\"'»".contains(before)
      if isClosedUp, !after.isLetter, !after.isNumber { return range }
      rest = text[range.upperBound...]
    }
    return nil
  }
}
