import Archive
import Markup

/// A file that describes a publication for a program, beside its page.
package enum CitationFormat: Sendable, Hashable, CaseIterable {
  case bibtex, ris, csl, jsonLD, linkset

  /// What the name of the file ends with.
  ///
  /// No other ends with one of them but `.json`, which is
  /// the last to be compared.
  package var suffix: String {
    switch self {
    case .bibtex: ".bib"
    case .ris: ".ris"
    case .csl: ".csl.json"
    case .linkset: ".linkset.json"
    case .jsonLD: ".json"
    }
  }

  /// Its media type, as links to it say.
  package var mediaType: String {
    switch self {
    case .bibtex: "application/x-bibtex"
    case .ris: "application/x-research-info-systems"
    case .csl: "application/vnd.citationstyles.csl+json"
    case .jsonLD: "application/ld+json"
    case .linkset: "application/linkset+json"
    }
  }

  /// What people call it.
  package var label: String {
    switch self {
    case .bibtex: "BibTeX"
    case .ris: "RIS"
    case .csl: "CSL-JSON"
    case .jsonLD: "JSON-LD"
    case .linkset: "Link set"
    }
  }

  /// Those that reference managers take in.
  package static let forReferenceManagers: [CitationFormat] = [.bibtex, .ris, .csl]

  /// Those that describe the publication; the link set describes what belongs to it.
  static let descriptions: [CitationFormat] = [.bibtex, .ris, .csl, .jsonLD]

  /// The format and the slug that the last segment of a path names.
  static func reading(_ segment: Substring) -> (Slug, CitationFormat)? {
    for format in [bibtex, ris, csl, linkset, jsonLD] where segment.hasSuffix(format.suffix) {
      return Slug(segment.dropLast(format.suffix.utf8.count)).map { ($0, format) }
    }
    return nil
  }

  /// The file.
  func octets(of publication: Publication, on site: SiteSettings) -> [UInt8] {
    switch self {
    case .bibtex: BibTeX.entry(publication, on: site)
    case .ris: RIS.entry(publication, on: site)
    case .csl: JSON.array([CSL.item(publication, on: site)]).bytes
    case .jsonLD: JSONLD.publication(publication, on: site).bytes
    case .linkset: Signposting(publication, on: site).linkSet.bytes
    }
  }

  /// What the answer says of its content: text has its charset, JSON is UTF-8 by itself.
  var contentType: String {
    switch self {
    case .bibtex, .ris: mediaType + "; charset=utf-8"
    case .csl, .jsonLD, .linkset: mediaType
    }
  }

  /// Whether it is saved rather than read.
  var isDownload: Bool { CitationFormat.forReferenceManagers.contains(self) }
}
