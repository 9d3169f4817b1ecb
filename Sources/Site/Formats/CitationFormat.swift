import Archive
import Markup

/// A metadata format of a publication, with its own address.
package enum CitationFormat: Sendable, Hashable, CaseIterable {
  case bibtex, ris, csl, jsonLD, linkset

  /// The end of the file name.
  ///
  /// `.json` is also the end of another one, so it is compared last.
  package var suffix: String {
    switch self {
    case .bibtex: ".bib"
    case .ris: ".ris"
    case .csl: ".csl.json"
    case .linkset: ".linkset.json"
    case .jsonLD: ".json"
    }
  }

  /// The media type in links.
  package var mediaType: String {
    switch self {
    case .bibtex: "application/x-bibtex"
    case .ris: "application/x-research-info-systems"
    case .csl: "application/vnd.citationstyles.csl+json"
    case .jsonLD: "application/ld+json"
    case .linkset: "application/linkset+json"
    }
  }

  /// The name for people.
  package var label: String {
    switch self {
    case .bibtex: "BibTeX"
    case .ris: "RIS"
    case .csl: "CSL-JSON"
    case .jsonLD: "JSON-LD"
    case .linkset: "Link set"
    }
  }

  /// The formats that reference managers import.
  package static let forReferenceManagers: [CitationFormat] = [.bibtex, .ris, .csl]

  /// The formats that describe the publication; the link set describes related resources.
  static let descriptions: [CitationFormat] = [.bibtex, .ris, .csl, .jsonLD]

  /// The format and slug in the last segment of a path.
  static func reading(_ segment: Substring) -> (Slug, CitationFormat)? {
    for format in [bibtex, ris, csl, linkset, jsonLD] where segment.hasSuffix(format.suffix) {
      return Slug(segment.dropLast(format.suffix.utf8.count)).map { ($0, format) }
    }
    return nil
  }

  /// The file.
  func bytes(of publication: Publication, on site: SiteSettings) -> [UInt8] {
    switch self {
    case .bibtex: BibTeX.entry(publication, on: site)
    case .ris: RIS.entry(publication, on: site)
    case .csl: JSON.array([CSL.item(publication, on: site)]).bytes
    case .jsonLD: JSONLD.publication(publication, on: site).bytes
    case .linkset: Signposting(publication, on: site).linkSet.bytes
    }
  }

  /// The Content-Type: text formats have a charset, JSON is always UTF-8.
  var contentType: String {
    switch self {
    case .bibtex, .ris: mediaType + "; charset=utf-8"
    case .csl, .jsonLD, .linkset: mediaType
    }
  }

  /// Whether browsers save it instead of showing it.
  var isDownload: Bool { CitationFormat.forReferenceManagers.contains(self) }
}
