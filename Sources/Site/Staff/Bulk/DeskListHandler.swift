import Archive
import HTTP

extension Site {
  func publicationList(_ visit: StaffRequest) throws -> Response {
    let query = DeskListQuery(visit.request.query, in: settings.timeZone)
    let found = try archive.publications.listForStaff(
      query.filter.visible(to: visit.session, settings.authorsSee), order: query.order,
      page: query.page, size: query.size, at: now)
    return privatePage(
      .ok,
      visit.pages.deskList(
        DeskListView(
          staff: visit.staff, query: query, found: found,
          values: try archive.publications.deskValues(), notice: visit.notice)))
  }
}
