import Archive
import HTTP

/// What the formats for programs say alike of a publication.
extension Record {
  /// Title and subtitle in one line.
  var fullTitle: String {
    guard let subtitle else { return title }
    let ends: Set<Character> = [":", "?", "!", ".", "…"]
    return title.last.map(ends.contains) == true ? "\(title) \(subtitle)" : "\(title): \(subtitle)"
  }

  var authorNames: [AuthorName] { authors.map(AuthorName.init) }

  /// Series and number in one line; nil without a series.
  var seriesAndNumber: String? {
    series.map { series in number.map { "\(series), no. \($0)" } ?? series }
  }

  /// The address that a DOI resolves at.
  ///
  /// A slash divides a DOI's prefix from its suffix; all else is encoded for an address.
  var doiAddress: String? {
    guard let doi = bareDOI else { return nil }
    return "https://doi.org/"
      + doi.split(separator: "/", omittingEmptySubsequences: false)
      .map { PercentEncoding.encodedSegment(String($0)) }.joined(separator: "/")
  }

  /// The DOI without what people write before it; nil when it is none.
  var bareDOI: String? { doi.flatMap(DOI.init)?.description }

  /// The numbers of its authors, in the order of the authors.
  var authorORCIDs: [ORCID] { orcids.isEmpty ? [] : authors.compactMap { orcids[$0] } }
}

extension SiteSettings {
  /// An absolute address on this site.
  func absolute(_ resource: Resource) -> String { baseURL + resource.path }

  /// The one address of a publication.
  func address(of publication: Publication) -> String {
    absolute(.publication(publication.slug))
  }

  /// The address of its PDF; nil without one.
  func documentAddress(of publication: Publication) -> String? {
    publication.file == nil ? nil : absolute(.document(publication.slug))
  }

  /// Where a citation leads: the DOI when there is one, and else the page.
  func persistentAddress(of publication: Publication) -> String {
    publication.record.doiAddress ?? address(of: publication)
  }
}

extension PublicationType {
  /// What it is called where programs, references and staff read it, in English on every site.
  var label: String {
    switch self {
    case .report: "Report"
    case .policyPaper: "Policy paper"
    case .workingPaper: "Working paper"
    case .brief: "Brief"
    case .article: "Article"
    case .book: "Book"
    case .chapter: "Chapter"
    case .proceedings: "Proceedings"
    case .thesis: "Thesis"
    case .dataset: "Dataset"
    case .other: "Other"
    }
  }
}
