import Archive
import HTTP
import Markup

/// The covers and the share card of a publication.
extension Site {
  /// The cover of a public publication, made from its record.
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

  /// The first page of the current PDF as a picture; the cover made from the record if it cannot be
  /// drawn.
  func coverPicture(
    _ form: PageDrawing.Form, _ slug: Slug, _ sha256: String, _ request: Request
  ) throws -> Response {
    let resource: (Slug) -> Resource = {
      form == .thumbnail ? .thumbnail($0, sha256: sha256) : .coverPicture($0, sha256: sha256)
    }
    switch try archive.publications.find(slug, at: now) {
    case .publication(let publication):
      guard let file = publication.file, file.sha256 == sha256 else { return notFound(request) }
      do {
        let png = try archive.drawing(ofPage: 1, as: form, of: file).content
        noteDrawn(request.path)
        return picture(png, publication, isReusable: request.target == resource(slug).path)
      } catch is DrawingFailure {
        return Response(
          .temporaryRedirect,
          fields: [
            "Location": Resource.cover(slug).path, "Cache-Control": cacheControl(.notFound),
          ])
      }
    case .moved(let target): return moved(to: resource(target).path)
    case .gone(let publication): return gone(publication, request)
    case .none: return notFound(request)
    }
  }

  private func picture(
    _ png: [UInt8], _ publication: Publication, isReusable: Bool
  ) -> Response {
    var response = Response(
      .ok, fields: ["Content-Type": "image/png"], content: .bytes(png),
      entityTag: ContentHash.tag(png), lastModified: publication.modified.secondsSince1970,
      isReusable: isReusable)
    response.depend(on: [.publication(publication.slug)])
    return response
  }

  func shareCard(_ slug: Slug, _ request: Request) throws -> Response {
    switch try archive.publications.find(slug, at: now) {
    case .publication(let publication):
      let page = try firstPage(of: publication)
      let card = ShareCard(
        publication.record, site: settings.name, accent: assets.accent.onLight, page: page)
      let isWhole = page != nil || publication.file == nil || archive.options.drawings == nil
      if isWhole { noteDrawn(request.path) }
      // The page may be drawn the next time.
      var response = picture(
        card.png, publication,
        isReusable: isWhole && request.target == Resource.shareCard(slug).path)
      // Other sites embed it.
      response.share()
      return response
    case .moved(let target): return moved(to: Resource.shareCard(target).path)
    case .gone(let publication): return gone(publication, request)
    case .none: return notFound(request)
    }
  }

  /// The first page of a publication as PNG, for its share card; nil if it cannot be drawn.
  func firstPage(of publication: Publication) throws -> [UInt8]? {
    guard let file = publication.file else { return nil }
    do {
      return try archive.drawing(ofPage: 1, as: .cover, of: file).content
    } catch is DrawingFailure {
      return nil
    }
  }
}
