import Archive
import HTTP
import Markup
import Synchronization

extension Site {
  func article(_ slug: Slug, _ request: Request) throws -> Response {
    let now = self.now
    // What was made before is in the default language.
    if request.query == nil, request.language == 0,
      let rendered = try archive.rendered(slug, version: renditionVersion, at: now)
    {
      return article(
        slug, joined(rendered), rendered.rendition.links, rendered.modified, request)
    }
    let (found, surroundings) = try archive.findWithSurroundings(slug, at: now)
    switch found {
    case .publication(let publication):
      let view = ArticleView(publication, surroundings, on: settings)
      return article(
        slug, pages(for: request).article(view).octets, view.signposting.field,
        publication.modified, request)
    case .withdrawn(let publication):
      return gone(publication, request)
    case .moved(let target):
      return moved(to: Resource.publication(target).path)
    case .none:
      return notFound(request)
    }
  }

  private func article(
    _ slug: Slug, _ octets: [UInt8], _ links: String, _ modified: Instant, _ request: Request
  ) -> Response {
    // What is related may change with whatever is listed.
    var response = page(
      octets, at: Resource.publication(slug).path, request, modified: modified,
      of: [.publication(slug), .lists])
    response.fields.append("link", links)
    return response
  }

  // MARK: Renditions

  private func joined(_ rendered: RenderedPublication) -> [UInt8] {
    let (opening, closing) = (rendered.rendition.opening, rendered.rendition.closing)
    let related = rendered.related
    var octets: [UInt8] = []
    octets.reserveCapacity(
      opening.count + closing.count + related.reduce(200) { $0 + $1.count })
    octets += opening
    if !related.isEmpty {
      octets += pages.relatedOpening.octets
      for mention in related { octets += mention }
      octets += pages.relatedClosing.octets
    }
    octets += closing
    return octets
  }

  /// Makes renditions of public publications that have none, or one that would be made otherwise
  /// now.
  ///
  /// - Parameter most: How many, so that who writes does not wait long.
  /// - Returns: How many were looked at; 0 when all is made.
  /// - Throws: When the database cannot be read or written.
  package func renderMissing(most: Int = 50) throws -> Int {
    let version = renditionVersion
    let generation = archive.generation
    let now = self.now
    let slugs = try archive.unrendered(most, version: version, at: now)
    guard !slugs.isEmpty else {
      try archive.releaseMemory()
      return 0
    }
    var renditions: [(id: Publication.ID, rendition: Rendition)] = []
    for slug in slugs {
      let (found, surroundings) = try archive.findWithSurroundings(slug, at: now)
      guard case .publication(let publication) = found else { continue }
      renditions.append((publication.id, rendition(of: publication, surroundings)))
    }
    // What has changed meanwhile is made the next time.
    _ = try archive.keep(renditions, version: version, madeIn: generation)
    return slugs.count
  }

  func rendition(of publication: Publication, _ surroundings: Surroundings) -> Rendition {
    let view = ArticleView(publication, surroundings, on: settings)
    return Rendition(
      opening: pages.articleOpening(view).octets, closing: pages.articleClosing(view).octets,
      mention: pages.mention(RelatedPublication(publication)).octets,
      links: view.signposting.field)
  }

  /// Tells apart how renditions are made: by program, settings, words and files of the site.
  ///
  /// What was made of samples shows all of it, so nothing has to be named here that goes into a
  /// page.
  var renditionVersion: String {
    knownRenditionVersion.withLock { known in
      if let known { return known }
      var octets = Array(settings.version.utf8)
      for (publication, surroundings) in SamplePublications.all {
        let rendition = rendition(of: publication, surroundings)
        octets += rendition.opening + rendition.closing + rendition.mention
        octets += rendition.links.utf8
      }
      octets += pages.relatedOpening.octets
      let version = ContentHash.tag(octets)
      known = version
      return version
    }
  }
}
