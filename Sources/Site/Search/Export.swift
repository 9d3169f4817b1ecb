package import Archive
import Markup

/// A file format for many publications.
package enum ExportFormat: String, Sendable, CaseIterable {
  /// One JSON object per line, as `offprint import` reads it.
  case jsonl
  case bibtex, ris, csl, csv

  package var mediaType: String {
    switch self {
    case .jsonl: "application/jsonl"
    case .bibtex: CitationFormat.bibtex.contentType
    case .ris: CitationFormat.ris.contentType
    case .csl: CitationFormat.csl.contentType
    case .csv: CSV.mediaType
    }
  }

  /// The suffix of the file name.
  package var suffix: String {
    switch self {
    case .jsonl: ".jsonl"
    case .bibtex: CitationFormat.bibtex.suffix
    case .ris: CitationFormat.ris.suffix
    case .csl: CitationFormat.csl.suffix
    case .csv: ".csv"
    }
  }

  /// The text before the first publication.
  package func beginning() -> [UInt8] {
    switch self {
    case .csl: Array("[\n".utf8)
    case .csv: CSV(Export.columns).bytes
    case .jsonl, .bibtex, .ris: []
    }
  }

  /// The text after the last publication.
  package func end() -> [UInt8] { self == .csl ? Array("\n]\n".utf8) : [] }

  /// A publication, with the separator from the one before.
  package func entry(
    _ publication: Publication, on site: SiteSettings, isFirst: Bool
  ) -> [UInt8] {
    switch self {
    case .jsonl: return CatalogueLine.bytes(publication)
    case .bibtex:
      return (isFirst ? [] : [0x0A]) + BibTeX.entry(publication, on: site)
    case .ris: return RIS.entry(publication, on: site)
    case .csl:
      return (isFirst ? [] : Array(",\n".utf8)) + CSL.item(publication, on: site).bytes
    case .csv:
      let head = CSV(Export.columns)
      var table = head
      table.add(Export.row(publication, on: site))
      return Array(table.bytes.dropFirst(head.bytes.count))
    }
  }

  /// Writes several publications.
  package func bytes(of publications: [Publication], on site: SiteSettings) -> [UInt8] {
    var bytes = beginning()
    for (index, publication) in publications.enumerated() {
      bytes += entry(publication, on: site, isFirst: index == 0)
    }
    return bytes + end()
  }
}

private enum Export {
  static let columns = [
    "slug", "title", "subtitle", "authors", "published", "type", "series", "issn", "number",
    "topics",
    "language", "doi", "licence", "orcids", "abstract", "pages", "octets", "address",
  ]

  static func row(_ publication: Publication, on site: SiteSettings) -> [String] {
    let record = publication.record
    return [
      publication.slug.description, record.title, record.subtitle ?? "",
      record.authors.joined(separator: "; "), record.published.description, record.type.rawValue,
      record.series ?? "", record.issn?.description ?? "", record.number ?? "",
      record.topics.joined(separator: "; "),
      record.language ?? "", record.doi ?? "", record.licence ?? "",
      record.authorORCIDs.map(\.description).joined(separator: "; "), record.abstract,
      (publication.file?.pages).map { "\($0)" } ?? "",
      (publication.file?.bytes).map { "\($0)" } ?? "", site.address(of: publication),
    ]
  }
}
