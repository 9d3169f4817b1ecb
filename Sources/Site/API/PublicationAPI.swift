import Archive
import HTTP
import Markup

/// Publications as JSON: `/api/publications`.
extension Site {
  /// A page of the list, with the same filters as on the site.
  func publicationsAPI(_ request: Request) throws -> Response {
    if let redirect = try redirectOfFormerName(request) { return redirect }
    let listing: PublicationListing
    do throws(ParameterError) {
      listing = try PublicationListing(request.query)
    } catch {
      return problem(.badRequest, error.description)
    }
    let found = try archive.browse(listing.choice, size: listing.limit, at: now)
    let last = found.pages
    func link(_ page: Int?) -> JSON? {
      page.map { .text(settings.baseURL + listing.on(page: $0).address) }
    }
    let json: JSON = [
      "total": .integer(found.total), "page": .integer(listing.choice.page),
      "pages": .integer(last),
      "links": [
        "self": link(listing.choice.page), "first": link(1),
        "prev": link(listing.choice.page > 1 ? min(listing.choice.page - 1, last) : nil),
        "next": link(listing.choice.page < last ? listing.choice.page + 1 : nil),
        "last": link(last),
      ], "publications": .array(found.items.map { JSON.publication($0, on: settings) }),
    ]
    return api(json, isReusable: !listing.isFiltered && request.target == listing.address)
  }

  func publicationAPI(_ slug: Slug, _ request: Request) throws -> Response {
    let resource = Resource.publicationAPI(slug)
    switch try archive.publications.find(slug, at: now) {
    case .publication(let publication):
      let former = try archive.publications.publicFormerFiles(of: publication)
      return api(
        .publication(publication, former: former, on: settings), modified: publication.modified,
        isReusable: request.target == resource.path)
    case .gone(let publication):
      guard publication.status == .withdrawn else {
        return problem(.gone, "“\(slug)” is no longer public.", caching: .page)
      }
      let reason = publication.withdrawalReason.map { " Reason: \($0)" } ?? ""
      return problem(
        .gone, "“\(publication.record.title)” has been withdrawn.\(reason)", caching: .page)
    case .moved(let target):
      var response = moved(to: Resource.publicationAPI(target).path)
      response.share()
      return response
    case .none:
      return problem(.notFound, "There is no publication “\(slug)”.", caching: .notFound)
    }
  }

  /// The OpenAPI 3.1 description of the API.
  func openAPI(_ request: Request) -> Response {
    api(
      OpenAPI.document(settings), type: "application/vnd.oai.openapi+json;version=3.1",
      isReusable: request.target == Resource.openAPI.path)
  }

  private func api(
    _ json: JSON, type: String = "application/json", modified: Instant? = nil, isReusable: Bool
  ) -> Response {
    var response = text(json.bytes, type, modified: modified, isReusable: isReusable)
    response.share()
    return response
  }

  /// An error as JSON (RFC 9457).
  func problem(_ status: Status, _ detail: String? = nil, caching: CachePolicy = .never) -> Response
  {
    let json: JSON = [
      "type": "about:blank", "title": .text(status.reason), "status": .integer(status.code),
      "detail": detail.map(JSON.text),
    ]
    var response = Response(
      status,
      fields: [
        "Content-Type": "application/problem+json", "Cache-Control": cacheControl(caching),
      ],
      content: .bytes(json.bytes))
    response.share()
    return response
  }
}

/// A query parameter with an invalid value.
struct ParameterError: Error, Equatable, CustomStringConvertible {
  let name: String
  let expected: String

  var description: String { "“\(name)”: expected \(expected)." }
}

/// The query of the list of publications.
struct PublicationListing: Equatable {
  private(set) var choice: Browse
  private(set) var limit: Int

  static let longestText = 500

  /// Parses a query; unknown names are ignored.
  ///
  /// - Parameter query: The query without `?`.
  /// - Throws: ``ParameterError`` for the first value that is not what it should be.
  init(_ query: String?) throws(ParameterError) {
    let fields = FormFields(query: query)
    func value(_ name: String) throws(ParameterError) -> String? {
      let values = fields.values(of: name)
      guard values.count < 2 else { throw ParameterError(name: name, expected: "one value") }
      return values.first
    }
    func number(_ name: String, _ bounds: ClosedRange<Int>) throws(ParameterError) -> Int? {
      guard let text = try value(name) else { return nil }
      guard !text.isEmpty, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(text),
        bounds.contains(number)
      else {
        throw ParameterError(
          name: name, expected: "a number from \(bounds.lowerBound) to \(bounds.upperBound)")
      }
      return number
    }
    func text(_ name: String) throws(ParameterError) -> String? {
      guard let text = try value(name) else { return nil }
      guard (1...PublicationListing.longestText).contains(text.unicodeScalars.count) else {
        throw ParameterError(
          name: name, expected: "1 to \(PublicationListing.longestText) characters")
      }
      return text
    }
    choice = Browse(
      page: try number("page", 1...1_000_000) ?? 1, year: try number("year", 1000...9999),
      topic: try text("topic"), author: try text("author"), language: try text("language"))
    limit = try number("limit", 1...100) ?? Browse.pageSize
    if let name = try value("type") {
      guard let type = TypeName(rawValue: name) else {
        let known = PublicationType.allCases.map(\.rawValue).joined(separator: ", ")
        throw ParameterError(name: "type", expected: "one of \(known)")
      }
      choice.type = type
    }
  }

