internal import Digests
internal import Foundation

/// One line of a catalogue.
struct CatalogueRecord: Sendable {
  var record: Record
  var slug: Slug?
  /// The path of the file, relative to the folder of files.
  var pdf: String?
  /// Keys that records do not have; they are stored with the record as JSON.
  var unknownKeys: [String]
  /// Known keys with an unusable value, such as a wrong DOI; they are stored with the record as
  /// JSON too.
  var keptAsWritten: [String] = []

  /// The SHA-256 of the record as the catalogue has it, which tells whether it has changed since
  /// the last import.
  ///
  /// It is taken before the record is interpreted and repaired, so that improving those overwrites
  /// nothing that staff have edited.
  var hash: [UInt8]

  /// Reads a line.
  ///
  /// - Parameter line: One JSON object (RFC 8259) in UTF-8.
  /// - Throws: ``ImportError/Reason``.
  init(_ line: [UInt8]) throws(ImportError.Reason) {
    var values = try CatalogueValues(line)
    guard let title = try values.text("title"), !title.cleanedLine.isEmpty else {
      throw .missing(key: "title")
    }
    guard let date = try values.textOrNumber("published") else { throw .missing(key: "published") }
    guard let published = PublicationDate(date) else {
      throw .wrongValue(
        key: "published", expected: "a date such as 2010-02-25, 2010-02 or 2010",
        found: "“\(date)”")
    }
    var record = Record(
      title: title, subtitle: try values.text("subtitle"),
      abstract: try values.text("abstract") ?? "", authors: try values.texts("authors"),
      published: published, series: try values.textOrNumber("series"),
      number: try values.textOrNumber("number"), topics: try values.texts("topics"),
      language: try values.text("language"), doi: values.known("doi") { DOI($0) == nil ? nil : $0 },
      licence: try values.text("licence"), source: try values.text("source"))
    // Wrong identifiers and unknown types are stored with the unknown keys.
    record.issn = values.known("issn", as: ISSN.init)
    record.orcids = values.known("orcids", of: record.authors)
    if let type = values.known("type", as: PublicationType.init) { record.type = type }
    if let text = try values.textOrNumber("slug"), !text.isEmpty {
      guard let slug = Slug(text) else {
        throw .wrongValue(
          key: "slug", expected: "a slug such as quiet-harbours",
          found: "“\(text)”")
      }
      self.slug = slug
    }
    if let path = try values.text("pdf"), !path.isEmpty { pdf = path }
    let known: Set<String> = ["doi", "issn", "orcids", "type"]
    unknownKeys = values.rest.keys.filter { !known.contains($0) }.sorted()
    keptAsWritten = values.rest.keys.filter(known.contains).sorted()
    record.unknown = try values.restAsJSON()
    let cleaned = record.cleaned
    hash = CatalogueRecord.hash(of: cleaned, slug: slug)
    let repaired = record.interpreted.repaired
    self.record = repaired == record ? cleaned : repaired.cleaned
  }

  private static func hash(of record: Record, slug: Slug?) -> [UInt8] {
    let orcids = record.orcids.sorted { $0.key < $1.key }.map { "\($1) \($0)" }
    let numbers = [record.issn?.description, orcids.isEmpty ? nil : orcids.joined(separator: "\n")]
    let fields: [String?] =
      [
        slug?.description, record.title, record.subtitle, record.abstract,
        record.published.description, record.type.rawValue, record.series, record.number,
        record.language, record.doi, record.licence, record.source, record.unknown,
      ] + record.authors + ["\u{1}"] + record.topics + numbers.compactMap { $0 }
    var hash = SHA256()
    // Clean texts contain no NUL, so this is unambiguous.
    for field in fields { hash.update(Array((field ?? "\u{2}").utf8) + [0]) }
    return hash.finish()
  }
}

/// The members of a JSON object, removed one by one.
private struct CatalogueValues {
  private(set) var rest: [String: Any]

  init(_ line: [UInt8]) throws(ImportError.Reason) {
    let value: Any
    do {
      value = try JSONSerialization.jsonObject(with: Data(line))
    } catch {
      let described = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String
      throw .notJSON(described ?? "it could not be read")
    }
    guard let object = value as? [String: Any] else { throw .notObject }
    rest = object
  }

  /// Removes and returns a text that may be written as a number, such as a year.
  mutating func textOrNumber(_ key: String) throws(ImportError.Reason) -> String? {
    guard let number = rest[key] as? NSNumber,
      !CatalogueValues.booleans.contains(CatalogueValues.written(number))
    else {
      return try text(key)
    }
    rest.removeValue(forKey: key)
    return number.stringValue
  }

  /// Removes and returns a text; nil for null.
  mutating func text(_ key: String) throws(ImportError.Reason) -> String? {
    switch rest.removeValue(forKey: key) {
    case nil, is NSNull: return nil
    case let text as String: return text
    case let other?:
      throw .wrongValue(key: key, expected: "a text", found: CatalogueValues.describe(other))
    }
  }

  /// Removes and returns a list of texts; a single text is a list of one.
  mutating func texts(_ key: String) throws(ImportError.Reason) -> [String] {
    switch rest.removeValue(forKey: key) {
    case nil, is NSNull: return []
    case let text as String: return [text]
    case let list as [Any]:
      var texts: [String] = []
      for element in list {
        guard let text = element as? String else {
          throw .wrongValue(
            key: key, expected: "a list of texts",
            found: "\(CatalogueValues.describe(element)) in it")
        }
        texts.append(text)
      }
      return texts
    case let other?:
      throw .wrongValue(
        key: key, expected: "a list of texts", found: CatalogueValues.describe(other))
    }
  }

  /// Removes and returns a value if it is known; leaves it otherwise.
  mutating func known<Value>(_ key: String, as read: (String) -> Value?) -> Value? {
    guard let text = rest[key] as? String, let value = read(text) else { return nil }
    rest.removeValue(forKey: key)
    return value
  }

  /// Removes and returns the ORCID iDs if all are valid and belong to authors of the record.
  mutating func known(_ key: String, of authors: [String]) -> [String: ORCID] {
    guard let texts = rest[key] as? [String: String] else { return [:] }
    let orcids = texts.compactMapValues(ORCID.init)
    guard orcids.count == texts.count, orcids.keys.allSatisfy(authors.contains) else { return [:] }
    rest.removeValue(forKey: key)
    return orcids
  }

  /// The remaining members with sorted keys; nil when none are left.
  func restAsJSON() throws(ImportError.Reason) -> String? {
    guard !rest.isEmpty else { return nil }
    do {
      let data = try JSONSerialization.data(
        withJSONObject: rest, options: [.sortedKeys, .withoutEscapingSlashes])
      return String(decoding: data, as: UTF8.self)
    } catch {
      throw .notJSON("it could not be stored")
    }
  }

  private static func describe(_ value: Any) -> String {
    switch value {
    case is [String: Any]: "an object"
    case is [Any]: "a list"
    case is String: "a text"
    case let number as NSNumber: booleans.first { $0 == written(number) } ?? "a number"
    default: "null"
    }
  }

  private static let booleans = ["true", "false"]

  /// A number or a boolean as JSON.
  private static func written(_ number: NSNumber) -> String {
    let list = try? JSONSerialization.data(withJSONObject: [number])
    return String(decoding: list?.dropFirst().dropLast() ?? Data(), as: UTF8.self)
  }
}
