import Archive
import HTTP
import Markup

/// The pages for readers.
extension Site {
  func home(_ request: Request) throws -> Response {
    let now = self.now
    let pages = pages(for: request)
    let latest = try archive.latest(12, at: now)
    let added = try archive.announced(size: latest.count + 5, at: now).publications
      .filter { !latest.contains($0) }.prefix(5)
    let home = Pages.Home(
      totalIndex: try archive.totalIndex(at: now), featured: try archive.featured(3, at: now),
      latest: latest, added: Array(added),
      index: ArchiveIndex(try archive.facets(of: Browse(), at: now), in: pages.words))
    return page(pages.home(home), at: Resource.home.path, request, of: [.lists])
  }

  func publications(_ request: Request) throws -> Response {
    let now = self.now
    let pages = pages(for: request)
    let choice = Browse(Query(request.query))
    let found = try archive.browse(choice, at: now)
    guard found.number <= found.pages else { return notFound(request) }
    let index = ArchiveIndex(
      try archive.facets(of: choice, at: now), within: choice, in: pages.words)
    // Of combined choices there are more than anyone reads; they are made when asked for.
    return page(
      pages.publications(choice, found, index), at: choice.address, request,
      isReusable: choice.kinds.count <= 1, of: [.lists])
  }

  func browse(_ request: Request) throws -> Response {
    let now = self.now
    let pages = pages(for: request)
    let index = ArchiveIndex(try archive.facets(of: Browse(), at: now), in: pages.words)
    return page(
      pages.browse(index, total: try archive.totalIndex(at: now)), at: Resource.browse.path,
      request, of: [.lists])
  }

  func authors(_ request: Request) throws -> Response {
    let form = AuthorsForm(Query(request.query))
    guard let html = pages(for: request).authors(form, try archive.authors(at: now)) else {
      return notFound(request)
    }
    return page(html, at: form.address, request, of: [.lists])
  }

  /// The text of a public publication's PDF.
  func reading(_ slug: Slug, _ request: Request) throws -> Response {
    let now = self.now
    switch try archive.find(slug, at: now) {
    case .publication(let publication):
      guard publication.file != nil else { return notFound(request) }
      let form = ReadingForm(slug, Query(request.query))
      let pages = pages(for: request)
      guard let contents = try archive.contents(of: slug, at: now) else {
        return page(
          pages.unread(publication), at: Resource.reading(slug).path, request,
          modified: publication.modified, of: [.publication(slug)])
      }
      let text = ReadingText(contents, form)
      var address = form
      address.page = text.parts[text.part].lowerBound
      // Of marked texts there are as many as words.
      return page(
        pages.reading(publication, text, address), at: address.address, request,
        modified: publication.modified, isReusable: !form.isMarked,
        of: [.publication(slug)])
    case .withdrawn(let publication): return gone(publication, request)
    case .moved(let target): return moved(to: Resource.reading(target).path)
    case .none: return notFound(request)
    }
  }

  /// The picture of a public publication.
  func cover(_ slug: Slug, _ request: Request) throws -> Response {
    switch try archive.find(slug, at: now) {
    case .publication(let publication):
      let cover = Cover(
        publication.record, in: assets.languages[0], publisher: settings.publisher)
      return text(
        cover.svg.octets, "image/svg+xml", .page, modified: publication.modified,
        isReusable: request.target == Resource.cover(slug).path, of: [.publication(slug)])
    case .moved(let target): return moved(to: Resource.cover(target).path)
    case .withdrawn(let publication): return gone(publication, request)
    case .none: return notFound(request)
    }
  }

  func shareCard(_ slug: Slug, _ request: Request) throws -> Response {
    switch try archive.find(slug, at: now) {
    case .publication(let publication):
      let card = ShareCard(
        publication.record, site: settings.name, accent: assets.accent.onLight)
      var response = Response(
        .ok, fields: ["Content-Type": "image/png", "Cache-Control": Caching.page.field],
        content: .octets(card.png), entityTag: ContentHash.tag(card.png),
        lastModified: publication.modified.secondsSince1970,
        isReusable: request.target == Resource.shareCard(slug).path)
      response.depend(on: [.publication(slug)])
      // Services fetch it from their own pages.
      response.share()
      return response
    case .moved(let target): return moved(to: Resource.shareCard(target).path)
    case .withdrawn(let publication): return gone(publication, request)
    case .none: return notFound(request)
    }
  }

  func gone(_ publication: Publication, _ request: Request) -> Response {
    var response = Response(
      .gone,
      fields: ["Content-Type": Site.html, "Cache-Control": Caching.page.field],
      content: .octets(pages(for: request).tombstone(publication).octets))
    response.variesByLanguage = chosenLanguage(of: request) == nil
    return response
  }
}
