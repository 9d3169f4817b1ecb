import Archive
import Search
import HTTP
import Markup

/// The Atom feed, sitemaps and robots.txt.
extension Site {
  /// The newest publications, or those of a topic, an author, a series or a search, as an Atom feed.
  func feed(_ request: Request) throws -> Response {
    if let redirect = try redirectOfFormerName(request) { return redirect }
    let address = FeedAddress(Query(request.query))
    let (publications, hasMore) = try announced(address)
    let feed = AtomFeed(
      site: settings, address: address,
      title: address.followed == .everything ? nil : pages.words.title(of: address.followed),
      publications: publications, hasMore: hasMore)
    var response = text(
      feed.xml.bytes, "application/atom+xml; charset=utf-8",
      modified: publications.isEmpty ? nil : feed.updated,
      // There are too many empty feeds and searches to cache.
      isReusable: !publications.isEmpty && !address.followed.isSearch
        && request.target == address.path,
      of: [.lists, .timestamps])
    response.share()
    return response
  }

  private func announced(
    _ address: FeedAddress
  ) throws -> (publications: [Publication], hasMore: Bool) {
    let form: SearchForm
    switch address.followed {
    case .series(let series):
      return try archive.announced(series: series, page: address.page, at: now)
    case .everything: form = SearchForm(words: "")
    case .topic(let topic): form = SearchForm(words: "", choice: Browse(topic: topic))
    case .author(let author): form = SearchForm(words: "", choice: Browse(author: author))
    case .search(let query): form = SearchForm(Query(query))
    }
    guard !form.words.isEmpty else {
      return try archive.announced(form.choice, page: address.page, at: now)
    }
    let size = 50
    let found = try counters.timeSearch {
      try archive.search(
        SearchQuery(form.words), within: form.choice, order: .newest, limit: size,
        offset: (address.page - 1) * size, at: now)
    }
    return (found.results.map(\.publication), address.page * size < found.total)
  }

  func sitemap(_ request: Request) throws -> Response {
    let parts = try sitemapParts()
    let xml: XML =
      parts.isSingle
      ? Sitemap(
        site: settings, paths: try sitemapLists() + parts.entries.flatMap(sitemapEntries),
        publications: try parts.publications.flatMap {
          try archive.publications.addresses(inRange: $0.number, at: now)
        }
      ).xml
      : parts.index(settings)
    return self.xml(xml, "application/xml; charset=utf-8", of: .sitemap, request)
  }

  func sitemapPart(_ number: Int, _ request: Request) throws -> Response {
    let parts = try sitemapParts()
    let map: Sitemap
    switch parts.content(of: number) {
    case .publications(let range):
      map = Sitemap(
        site: settings, paths: range == 0 ? try sitemapLists() : [],
        publications: try archive.publications.addresses(inRange: range, at: now))
    case .entries(let range):
      map = Sitemap(site: settings, paths: try sitemapEntries(range), publications: [])
    case nil: return notFound(request)
    }
    return xml(
      map.xml, "application/xml; charset=utf-8", of: .sitemapPart(number), request)
  }

  private func sitemapParts() throws -> SitemapParts {
    SitemapParts(
      publications: try archive.publications.ranges(at: now),
      entries: try archive.lists.ranges(at: now))
  }

  /// The lists of publications, by path and query.
  private func sitemapLists() throws -> [String] {
    let facets = try archive.facets(of: Browse(), [.year, .type], at: now)
    let choices =
      facets.years.map { Browse(year: $0.year) }
      + facets.types.compactMap { TypeName(rawValue: $0.value).map { Browse(typeName: $0) } }
    return [Resource.home, .publications, .browse, .authors].map(\.path) + choices.map(\.address)
  }

  /// The pages of authors, topics and series of a range.
  private func sitemapEntries(_ range: Int) throws -> [String] {
    try archive.lists.publicEntries(inRange: range, at: now).map {
      Resource.entry($0.list, $0.slug).path
    }
  }

  func xml(
    _ xml: XML, _ type: String, of resource: Resource, _ request: Request
  ) -> Response {
    text(
      xml.bytes, type, isReusable: request.target == resource.path,
      of: [.lists, .timestamps])
  }

  /// robots.txt (RFC 9309).
  ///
  /// It needs no database: after an error, crawlers would leave the whole site.
  func robots(_ request: Request) -> Response {
    text(
      Array(Robots.text(settings).utf8), "text/plain; charset=utf-8",
      isReusable: request.target == Resource.robots.path, of: [])
  }
}
