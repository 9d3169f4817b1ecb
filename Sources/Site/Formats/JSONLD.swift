import Archive
import Markup

/// Schema.org descriptions in JSON-LD.
enum JSONLD {
  /// A publication; unknown properties are left out.
  ///
  /// - Parameters:
  ///   - publication: What is described.
  ///   - names: Its authors, where they are known already.
  ///   - site: Who publishes it.
  /// - Returns: An object.
  static func publication(
    _ publication: Publication, by names: [AuthorName]? = nil, on site: SiteSettings
  ) -> JSON {
    let record = publication.record
    let names = names ?? record.authorNames
    let address = site.address(of: publication)
    let title = record.fullTitle
    let identifiers = [
      record.bareDOI.map { property("DOI", $0, record.doiAddress) },
      isReport(record) ? record.number.map { property("report number", $0, nil) } : nil,
    ].compactMap { $0 }
    return [
      "@context": "https://schema.org", "@id": .text(address), "@type": .text(type(of: record)),
      "url": .text(address), "name": .text(title), "headline": .text(title),
      "alternativeHeadline": record.subtitle.map(JSON.text),
      "author": record.authors.isEmpty ? nil : .array(authors(of: record, names)),
      "datePublished": .text(record.published.description),
      "dateModified": .text(publication.modified.description), "publisher": organization(on: site),
      "inLanguage": record.language.map(JSON.text),
      "abstract": record.abstract.isEmpty ? nil : .text(record.abstract),
      "keywords": record.topics.isEmpty ? nil : .array(record.topics.map(JSON.text)),
      "reportNumber": isReport(record) ? record.number.map(JSON.text) : nil,
      "isPartOf": record.series.map { series(record, $0) }, "isAccessibleForFree": true,
      "license": Licence.address(record.licence).map(JSON.text),
      "image": .text(site.absolute(.shareCard(publication.slug))),
      "sameAs": record.doiAddress.map(JSON.text),
      "identifier": identifiers.isEmpty ? nil : .array(identifiers),
      "numberOfPages": (publication.file?.pages).map(JSON.integer),
      "encoding": publication.file.map { document(publication, $0, on: site) },
    ]
  }

  /// The site and its search, for the home page.
  static func site(on site: SiteSettings) -> JSON {
    let home = site.absolute(.home)
    return [
      "@context": "https://schema.org", "@id": .text(home), "@type": "WebSite", "url": .text(home),
      "name": .text(site.name), "description": site.tagline.isEmpty ? nil : .text(site.tagline),
      "publisher": organization(on: site),
      "potentialAction": [
        "@type": "SearchAction",
        "target": [
          "@type": "EntryPoint",
          "urlTemplate": .text(site.absolute(.search) + "?q={search_term_string}"),
        ], "query-input": "required name=search_term_string",
      ],
    ]
  }

  /// The schema.org class of a record.
  static func type(of record: Record) -> String {
    switch record.type {
    case .report, .policyPaper, .workingPaper, .brief, .other: "Report"
    case .article: "ScholarlyArticle"
    case .book, .proceedings: "Book"
    case .chapter: "Chapter"
    case .thesis: "Thesis"
    case .dataset: "Dataset"
    }
  }

  private static func isReport(_ record: Record) -> Bool { type(of: record) == "Report" }

  private static func authors(of record: Record, _ names: [AuthorName]) -> [JSON] {
    zip(record.authors, names).map { author($1, record.orcids[$0]) }
  }

  private static func author(_ name: AuthorName, _ orcid: ORCID?) -> JSON {
    let address = orcid.map { JSON.text($0.address) }
    guard let person = name.person else {
      let isOrganization = orcid == nil && name.kind == .organization
      return [
        "@type": isOrganization ? "Organization" : "Person", "@id": address,
        "name": .text(name.text), "identifier": address, "sameAs": address,
      ]
    }
    return [
      "@type": "Person", "@id": address, "name": .text(name.text), "givenName": .text(person.given),
      "familyName": .text(person.family), "honorificSuffix": person.suffix.map(JSON.text),
      "identifier": address, "sameAs": address,
    ]
  }

  private static func organization(on site: SiteSettings) -> JSON {
    ["@type": "Organization", "name": .text(site.publisher), "url": .text(site.absolute(.home))]
  }

  private static func series(_ record: Record, _ name: String) -> JSON {
    let type: JSON =
      switch record.type {
      case .article: "Periodical"
      case .chapter: "Book"
      default: "CreativeWorkSeries"
      }
    return ["@type": type, "name": .text(name), "issn": (record.issn?.description).map(JSON.text)]
  }

  private static func property(_ name: String, _ value: String, _ address: String?) -> JSON {
    [
      "@type": "PropertyValue", "propertyID": .text(name), "value": .text(value),
      "url": address.map(JSON.text),
    ]
  }

  private static func document(
    _ publication: Publication, _ file: StoredFile, on site: SiteSettings
  ) -> JSON {
    [
      "@type": "MediaObject", "contentUrl": .text(site.absolute(.document(publication.slug))),
      "encodingFormat": "application/pdf", "contentSize": .text("\(file.bytes) B"),
      "sha256": .text(file.sha256),
    ]
  }
}
