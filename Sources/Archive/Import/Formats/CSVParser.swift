/// Reads a table of comma-separated values with a header row (RFC 4180).
///
/// The separator is a comma, a semicolon, a tab or a vertical line, whichever the header has most
/// of. Quoted cells may contain line ends.
struct CSVParser: CatalogueParser {
  private struct Cell {
    var bytes: [UInt8] = []
    var place: CataloguePlace
  }

  private enum State {
    /// Before the first byte of a cell.
    case start
    case plain
    case quoted
    /// Behind the closing quotation mark.
    case closed
  }

  private let mapping: ColumnMapping
  private var separator: UInt8?
  private var header: [(name: String, use: ColumnMapping.Use)]?
  private var cells: [Cell] = []
  private var state = State.start
  private var rowBytes = 0
  private var isStopped = false
  /// Whether rows are only collected, for a person to look at.
  private var isPreview = false
  private var rows: [[String]] = []

  init(_ mapping: ColumnMapping) { self.mapping = mapping }

  mutating func take(_ line: [UInt8], number: Int) -> [CatalogueEntry] {
    guard !isStopped else { return [] }
    if let invalid = firstInvalidByte(line) {
      reset()
      return [
        wrong(.notUTF8, CataloguePlace(line: number, column: column(of: invalid, in: line)))
      ]
    }
    if separator == nil {
      guard line.contains(where: { $0 > 0x20 }) else { return [] }
      // Excel writes the separator into a line of its own: sep=;
      if line.count == 5, line.starts(with: Array("sep=".utf8)) {
        separator = line[4]
        return []
      }
      separator = CSVParser.separator(of: line)
    }
    if state != .quoted {
      guard line.contains(where: { $0 > 0x20 && $0 != separator }) else { return [] }
    }
    rowBytes += line.count
    guard rowBytes <= CatalogueReader.longestRecord else {
      defer { isStopped = true }
      return [wrong(.unclosedQuote, cells.last?.place ?? CataloguePlace(line: number))]
    }
    if let entry = read(line, number) { return [entry] }
    guard state != .quoted else { return [] }
    let row = cells
    reset()
    return entries(of: row)
  }

  mutating func finish() -> [CatalogueEntry] {
    guard state == .quoted, !isStopped, let place = cells.last?.place else { return [] }
    return [wrong(.unclosedQuote, place)]
  }

  /// The header and the first rows of a table, as far as they can be read.
  ///
  /// - Parameters:
  ///   - count: How many rows there are to be, the header included.
  ///   - next: Returns the next line; nil at the end.
  /// - Returns: The cells of each row.
  static func table(first count: Int, next: () throws -> [UInt8]?) rethrows -> [[String]] {
    var parser = CSVParser(ColumnMapping())
    parser.isPreview = true
    var number = 0
    while parser.rows.count < count, let line = try next() {
      number += 1
      var line = line
      if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
      if line.last == 0x0D { line.removeLast() }
      _ = parser.take(line, number: number)
    }
    return parser.rows
  }

  private mutating func reset() {
    cells = []
    state = .start
    rowBytes = 0
  }

  private func wrong(_ reason: ImportError.Reason, _ place: CataloguePlace) -> CatalogueEntry {
    CatalogueEntry(place, .wrong(reason))
  }

  /// Divides a line into cells.
  ///
  /// - Returns: The error that makes the row unusable; nil without one.
  private mutating func read(_ line: [UInt8], _ number: Int) -> CatalogueEntry? {
    if state == .quoted {
      cells[cells.count - 1].bytes.append(0x0A)
    } else {
      begin(line, 0, number)
    }
    for (index, byte) in line.enumerated() {
      switch state {
      case .start where byte == UInt8(ascii: "\""): state = .quoted
      case .start, .plain:
        if byte == separator {
          begin(line, index + 1, number)
        } else {
          state = .plain
          cells[cells.count - 1].bytes.append(byte)
        }
      case .quoted:
        if byte == UInt8(ascii: "\"") {
          state = .closed
        } else {
          cells[cells.count - 1].bytes.append(byte)
        }
      case .closed:
        switch byte {
        case UInt8(ascii: "\""):
          cells[cells.count - 1].bytes.append(byte)
          state = .quoted
        case separator: begin(line, index + 1, number)
        case 0x20: break
        default:
          reset()
          return wrong(
            .textBehindQuote,
            CataloguePlace(line: number, column: column(of: index, in: line)))
        }
      }
    }
    return nil
  }

