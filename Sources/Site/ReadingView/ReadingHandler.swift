import Archive
import HTTP

extension Site {
  /// The reading view of a public publication.
  func reading(_ slug: Slug, _ request: Request) throws -> Response {
    let now = self.now
    switch try archive.publications.find(slug, at: now) {
    case .publication(let publication):
      guard publication.file != nil else { return notFound(request) }
      let form = ReadingForm(slug, Query(request.query))
      let pages = pages(for: request)
      guard let contents = try archive.texts.contents(of: slug, at: now) else {
        return page(
          pages.unread(publication), at: Resource.reading(slug).path, request,
          modified: publication.modified, of: [.publication(slug)])
      }
      let text = ReadingText(contents, form)
      var address = form
      address.page = text.parts[text.part].lowerBound
      // Highlighted texts are not cached, because there are too many.
      return page(
        pages.reading(publication, text, address), at: address.address, request,
        modified: publication.modified, isReusable: !form.isMarked,
        of: [.publication(slug)])
    case .gone(let publication): return gone(publication, request)
    case .moved(let target): return moved(to: Resource.reading(target).path)
    case .none: return notFound(request)
    }
  }
}
