import Archive
import Markup

extension Pages {
  func statistics(_ statistics: Statistics, _ staff: StaffBar) -> HTML {
    let total = statistics.usage.total
    return layout(
      Head(title: "Statistics", place: .statistics, isIndexed: false, staff: staff),
      """
      <h1>Statistics</h1>
      <form class="inline" action="\(Resource.statistics)" method="get">
      <label for="from">From</label>
      <input id="from" name="from" type="month" value="\(statistics.first.description)" \
      pattern="[0-9]{4}-[0-9]{2}" placeholder="2026-01">
      <label for="to">to</label>
      <input id="to" name="to" type="month" value="\(statistics.last.description)" \
      pattern="[0-9]{4}-[0-9]{2}" placeholder="2026-12">
      <button class="quiet">Show</button>
      </form>
      <p>\(Wording.count(total.investigations, "view")) of publications, among them \
      \(Wording.count(total.requests, "reading")) of the full text. \
      <a href="\(Query.address(.statisticsFile, period(statistics)))">Download all as CSV</a></p>
      \(statistics.usage.months.isEmpty
        ? "<p>Nothing was counted in these months.</p>"
        : months(statistics) + mostRead(statistics))
      <h2>How it is counted</h2>
      <p>By the COUNTER Code of Practice, release 5.1: whole answers only, two views of one address \
      within 30 seconds as one, without robots and without readers who take more than \
      \(Wording.number(UsageTally.mostFullTexts)) full texts in an hour. Unique views count a \
      reader once an hour. A view is any use of a publication, its page among them; months are \
      those of UTC, and the current hour is not counted yet. No address is kept.</p>
      """)
  }

  private func period(_ statistics: Statistics) -> [(String, String?)] {
    [("from", statistics.first.description), ("to", statistics.last.description)]
  }

  private func months(_ statistics: Statistics) -> HTML {
    """
    <h2>By month</h2>
    <div class="scroller" role="region" aria-label="Uses by month" tabindex="0"><table>
    \(heads("Month"))
    <tbody>
    \(each: statistics.usage.months.reversed(), { entry in
      """
      <tr><th scope="row">\(entry.month.description)</th>\(cells(entry.uses))</tr>

      """
    })</tbody>
    </table></div>
    """
  }

  private func mostRead(_ statistics: Statistics) -> HTML {
    """
    <h2>Most read</h2>
    <div class="scroller" role="region" aria-label="Uses by publication" tabindex="0"><table>
    \(heads("Publication"))
    <tbody>
    \(each: statistics.publications, { row in
      """
      <tr><th scope="row"><a href="\(Resource.record(row.slug))">\(row.title)</a></th>\
      \(cells(row.total))</tr>

      """
    })</tbody>
    </table></div>
    """
  }

  private func heads(_ first: StaticString) -> HTML {
    """
    <thead><tr><th scope="col">\(first)</th><th scope="col">Views</th>\
    <th scope="col">Full text</th><th scope="col">Unique views</th>\
    <th scope="col">Unique full text</th></tr></thead>
    """
  }

  private func cells(_ uses: Uses) -> HTML {
    """
    \(each: [uses.investigations, uses.requests, uses.uniqueInvestigations, uses.uniqueRequests], {
      "<td class=\"figure\">\(Wording.number($0))</td>"
    })
    """
  }
}
