package import HTTP
package import HTTPServer

/// Who asks too often is told to wait, by what it asks for.
extension Site {
  package func budget(of request: Request) -> Budget? {
    switch Resource(path: request.path) {
    // Monitors must not be told that the site is well and they are too curious.
    case .liveness, .health, .metrics: nil
    // Each asks the index or reads many records.
    case .search, .searchAPI, .openings, .suggestions, .publicationsAPI, .harvesting: .search
    case .signIn, .setUp: request.method == .post ? .signIn : .page
    case .subscribe, .confirmation, .unsubscription:
      request.method == .post ? .mailingList : .page
    default: .page
    }
  }
}
