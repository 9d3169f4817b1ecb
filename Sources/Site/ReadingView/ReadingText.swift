import Archive

/// A part of the text of a file, with the matches of a search.
struct ReadingText {
  let contents: FileContents
  /// The pages of each part.
  let parts: [ClosedRange<Int>]
  /// The index of the part that is shown.
  let part: Int
  /// The matches in the whole text; empty without a search.
  let hits: [Hit]
  private let highlighter: Highlighter?
  /// The number of the first hit in each block that has one, counted from 1.
  private let firstHits: [Int: Int]

  /// A match.
  struct Hit {
    let page: Int
    /// The text before the match, the match, and the text after it, on one line.
    let before: String
    let found: String
    let after: String
  }

  /// The size in bytes above which a text is shown in parts: about two hundred pages.
  private static let longestPart = 500_000
  /// The most matches that are listed.
  static let mostHits = 200

  init(_ contents: FileContents, _ form: ReadingForm) {
    self.contents = contents
    parts = ReadingText.parts(of: contents)
    let page = min(max(form.page, 1), max(1, contents.pageCount))
    part = parts.firstIndex { $0.contains(page) } ?? 0
    highlighter =
      form.sought.flatMap { Highlighter(run: $0) } ?? form.words.flatMap { Highlighter(words: $0) }
    var hits: [Hit] = []
    var firstHits: [Int: Int] = [:]
    if form.sought != nil, let highlighter {
      for (index, block) in contents.blocks.enumerated() where hits.count < ReadingText.mostHits {
        let ranges = highlighter.ranges(in: block.text)
        guard !ranges.isEmpty else { continue }
        firstHits[index] = hits.count + 1
        hits += ranges.prefix(ReadingText.mostHits - hits.count).map {
          Hit(
            page: block.page, before: ReadingText.tail(of: block.text[..<$0.lowerBound]),
            found: String(block.text[$0]), after: ReadingText.head(of: block.text[$0.upperBound...])
          )
        }
      }
    }
    self.hits = hits
    self.firstHits = firstHits
  }

  /// The indices of the blocks of the part.
  var blocks: Range<Int> {
    let pages = parts[part]
    let start = contents.blocks.firstIndex { $0.page >= pages.lowerBound } ?? contents.blocks.count
    let end =
      contents.blocks[start...].firstIndex { $0.page > pages.upperBound } ?? contents.blocks.count
    return start..<end
  }

  /// The highlighted ranges of a block, each with its number if the list links to it.
  func marks(inBlock index: Int) -> [(range: Range<String.Index>, number: Int?)] {
    guard let highlighter else { return [] }
    let first = firstHits[index]
    return highlighter.ranges(in: contents.blocks[index].text).enumerated().map { place, range in
      let number = first.map { $0 + place }
      return (range, number.flatMap { $0 <= ReadingText.mostHits ? $0 : nil })
    }
  }

  /// The printed number of a page.
  func label(of page: Int) -> String { contents.pageLabels[page] ?? "\(page)" }

  private static func parts(of contents: FileContents) -> [ClosedRange<Int>] {
    let last = max(1, contents.pageCount)
    var lengths = Array(repeating: 0, count: last + 1)
    for block in contents.blocks where (1...last).contains(block.page) {
      lengths[block.page] += block.text.utf8.count
    }
    guard lengths.reduce(0, +) > longestPart * 3 / 2 else { return [1...last] }
    var parts: [ClosedRange<Int>] = []
    var (first, length) = (1, 0)
    for page in 1...last {
      if length > 0, length + lengths[page] > longestPart {
        parts.append(first...(page - 1))
        (first, length) = (page, 0)
      }
      length += lengths[page]
    }
    parts.append(first...last)
    return parts
  }

  private static let context = 60

  private static func tail(of text: Substring) -> String {
    let tail = text.suffix(context)
    guard tail.startIndex > text.startIndex else { return String(tail) }
    return "…" + (tail.firstIndex(of: " ").map { tail[$0...] } ?? tail)
  }

  private static func head(of text: Substring) -> String {
    let head = text.prefix(context)
    guard head.endIndex < text.endIndex else { return String(head) }
    return (head.lastIndex(of: " ").map { head[..<$0] } ?? head) + "…"
  }
}
