import Archive
import Foundation
import HTTP

extension Site {
  func dashboard(_ visit: StaffRequest) throws -> Response {
    privatePage(.ok, visit.pages.dashboard(try dashboardView(visit)))
  }

  private func dashboardView(_ visit: StaffRequest) throws -> DashboardView {
    let query = Query(visit.request.query)
    let status = query.text("status").flatMap(Publication.Status.init)
    let sought = query.text("q") ?? ""
    let mail = archive.folder.mail + "/new"
    return DashboardView(
      staff: visit.staff, status: status, words: sought,
      found: try archive.publications.listForStaff(
        status: status, matching: sought, page: query.number("page", in: 1...1_000_000) ?? 1,
        at: now),
      waitingMessages: (try? FileManager.default.contentsOfDirectory(atPath: mail))?.count,
      extraction: try archive.texts.status(most: 1), damaged: try archive.files.damaged(),
      notice: visit.notice)
  }
}
