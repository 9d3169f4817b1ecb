import Archive
import HTTP
import Markup

extension Site {
  /// Every file that a publication has had.
  func versions(_ slug: Slug, _ request: Request) throws -> Response {
    switch try archive.publications.find(slug, at: now) {
    case .publication(let publication):
      let former = try archive.publications.publicFormerFiles(of: publication)
      let versions = publication.versions(former)
      guard !versions.isEmpty else { return notFound(request) }
      let address = Resource.versions(slug).path
      let canonical =
        chosenLanguage(of: request).map { Pages.address(address, in: $0.tag) } ?? address
      // Comparing takes a while, so it is done only for the address that is cached.
      guard request.target == canonical else { return moved(to: canonical) }
      let view = VersionsView(
        publication: publication, versions: versions, changes: try changes(of: versions))
      return page(
        pages(for: request).versions(view), at: Resource.versions(slug).path, request,
        modified: publication.modified, of: [.publication(slug)])
    case .gone(let publication): return gone(publication, request)
    case .moved(let target): return moved(to: Resource.versions(target).path)
    case .none: return notFound(request)
    }
  }
}

extension Site {
  /// What each file changed in the text of the one before it.
  private func changes(of versions: [FileVersion]) throws -> [VersionChanges] {
    var bytes = Site.mostComparedBytes
    var newer = try versions.first.flatMap { try archive.texts.pages(ofFile: $0.sha256) }
    return try versions.indices.map { place in
      guard place + 1 < versions.count else { return .first }
      let older = try archive.texts.pages(ofFile: versions[place + 1].sha256)
      defer { newer = older }
      guard let newer, let older else { return .noText }
      bytes -= (newer + older).reduce(0) { $0 + $1.utf8.count }
      guard bytes >= 0, let comparison = TextComparison(from: older, to: newer) else {
        return .tooLong
      }
      return .compared(comparison)
    }
  }

  /// The most text that is compared for one page: 100 files of 100 pages take about a second.
  private static let mostComparedBytes = 40 << 20
}
