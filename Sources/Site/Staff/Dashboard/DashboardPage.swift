import Archive
import Markup

/// What the dashboard shows.
struct DashboardView {
  var staff: Pages.StaffBar
  var damaged: [FileDefect] = []
  /// What is wrong with replication.
  var replication: [Phrase] = []
  /// Caches before the server that do not take purges.
  var caches: [CachePurges.Problem] = []
  var notice: Notice?
  var tasks: DeskTasks
  /// The publications in review that are assigned to the member of staff.
  var assigned: [Publication]
  /// The publications that were changed last.
  var recent: [Publication]
  /// Use of the last 30 days and of the last 12 months.
  var days: UsageChart
  var months: UsageChart
}

extension Pages {
  func dashboard(_ dashboard: DashboardView) -> HTML {
    layout(
      Head(
        title: words[.dashboard], address: Resource.dashboard.path, place: .dashboard,
        isIndexed: false, staff: dashboard.staff),
      """
      <div class="section-top">
      <h1>\(words[.dashboard])</h1>
      \(notice(dashboard.notice))
      \(if: !dashboard.replication.isEmpty, replicationProblems(dashboard.replication))
      \(if: !dashboard.damaged.isEmpty, damagedFiles(dashboard.damaged))
      \(if: !dashboard.caches.isEmpty, unreachable(dashboard.caches))
      </div>
      \(dropZone(dashboard.staff))
      <div class="desk-columns">
      <div>
      \(tasks(dashboard.tasks, for: dashboard.staff.role))
      \(assigned(dashboard.assigned))
      \(comingNext(dashboard.tasks.counts))
      \(recentlyChanged(dashboard.recent))
      </div>
      <div>
      \(usage(dashboard.days, title: words[.lastDays], id: "last-days", column: .dayColumn))
      \(usage(dashboard.months, title: words[.lastMonths], id: "last-months", column: .month))
      \(if: dashboard.staff.role >= .editor, system(dashboard.tasks, for: dashboard.staff.role))
      </div>
      </div>
      """)
  }

  private func recentlyChanged(_ publications: [Publication]) -> HTML {
    """
    <section class="stack" aria-labelledby="recent">
    <h2 id="recent">\(words[.recentlyChanged])</h2>
    \(publications.isEmpty ? "<p>\(words[.dashboardEmpty])</p>" : """
      <ul class="task-list">\(each: publications, { publication in
        """
        <li><a href="\(Resource.record(publication.slug))"\(script(of: publication.record))>\
        \(publication.record.title)</a>
        <span class="small">\(badge(publication)) \(moment(publication.modified))</span></li>

        """
      })</ul>
      <p class="small"><a href="\(Resource.publicationList)">\(words[.showAll])</a></p>
      """)
    </section>
    """
  }

  private func replicationProblems(_ problems: [Phrase]) -> HTML {
    """
    <section class="notice warning" role="alert" aria-labelledby="replication">
    <h2 id="replication">\(words[.replicationWarning])</h2>
    <ul class="problems">\(each: problems, { "<li>\(words[$0])</li>" })</ul>
    </section>
    """
  }

  private func damagedFiles(_ defects: [FileDefect]) -> HTML {
    """
    <section class="notice warning" role="alert" aria-labelledby="damaged">
    <h2 id="damaged">\(words[.damagedFiles])</h2>
    <p>\(words[.damagedFilesText])</p>
    <ul class="problems">\(each: defects, { defect in
      """
      <li>\(each: defect.slugs, { "<a href=\"\(Resource.record($0))\">\($0.description)</a> " })\
      <span lang="en">\(defect.path): \("\(defect.problem)")</span></li>

      """
    })</ul>
    </section>
    """
  }

  private func unreachable(_ caches: [CachePurges.Problem]) -> HTML {
    """
    <section class="notice warning" aria-labelledby="caches">
    <h2 id="caches">\(words[.cachesUnreachable])</h2>
    <p>\(words[.cachesUnreachableText])</p>
    <ul class="problems">\(each: caches, { problem in
      """
      <li><span lang="en">\("\(problem.cache)"): \(problem.reason)</span></li>

      """
    })</ul>
    </section>
    """
  }

  func badge(_ publication: Publication) -> HTML {
    let status = publication.status
    return "<span class=\"badge \(status.rawValue)\">\(words.name(of: status))</span>"
  }

  /// The size of a file and the state of its text.
  func state(of file: StoredFile?) -> HTML {
    guard let file else { return "\(words[.noPDF])" }
    let size = words.size(file.bytes)
    switch file.text {
    case .waiting: return "\(words(.pdfWaiting, size))"
    case .read: return "\(words(.pdfRead, extent(of: file)))"
    // The reason is in English, as in the log.
    case .unreadable(let reason):
      return words.html(.pdfUnreadable, "\(size)", "<span lang=\"en\">\(reason)</span>")
    }
  }
}
