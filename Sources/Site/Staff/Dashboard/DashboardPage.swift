import Archive
import Markup

/// What the dashboard shows.
struct DashboardView {
  var staff: Pages.StaffBar
  /// Nil for publications of every status.
  var status: Publication.Status?
  /// The words of a search; empty for none.
  var words: String
  var found: PageOf<Publication>
  /// The number of messages in the outbox; nil when a program sends them.
  var waitingMessages: Int?
  var extraction: ExtractionStatus
  var damaged: [FileDefect] = []
  var notice: Notice?
  var tasks: DeskTasks
  /// Use of the last 30 days and of the last 12 months.
  var days: UsageChart
  var months: UsageChart

  var address: (Int) -> String {
    let (status, words) = (status, words)
    return { page in
      Query.address(
        .dashboard,
        [
          ("status", status?.rawValue), ("q", words.nonEmpty),
          ("page", page > 1 ? String(page) : nil),
        ])
    }
  }
}

extension Pages {
  func dashboard(_ dashboard: DashboardView) -> HTML {
    let isNarrowed = dashboard.status != nil || !dashboard.words.isEmpty
    return layout(
      Head(
        title: words[.dashboard], address: dashboard.address(dashboard.found.number),
        place: .dashboard,
        isIndexed: false, staff: dashboard.staff),
      """
      <div class="section-top">
      <h1>\(words[.dashboard])</h1>
      \(notice(dashboard.notice))
      \(if: !dashboard.damaged.isEmpty, damagedFiles(dashboard.damaged))
      </div>
      \(dropZone(dashboard.staff))
      <div class="desk-columns">
      \(tasks(dashboard.tasks, dashboard.staff))
      \(usage(dashboard.days, title: words[.lastDays], id: "last-days", column: .dayColumn))
      \(usage(dashboard.months, title: words[.lastMonths], id: "last-months", column: .month))
      </div>
      <div class="section-top">
      <div class="actions dashboard-actions">
      <a class="button" href="\(Resource.upload)">\(words[.uploadHeading])</a>
      <form class="inline" action="\(Resource.dashboard)" method="get" role="search">
      <label class="unseen" for="q">\(words[.findPublications])</label>
      <input id="q" name="q" type="search" value="\(dashboard.words)" \
      placeholder="\(words[.findPublications])">
      \(dashboard.status, { hidden("status", $0.rawValue) })
      \(languageField)<button class="quiet">\(words[.find])</button>
      </form>
      </div>
      <nav class="chips" aria-label="\(words[.status])">
      \(statusLink(nil, words[.all], dashboard))
      \(each: Publication.Status.allCases, { statusLink($0, words.name(of: $0), dashboard) })
      </nav>
      <p class="small">\(total(of: dashboard))\
      \(dashboard.waitingMessages, { " · \(words(.inOutbox, words.count(.message, $0)))" }) · <a href="\(Resource.extraction)">\(summary(of: dashboard.extraction))</a></p>
      </div>
      \(dashboard.found.items.isEmpty
        ? "<p>\(words[isNarrowed ? .nothingHere : .dashboardEmpty])</p>"
        : "<ol class=\"entries\">\(each: dashboard.found.items, dashboardEntry)</ol>")
      \(pageLinks(
        page: dashboard.found.number, of: dashboard.found.pages, label: words[.pagesOfDashboard],
        address: dashboard.address))
      """)
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

  private func total(of dashboard: DashboardView) -> String {
    let count = words.count(.publication, dashboard.found.total)
    return dashboard.words.isEmpty ? count : words(.matchingWords, count, dashboard.words)
  }

  private func statusLink(_ status: Publication.Status?, _ name: String, _ dashboard: DashboardView)
    -> HTML
  {
    let address = Query.address(
      .dashboard, [("status", status?.rawValue), ("q", dashboard.words.nonEmpty)])
    return """
      <a href="\(address)"\(if: status == dashboard.status, " aria-current=\"page\"")>\(name)</a>

      """
  }

  private func dashboardEntry(_ publication: Publication) -> HTML {
    let record = publication.record
    return """
      <li>
      <p class="date">\(badge(publication))</p>
      <div>
      <h2><a href="\(Resource.record(publication.slug))"\(script(of: record))>\
      \(record.title)</a></h2>
      \(if: !record.authors.isEmpty, "<p class=\"authors\" dir=\"auto\">\(words.names(record.authors))</p>")
      <p class="small">\(publication.knownDate, { "\(date($0)) · " })\(state(of: publication.file)) · \
      \(words(.changedAt, moment(publication.modified)))</p>
      \(if: publication.status == .draft || publication.status == .review, """
        <p class="small">\(publication.file?.name, { "<bdi>\($0)</bdi> · " })\
        \(words(.uploadedAt, moment(publication.created)))</p>
        """)
      </div>
      </li>
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
