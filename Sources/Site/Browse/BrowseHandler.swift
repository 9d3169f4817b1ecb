import Archive
import HTTP
import Markup

/// The lists of publications and authors.
extension Site {
  func publications(_ request: Request) throws -> Response {
    let now = self.now
    let pages = pages(for: request)
    let choice = Browse(Query(request.query))
    let found = try archive.browse(choice, at: now)
    guard found.number <= found.pages else { return notFound(request) }
    let index = ArchiveIndex(
      try archive.facets(of: choice, at: now), within: choice, in: pages.words)
    // There are too many combinations to cache.
    return page(
      pages.publications(choice, found, index), at: choice.address, request,
      isReusable: choice.kinds.count <= 1, of: [.lists])
  }

  func browse(_ request: Request) throws -> Response {
    let now = self.now
    let pages = pages(for: request)
    let index = ArchiveIndex(try archive.facets(of: Browse(), at: now), in: pages.words)
    return page(
      pages.browse(index, total: try archive.publications.count(at: now)), at: Resource.browse.path,
      request, of: [.lists])
  }

  func authors(_ request: Request) throws -> Response {
    let form = AuthorsForm(Query(request.query))
    guard let html = pages(for: request).authors(form, try archive.authors(at: now)) else {
      return notFound(request)
    }
    return page(html, at: form.address, request, of: [.lists])
  }
}
