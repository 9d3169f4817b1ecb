/// The text of a page or an abstract as snippets show it: without the lines that are no prose.
///
/// Left out are lines of tables of contents and lists of figures, running heads, page numbers and
/// rows of figures. Leaders (`.....`) and the numbers of notes (`income.2`) are removed too.
struct SnippetText {
  /// What is left, in UTF-8.
  let bytes: [UInt8]

  /// - Parameters:
  ///   - text: The text.
  ///   - isWhole: Whether lines that are no prose are kept.
  ///   - beside: How other pages begin and end.
  init(_ text: some Sequence<UInt8>, isWhole: Bool, beside: [PageEnds] = []) {
    var lines = Array(text).split(separator: 0x0A, omittingEmptySubsequences: false)
    if !isWhole {
      let kinds = SnippetText.kinds(of: lines, beside: SnippetText.repeated(in: beside))
      lines = zip(lines, kinds).filter { $1 == .prose }.map(\.0)
    }
    bytes = lines.reduce(into: []) { bytes, line in
      if !bytes.isEmpty { bytes.append(0x0A) }
      bytes += SnippetText.cleaned(line)
    }
  }

  private enum Kind { case prose, entry, figures, heading }

  private typealias Line = ArraySlice<UInt8>

  /// The longest line that is taken for an entry of a table of contents or for a running head.
  static let longestEntry = 160
  private static let longestHead = 90
  private static let longestListHeading = 40

  /// The first and last lines of other pages without their figures, which differ from page to page.
  private static func repeated(in pages: [PageEnds]) -> [[UInt8]] {
    pages.compactMap { lines(of: $0.beginning).first }
      + pages.compactMap { lines(of: $0.end).last }
  }

  /// The lines that have more than figures, without these.
  private static func lines(of text: String) -> [[UInt8]] {
    Array(text.utf8).split(separator: 0x0A).map(withoutFigures).filter { $0.count >= shortestHead }
  }

  private static func withoutFigures(_ line: Line) -> [UInt8] {
    line.filter(isNoFigure)
  }

  private static func isNoFigure(_ byte: UInt8) -> Bool { byte > 0x20 && !(0x30...0x39 ~= byte) }

  /// A shorter line may be the same on two pages by chance.
  private static let shortestHead = 4

  private static func kinds(of lines: [Line], beside repeated: [[UInt8]]) -> [Kind] {
    var kinds = lines.map(kind)
    // Entries without leaders end in page numbers, several in a row.
    let ends = lines.map { $0.count <= longestEntry && endsInPageNumber($0) && hasLetter($0) }
    for index in lines.indices where ends[index] && kinds[index] == .prose {
      let before = index > 0 && ends[index - 1]
      let after = index + 1 < lines.count && ends[index + 1]
      let isNumbered = startsFigure(lines[index])
      if isNumbered || (before && after) || ((before || after) && listsPages(ends, at: index)) {
        kinds[index] = .entry
      }
    }
    let full = lines.indices.filter { lines[$0].contains { $0 > 0x20 } }
    if !repeated.isEmpty {
      func isLong(_ index: Int) -> Bool {
        lines[index].lazy.filter(isNoFigure).prefix(shortestHead).count == shortestHead
      }
      for index in [full.first(where: isLong), full.last(where: isLong)].compactMap(\.self)
      where lines[index].count <= 4 * longestEntry
        && repeated.contains(withoutFigures(lines[index]))
      {
        kinds[index] = .heading
      }
    }
    guard full.count > 2, let first = full.first, let last = full.last else { return kinds }
    for index in [first, last] where kinds[index] == .prose && isRunningHead(lines[index]) {
      kinds[index] = .heading
    }
    return kinds
  }

  /// Whether three lines near a place end in page numbers.
  private static func listsPages(_ ends: [Bool], at index: Int) -> Bool {
    let near = max(0, index - 2)...min(ends.count - 1, index + 2)
    return ends[near].count { $0 } >= 3
  }

  private static func kind(of line: Line) -> Kind {
    if hasLeader(line) { return .entry }
    if line.count <= longestListHeading {
      let words = String(decoding: line, as: UTF8.self).lowercased()
        .split(whereSeparator: { !$0.isLetter }).joined(separator: " ")
      if listHeadings.contains(words) { return .heading }
    }
    var digits = 0
    var others = 0
    for byte in line {
      switch byte {
      case 0x30...0x39: digits += 1
      case 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: others += 1
      default: break
      }
    }
    return digits > 0 && digits > 2 * others ? .figures : .prose
  }

  private static let listHeadings: Set<String> = [
    "contents", "table of contents", "list of figures", "list of tables", "figures", "tables",
    "list of figures and tables", "inhaltsverzeichnis", "abbildungsverzeichnis",
    "table des matières", "sommaire", "innehåll", "innehållsförteckning",
  ]

  /// Whether a line has a row of dots or the like between a heading and its page.
  private static func hasLeader(_ line: Line) -> Bool {
    leaders(in: line).contains { $0.upperBound < line.endIndex || $0.count > 8 }
  }

