/// The lines of a page or an abstract, and which of them are prose.
///
/// No prose are lines of tables of contents and lists of figures, running heads, page numbers and
/// rows of figures.
struct TextLines {
  enum Kind { case blank, prose, entry, figures, runningHead }

  struct Line {
    /// In bytes of the text, without spaces at either end.
    let range: Range<Int>
    fileprivate(set) var kind: Kind
    fileprivate let endsInPageNumber: Bool
    fileprivate let isCaption: Bool
  }

  private(set) var lines: [Line] = []

  /// The longest line that is taken for an entry of a table of contents or for a running head.
  static let longestEntry = 160
  private static let longestHead = 90
  private static let longestListHeading = 40
  /// A shorter line may be the same on two pages by chance.
  private static let shortestHead = 4

  /// - Parameters:
  ///   - bytes: The text.
  ///   - beside: How other pages begin and end.
  init(_ bytes: Span<UInt8>, beside: [PageEnds]) {
    var start = 0
    for index in 0...bytes.count where index == bytes.count || bytes[index] == 0x0A {
      lines.append(Line(start..<index, in: bytes))
      start = index + 1
    }
    findEntries()
    let full = lines.indices.filter { lines[$0].kind != .blank }
    findRepeated(full, in: bytes, beside)
    guard full.count > 2, let first = full.first, let last = full.last else { return }
    for index in [first, last] where lines[index].kind == .prose {
      if lines[index].isRunningHead(in: bytes) { lines[index].kind = .runningHead }
    }
  }

  /// Entries without leaders end in page numbers, several in a row.
  private mutating func findEntries() {
    let ends = lines.map { $0.endsInPageNumber }
    guard ends.contains(true) else { return }
    for index in lines.indices where ends[index] && lines[index].kind == .prose {
      let before = index > 0 && ends[index - 1]
      let after = index + 1 < lines.count && ends[index + 1]
      let near = ends[max(0, index - 2)...min(ends.count - 1, index + 2)]
      if lines[index].isCaption || (before && after)
        || ((before || after) && near.count(where: { $0 }) >= 3)
      {
        lines[index].kind = .entry
      }
    }
  }

  /// Finds the first and last lines that other pages have too, apart from figures, which differ from
  /// page to page.
  private mutating func findRepeated(
    _ full: [Int], in bytes: Span<UInt8>, _ beside: [PageEnds]
  ) {
    guard !beside.isEmpty else { return }
    let repeated =
      beside.compactMap { TextLines.heads(of: $0.beginning).first }
      + beside.compactMap { TextLines.heads(of: $0.end).last }
    func head(_ index: Int) -> [UInt8] {
      bytes.array(lines[index].range).filter(TextLines.isNoFigure)
    }
    func isTooLong(_ index: Int) -> Bool { lines[index].range.count > 4 * TextLines.longestEntry }
    func isLong(_ index: Int) -> Bool {
      isTooLong(index) || head(index).count >= TextLines.shortestHead
    }
    for index in [full.first(where: isLong), full.last(where: isLong)].compactMap(\.self)
    where !isTooLong(index) && repeated.contains(head(index)) {
      lines[index].kind = .runningHead
    }
  }

  /// The lines that have more than figures, without these.
  private static func heads(of text: String) -> [[UInt8]] {
    text.utf8.split(separator: 0x0A).map { $0.filter(isNoFigure) }
      .filter { $0.count >= shortestHead }
  }

  private static func isNoFigure(_ byte: UInt8) -> Bool { byte > 0x20 && !(0x30...0x39 ~= byte) }

  fileprivate static let listHeadings = Set(
    [
      "contents", "table of contents", "list of figures", "list of tables", "figures", "tables",
      "list of figures and tables", "inhaltsverzeichnis", "abbildungsverzeichnis",
      "table des matières", "sommaire", "innehåll", "innehållsförteckning",
    ].map { Array($0.utf8) })

  /// Whether a line begins as the caption of a figure: a word for it and its number.
  static func isCaption(_ range: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    var end = range.lowerBound
    while end < range.upperBound, bytes[end] > 0x20, end - range.lowerBound < 12 { end += 1 }
    guard end + 1 < range.upperBound, bytes[end] == 0x20, 0x30...0x39 ~= bytes[end + 1] else {
      return false
    }
    return captions.contains(bytes.array(range.lowerBound..<end).map { ASCII.folded($0) ?? $0 })
  }

