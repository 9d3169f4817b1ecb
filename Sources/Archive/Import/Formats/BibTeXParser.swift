/// Reads BibTeX and BibLaTeX: entries with fields, strings and comments.
///
/// Text outside entries is a comment. An entry that is not closed ends before the next line that
/// begins one, so that the others are read.
struct BibTeXParser: CatalogueParser {
  private enum State { case outside, name, body }

  private var state = State.outside
  private var source = BibTeXSource()
  private var depth = 0
  private var isParenthesized = false
  private var isQuoted = false
  private var strings: [String: String] = BibTeXParser.months

  mutating func take(_ line: [UInt8], number: Int) -> [CatalogueEntry] {
    var entries: [CatalogueEntry] = []
    if let invalid = firstInvalidByte(line) {
      entries.append(
        CatalogueEntry(
          CataloguePlace(line: number, column: column(of: invalid, in: line)), .wrong(.notUTF8)))
      state = .outside
      return entries
    }
    if state != .outside, BibTeXParser.beginsEntry(line) {
      entries += unclosed(before: number)
    }
    if state != .outside { source.append(line[...], of: line, number) }
    var index = 0
    while index < line.count {
      step(line, &index, number, &entries)
    }
    if state != .outside { source.append([0x0A], of: line, number) }
    if source.bytes.count > CatalogueReader.longestRecord {
      entries.append(CatalogueEntry(source.start, .wrong(.recordTooLong)))
      state = .outside
      source = BibTeXSource()
    }
    return entries
  }

  mutating func finish() -> [CatalogueEntry] { state == .outside ? [] : unclosed(before: nil) }

  private mutating func unclosed(before line: Int?) -> [CatalogueEntry] {
    defer { state = .outside }
    // “@” in a comment is no entry.
    guard state == .body else { return [] }
    return [CatalogueEntry(source.start, .wrong(.unclosedEntry(before: line)))]
  }

  private mutating func step(
    _ line: [UInt8], _ index: inout Int, _ number: Int, _ entries: inout [CatalogueEntry]
  ) {
    let byte = line[index]
    switch state {
    case .outside:
      if byte == UInt8(ascii: "@") {
        source = BibTeXSource(at: CataloguePlace(line: number, column: column(of: index, in: line)))
        source.append(line[index...], of: line, number)
        state = .name
      }
    case .name:
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "("):
        (state, depth, isQuoted) = (.body, byte == UInt8(ascii: "{") ? 1 : 0, false)
        isParenthesized = byte == UInt8(ascii: "(")
      case _ where byte.isLetter || byte == 0x20 || byte == 0x09: break
      default: state = .outside
      }
    case .body:
      if byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "}") { depth -= 1 }
      if byte == UInt8(ascii: "\""), depth == 0 { isQuoted.toggle() }
      let isEnd =
        isParenthesized
        ? byte == UInt8(ascii: ")") && depth == 0 && !isQuoted : depth == 0
      if isEnd {
        source.cut(behind: line.count - index - 1)
        state = .outside
        var entry = BibTeXEntry(source, strings: strings)
        do throws(BibTeXError) {
          if let found = try entry.read() { entries.append(found) }
          strings.merge(entry.newStrings) { _, new in new }
        } catch {
          entries.append(CatalogueEntry(error.place, .wrong(error.reason)))
        }
      }
    }
    index += 1
  }

  /// Whether a line begins as an entry does.
  private static func beginsEntry(_ line: [UInt8]) -> Bool {
    guard line.first == UInt8(ascii: "@") else { return false }
    let rest = line.dropFirst().drop { $0.isLetter }
    let opening = rest.drop { $0 == 0x20 }.first
    return rest.startIndex > 1 && (opening == UInt8(ascii: "{") || opening == UInt8(ascii: "("))
  }

  /// The strings that every BibTeX style defines.
  private static let months = [
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May",
    "jun": "June", "jul": "July", "aug": "August", "sep": "September", "oct": "October",
    "nov": "November", "dec": "December",
  ]
}

/// The text of an entry, and where its bytes are in the file.
struct BibTeXSource {
  private(set) var bytes: [UInt8] = []
  let start: CataloguePlace
  /// The index at which each line begins, its number, and the column of its first byte.
  private var lines: [(index: Int, number: Int, column: Int)] = []

  init(at start: CataloguePlace = CataloguePlace(line: 1)) { self.start = start }

  mutating func append(_ part: ArraySlice<UInt8>, of line: [UInt8], _ number: Int) {
    if lines.last?.number != number {
      lines.append((bytes.count, number, column(of: part.startIndex, in: line)))
    }
    bytes += part
  }

  mutating func append(_ part: [UInt8], of line: [UInt8], _ number: Int) { bytes += part }

  /// Removes bytes at the end.
  mutating func cut(behind count: Int) { bytes.removeLast(count) }

  func place(of index: Int) -> CataloguePlace {
    guard let line = lines.last(where: { $0.index <= index }) else { return start }
    let characters = bytes[line.index..<min(index, bytes.count)].count { $0 & 0xC0 != 0x80 }
    return CataloguePlace(line: line.number, column: line.column + characters)
  }
}

/// Why an entry cannot be read.
struct BibTeXError: Error {
  let place: CataloguePlace
  let reason: ImportError.Reason
}

extension UInt8 {
  fileprivate var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
}
