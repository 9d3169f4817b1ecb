import Archive
import Markup

extension Pages {
  func statistics(_ statistics: Statistics, _ staff: StaffBar) -> HTML {
    let query = statistics.query
    let hasUse = !statistics.usage.months.isEmpty
    let chart = chart(of: statistics.usage, from: query.first, through: query.last)
    return layout(
      Head(
        title: words[.statistics], address: query.address(), place: .statistics, isIndexed: false,
        staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.statistics])</h1>
      \(statistics.subject, { subject(of: statistics, named: $0) })
      \(periods(statistics))
      \(periodForm(query))
      </div>
      <div class="wide">
      \(usage(
        chart, title: words(.monthsToMonths, name(of: query.first), name(of: query.last)),
        id: "use", column: .month))
      \(if: hasUse, table(statistics))
      \(if: hasUse && query.scope == .all, counterFiles(query))
      <section class="stack measure" aria-labelledby="how">
      <h2 id="how">\(words[.howCounted])</h2>
      <p>\(words(.howCountedText, words.number(UsageTally.mostFullTexts)))</p>
      </section>
      </div>
      """)
  }

  private func name(of month: Month) -> String {
    PublicationDate(month.description).map(words.date) ?? month.description
  }

  /// What the page is about, with links to it and back to everything.
  private func subject(of statistics: Statistics, named name: String) -> HTML {
    var whole = statistics.query
    whole.scope = .all
    whole.group = .publication
    let title: HTML =
      switch statistics.query.scope {
      case .publication(let slug): "<a href=\"\(Resource.record(slug))\" dir=\"auto\">\(name)</a>"
      case .topic: link(to: Browse(topic: name), "\(name)")
      case .author: link(to: Browse(author: name), "\(name)")
      case .all: ""
      }
    return """
      <p>\(title) · <a href="\(whole.address())">\(words[.allPublications])</a></p>
      """
  }

  private func periods(_ statistics: Statistics) -> HTML {
    let query = statistics.query
    return """
      <nav class="chips" aria-label="\(words[.period])">
      \(each: StatisticsQuery.Period.allCases, { period in
        let months = period.months(at: statistics.current, earliest: statistics.earliest)
        let isShown = months == (query.first, query.last)
        return """
          <a href="\(query.with(months).address())"\(if: isShown, " aria-current=\"page\"")>\
          \(words[period.phrase])</a>

          """
      })
      </nav>
      """
  }

  private func periodForm(_ query: StatisticsQuery) -> HTML {
    """
    <form class="inline actions" action="\(Resource.statistics)" method="get">
    \(each: query.fields.filter { $0.0 != "from" && $0.0 != "to" }, { name, value in
      value.map { hidden(name, $0) } ?? ""
    })
    <label for="from">\(words[.from])</label>
    <input id="from" name="from" value="\(query.first.description)" \
    pattern="[0-9]{4}-[0-9]{2}" placeholder="2026-01" title="\(words[.monthExample])">
    <label for="to">\(words[.to])</label>
    <input id="to" name="to" value="\(query.last.description)" \
    pattern="[0-9]{4}-[0-9]{2}" placeholder="2026-12" title="\(words[.monthExample])">
    \(languageField)<button class="quiet">\(words[.show])</button>
    </form>
    """
  }

  private func table(_ statistics: Statistics) -> HTML {
    let query = statistics.query
    let groups: [StatisticsQuery.Group] =
      query.scope == .all ? StatisticsQuery.Group.allCases : [.month, .year]
    let hasPublications = query.group == .topic || query.group == .author
    return """
      <section class="stack">
      <h2 id="rows">\(words[query.group.phrase])</h2>
      <nav class="chips" aria-label="\(words[.tableBy])">
      \(each: groups, { group in
        """
        <a href="\(query.with(group).address())"\
        \(if: group == query.group, " aria-current=\"page\"")>\(words[group.phrase])</a>

        """
      })
      </nav>
      <div class="scroller" role="region" aria-labelledby="rows" tabindex="0"><table>
      <thead><tr><th scope="col">\(words[column(of: query.group)])</th>\
      \(if: hasPublications, "<th scope=\"col\" class=\"figure\">\(words[.publications])</th>")\
      \(each: [Phrase.views, .fullText, .uniqueViews, .uniqueFullText], {
        "<th scope=\"col\" class=\"figure\">\(words[$0])</th>"
      })</tr></thead>
      <tbody>
      \(each: statistics.rows, row)</tbody>
      </table></div>
      <p class="small">\(if: statistics.rows.count == Statistics.listed, """
        \(words(.firstRows, words.number(Statistics.listed))) 
        """)<a href="\(query.address(.statisticsFile))">\(words[.downloadCSV])</a></p>
      </section>
      """
  }

  /// The reports by COUNTER of the period as files.
  private func counterFiles(_ query: StatisticsQuery) -> HTML {
    """
    <section class="stack measure" aria-labelledby="counter">
    <h2 id="counter">\(words[.counterReports])</h2>
    <p>\(words[.counterReportsText])</p>
    <ul class="counter">
    \(each: CounterReportKind.allCases, { report in
      """
      <li>\(words[report == .title ? .titleReport : .itemReport]):
      \(each: CounterFormat.allCases, separator: " · ", { format in
        """
        <a href="\(query.address(.counterFile(report, format)))">\(format.rawValue.uppercased())</a>
        """
      })</li>

      """
    })</ul>
    </section>
    """
  }

  private func column(of group: StatisticsQuery.Group) -> Phrase {
    switch group {
    case .publication: .publicationColumn
    case .topic: .topicColumn
    case .author: .authorColumn
    case .month: .month
    case .year: .year
    }
  }

  private func row(_ row: Statistics.Row) -> HTML {
    let uses = row.uses
    return """
      <tr><th scope="row">\
      \(row.address.map { "<a href=\"\($0)\" dir=\"auto\">\(row.name)</a>" } ?? "\(row.name)")</th>\
      \(row.publications, { "<td class=\"figure\">\(words.number($0))</td>" })\
      \(each: [uses.investigations, uses.requests, uses.uniqueInvestigations, uses.uniqueRequests], {
        "<td class=\"figure\">\(words.number($0))</td>"
      })</tr>

      """
  }
}