  private static let captions = Set(
    [
      "figure", "fig.", "table", "chart", "map", "box", "exhibit", "abbildung", "tabelle",
      "tableau", "figur", "tabell", "diagram",
    ].map { Array($0.utf8) })
}

extension TextLines.Line {
  fileprivate init(_ untrimmed: Range<Int>, in bytes: Span<UInt8>) {
    var range = untrimmed
    while let last = range.last, bytes[last] <= 0x20 { range.removeLast() }
    while let first = range.first, bytes[first] <= 0x20 { range.removeFirst() }
    self.range = range
    guard !range.isEmpty else {
      (kind, endsInPageNumber, isCaption) = (.blank, false, false)
      return
    }
    var digits = 0
    var letters = 0
    /// How many pieces between spaces there are, and how many of them are numbers.
    var (pieces, numbers) = (1, 0)
    var pieceHasLetter = false
    var hasLeader = false
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      switch byte {
      case 0x30...0x39: digits += 1
      case 0x41...0x5A, 0x61...0x7A, 0x80...:
        letters += 1
        pieceHasLetter = true
      case ...0x20:
        if !pieceHasLetter { numbers += 1 }
        pieceHasLetter = false
        pieces += 1
      default: break
      }
      if let leader = TextCleaner.leader(at: index, before: range.upperBound, in: bytes) {
        hasLeader = hasLeader || leader.end < range.upperBound || leader.end - index > 8
        index = leader.end
      } else {
        index += 1
      }
    }
    if !pieceHasLetter { numbers += 1 }
    endsInPageNumber =
      range.count <= TextLines.longestEntry && letters > 0
      && TextLines.Line.endsInPageNumber(range, in: bytes)
    isCaption = endsInPageNumber && TextLines.isCaption(range, in: bytes)
    if hasLeader {
      kind = .entry
    } else if TextLines.Line.isListHeading(range, in: bytes) {
      kind = .runningHead
    } else if digits > 0, digits > 2 * letters || (numbers >= 3 && 2 * numbers >= pieces) {
      kind = .figures
    } else {
      kind = .prose
    }
  }

  private static func endsInPageNumber(_ range: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    var start = range.upperBound
    while start > range.lowerBound, 0x30...0x39 ~= bytes[start - 1] { start -= 1 }
    return (1...4).contains(range.upperBound - start) && start > range.lowerBound
      && bytes[start - 1] <= 0x20
  }

  private static func isListHeading(_ range: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    guard range.count <= TextLines.longestListHeading else { return false }
    var words: [UInt8] = []
    for index in range {
      if bytes[index] >= 0x80 {
        words.append(bytes[index])
      } else if let letter = ASCII.folded(bytes[index]), !(0x30...0x39 ~= letter) {
        words.append(letter)
      } else if !words.isEmpty, words.last != 0x20 {
        words.append(0x20)
      }
    }
    if words.last == 0x20 { words.removeLast() }
    return TextLines.listHeadings.contains(words)
  }

  /// Whether the first or last line of a page is a running head: short, with the number of the page
  /// or in capitals, and no sentence.
  fileprivate func isRunningHead(in bytes: Span<UInt8>) -> Bool {
    guard !range.isEmpty, range.count <= TextLines.longestHead else { return false }
    switch bytes[range.upperBound - 1] {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":"): return false
    default: break
    }
    var digits = 0
    var letters = 0
    var isCapitals = true
    for index in range {
      let byte = bytes[index]
      if 0x30...0x39 ~= byte, digits == index - range.lowerBound { digits += 1 }
      if ASCII.isLetter(byte) {
        letters += 1
        isCapitals = isCapitals && byte < 0x5B
      }
    }
    let startsWithNumber =
      (1...4).contains(digits) && digits < range.count
      && bytes[range.lowerBound + digits] <= 0x20
    return TextLines.Line.endsInPageNumber(range, in: bytes) || startsWithNumber
      || (isCapitals && letters > 3)
  }
}

/// How a page begins and ends, where running heads are.
package struct PageEnds: Sendable {
  /// How many bytes of each end are needed.
  package static let length = TextLines.longestEntry

  let beginning: String
  let end: String

  package init(beginning: String, end: String) {
    self.beginning = beginning
    self.end = end
  }
}
