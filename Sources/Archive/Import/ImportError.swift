/// A record of a catalogue that was not imported, and why.
package struct ImportError: Error, Equatable, Sendable, CustomStringConvertible {
  package let place: CataloguePlace
  package let reason: Reason

  /// Counted from 1.
  package var line: Int { place.line }

  package enum Reason: Error, Equatable, CustomStringConvertible {
    /// The parser's message.
    case unreadable(String)
    case notJSON(String)
    case notObject
    case missing(key: String)
    case wrongValue(key: String, expected: String, found: String)
    /// The path is outside the folder of files.
    case fileOutside(String)
    case fileMissing(String)
    case fileUnusable(String, reason: String)
    /// The slug is on an earlier line too.
    case slugTwice(String, firstLine: Int)
    case refused(DepositError)
    /// The bytes at this place are in another encoding.
    case notUTF8
    /// A format has something else here; `found` is nil at the end of the file.
    case expected(String, found: String?)
    /// An entry is not closed before the line on which another begins; nil at the end of the file.
    case unclosedEntry(before: Int?)
    case unclosedQuote, textBehindQuote
    case tooManyCells(Int, expected: Int)
    case missingColumn(CatalogueField, found: [String])
    case noSuchColumn(String, found: [String])
    case recordTooLong

    package var description: String {
      switch self {
      case .unreadable(let reason): reason
      case .notJSON(let reason): "not JSON: \(reason)"
      case .notObject: "expected a JSON object"
      case .missing(let key): "“\(key)” is missing"
      case .wrongValue(let key, let expected, let found):
        "“\(key)”: expected \(expected), found \(found)"
      case .fileOutside(let path): "“pdf”: \(path) is outside the folder of files"
      case .fileMissing(let path): "“pdf”: file \(path) does not exist"
      case .fileUnusable(let path, let reason): "“pdf”: \(path): \(reason)"
      case .slugTwice(let slug, let line): "“slug”: \(slug) is already on line \(line)"
      case .refused(let error): error.description
      case .notUTF8: "expected text in UTF-8; save the file in this encoding"
      case .expected(let expected, let found):
        "expected \(expected), found \(found.map { "“\($0)”" } ?? "the end of the file")"
      case .unclosedEntry(let line?): "the entry is not closed before line \(line)"
      case .unclosedEntry(nil): "the entry is not closed before the end of the file"
      case .unclosedQuote: "the quotation mark is not closed before the end of the file"
      case .textBehindQuote:
        "expected a separator behind the closing quotation mark; write a quotation mark in a cell"
          + " twice"
      case .tooManyCells(let found, let expected):
        "expected \(expected) cells as in the header, found \(found)"
      case .missingColumn(let field, let found):
        "no column is recognized as “\(field.rawValue)”; name it as COLUMN=\(field.rawValue)"
          + " (columns: \(found.joined(separator: ", ")))"
      case .noSuchColumn(let name, let found):
        "no column “\(name)” (columns: \(found.joined(separator: ", ")))"
      case .recordTooLong: "the record is too long"
      }
    }

    /// Whether the file itself is missing or unusable, and not the disk or the archive.
    var isOfFile: Bool {
      switch self {
      case .fileOutside, .fileMissing, .fileUnusable, .refused(.notPDF): true
      default: false
      }
    }

    /// The field that the reason is about.
    var key: String? {
      switch self {
      case .missing(let key), .wrongValue(let key, _, _): key
      case .fileOutside, .fileMissing, .fileUnusable: CatalogueField.pdf.rawValue
      case .slugTwice, .refused(.slugTaken): CatalogueField.slug.rawValue
      case .refused(.invalid(let problems)): problems.first?.field.rawValue
      default: nil
      }
    }
  }

  package init(line: Int, _ reason: Reason) {
    self.init(CataloguePlace(line: line), reason)
  }

  package init(_ place: CataloguePlace, _ reason: Reason) {
    self.place = place
    self.reason = reason
  }

  package var description: String { "\(place): \(reason)" }
}
