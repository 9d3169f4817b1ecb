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
        DeskFilter(words: sought, status: status),
        page: query.number("page", in: 1...1_000_000) ?? 1,
        at: now),
      waitingMessages: (try? FileManager.default.contentsOfDirectory(atPath: mail))?.count,
      extraction: try archive.texts.status(most: 1), damaged: try archive.files.damaged(),
      notice: visit.notice,
      tasks: DeskTasks(counts: try archive.deskCounts(at: now), now: now),
      days: try chartOfDays(visit.pages), months: try chartOfMonths(visit.pages))
  }

  /// The last 30 days, the present one last.
  private func chartOfDays(_ pages: Pages) throws -> UsageChart {
    let last = Day(of: now)
    let days = try archive.usage.daily(from: Day(number: last.number - 29), through: last)
    return UsageChart(
      bars: days.map { day, uses in
        UsageChart.Bar(
          name: PublicationDate(of: day.start).map(pages.words.date) ?? "", uses: uses)
      })
  }

  /// The last 12 months, the present one last.
  private func chartOfMonths(_ pages: Pages) throws -> UsageChart {
    let last = Month(of: now)
    let first = last.adding(months: -11)
    return pages.chart(
      of: try archive.usage.ofAll(from: first, through: last), from: first, through: last)
  }
}
