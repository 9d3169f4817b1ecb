import Archive
import Markup

extension Pages {
  /// What the head of an article page says to programs: Google Scholar and reference managers
  /// (Highwire tags), libraries (Dublin Core), search engines (JSON-LD), share cards (Open Graph)
  /// and whoever follows links (Signposting).
  ///
  /// - Parameters:
  ///   - publication: What the page is of.
  ///   - description: The beginning of its abstract; empty without one.
  /// - Returns: Elements of the head.
  func metadata(of publication: Publication, _ description: String) -> HTML {
    """
    \(highwireTags(publication))\
    \(dublinCore(publication))\
    \(shareCard(publication, description))\
    \(Signposting(publication, on: settings).head)\
    \(data(JSONLD.publication(publication, on: settings)))
    """
  }

  /// What the head of the home page says of the site.
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

  /// A script element that holds data, which browsers do not run.
  private func data(_ json: JSON) -> HTML {
    "<script type=\"application/ld+json\">\(json: json.octets)</script>\n"
  }

  /// The tags that Google Scholar reads; none on what is no scholarly work, such as a dataset.
  private func highwireTags(_ publication: Publication) -> HTML {
    let record = publication.record
    guard settings.citedTypes.contains(record.type) else { return "" }
    let online = publication.publicFrom.flatMap { PublicationDate($0.description.prefix(10)) }
    return """
      \(meta("citation_title", record.fullTitle))\
      \(each: record.authorNames, { meta("citation_author", $0.text) })\
      \(meta("citation_publication_date", citationDate(record.published)))\
      \(online, { meta("citation_online_date", citationDate($0)) })\
      \(place(of: record))\
      \(meta("citation_publisher", settings.publisher))\
      \(meta("citation_abstract_html_url", settings.address(of: publication)))\
      \(settings.documentAddress(of: publication), { meta("citation_pdf_url", $0) })\
      \(record.language, { meta("citation_language", $0) })\
      \(each: record.topics, { meta("citation_keywords", $0) })\
      \(record.bareDOI, { meta("citation_doi", $0) })\
      \(record.issn, { meta("citation_issn", $0.description) })
      """
  }

  /// Where it appeared.
  ///
  /// The institution of a report is what makes a report of it for reference
  /// managers, and the name of a journal an article.
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

  /// `2010/2/25`, or what is known of it.
  private func citationDate(_ date: PublicationDate) -> String {
    [date.year, date.month, date.day].compactMap { $0 }.map { "\($0)" }.joined(separator: "/")
  }

  private func dublinCore(_ publication: Publication) -> HTML {
    let record = publication.record
    return """
      <link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">
      \(meta("DC.title", record.fullTitle))\
      \(each: record.authorNames, { meta("DC.creator", $0.inverted) })\
      \(meta("DC.date", record.published.description))\
      \(meta("DC.type", "Text"))\
      \(meta("DC.publisher", settings.publisher))\
      \(each: record.topics, { meta("DC.subject", $0) })\
      \(record.language, { meta("DC.language", $0) })\
      \(meta("DC.identifier", settings.address(of: publication)))\
      \(record.licence, { meta("DC.rights", $0) })
      """
  }

  private func shareCard(_ publication: Publication, _ description: String) -> HTML {
    let record = publication.record
    return """
      \(property("og:type", "article"))\
      \(property("og:title", record.fullTitle))\
      \(property("og:url", settings.address(of: publication)))\
      \(property("og:site_name", settings.name))\
      \(property("og:description", description))\
      \(property("og:image", settings.absolute(.cover(publication.slug))))\
      \(property("og:image:type", "image/svg+xml"))\
      \(property("og:image:alt", record.fullTitle))\
      \(record.language.flatMap(ShareLocale.name), { property("og:locale", $0) })\
      \(property("article:published_time", record.published.description))\
      \(property("article:modified_time", publication.modified.description))\
      \(each: record.authorNames, { property("article:author", $0.text) })\
      \(each: record.topics, { property("article:tag", $0) })\
      \(meta("twitter:card", "summary"))
      """
  }

  /// Never an empty tag: readers of metadata take one for a value.
  private func meta(_ name: HTML, _ value: String) -> HTML {
    value.isEmpty ? "" : "<meta name=\"\(name)\" content=\"\(value)\">\n"
  }

  private func property(_ name: HTML, _ value: String) -> HTML {
    value.isEmpty ? "" : "<meta property=\"\(name)\" content=\"\(value)\">\n"
  }
}

/// The names that share cards have for languages: with a country, whose commonest is taken.
enum ShareLocale {
  /// `sv_SE` for `sv`; nil for a language that is not known here.
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
