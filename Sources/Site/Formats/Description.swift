import Archive
import HTTP

/// Values that several metadata formats share.
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

  /// The address that resolves the DOI.
  ///
  /// The slash between prefix and suffix is kept; other special characters are percent-encoded.
  var doiAddress: String? {
    guard let doi = bareDOI else { return nil }
    return "https://doi.org/"
      + doi.split(separator: "/", omittingEmptySubsequences: false)
      .map { PercentEncoding.encodedSegment(String($0)) }.joined(separator: "/")
  }

  /// The DOI without a prefix such as “doi:”; nil if it is invalid.
  var bareDOI: String? { doi.flatMap(DOI.init)?.description }

  /// The ORCIDs in the order of the authors.
  var authorORCIDs: [ORCID] { orcids.isEmpty ? [] : authors.compactMap { orcids[$0] } }
}

extension SiteSettings {
  /// An absolute address on this site.
  func absolute(_ resource: Resource) -> String { baseURL + resource.path }

  /// The canonical address of a publication.
  func address(of publication: Publication) -> String {
    absolute(.publication(publication.slug))
  }

  /// The address of its PDF; nil without one.
  func documentAddress(of publication: Publication) -> String? {
    publication.file == nil ? nil : absolute(.document(publication.slug))
  }

  /// The address in citations: the DOI's, or else the page's.
  func persistentAddress(of publication: Publication) -> String {
    publication.record.doiAddress ?? address(of: publication)
  }
}

extension PublicationType {
  /// The name of the type in metadata and references, in English on every site.
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
