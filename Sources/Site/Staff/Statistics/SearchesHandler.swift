import Archive
import HTTP

extension Site {
  /// The most frequent searches, and those without results.
  func searches(_ visit: StaffRequest) throws -> Response {
    privatePage(
      .ok,
      visit.pages.searches(
        most: try archive.searchLog.queries(at: now),
        withoutResults: try archive.searchLog.queries(withoutResults: true, at: now), visit.staff))
  }
}
