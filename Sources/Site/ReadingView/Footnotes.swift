import Archive

/// The footnotes of pages and the marks in the text that refer to them.
struct Footnotes {
  struct Note {
    /// The index of its block.
    let block: Int
    let marker: String
    let page: Int
    /// The block with its mark; nil if none was found.
    var callBlock: Int?

    var isCalled: Bool { callBlock != nil }
  }

  private(set) var notes: [Note] = []
  /// The marks in each block, with the index of the note in `notes`.
  private(set) var calls: [Int: [(range: Range<String.Index>, note: Int)]] = [:]

  /// Finds the marks of each page's notes in the text of that page.
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
    // Marks are in the order of their notes, so the search continues after the last one.
    let wanted = notes.indices.filter {
      page.contains(notes[$0].block) && !notes[$0].marker.isEmpty
    }
    var (place, position) = (0, String.Index?.none)
    for note in wanted {
      for candidate in place..<max(place, text.count) {
        let block = blocks[text[candidate]].text
        let start = candidate == place ? position ?? block.startIndex : block.startIndex
        guard let range = Footnotes.call(of: notes[note].marker, in: block, from: start) else {
          continue
        }
        add(range, in: text[candidate], to: note)
        (place, position) = (candidate, range.upperBound)
        break
      }
    }
    for note in wanted where !notes[note].isCalled {
      findSpacedCall(of: note, in: text.map { ($0, blocks[$0].text) }, notes: wanted)
    }
  }

  private mutating func add(_ range: Range<String.Index>, in block: Int, to note: Int) {
    calls[block, default: []].append((range, note))
    calls[block]?.sort { $0.range.lowerBound < $1.range.lowerBound }
    notes[note].callBlock = block
  }

  /// Finds a mark after a space, if only one number between the neighbouring marks can be it.
  private mutating func findSpacedCall(
    of note: Int, in text: [(index: Int, text: String)], notes wanted: [Int]
  ) {
    let first = wanted.filter { $0 < note }.compactMap { notes[$0].callBlock }.max() ?? 0
    let last = wanted.filter { $0 > note }.compactMap { notes[$0].callBlock }.min() ?? .max
    var found: [(block: Int, range: Range<String.Index>)] = []
    for (index, text) in text where first <= index && index <= last {
      for range in Footnotes.spacedCalls(of: notes[note].marker, in: text) {
        let isInOrder = calls[index, default: []].allSatisfy {
          $0.note < note
            ? $0.range.upperBound <= range.lowerBound : range.upperBound <= $0.range.lowerBound
        }
        if isInOrder { found.append((index, range)) }
      }
    }
    guard found.count == 1, let call = found.first else { return }
    add(call.range, in: call.block, to: note)
  }

  private static let superscripts: [Character: Character] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹",
  ]

  /// The range of a mark: raised, or directly after a word or punctuation.
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

  /// The range of a number after a space that can be a note mark ("quota 3") and not a quantity or
  /// a reference ("in 3 years", "table 3").
  private static func spacedCalls(of marker: String, in text: String) -> [Range<String.Index>] {
    guard marker.allSatisfy(\.isNumber) else { return [] }
    var result: [Range<String.Index>] = []
    var rest = text[...]
    while let range = rest.firstRange(of: " " + marker) {
      rest = text[range.upperBound...]
      let after = rest.first ?? " "
      guard !after.isLetter, !after.isNumber, !"%°€$/-–:)".contains(after) else { continue }
      // Punctuation and a digit continue a number ("3.5", "3,000").
      if ".,".contains(after), rest.dropFirst().first?.isNumber == true { continue }
      let word = String(text[..<range.lowerBound].reversed().prefix { $0.isLetter }.reversed())
      guard word.count > 3, !wordsBeforeNumbers.contains(word.lowercased()) else { continue }
      result.append(range)
    }
    return result
  }

  /// Words of four or more letters before numbers that are not note marks, in English and Swedish.
  private static let wordsBeforeNumbers: Set<String> = [
    "about", "above", "abstract", "after", "almost", "among", "annex", "appendix", "april",
    "article", "august", "before", "below", "between", "chapter", "chart", "column", "december",
    "equation", "every", "exactly", "february", "figure", "figures", "first", "footnote", "from",
    "grade", "group", "hypothesis", "into", "issue", "january", "july", "june", "last", "least",
    "level", "line", "march", "model", "more", "most", "nearly", "next", "note", "notes",
    "november", "number", "october", "only", "order", "other", "over", "page", "pages", "paragraph",
    "part", "phase", "point", "question", "roughly", "rule", "scenario", "section", "sections",
    "september", "some", "stage", "step", "table", "tables", "than", "that", "these", "those",
    "title", "type", "under", "until", "version", "volume", "were", "which", "with", "within",
    "year",
    "artikel", "augusti", "avsnitt", "bilaga", "drygt", "efter", "ekvation", "endast", "enligt",
    "fast", "figur", "från", "före", "januari", "februari", "juni", "juli", "kapitel", "knappt",
    "mars", "mellan", "minst", "nummer", "nästan", "oktober", "punkt", "sidan", "sidorna",
    "tabell", "ungefär", "över",
  ]
}
