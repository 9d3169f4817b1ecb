import Archive
import HTTP

extension Site {
  /// What readers searched for, for staff.
  func searches(_ visit: StaffRequest) throws -> Response {
    privatePage(
      .ok,
      visit.pages.searches(
        most: try archive.searchedQueries(at: now),
        withoutResults: try archive.searchedQueries(withoutResults: true, at: now), visit.staff))
  }
}
