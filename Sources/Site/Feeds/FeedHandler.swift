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
    let map = try sitemap()
    return xml(map.first, "application/xml; charset=utf-8", of: .sitemap, request)
  }

  func sitemapPart(_ number: Int, _ request: Request) throws -> Response {
    let map = try sitemap()
    guard map.parts > 1, number <= map.parts else { return notFound(request) }
    return xml(
      map.part(number), "application/xml; charset=utf-8", of: .sitemapPart(number), request)
  }

  private func sitemap() throws -> Sitemap {
    let facets = try archive.facets(of: Browse(), at: now)
    let choices =
      facets.years.map { Browse(year: $0.year) }
      + facets.types.compactMap { TypeName(rawValue: $0.value).map { Browse(typeName: $0) } }
    return Sitemap(
      site: settings, publications: try archive.publications.addresses(at: now),
      lists: [Resource.home, .publications, .browse, .authors].map(\.path)
        + choices.map(\.address),
      entries: try NameList.allCases.filter(\.hasPages).flatMap { list in
        try archive.lists.publicSlugs(in: list, at: now).map { Resource.entry(list, $0).path }
      })
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