  /// Where the same mark occurs at least four times in a row, also with spaces between.
  private static func leaders(in line: Line) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = line.startIndex
    while index < line.endIndex {
      guard let length = markLength(at: index, in: line) else {
        index += 1
        continue
      }
      let start = index
      let mark = line[start..<start + length]
      var count = 0
      var end = start
      while index < line.endIndex {
        if line[index...].starts(with: mark) {
          count += 1
          index += length
          end = index
        } else if line[index] == 0x20 {
          index += 1
        } else {
          break
        }
      }
      // An ellipsis has three dots in one character.
      if count >= (length == 3 ? 2 : 4) { found.append(start..<end) }
    }
    return found
  }

  /// The bytes of a mark that leaders are made of: `.`, `_`, `-`, `·`, `…`, `․`.
  private static func markLength(at index: Int, in line: Line) -> Int? {
    switch line[index] {
    case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): return 1
    case 0xC2 where line[index...].starts(with: [0xC2, 0xB7]): return 2
    case 0xE2
    where line[index...].starts(with: [0xE2, 0x80, 0xA6])
      || line[index...].starts(with: [0xE2, 0x80, 0xA4]):
      return 3
    default: return nil
    }
  }

  private static func endsInPageNumber(_ line: Line) -> Bool {
    let trimmed = line.trimmingSpaces
    let digits = trimmed.reversed().prefix { 0x30...0x39 ~= $0 }.count
    guard (1...4).contains(digits), digits < trimmed.count else { return false }
    return trimmed[trimmed.endIndex - digits - 1] <= 0x20
  }

  private static func startsFigure(_ line: Line) -> Bool {
    let words = line.split(separator: 0x20, maxSplits: 2)
    guard words.count > 2, let first = words[1].first, 0x30...0x39 ~= first else { return false }
    return captions.contains(String(decoding: words[0], as: UTF8.self).lowercased())
  }

  private static let captions: Set<String> = [
    "figure", "fig.", "table", "chart", "map", "box", "exhibit", "abbildung", "tabelle", "tableau",
    "figur", "tabell", "diagram",
  ]

  /// Whether the first or last line of a page is a running head: short, with the number of the page
  /// or in capitals, and no sentence.
  private static func isRunningHead(_ line: Line) -> Bool {
    let line = line.trimmingSpaces
    guard !line.isEmpty, line.count <= longestHead, let last = line.last,
      ![UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":")].contains(last)
    else { return false }
    let digits = line.prefix { 0x30...0x39 ~= $0 }.count
    let startsWithNumber =
      (1...4).contains(digits) && digits < line.count
      && line[line.startIndex + digits] <= 0x20
    let letters = line.filter { 0x41...0x5A ~= $0 || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
    let isCapitals = letters.count > 3 && letters.allSatisfy { $0 < 0x5B }
    return endsInPageNumber(line) || startsWithNumber || isCapitals
  }

  private static func hasLetter(_ line: Line) -> Bool {
    line.contains { 0x61...0x7A ~= $0 | 0x20 || $0 >= 0x80 }
  }

  /// A line without leaders and without numbers of notes.
  private static func cleaned(_ line: Line) -> [UInt8] {
    var bytes: [UInt8] = []
    var position = line.startIndex
    for leader in leaders(in: line) {
      bytes += withoutNotes(line[position..<leader.lowerBound])
      // The dots of an ellipsis may end a sentence.
      bytes += " … ".utf8
      position = leader.upperBound
    }
    return bytes + withoutNotes(line[position...])
  }

  /// Removes the numbers of notes after the mark that ends a word: `income.2 The`, and
  /// raised digits.
  private static func withoutNotes(_ line: Line) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(line.count)
    // Letters of the word before the mark.
    var letters = 0
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      let shortest = byte == UInt8(ascii: ".") ? shortestBeforeStop : shortestRaised
      if letters >= shortest, isMark(byte) {
        let digits = line[(index + 1)...].prefix { 0x30...0x39 ~= $0 }
        let end = digits.endIndex
        bytes.append(byte)
        index += 1
        if (1...3).contains(digits.count), end == line.endIndex || line[end] <= 0x20 { index = end }
        letters = 0
        continue
      }
      if let length = raisedDigitLength(at: index, in: line),
        letters >= shortestRaised || isMark(bytes.last)
      {
        index += length
        continue
      }
      letters = 0x61...0x7A ~= byte | 0x20 || byte >= 0x80 ? letters + 1 : 0
      bytes.append(byte)
      index += 1
    }
    return bytes
  }

  /// “km²” has no note.
  private static let shortestRaised = 3
  /// “no.2” and “fig.3” are no notes.
  private static let shortestBeforeStop = 5

  private static func isMark(_ byte: UInt8?) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"): true
    default: false
    }
  }

  /// The bytes of a raised digit; nil for anything else.
  private static func raisedDigitLength(at index: Int, in line: Line) -> Int? {
    if line[index] == 0xC2, index + 1 < line.endIndex, [0xB9, 0xB2, 0xB3].contains(line[index + 1])
    {
      return 2
    }
    guard line[index] == 0xE2, index + 2 < line.endIndex, line[index + 1] == 0x81,
      line[index + 2] == 0xB0 || 0xB4...0xB9 ~= line[index + 2]
    else { return nil }
    return 3
  }
}

extension ArraySlice<UInt8> {
  fileprivate var trimmingSpaces: ArraySlice<UInt8> {
    var slice = self
    while let first = slice.first, first <= 0x20 { slice.removeFirst() }
    while let last = slice.last, last <= 0x20 { slice.removeLast() }
    return slice
  }
}

/// How a page begins and ends, where running heads are.
package struct PageEnds: Sendable {
  /// How many characters of each end are needed.
  package static let length = SnippetText.longestEntry

  let beginning: String
  let end: String

  package init(beginning: String, end: String) {
    self.beginning = beginning
    self.end = end
  }
}
