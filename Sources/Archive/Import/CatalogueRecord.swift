internal import Digests
internal import Foundation

/// What a catalogue says of a publication beside its record.
struct CatalogueDetails: Sendable {
  /// The status of a new publication.
  var status = Publication.Status.published
  /// When a scheduled one becomes public.
  var publicFrom: Instant?
  /// What the record is called in the system it comes from, the same in each import; nil for a
  /// catalogue, whose records are found by slug, DOI or content.
  var origin: String?
  /// The slug that a new publication gets if it is free; another one is made from it if not.
  var wantedSlug: Slug?
  /// Slugs that redirect to the publication.
  var formerSlugs: [Slug] = []
  /// Addresses in the system it comes from, which redirect to the publication.
  var addresses: [OldAddress] = []
  /// The fields that the record has; nil when it has all of them.
  ///
  /// Those of an existing publication that it lacks stay.
  var named: Set<CatalogueField>?
  /// Whether the texts have no markup left, so that “a < b” in them is not read as such.
  var isPlain = false
}

/// One record of a catalogue.
struct CatalogueRecord: Sendable {
  var record: Record
  var details = CatalogueDetails()
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
    try self.init(CatalogueValues(line), isForeign: false)
  }

  /// Reads the fields of another format.
  ///
  /// - Throws: ``ImportError/Reason``.
  init(_ fields: CatalogueFields) throws(ImportError.Reason) {
    try self.init(
      CatalogueValues(fields.values.mapValues(\.json)),
      isForeign: true, hasSeparateAuthors: fields.hasSeparateAuthors)
    details.origin = fields.origin
    // A repository has all fields of its records.
    guard fields.origin == nil else { return }
    details.named = Set(fields.values.keys.compactMap(CatalogueField.init(rawValue:)))
  }

  private init(
    _ values: CatalogueValues, isForeign: Bool, hasSeparateAuthors: Bool = false
  ) throws(ImportError.Reason) {
    var values = values
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
      language: isForeign
        ? values.known("language") { Record.isLanguageTag($0) ? $0 : nil }
        : try values.text("language"),
      doi: values.known("doi") { DOI($0) == nil ? nil : $0 },
      licence: try values.text("licence"), source: try values.text("source"))
    // Wrong identifiers and unknown types are stored with the unknown keys.
    record.issn = values.known("issn", as: ISSN.init)
    record.orcids = values.known("orcids", of: record.authors)
    if let type = values.known("type", as: TypeName.init) { record.typeName = type }
    if let text = try values.textOrNumber("slug"), !text.isEmpty {
      guard let slug = Slug(text) else {
        throw .wrongValue(
          key: "slug", expected: "a slug such as quiet-harbours",
          found: "“\(text)”")
      }
      self.slug = slug
    }
    if let path = try values.text("pdf"), !path.isEmpty { pdf = path }
    details = try CatalogueDetails(&values)
    let known: Set<String> = ["doi", "issn", "orcids", "type", "status", "language"]
    unknownKeys = values.rest.keys.filter { !known.contains($0) }.sorted()
    keptAsWritten = values.rest.keys.filter(known.contains).sorted()
    record.unknown = try values.restAsJSON()
    let cleaned = record.cleaned
    hash = CatalogueRecord.hash(of: cleaned, details, slug: slug)
    var interpreted = record.interpreted
    if hasSeparateAuthors {
      (interpreted.authors, interpreted.orcids) = (record.authors, record.orcids)
    }
    let repaired = interpreted.repaired
    self.record = repaired == record ? cleaned : repaired.cleaned
  }

  /// Takes a record that has no markup.
  init(plain record: Record, details: CatalogueDetails, pdf: String? = nil) {
    self.record = record.repaired.cleaned
    self.details = details
    self.details.isPlain = true
    self.pdf = pdf
    unknownKeys = []
    hash = CatalogueRecord.hash(of: record.cleaned, details, slug: nil)
  }

  private static func hash(
    of record: Record, _ details: CatalogueDetails, slug: Slug?
  ) -> [UInt8] {
    let orcids = record.orcids.sorted { $0.key < $1.key }.map { "\($1) \($0)" }
    let numbers = [
      record.issn?.description, orcids.isEmpty ? nil : orcids.joined(separator: "\n"),
      details.status == .published ? nil : "status \(details.status.rawValue)",
      details.status == .scheduled ? details.publicFrom?.description : nil,
    ]
    let fields: [String?] =
      [
        slug?.description, record.title, record.subtitle, record.abstract,
        record.published.description, record.typeName.rawValue, record.series, record.number,
        record.language, record.doi, record.licence, record.source, record.unknown,
      ] + record.authors + ["\u{1}"] + record.topics + numbers.compactMap { $0 }
    var hash = SHA256()
    // Clean texts contain no NUL, so this is unambiguous.
    for field in fields { hash.update(Array((field ?? "\u{2}").utf8) + [0]) }
    return hash.finish()
  }
}

extension CatalogueDetails {
  /// Removes and reads what an export says of publications that are not public.
  fileprivate init(_ values: inout CatalogueValues) throws(ImportError.Reason) {
    if let known = values.known("status", as: Publication.Status.init) { status = known }
    if let text = try values.text("public_from") {
      guard let time = Instant(text) else {
        throw .wrongValue(
          key: "public_from", expected: "a time such as 2026-12-01T09:00:00Z", found: "“\(text)”")
      }
      publicFrom = time
    }
    if status == .scheduled, publicFrom == nil { throw .missing(key: "public_from") }
    formerSlugs = try values.texts("former_slugs").compactMap { Slug($0) }
  }
}

/// The members of a JSON object, removed one by one.
private struct CatalogueValues {
  private(set) var rest: [String: Any]

  init(_ members: [String: Any]) { rest = members }

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
