/// A file format of catalogues.
package enum CatalogueFormat: String, Sendable, CaseIterable {
  /// One JSON object a line.
  case jsonl
  /// Comma-separated values with a header row (RFC 4180).
  case csv
  case bibtex, ris

  /// The format that the end of a file name tells; nil for another one.
  ///
  /// `.gz` behind it does not matter.
  package init?(fileName: String) {
    var name = fileName.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    switch name.split(separator: ".").last.map(String.init) {
    case "jsonl", "ndjson", "json": self = .jsonl
    case "csv", "tsv", "tab": self = .csv
    case "bib", "bibtex": self = .bibtex
    case "ris": self = .ris
    default: return nil
    }
  }
}

/// A field of a record in a catalogue, named as in JSON catalogues.
package enum CatalogueField: String, Sendable, CaseIterable {
  case slug, title, subtitle, abstract, authors, orcids, published, type, series, issn, number
  case topics, language, doi, licence, source, pdf, status
  case publicFrom = "public_from"
}

/// Where something is in a catalogue; line and column count from 1, the column in characters.
package struct CataloguePlace: Sendable, Equatable {
  package var line: Int
  package var column: Int?

  package init(line: Int, column: Int? = nil) {
    self.line = line
    self.column = column
  }
}

extension CataloguePlace: CustomStringConvertible {
  package var description: String {
    "line \(line)" + (column.map { ", column \($0)" } ?? "")
  }
}

/// The value of a field that is not read from JSON.
enum CatalogueValue: Sendable, Equatable {
  case text(String)
  case list([String])
  case object([String: String])

  /// As JSONSerialization has it.
  var json: Any {
    switch self {
    case .text(let text): text
    case .list(let texts): texts
    case .object(let members): members
    }
  }
}

/// One record of a catalogue, or why there is none in this place.
package struct CatalogueEntry: Sendable {
  enum Content: Sendable {
    /// A line that is not parsed yet.
    case json([UInt8])
    case fields(CatalogueFields)
    case record(CatalogueRecord)
    case wrong(ImportError.Reason)
  }

  /// Where the record begins, or what is wrong with it.
  package let place: CataloguePlace
  let content: Content

  init(_ place: CataloguePlace, _ content: Content) {
    self.place = place
    self.content = content
  }

  /// The bytes that it takes, about, for the size of a batch.
  var weight: Int {
    switch content {
    case .json(let line): line.count
    case .fields(let fields): fields.weight
    case .record(let record): record.record.abstract.utf8.count + 1000
    case .wrong: 100
    }
  }

  /// Parses the record.
  func record() throws(ImportError.Reason) -> CatalogueRecord {
    switch content {
    case .json(let line): try CatalogueRecord(line)
    case .fields(let fields): try CatalogueRecord(fields)
    case .record(let record): record
    case .wrong(let reason): throw reason
    }
  }

  /// The place of a field, for an error about it.
  func place(of reason: ImportError.Reason) -> CataloguePlace {
    guard case .fields(let fields) = content, let key = reason.key else { return place }
    return fields.places[key] ?? place
  }
}

/// The fields of a record as a format other than JSON has them.
struct CatalogueFields: Sendable {
  /// By the names that JSON catalogues use; other names are stored with the record.
  private(set) var values: [String: CatalogueValue] = [:]
  private(set) var places: [String: CataloguePlace] = [:]
  private(set) var weight = 0
  /// Whether each author is one name, which is not divided further.
  var hasSeparateAuthors = false
  /// What the record is called in the system it comes from; nil for a catalogue.
  var origin: String?
  /// The name that the record has in its file, such as the key of a BibTeX entry.
  var identifier: String?

  /// Sets a field; empty values are left out.
  mutating func set(_ name: String, _ value: CatalogueValue, at place: CataloguePlace? = nil) {
    switch value {
    case .text(let text) where text.cleanedLine.isEmpty: return
    case .list(let texts) where texts.allSatisfy({ $0.cleanedLine.isEmpty }): return
    case .object(let members) where members.isEmpty: return
    case .text(let text): weight += text.utf8.count
    case .list, .object: weight += 100
    }
    values[name] = value
    places[name] = place
  }

  mutating func set(_ field: CatalogueField, _ text: String, at place: CataloguePlace? = nil) {
    set(field.rawValue, .text(text), at: place)
  }

  /// Adds a value that no field has a place for; a name that is used already gets a number.
  mutating func setOther(_ name: String, _ text: String, at place: CataloguePlace? = nil) {
    // An unknown name must not be taken for a field.
    let base = CatalogueField(rawValue: name) == nil ? name : "other-\(name)"
    var free = base
    var number = 2
    while values[free] != nil {
      if values[free] == .text(text) { return }
      free = "\(base)-\(number)"
      number += 1
    }
    set(free, .text(text), at: place)
  }

  func has(_ field: CatalogueField) -> Bool { values[field.rawValue] != nil }
}
