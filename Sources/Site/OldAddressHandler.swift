import Archive
import HTTP

/// Redirects of the addresses of an earlier site.
///
/// They are looked up only for requests that find nothing, so that they hide no page, and for a query
/// of the home page, where WordPress has its posts: `/?p=17`.
extension Site {
  /// The redirect of a request's address; nil when there is none, or its target is not public.
  func redirectOfOldAddress(_ request: Request) throws -> Response? {
    guard request.method.isSafe,
      let target = try archive.redirects.target(
        path: request.path, query: request.query, at: now)
    else { return nil }
    return moved(to: Site.address(of: target))
  }

  /// Whether a request of the home page may be one for another page of an earlier site.
  func isOldAddress(_ request: Request, _ resource: Resource) -> Bool {
    resource == .home && request.query?.contains("=") == true
  }

  static func address(of target: RedirectTarget) -> String {
    switch target {
    case .publication(let slug): Resource.publication(slug).path
    case .document(let slug): Resource.document(slug).path
    case .topic(let name): Browse(topic: name).address
    case .author(let name): Browse(author: name).address
    case .path(let path): path
    }
  }
}