  private mutating func begin(_ line: [UInt8], _ index: Int, _ number: Int) {
    cells.append(
      Cell(place: CataloguePlace(line: number, column: column(of: index, in: line))))
    state = .start
  }

  /// The record of a row; the first row is the header.
  private mutating func entries(of row: [Cell]) -> [CatalogueEntry] {
    if isPreview {
      rows.append(row.map { text(of: $0.bytes)?.cleanedLine ?? "" })
      return []
    }
    guard let header else {
      let names = row.map { text(of: $0.bytes)?.cleanedLine ?? "" }
      if let missing = mapping.uses.keys.sorted().first(where: { !names.contains($0) }) {
        isStopped = true
        return [wrong(.noSuchColumn(missing, found: names), row[0].place)]
      }
      let uses = mapping.uses(of: names)
      for field in [CatalogueField.title, .published] where !uses.contains(.field(field)) {
        isStopped = true
        return [wrong(.missingColumn(field, found: names), row[0].place)]
      }
      self.header = Array(zip(names, uses))
      return []
    }
    let place = CataloguePlace(line: row[0].place.line, column: 1)
    if let more = row.dropFirst(header.count).first(where: { !$0.bytes.isEmpty }) {
      return [wrong(.tooManyCells(row.count, expected: header.count), more.place)]
    }
    var fields = CatalogueFields()
    for (cell, column) in zip(row, header) {
      let text = CSVParser.unescaped(text(of: cell.bytes) ?? "")
      switch column.use {
      case .ignored: break
      case .other:
        if !column.name.isEmpty { fields.setOther(column.name, text, at: cell.place) }
      case .field(let field):
        fields.set(field, from: text, header: column.name, at: cell.place)
      }
    }
    guard !fields.values.isEmpty else { return [] }
    return [CatalogueEntry(place, .fields(fields))]
  }

  /// Removes the apostrophe that keeps spreadsheets from evaluating a cell.
  private static func unescaped(_ text: String) -> String {
    let bytes = text.utf8.prefix(2)
    guard bytes.count == 2, bytes.first == UInt8(ascii: "'"), let second = bytes.dropFirst().first,
      "=+-@\t\r".utf8.contains(second)
    else { return text }
    return String(text.dropFirst())
  }

  private static func separator(of header: [UInt8]) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in header {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    let separators = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
    let best = separators.map { counts[$0] ?? 0 }.max() ?? 0
    return separators.first { (counts[$0] ?? 0) == best } ?? UInt8(ascii: ",")
  }
}

extension CatalogueFields {
  /// Sets a field from the text of a cell.
  fileprivate mutating func set(
    _ field: CatalogueField, from text: String, header: String, at place: CataloguePlace
  ) {
    switch field {
    case .authors:
      set(field.rawValue, .list(divided(text, atCommas: false)), at: place)
    case .topics:
      let atCommas = ColumnMapping.dividesAtCommas(header)
      set(field.rawValue, .list(divided(text, atCommas: atCommas)), at: place)
    case .orcids:
      // One for each author, in their order.
      let numbers = divided(text, atCommas: false)
      guard case .list(let authors)? = values[CatalogueField.authors.rawValue],
        authors.count == numbers.count
      else { return setOther("orcids", text, at: place) }
      set(field.rawValue, .object(Dictionary(zip(authors, numbers)) { first, _ in first }))
    default: setText(field, text, at: place)
    }
  }

  /// Sets a field that is one text, in the form that catalogues have.
  mutating func setText(_ field: CatalogueField, _ text: String, at place: CataloguePlace?) {
    switch field {
    case .published: set(field, CatalogueDate.iso(text) ?? text, at: place)
    case .language: set(field, CatalogueWords.languageTag(text) ?? text, at: place)
    case .type: set(field, CatalogueWords.type(text)?.rawValue ?? text, at: place)
    case .doi: set(field, DOI(text)?.description ?? text, at: place)
    default: set(field, text, at: place)
    }
  }

  private func divided(_ text: String, atCommas: Bool) -> [String] {
    if text.contains("||") { return text.split(separator: "||").map { String($0).cleanedLine } }
    for separator in [";", "\n", "|"] where text.contains(separator) {
      return text.split(separator: separator).map { String($0).cleanedLine }
    }
    return atCommas ? text.split(separator: ",").map { String($0).cleanedLine } : [text]
  }
}
