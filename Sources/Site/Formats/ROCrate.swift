package import Archive
package import Markup

/// The description of a copy of the archive as an RO-Crate 1.1: one flat list of entities that name
/// each other by `@id` (https://w3id.org/ro/crate/1.1).
///
/// Each publication is an entity with the address it has on the site; its PDFs are files that
/// encode it. What is not public is not described, but for the folder that it is in.
package struct ROCrate: Sendable {
  package static let fileName = "ro-crate-metadata.json"
  package static let context = "https://w3id.org/ro/crate/1.1/context"

  private let site: SiteSettings
  /// The folders that the copy has beside that of the PDFs.
  private let folders: Set<String>
  private let made: Instant
  private var parts: [String] = []
  private var publications: [String] = []
  /// The identifiers of entities that have been written.
  private var known: Set<String> = []
  private var latest: Instant?

  package init(site: SiteSettings, folders: Set<String>, made: Instant) {
    (self.site, self.folders, self.made) = (site, folders, made)
  }

  /// The entity that describes the description itself.
  package static var descriptor: JSON {
    [
      "@id": .text(fileName), "@type": "CreativeWork",
      "conformsTo": ["@id": "https://w3id.org/ro/crate/1.1"], "about": ["@id": "./"],
    ]
  }

  /// The entities of a publication that are not there yet: its PDFs, its authors and itself.
  package mutating func entities(
    of publication: Publication, file: PreservedFile?,
    former: [(version: FormerFile, file: PreservedFile)]
  ) -> [JSON] {
    let record = publication.record
    let address = site.address(of: publication)
    latest = max(latest ?? publication.modified, publication.modified)
    publications.append(address)
    var entities: [JSON] = []
    if let file { add(file, record.fullTitle, of: address, to: &entities) }
    for (version, file) in former {
      let day = String(version.replaced.description.prefix(10))
      add(
        file, "\(record.fullTitle) (replaced \(day))", version.reason, of: address,
        to: &entities)
    }
    // A data set is a part of a crate, whose files are then expected in it (RO-Crate 1.1 §4.3).
    let described = JSONLD.type(of: record)
    let type = described == "Dataset" ? "CreativeWork" : described
    let authors = zip(record.authors, record.authorNames).map { name, parsed -> JSON in
      let identifier = record.orcids[name]?.address ?? "#author-\(Self.escaped(name))"
      if known.insert(identifier).inserted {
        let isOrganization = record.orcids[name] == nil && parsed.kind == .organization
        entities.append([
          "@id": .text(identifier), "@type": isOrganization ? "Organization" : "Person",
          "name": .text(parsed.text), "givenName": (parsed.person?.given).map(JSON.text),
          "familyName": (parsed.person?.family).map(JSON.text),
        ])
      }
      return Self.reference(identifier)
    }
    entities.append([
      "@id": .text(address), "@type": .text(type),
      "name": .text(record.fullTitle), "url": .text(address),
      "author": Self.values(authors),
      "datePublished": .text(record.published.description),
      "dateModified": .text(publication.modified.description),
      "publisher": Self.reference(publisher),
      "abstract": record.abstract.isEmpty ? nil : .text(record.abstract),
      "keywords": Self.values(record.topics.map(JSON.text)),
      "inLanguage": record.language.map(JSON.text),
      "reportNumber": record.number.map(JSON.text),
      "isPartOf": record.series.map { .text($0) },
      "identifier": record.doiAddress.map(JSON.text),
      "license": record.licence.map { .text(Licence.address($0) ?? $0) },
      "encoding": file.map { Self.reference($0.path) },
    ])
    return entities
  }

  private mutating func add(
    _ file: PreservedFile, _ name: String, _ description: String? = nil, of address: String,
    to entities: inout [JSON]
  ) {
    guard known.insert(file.path).inserted else { return }
    parts.append(file.path)
    entities.append([
      "@id": .text(file.path), "@type": "File", "name": .text(name),
      "description": description.map(JSON.text), "encodingFormat": "application/pdf",
      "contentSize": .text("\(file.bytes)"), "sha256": .text(file.sha256),
      "encodesCreativeWork": Self.reference(address),
    ])
  }

  /// The entities that all others belong to: the copy as a whole, its publisher, and its folders.
  package func closingEntities() -> [JSON] {
    let folders = [
      ("records/", "Records", "Everything that is stored about the publications, by table."),
      ("texts/", "Texts", "The text of each page of the PDFs."),
      (
        PreservedFile.hiddenFolder + "/", "Not public",
        "Drafts, and publications that are in review, scheduled or withdrawn."
      ),
    ].filter { self.folders.contains(String($0.0.dropLast())) }
    let files = [
      ("README.txt", "Read me", "What the files of this copy are.", "text/plain"),
      (
        "catalogue.jsonl", "Catalogue", "The public publications, one JSON object a line.",
        "application/jsonl"
      ),
    ]
    let references = (files.map { $0.0 } + folders.map { $0.0 } + parts).map(Self.reference)
    let root: JSON = [
      "@id": "./", "@type": "Dataset", "name": .text("The publications of \(site.name)"),
      "description": .text(
        "A copy of the archive of \(site.publisher): publications, PDFs and extracted texts."),
      // Not the day of the copy: the same archive makes the same copy.
      "datePublished": .text(String((latest ?? made).description.prefix(10))),
      "author": Self.reference(publisher), "publisher": Self.reference(publisher),
      "license": Self.reference("#licence"),
      "hasPart": .array(references),
      "mentions": Self.values(publications.map(Self.reference)),
    ]
    let licence: JSON = [
      "@id": "#licence", "@type": "CreativeWork", "name": "The licence of each publication",
      "description": "Each publication has the licence that its entity names, or none.",
    ]
    let organization: JSON = [
      "@id": .text(publisher), "@type": "Organization", "name": .text(site.publisher),
      "url": .text(site.absolute(.home)),
    ]
    var entities: [JSON] = []
    for (path, name, description, format) in files {
      entities.append([
        "@id": .text(path), "@type": "File", "name": .text(name),
        "description": .text(description), "encodingFormat": .text(format),
      ])
    }
    for (path, name, description) in folders {
      entities.append([
        "@id": .text(path), "@type": "Dataset", "name": .text(name),
        "description": .text(description),
      ])
    }
    return entities + [licence, organization, root]
  }

  /// The identifier of the publisher.
  private var publisher: String { site.absolute(.home) + "#publisher" }

  /// A single value is not a list (RO-Crate 1.1, RO-Crate JSON-LD).
  private static func values(_ values: [JSON]) -> JSON? {
    values.count < 2 ? values.first : .array(values)
  }

  private static func reference(_ identifier: String) -> JSON { ["@id": .text(identifier)] }

  /// A name as part of an identifier, percent-encoded.
  private static func escaped(_ name: String) -> String {
    name.utf8.map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return String(UnicodeScalar(byte))
      case 0x20: return "-"
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        return "%" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
    }.joined()
  }
}
