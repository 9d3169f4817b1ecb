import Archive
import HTTP
import Markup

extension Site {
  /// A description of a public publication in a format for programs.
  func citation(_ slug: Slug, _ format: CitationFormat, _ request: Request) throws -> Response {
    switch try archive.publications.find(slug, at: now) {
    case .publication(let publication):
      let path = Resource.citation(slug, format).path
      var response = text(
        format.bytes(of: publication, on: settings), format.contentType,
        modified: publication.modified, isReusable: request.target == path,
        of: [.publication(slug)])
      if format.isDownload {
        let name = "\(slug)\(format.suffix)"
        response.fields.set(
          "Content-Disposition", to: ContentDisposition(.attachment, fileName: name).description)
      }
      if format != .linkset {
        let page = Signposting.Link(
          relation: "describes", target: settings.address(of: publication), type: "text/html")
        response.fields.set("Link", to: Signposting.value(page))
      }
      response.share()
      return response
    case .gone(let publication): return gone(publication, request)
    case .moved(let target): return moved(to: Resource.citation(target, format).path)
    case .none: return notFound(request)
    }
  }
}
