import Archive
import HTTP
import Markup

extension Site {
  func article(_ slug: Slug, _ request: Request) throws -> Response {
    let (found, context) = try archive.publications.findWithContext(slug, at: now)
    switch found {
    case .publication(let publication):
      var view = ArticleView(publication, context, on: settings)
      view.pageSize = pageSize(of: publication)
      // The page for signed-in staff has a link to the record, so it is not cached.
      view.isForStaff = try session(of: request) != nil
      let html = pages(for: request).article(view)
      var response =
        view.isForStaff
        ? privatePage(.ok, html)
        : page(
          html, at: Resource.publication(slug).path, request, modified: publication.modified,
          of: tags(of: slug, context))
      // Usage figures are up to yesterday, so the page changes once a day at most.
      response.expires = Day(of: now).next.start.secondsSince1970
      response.fields.append("link", view.signposting.field)
      return response
    case .gone(let publication):
      return gone(publication, request)
    case .moved(let target):
      return moved(to: Resource.publication(target).path)
    case .none:
      return notFound(request)
    }
  }

  /// The size of the first page of a publication, or a usual one.
  func pageSize(of publication: Publication) -> PageSize {
    publication.file.flatMap { archive.options.drawings?.size(of: $0.sha256) }
      .map { PageSize(width: $0.width, height: $0.height) } ?? .usual
  }

  /// What a page depends on.
  ///
  /// The tags are in a header that everybody can read, so they name nothing hidden: what becomes
  /// public changes the lists.
  private func tags(of slug: Slug, _ context: ArticleContext) -> [CacheTag] {
    ([slug] + context.relatedSlugs).map { .publication($0) }
      + (context.hasHiddenRelated ? [.lists] : [])
  }

  /// The page of a publication that was public; it shows nothing of one that is a draft again.
  func gone(_ publication: Publication, _ request: Request) -> Response {
    let pages = pages(for: request)
    let html =
      publication.status == .withdrawn
      ? pages.tombstone(publication)
      : pages.message(
        pages.words[.unpublished], "<p>\(pages.words[.unpublishedText])</p>",
        code: Status.gone.code)
    var response = Response(
      .gone,
      fields: ["Content-Type": Site.html, "Cache-Control": cacheControl(.page)],
      content: .bytes(html.bytes))
    response.depend(on: [.publication(publication.slug)])
    response.variesByLanguage = chosenLanguage(of: request) == nil
    return response
  }
}
