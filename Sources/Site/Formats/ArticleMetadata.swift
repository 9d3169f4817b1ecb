import Archive
import Markup

extension Pages {
  /// The metadata in the head of an article page, for Google Scholar and reference managers
  /// (Highwire tags), libraries (Dublin Core), search engines (JSON-LD), share cards (Open Graph)
  /// and link followers (Signposting).
  func metadata(of view: ArticleView) -> HTML {
    let publication = view.publication
    let title: HTML = "\(publication.record.fullTitle)"
    let address: HTML = "\(settings.address(of: publication))"
    return """
      \(highwireTags(view, title, address))\
      \(dublinCore(view, title, address))\
      \(shareCard(view, title, address))\
      \(view.signposting.head)\
      \(data(JSONLD.publication(publication, by: view.authorNames, on: settings)))
      """
  }

  /// The metadata in the head of the home page.
  func siteMetadata() -> HTML {
    """
    \(property("og:type", "website"))\
    \(property("og:title", settings.name))\
    \(property("og:url", absolute(Resource.home.path)))\
    \(property("og:site_name", settings.name))\
    \(property("og:description", settings.tagline))\
    \(meta("twitter:card", "summary"))\
    \(data(JSONLD.site(on: settings)))
    """
  }

  /// A data block, which browsers do not run.
  private func data(_ json: JSON) -> HTML {
    "<script type=\"application/ld+json\">\(json: json)</script>\n"
  }

  /// The tags that Google Scholar reads; none for types that are not scholarly, such as datasets.
  private func highwireTags(_ view: ArticleView, _ title: HTML, _ address: HTML) -> HTML {
    let publication = view.publication
    let record = publication.record
    guard settings.citedTypes.contains(record.type) else { return "" }
    let online = publication.publicFrom.flatMap(PublicationDate.init(of:))
    return """
      <meta name="citation_title" content="\(title)">
      \(each: view.authorNames, { "<meta name=\"citation_author\" content=\"\($0.text)\">\n" })\
      <meta name="citation_publication_date" content="\(citationDate(record.published))">
      \(online, { "<meta name=\"citation_online_date\" content=\"\(citationDate($0))\">\n" })\
      \(place(of: record))\
      <meta name="citation_publisher" content="\(settings.publisher)">
      <meta name="citation_abstract_html_url" content="\(address)">
      \(settings.documentAddress(of: publication), { meta("citation_pdf_url", $0) })\
      \(record.language, { meta("citation_language", $0) })\
      \(each: record.topics, { meta("citation_keywords", $0) })\
      \(record.bareDOI, { meta("citation_doi", $0) })\
      \(record.issn, { meta("citation_issn", $0.description) })
      """
  }

  /// The place of publication.
  ///
  /// Reference managers take a record with an institution as a report, and one with a journal as an
  /// article.
  private func place(of record: Record) -> HTML {
    switch record.type {
    case .article where record.series != nil:
      return """
        \(record.series, { meta("citation_journal_title", $0) })\
        \(record.number, { meta("citation_issue", $0) })
        """
    case .chapter where record.series != nil:
      return "\(record.series, { meta("citation_inbook_title", $0) })"
    case .thesis:
      return meta("citation_dissertation_institution", settings.publisher)
    default:
      return """
        \(meta("citation_technical_report_institution", settings.publisher))\
        \(record.number, { meta("citation_technical_report_number", $0) })\
        \(record.series, { meta("citation_series_title", $0) })
        """
    }
  }

  /// `2010/2/25`, as precise as known.
  private func citationDate(_ date: PublicationDate) -> String {
    "\(date.year)" + (date.month.map { "/\($0)" } ?? "") + (date.day.map { "/\($0)" } ?? "")
  }

  private func dublinCore(_ view: ArticleView, _ title: HTML, _ address: HTML) -> HTML {
    let record = view.publication.record
    return """
      <link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">
      <meta name="DC.title" content="\(title)">
      \(each: view.authorNames, { "<meta name=\"DC.creator\" content=\"\($0.inverted)\">\n" })\
      <meta name="DC.date" content="\(record.published)">
      <meta name="DC.type" content="Text">
      <meta name="DC.publisher" content="\(settings.publisher)">
      \(each: record.topics, { meta("DC.subject", $0) })\
      \(record.language, { meta("DC.language", $0) })\
      <meta name="DC.identifier" content="\(address)">
      \(record.licence, { meta("DC.rights", $0) })
      """
  }

  private func shareCard(_ view: ArticleView, _ title: HTML, _ address: HTML) -> HTML {
    let publication = view.publication
    let record = publication.record
    return """
      <meta property="og:type" content="article">
      <meta property="og:title" content="\(title)">
      <meta property="og:url" content="\(address)">
      <meta property="og:site_name" content="\(settings.name)">
      \(property("og:description", view.description))\
      <meta property="og:image" content="\(settings.absolute(.shareCard(publication.slug)))">
      <meta property="og:image:type" content="image/png">
      <meta property="og:image:width" content="\(ShareCard.width)">
      <meta property="og:image:height" content="\(ShareCard.height)">
      <meta property="og:image:alt" content="\(title)">
      \(record.language.flatMap(ShareLocale.name), { property("og:locale", $0) })\
      <meta property="article:published_time" content="\(record.published)">
      <meta property="article:modified_time" content="\(publication.modified)">
      \(each: view.authorNames, { property("article:author", $0.text) })\
      <meta name="twitter:card" content="summary_large_image">
      <meta name="twitter:image" content="\(settings.absolute(.shareCard(publication.slug)))">

      """
  }

  /// Empty tags are left out, because readers of metadata take them for values.
  private func meta(_ name: HTML, _ value: String) -> HTML {
    value.isEmpty ? "" : "<meta name=\"\(name)\" content=\"\(value)\">\n"
  }

  private func property(_ name: HTML, _ value: String) -> HTML {
    value.isEmpty ? "" : "<meta property=\"\(name)\" content=\"\(value)\">\n"
  }
}

/// Open Graph names of languages, with the most common country.
enum ShareLocale {
  /// `sv_SE` for `sv`; nil for unknown languages.
  static func name(_ tag: String) -> String? {
    let parts = tag.split(separator: "-").map(String.init)
    guard let language = parts.first?.lowercased() else { return nil }
    if let country = parts.dropFirst().first(where: { $0.utf8.count == 2 }) {
      return "\(language)_\(country.uppercased())"
    }
    return countries[language].map { "\(language)_\($0)" }
  }

  private static let countries = [
    "ar": "AR", "bg": "BG", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR", "en": "US", "es": "ES",
    "et": "EE", "fa": "IR", "fi": "FI", "fr": "FR", "he": "IL", "hi": "IN", "hr": "HR", "hu": "HU",
    "id": "ID", "is": "IS", "it": "IT", "ja": "JP", "ka": "GE", "kk": "KZ", "ko": "KR", "lt": "LT",
    "lv": "LV", "nb": "NO", "nl": "NL", "nn": "NO", "pl": "PL", "pt": "PT", "ro": "RO", "ru": "RU",
    "sk": "SK", "sl": "SI", "sr": "RS", "sv": "SE", "th": "TH", "tr": "TR", "uk": "UA", "ur": "PK",
    "vi": "VN", "zh": "CN",
  ]
}
