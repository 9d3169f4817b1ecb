import Archive
import HTTP

extension Site {
  func dashboard(_ visit: StaffRequest) throws -> Response {
    privatePage(.ok, visit.pages.dashboard(try dashboardView(visit)))
  }

  private func dashboardView(_ visit: StaffRequest) throws -> DashboardView {
    let everything = DeskFilter().visible(to: visit.session, settings.authorsSee)
    return DashboardView(
      staff: visit.staff, damaged: try archive.files.damaged(),
      replication: replication.warnings().compactMap(\.phrase),
      caches: visit.session.account.role >= .editor ? purges.problems : [], notice: visit.notice,
      tasks: DeskTasks(
        counts: try archive.deskCounts(visibleTo: everything.visibleTo, at: now),
        brokenRedirects: try archive.redirects.brokenCount(at: now), now: now),
      assigned: try archive.publications.inReview(
        assignedTo: visit.session.account.id, at: now),
      recent: try archive.publications.listForStaff(everything, size: 6, at: now).items,
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