  var isFiltered: Bool { choice.isFiltered || limit != Browse.pageSize }

  func on(page: Int) -> PublicationListing {
    var other = self
    other.choice.page = page
    return other
  }

  /// Path and query.
  var address: String {
    Query.address(
      .publicationsAPI,
      [
        ("year", choice.year.map { "\($0)" }), ("topic", choice.topic),
        ("type", choice.type?.rawValue), ("author", choice.author), ("language", choice.language),
        ("limit", limit == Browse.pageSize ? nil : "\(limit)"),
        ("page", choice.page > 1 ? "\(choice.page)" : nil),
      ])
  }
}

extension JSON {
  /// A publication as the JSON API gives it.
  ///
  /// - Parameters:
  ///   - publication: The publication.
  ///   - former: Its earlier files, newest first; nil leaves its versions out.
  ///   - site: The settings.
  /// - Returns: An object.
  static func publication(
    _ publication: Publication, former: [FormerFile]? = nil, on site: SiteSettings
  ) -> JSON {
    let record = publication.record
    return [
      "slug": .text(publication.slug.description), "title": .text(record.title),
      "subtitle": record.subtitle.map(JSON.text), "abstract": .text(record.abstract),
      "authors": .array(authors(of: record)), "published": .text(record.published.description),
      "type": .text(record.type.rawValue), "series": record.series.map(JSON.text),
      "issn": (record.issn?.description).map(JSON.text), "number": record.number.map(JSON.text),
      "topics": .array(record.topics.map(JSON.text)), "language": record.language.map(JSON.text),
      "doi": record.bareDOI.map(JSON.text), "licence": record.licence.map(JSON.text),
      "public_from": publication.publicFrom.map { .text($0.description) },
      "modified": .text(publication.modified.description),
      "file": publication.file.map { file($0, of: publication, on: site) },
      "versions": former.map { former in
        .array(publication.versions(former).map { version($0, of: publication, on: site) })
      },
      "links": .object(
        [
          ("self", .text(site.absolute(.publicationAPI(publication.slug)))),
          ("page", .text(site.address(of: publication))),
          ("text", .text(site.absolute(.reading(publication.slug)))),
          ("cover", .text(site.absolute(cover(of: publication)))),
        ]
          + [
            ("bibtex", CitationFormat.bibtex), ("ris", .ris), ("csl", .csl), ("jsonld", .jsonLD),
            ("linkset", .linkset),
          ].map { ($0.0, .text(site.absolute(.citation(publication.slug, $0.1)))) }),
    ]
  }

  private static func cover(of publication: Publication) -> Resource {
    publication.file.map { .coverPicture(publication.slug, sha256: $0.sha256) }
      ?? .cover(publication.slug)
  }

  private static func authors(of record: Record) -> [JSON] {
    zip(record.authors, record.authorNames).map { author($0, $1, record.orcids[$0]) }
  }

  private static func author(_ name: String, _ divided: AuthorName, _ orcid: ORCID?) -> JSON {
    [
      "name": .text(name), "given": divided.person.map { .text($0.given) },
      "family": divided.person.map { .text($0.family) },
      "suffix": (divided.person?.suffix).map(JSON.text),
      "orcid": (orcid?.description).map(JSON.text),
    ]
  }

  private static func version(
    _ version: FileVersion, of publication: Publication, on site: SiteSettings
  ) -> JSON {
    [
      "url": .text(site.absolute(.file(publication.slug, sha256: version.sha256))),
      "sha256": .text(version.sha256), "octets": .integer(version.bytes),
      "pages": version.pages.map(JSON.integer),
      "since": version.since.map { .text($0.description) },
      "replaced": version.replaced.map { .text($0.description) },
      "reason": version.reason.map(JSON.text),
    ]
  }

  private static func file(
    _ file: StoredFile, of publication: Publication, on site: SiteSettings
  ) -> JSON {
    [
      "url": .text(site.absolute(.document(publication.slug))), "type": "application/pdf",
      "octets": .integer(file.bytes), "pages": file.pages.map(JSON.integer),
      "sha256": .text(file.sha256),
    ]
  }
}
