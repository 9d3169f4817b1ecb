import Archive
import HTTP
import Markup

/// The pages for readers.
extension Site {
  func home(_ request: Request) throws -> Response {
    let now = self.now
    let home = Pages.Home(
      totalIndex: try archive.totalIndex(at: now), latest: try archive.latest(12, at: now),
      index: ArchiveIndex(try archive.facets(of: Browse(), at: now)))
    return page(pages.home(home), at: Resource.home.path, request)
  }

  func publications(_ request: Request) throws -> Response {
    let now = self.now
    let choice = Browse(Query(request.query))
    let found = try archive.browse(choice, at: now)
    guard found.number <= found.pages else { return notFound(request) }
    let index = ArchiveIndex(try archive.facets(of: choice, at: now), within: choice)
    // Of combined choices there are more than anyone reads; they are made when asked for.
    return page(
      pages.publications(choice, found, index), at: choice.address, request,
      isReusable: choice.filters <= 1)
  }

  func browse(_ request: Request) throws -> Response {
    let now = self.now
    let index = ArchiveIndex(try archive.facets(of: Browse(), at: now))
    return page(
      pages.browse(index, total: try archive.totalIndex(at: now)), at: Resource.browse.path,
      request)
  }

  func article(_ slug: Slug, _ request: Request) throws -> Response {
    switch try archive.find(slug, at: now) {
    case .publication(let publication):
      var response = page(
        pages.article(publication), at: Resource.publication(slug).path, request,
        modified: publication.modified)
      response.fields.set("Link", to: Signposting(publication, on: settings).field)
      return response
    case .withdrawn(let publication):
      return gone(publication)
    case .moved(let target):
      return moved(to: Resource.publication(target).path)
    case .none:
      return notFound(request)
    }
  }

  func gone(_ publication: Publication) -> Response {
    Response(
      .gone,
      fields: ["Content-Type": Site.html, "Cache-Control": Caching.page.field.description],
      content: .octets(pages.tombstone(publication).octets))
  }

  func search(_ request: Request) throws -> Response {
    let form = SearchForm(Query(request.query))
    let query = SearchQuery(form.words)
    guard !form.words.isEmpty else {
      return page(pages.search(form, nil), at: Resource.search.path, request, caching: .search)
    }
    let results = try tallies.timeSearch {
      try archive.search(
        query, limit: SearchForm.pageSize, offset: (form.page - 1) * SearchForm.pageSize, at: now)
    }
    return page(
      pages.search(form, results), at: form.address, request, caching: .search, isReusable: false)
  }
}
