import Archive
import HTTP

extension Site {
  func article(_ slug: Slug, _ request: Request) throws -> Response {
    let (found, surroundings) = try archive.findWithSurroundings(slug, at: now)
    switch found {
    case .publication(let publication):
      var view = ArticleView(publication, surroundings, on: settings)
      // The page of a signed-in member of staff is theirs alone: it is kept nowhere.
      view.isForStaff = try session(of: request) != nil
      let html = pages(for: request).article(view)
      var response =
        view.isForStaff
        ? privatePage(.ok, html)
        : page(
          html, at: Resource.publication(slug).path, request, modified: publication.modified,
          of: ([slug] + surroundings.relatedSlugs).map { .publication($0) })
      // Usage figures are those up to yesterday: a page that is read often is the same all day.
      response.expires = Day(of: now).next.start.secondsSince1970
      response.fields.append("link", view.signposting.field)
      return response
    case .withdrawn(let publication):
      return gone(publication, request)
    case .moved(let target):
      return moved(to: Resource.publication(target).path)
    case .none:
      return notFound(request)
    }
  }
}
