import Archive
import HTTP
import Markup

/// What programs read: descriptions of publications, feed, sitemap and robots.txt.
extension Site {
  /// A description of a public publication in a format for programs.
  func citation(_ slug: Slug, _ format: CitationFormat, _ request: Request) throws -> Response {
    switch try archive.find(slug, at: now) {
    case .publication(let publication):
      let path = Resource.citation(slug, format).path
      var response = text(
        format.octets(of: publication, on: pages), format.contentType, .page,
        modified: publication.modified, isReusable: request.target == path)
      if format.isDownload {
        let name = "\(slug)\(format.suffix)"
        response.fields.set(
          "Content-Disposition", to: ContentDisposition(.attachment, fileName: name).description)
      }
      if format != .linkset {
        let page = Signposting.Link(
          relation: "describes", target: pages.address(of: publication), type: "text/html")
        response.fields.set("Link", to: Signposting.value(page))
      }
      response.share()
      return response
    case .withdrawn(let publication): return gone(publication)
    case .moved(let target): return moved(to: Resource.citation(target, format).path)
    case .none: return notFound(request)
    }
  }

  /// The newest publications as an Atom feed (RFC 4287).
  func feed(_ request: Request) throws -> Response {
    let now = self.now
    let latest = try archive.latest(50, at: now)
    let updated = latest.map(\.modified).max() ?? Instant(secondsSince1970: 0)
    let xml: XML = """
      <?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom">
      <id>\(pages.absolute(Resource.feed.path))</id>
      <title>\(settings.name)</title>
      \(if: !settings.tagline.isEmpty, "<subtitle>\(settings.tagline)</subtitle>\n")\
      <updated>\(updated)</updated>
      <author><name>\(settings.publisher)</name></author>
      <link rel="self" type="application/atom+xml" href="\(pages.absolute(Resource.feed.path))"/>
      <link rel="alternate" type="text/html" href="\(pages.absolute(Resource.home.path))"/>
      \(each: latest, feedEntry)
      </feed>

      """
    return text(
      xml.octets, "application/atom+xml; charset=utf-8", .page,
      modified: latest.isEmpty ? nil : updated,
      isReusable: request.target == Resource.feed.path)
  }

  private func feedEntry(_ publication: Publication) -> XML {
    let record = publication.record
    let document = pages.absolute(Resource.document(publication.slug).path)
    // A tag URI stays when the address changes (RFC 4151).
    let since = publication.created.description.prefix(10)
    return """
      <entry>
      <id>tag:\(settings.host),\(since):publication/\(publication.id)</id>
      <title>\(record.title)</title>
      <updated>\(publication.modified)</updated>
      \(publication.publicFrom, { "<published>\($0)</published>\n" })\
      \(each: record.authors, { "<author><name>\($0)</name></author>\n" })\
      <link rel="alternate" type="text/html" \
      href="\(pages.absolute(Resource.publication(publication.slug).path))"/>
      \(publication.file, { file in
        """
        <link rel="enclosure" type="application/pdf" length="\(file.octets)" href="\(document)"/>

        """
      })\
      \(each: record.topics, { "<category term=\"\($0)\"/>\n" })\
      \(if: !record.abstract.isEmpty, "<summary type=\"text\">\(record.abstract)</summary>\n")\
      </entry>

      """
  }

  /// All public addresses that are worth a visit, with the moment of their last change.
  func sitemap(_ request: Request) throws -> Response {
    let publications = try archive.publicAddresses(at: now)
    let lists = [Resource.home, .publications, .browse]
    let xml: XML = """
      <?xml version="1.0" encoding="utf-8"?>
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      \(each: lists, { "<url><loc>\(pages.absolute($0.path))</loc></url>\n" })\
      \(each: publications.prefix(Site.longestSitemap), sitemapEntry)\
      </urlset>

      """
    return text(
      xml.octets, "application/xml; charset=utf-8", .page,
      isReusable: request.target == Resource.sitemap.path)
  }

  /// A sitemap lists at most 50,000 addresses, and a publication has two.
  private static let longestSitemap = 24_000

  private func sitemapEntry(_ publication: PublicAddress) -> XML {
    let page = pages.absolute(Resource.publication(publication.slug).path)
    let document = pages.absolute(Resource.document(publication.slug).path)
    return """
      <url><loc>\(page)</loc><lastmod>\(publication.modified)</lastmod></url>
      \(if: publication.hasFile, """
        <url><loc>\(document)</loc><lastmod>\(publication.modified)</lastmod></url>

        """)
      """
  }

  /// What crawlers are asked to leave alone (RFC 9309).
  ///
  /// Needs no database: without an answer, crawlers would leave the whole site.
  func robots(_ request: Request) -> Response {
    let lines = """
      User-agent: *
      Disallow: /search
      Disallow: /api/
      Disallow: /staff
      Disallow: /subscribe
      Disallow: /unsubscribe

      Sitemap: \(pages.absolute(Resource.sitemap.path))

      """
    return text(
      Array(lines.utf8), "text/plain; charset=utf-8", .page,
      isReusable: request.target == Resource.robots.path)
  }
}
