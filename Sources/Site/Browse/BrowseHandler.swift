import Archive
import HTTP
import Markup
import Search

/// The lists of publications and authors.
extension Site {
  func publications(_ request: Request) throws -> Response {
    let now = self.now
    let pages = pages(for: request)
    if let redirect = try redirectOfFormerName(request) { return redirect }
    let query = Query(request.query)
    let choice = Browse(query)
    if !choice.isFiltered, let series = try seriesPage(query) { return moved(to: series.path) }
    let found = try archive.browse(choice, at: now)
    guard found.number <= found.pages else { return notFound(request) }
    let facets = try archive.facets(of: choice, at: now)
    let index = ArchiveIndex(facets, within: choice, in: pages.words)
    // There are too many combinations to cache.
    let response = page(
      pages.publications(choice, found, index, canonical: try entryAddress(of: choice)?.path),
      at: choice.address, request,
      isReusable: choice.kinds.count <= 1 && !facets.isPartial, of: [.lists])
    return facets.isPartial ? uncached(response) : response
  }

  func browse(_ request: Request) throws -> Response {
    let now = self.now
    let pages = pages(for: request)
    let facets = try archive.facets(of: Browse(), at: now)
    var index = ArchiveIndex(facets, in: pages.words)
    index.link(
      topics: try archive.lists.slugs(of: index.topics.map(\.name), in: .topics),
      authors: try archive.lists.slugs(of: index.authors.map(\.name), in: .authors))
    let response = page(
      pages.browse(index, total: try archive.publications.count(at: now)), at: Resource.browse.path,
      request, isReusable: !facets.isPartial, of: [.lists])
    return facets.isPartial ? uncached(response) : response
  }

  func authors(_ request: Request) throws -> Response {
    let form = AuthorsForm(Query(request.query))
    let authors = AuthorsByLetter(form, try archive.authors(at: now))
    let slugs = try archive.lists.slugs(of: authors.shown.map(\.name), in: .authors)
    guard let html = pages(for: request).authors(authors, slugs) else {
      return notFound(request)
    }
    return page(html, at: form.address, request, of: [.lists])
  }

  /// The same for this time only: before the search index is built, lists have no authors.
  private func uncached(_ response: Response) -> Response {
    var response = response
    response.fields.set("Cache-Control", to: cacheControl(.never))
    return response
  }
}
