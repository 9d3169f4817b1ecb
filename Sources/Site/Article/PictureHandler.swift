import Archive
import HTTP
import Markup

/// The cover and the share card of a publication.
extension Site {
  /// The cover of a public publication.
  func cover(_ slug: Slug, _ request: Request) throws -> Response {
    switch try archive.publications.find(slug, at: now) {
    case .publication(let publication):
      let cover = Cover(
        publication.record, in: assets.languages[0], publisher: settings.publisher)
      return text(
        cover.svg.bytes, "image/svg+xml", modified: publication.modified,
        isReusable: request.target == Resource.cover(slug).path, of: [.publication(slug)])
    case .moved(let target): return moved(to: Resource.cover(target).path)
    case .gone(let publication): return gone(publication, request)
    case .none: return notFound(request)
    }
  }

  func shareCard(_ slug: Slug, _ request: Request) throws -> Response {
    switch try archive.publications.find(slug, at: now) {
    case .publication(let publication):
      let card = ShareCard(
        publication.record, site: settings.name, accent: assets.accent.onLight)
      var response = Response(
        .ok, fields: ["Content-Type": "image/png"],
        content: .bytes(card.png), entityTag: ContentHash.tag(card.png),
        lastModified: publication.modified.secondsSince1970,
        isReusable: request.target == Resource.shareCard(slug).path)
      response.depend(on: [.publication(slug)])
      // Other sites embed it.
      response.share()
      return response
    case .moved(let target): return moved(to: Resource.shareCard(target).path)
    case .gone(let publication): return gone(publication, request)
    case .none: return notFound(request)
    }
  }
}
