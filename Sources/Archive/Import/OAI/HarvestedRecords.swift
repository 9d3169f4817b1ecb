internal import SQLite

/// A response of another repository to an OAI-PMH request.
package struct HarvestResponse: Sendable {
  /// A record of the repository.
  package struct Record: Sendable {
    package fileprivate(set) var identifier = ""
    package fileprivate(set) var isDeleted = false
    /// The values of each Dublin Core element, in their order.
    package fileprivate(set) var elements: [String: [String]] = [:]
  }

  /// When the repository answered, in UTC; empty when it does not say so.
  package private(set) var date = ""
  /// The code and the words of an error.
  package private(set) var error: (code: String, message: String)?
  package private(set) var records: [Record] = []
  /// What asks for the rest of the list; nil at its end.
  package private(set) var resumptionToken: String?
  /// The size of the whole list, if the repository says so.
  package private(set) var listSize: Int?
  /// Whether times may have hours, by the answer to Identify.
  package private(set) var hasSeconds = false

  private static let space = "http://www.openarchives.org/OAI/2.0/"
  private static let dublinCore = "http://purl.org/dc/elements/1.1/"

  /// Reads a response.
  ///
  /// - Throws: ``XMLError`` when it is not well-formed; ``HarvestError`` when it is something else.
  package init(_ document: [UInt8]) throws {
    var xml = XMLReader(document)
    var path: [XMLName] = []
    var text = ""
    var record = Record()
    var errorCode = ""
    while let event = try xml.next() {
      switch event {
      case .start(let name, let attributes):
        if path.isEmpty {
          guard name == XMLName(space: HarvestResponse.space, local: "OAI-PMH") else {
            throw HarvestError.notOAI
          }
        }
        path.append(name)
        text = ""
        guard name.space == HarvestResponse.space else { break }
        switch name.local {
        case "record": record = Record()
        case "header": record.isDeleted = attributes["status"] == "deleted"
        case "error": errorCode = attributes["code"] ?? ""
        case "resumptionToken": listSize = attributes["completeListSize"].flatMap { Int($0) }
        default: break
        }
      case .text(let piece): text += piece
      case .end(let name):
        path.removeLast()
        defer { text = "" }
        if name.space == HarvestResponse.dublinCore {
          let value = text.cleanedParagraphs
          if !value.isEmpty { record.elements[name.local, default: []].append(value) }
          break
        }
        guard name.space == HarvestResponse.space else { break }
        let value = text.cleanedLine
        switch name.local {
        case "responseDate": date = value
        case "error": error = (errorCode, value)
        case "identifier" where path.last?.local == "header": record.identifier = value
        case "record": if !record.identifier.isEmpty { records.append(record) }
        case "resumptionToken": resumptionToken = value.isEmpty ? nil : value
        case "granularity": hasSeconds = value.contains("hh")
        default: break
        }
      }
    }
  }
}

/// Why a response of another repository is not used.
package enum HarvestError: Error, Equatable, Sendable, CustomStringConvertible {
  case notOAI

  package var description: String { "expected a response of OAI-PMH, found something else" }
}

extension HarvestResponse.Record {
  /// The record for an import, found again by its identifier.
  ///
  /// - Parameters:
  ///   - number: Its place in the list, for errors.
  ///   - file: The path of its PDF below the folder of files.
  /// - Returns: The record; without a title or a date it is an error of the import.
  package func entry(number: Int, file: String?) -> CatalogueEntry {
    var fields = CatalogueFields()
    fields.hasSeparateAuthors = true
    var rest = elements
    func take(_ name: String) -> [String] { rest.removeValue(forKey: name) ?? [] }
    let titles = take("title")
    if let title = titles.first { fields.set(.title, title.cleanedLine) }
    for title in titles.dropFirst() { fields.setOther("title", title) }
    fields.set(
      "authors", .list(take("creator").map { CatalogueFields.readingOrder($0.cleanedLine) }))
    fields.set(
      "topics",
      .list(take("subject").flatMap { $0.split(separator: ";").map { String($0).cleanedLine } }))
    fields.set(.abstract, take("description").joined(separator: "\n\n"))
    // Repositories give the dates of deposit and publication; the earliest is the latter.
    let dates = take("date")
    let read = dates.compactMap { CatalogueDate.date($0) }
    if let first = read.map(\.year).min(),
      let date = read.filter({ $0.year == first }).max(by: {
        $0.description.utf8.count < $1.description.utf8.count
      })
    {
      fields.set(.published, date.description)
    } else if let date = dates.first {
      fields.set(.published, date)
    }
    for type in take("type") {
      if !fields.has(.type),
        let known = CatalogueWords.type(type.split(separator: "/").last.map(String.init) ?? type)
      {
        fields.set(.type, known.rawValue)
      } else if type != "Text" {
        fields.setOther("dc-type", type)
      }
    }
    if !fields.has(.type) { fields.set(.type, PublicationType.other.rawValue) }
    let languages = take("language")
    if let language = languages.first { fields.setText(.language, language, at: nil) }
    if let rights = take("rights").first { fields.set(.licence, rights.cleanedLine) }
    for identifier in take("identifier") { set(identifier.cleanedLine, &fields) }
    for format in take("format") where format != "application/pdf" {
      fields.setOther("format", format)
    }
    for (name, values) in rest.sorted(by: { $0.key < $1.key }) {
      for value in values { fields.setOther("dc-\(name)", value) }
    }
    if let file { fields.set(.pdf, file) }
    fields.origin = identifier
    return CatalogueEntry(CataloguePlace(line: number), .fields(fields))
  }

  private func set(_ identifier: String, _ fields: inout CatalogueFields) {
    if let doi = DOI(identifier), !fields.has(.doi) {
      fields.set(.doi, doi.description)
    } else if let issn = ISSN(identifier), !fields.has(.issn) {
      fields.set(.issn, issn.description)
    } else if identifier.contains("://"), !fields.has(.source), !identifier.hasSuffix(".pdf") {
      fields.set(.source, identifier)
    } else {
      fields.setOther("dc-identifier", identifier)
    }
  }

  /// The addresses of PDFs that the record names.
  package var fileAddresses: [String] {
    ["identifier", "relation", "source"].flatMap { elements[$0] ?? [] }.filter { address in
      address.contains("://")
        && address.prefix { $0 != "?" && $0 != "#" }.lowercased().hasSuffix(".pdf")
    }
  }
}

extension Publications {
  /// The publication that was imported from a record of another system; nil when there is none.
  package func imported(from origin: String, at now: Instant = .now) throws -> Publication? {
    try core.read { connection in
      try connection.row("SELECT publication FROM origin WHERE name = \(origin)") { $0.integer(0) }
        .map { try connection.publication($0, at: now) }
    }
  }

  /// When a repository was last harvested completely, in its own words; nil for never.
  package func lastHarvest(of name: String) throws -> String? {
    try core.read { connection in
      try connection.row("SELECT value FROM setting WHERE name = \("harvested " + name)") {
        $0.text(0)
      }
    }
  }

  package func noteHarvest(of name: String, date: String) throws {
    try core.change(.nothingPublic) { connection in
      try connection.run(
        """
        INSERT INTO setting (name, value) VALUES (\("harvested " + name), \(date))
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """)
    }
  }
}
