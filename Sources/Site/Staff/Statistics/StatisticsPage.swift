import Archive
import Markup

extension Pages {
  func statistics(_ statistics: Statistics, _ staff: StaffBar) -> HTML {
    let total = statistics.usage.total
    return layout(
      Head(
        title: words[.statistics],
        address: Query.address(.statistics, period(statistics)), place: .statistics,
        isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.statistics])</h1>
      <form class="inline actions" action="\(Resource.statistics)" method="get">
      <label for="from">\(words[.from])</label>
      <input id="from" name="from" value="\(statistics.first.description)" \
      pattern="[0-9]{4}-[0-9]{2}" placeholder="2026-01">
      <label for="to">\(words[.to])</label>
      <input id="to" name="to" value="\(statistics.last.description)" \
      pattern="[0-9]{4}-[0-9]{2}" placeholder="2026-12">
      \(languageField)<button class="quiet">\(words[.show])</button>
      </form>
      <p>\(words(
        .usesInAll, words.count(.view, total.investigations),
        words.count(.fullReading, total.requests))) \
      <a href="\(Query.address(.statisticsFile, period(statistics)))">\(words[.downloadCSV])</a></p>
      </div>
      <div class="wide">
      \(statistics.usage.months.isEmpty
        ? "<p>\(words[.nothingCounted])</p>"
        : months(statistics) + mostRead(statistics))
      <section class="stack measure" aria-labelledby="how">
      <h2 id="how">\(words[.howCounted])</h2>
      <p>\(words(.howCountedText, words.number(UsageTally.mostFullTexts)))</p>
      </section>
      </div>
      """)
  }

  private func period(_ statistics: Statistics) -> [(String, String?)] {
    [("from", statistics.first.description), ("to", statistics.last.description)]
  }

  private func months(_ statistics: Statistics) -> HTML {
    """
    <section>
    <h2>\(words[.byMonth])</h2>
    <div class="scroller" role="region" aria-label="\(words[.usesByMonth])" tabindex="0"><table>
    \(heads(.month))
    <tbody>
    \(each: statistics.usage.months.reversed(), { entry in
      """
      <tr><th scope="row">\(PublicationDate(entry.month.description), date)</th>\(cells(entry.uses))</tr>

      """
    })</tbody>
    </table></div>
    </section>
    """
  }

  private func mostRead(_ statistics: Statistics) -> HTML {
    """
    <section>
    <h2>\(words[.mostRead])</h2>
    <div class="scroller" role="region" aria-label="\(words[.usesByPublication])" tabindex="0"><table>
    \(heads(.publicationColumn))
    <tbody>
    \(each: statistics.publications, { row in
      """
      <tr><th scope="row"><a href="\(Resource.record(row.slug))">\(row.title)</a></th>\
      \(cells(row.total))</tr>

      """
    })</tbody>
    </table></div>
    </section>
    """
  }

  private func heads(_ first: Phrase) -> HTML {
    """
    <thead><tr><th scope="col">\(words[first])</th>\
    \(each: [Phrase.views, .fullText, .uniqueViews, .uniqueFullText], {
      "<th scope=\"col\" class=\"figure\">\(words[$0])</th>"
    })</tr></thead>
    """
  }

  private func cells(_ uses: Uses) -> HTML {
    """
    \(each: [uses.investigations, uses.requests, uses.uniqueInvestigations, uses.uniqueRequests], {
      "<td class=\"figure\">\(words.number($0))</td>"
    })
    """
  }
}
