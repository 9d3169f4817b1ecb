/// Divides a catalogue into records, line by line, in bounded memory.
///
/// It is given every line in order, and returns the records that are complete. Errors are entries
/// too, so that the rest of the catalogue is read.
package struct CatalogueReader: Sendable {
  private var parser: any CatalogueParser
  private var isFirst = true
  /// Whether the file is in no encoding that is read; then nothing of it is.
  private var isStopped = false

  /// The most bytes of one record.
  static let longestRecord = 16 << 20

  /// - Parameters:
  ///   - format: The format of the catalogue.
  ///   - mapping: Which columns of a table are which fields; the others are guessed.
  package init(_ format: CatalogueFormat, mapping: ColumnMapping = ColumnMapping()) {
    parser =
      switch format {
      case .jsonl: JSONLinesParser()
      case .csv: CSVParser(mapping)
      case .bibtex: BibTeXParser()
      case .ris: RISParser()
      }
  }

  /// Takes the next line, without its line feed.
  ///
  /// - Parameters:
  ///   - line: Its bytes.
  ///   - number: Its number, from 1.
  /// - Returns: The records that end with it.
  package mutating func take(_ line: [UInt8], number: Int) -> [CatalogueEntry] {
    guard !isStopped else { return [] }
    var line = line
    if isFirst {
      isFirst = false
      if line.starts(with: [0xFF, 0xFE]) || line.starts(with: [0xFE, 0xFF]) {
        isStopped = true
        return [CatalogueEntry(CataloguePlace(line: 1), .wrong(.notUTF8))]
      }
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    }
    if line.last == 0x0D { line.removeLast() }
    return parser.take(line, number: number)
  }

  /// Ends the catalogue.
  ///
  /// - Returns: The record that its end completes, or the error that it is not complete.
  package mutating func finish() -> [CatalogueEntry] { isStopped ? [] : parser.finish() }
}

/// Finds records of one format in lines.
protocol CatalogueParser: Sendable {
  mutating func take(_ line: [UInt8], number: Int) -> [CatalogueEntry]
  mutating func finish() -> [CatalogueEntry]
}

private struct JSONLinesParser: CatalogueParser {
  func take(_ line: [UInt8], number: Int) -> [CatalogueEntry] {
    // A catalogue of other systems may end its lines with spaces.
    guard line.contains(where: { $0 > 0x20 }) else { return [] }
    return [CatalogueEntry(CataloguePlace(line: number), .json(line))]
  }

  func finish() -> [CatalogueEntry] { [] }
}

/// The text of bytes in UTF-8; nil when they are not.
func text(of bytes: some Collection<UInt8>) -> String? {
  String(validating: bytes, as: UTF8.self)
}

/// The column, in characters, of a byte of a line.
func column(of index: Int, in line: [UInt8]) -> Int {
  line[..<min(index, line.count)].count { $0 & 0xC0 != 0x80 } + 1
}

/// The index of the first byte that is not UTF-8; nil when there is none.
func firstInvalidByte(_ line: [UInt8]) -> Int? {
  guard text(of: line) == nil else { return nil }
  var index = 0
  while index < line.count {
    let length =
      switch line[index] {
      case 0..<0x80: 1
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard length > 0, index + length <= line.count,
      text(of: line[index..<(index + length)]) != nil
    else { return index }
    index += length
  }
  return nil
}
