import Archive
import Search
import HTTP

extension Site {
  /// How many featured publications the home page shows.
  static let featuredOnHome = 3

  func home(_ request: Request) throws -> Response {
    let now = self.now
    let pages = pages(for: request)
    let latest = try archive.publications.latest(12, at: now)
    let added = try archive.announced(size: latest.count + 5, at: now).publications
      .filter { !latest.contains($0) }.prefix(5)
    let home = Pages.Home(
      totalIndex: try archive.publications.count(at: now),
      featured: try archive.publications.featured(Site.featuredOnHome, at: now),
      latest: latest, added: Array(added),
      index: ArchiveIndex(
        try archive.facets(of: Browse(), [.year, .topic], at: now), in: pages.words))
    return page(pages.home(home), at: Resource.home.path, request, of: [.lists])
  }
}
