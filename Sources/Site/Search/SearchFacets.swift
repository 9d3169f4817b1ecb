import Archive
import Search
import Markup

/// The filters and exports beside search results.
extension Pages {
  func narrowing(_ form: SearchForm, _ facets: Facets) -> HTML {
    let choice = form.choice
    return """
      \(facet(
        words[.year], choice.year.map { "\($0)" },
        facets.years.map { (name: "\($0.year)", value: "\($0.year)", count: $0.publications) },
        form
      ) { $0.year = $1.flatMap { Int($0) } })
      \(facet(words[.topic], choice.topic, lines(facets.topics), form) { $0.topic = $1 })
      \(facet(
        words[.type], choice.type.map { words.name(of: $0) },
        lines(facets.types, words.name(ofType:)), form
      ) { $0.type = $1.flatMap { TypeName(rawValue: $0) } })
      \(facet(
        words[.language], choice.language.map { words.name(ofLanguage: $0) },
        lines(facets.languages, words.name(ofLanguage:)), form
      ) { $0.language = $1 })
      \(facet(words[.author], choice.author, lines(facets.authors), form) { $0.author = $1 })
      """
  }

  private typealias Line = (name: String, value: String, count: Int)

  private func lines(_ facets: [Facet], _ name: (String) -> String = { $0 }) -> [Line] {
    facets.map { (name: name($0.value), value: $0.value, count: $0.publications) }
  }

  /// The values of a facet, or a link that removes the chosen one.
  private func facet(
    _ heading: String, _ chosen: String?, _ lines: [Line], _ form: SearchForm,
    _ choose: (inout Browse, String?) -> Void
  ) -> HTML {
    if let chosen {
      let wider = form.choosing { choose(&$0, nil) }
      return """
        <section>
        <div class="section-head"><h2>\(heading)</h2></div>
        <p class="chips"><a href="\(wider.address)" rel="nofollow" \
        aria-label="\(words(.remove, chosen))"><span dir="auto">\(chosen)</span> \
        <span aria-hidden="true">×</span></a></p>
        </section>
        """
    }
    guard lines.count > 1 else { return "" }
    return """
      <section>
      <div class="section-head"><h2>\(heading)</h2></div>
      <ul class="index">
      \(each: lines.prefix(8), { line in
        """
        <li><a href="\(form.choosing { choose(&$0, line.value) }.address)" rel="nofollow">\
        <span dir="auto">\(line.name)</span> \(number(of: line.count))</a></li>
        """
      })
      </ul>
      </section>
      """
  }

  /// Links to the search as a feed and to its results as files.
  func exports(_ form: SearchForm, total: Int) -> HTML {
    let formats: [(ExportFormat, String)] = [
      (.bibtex, "BibTeX"), (.ris, "RIS"), (.csl, "CSL-JSON"), (.csv, "CSV"),
    ]
    return """
      <section>
      <div class="section-head"><h2>\(words[.save])</h2></div>
      \(followLinks(Followed(form)))
      <p class="small">\
      \(total > SearchForm.mostExported
        ? words(.firstResultsAs, words.number(SearchForm.mostExported)) : words[.resultsAs]) \
      \(each: formats, { format, name in
        "<a href=\"\(form.address(as: format))\" rel=\"nofollow\">\(name)</a> "
      })\
      </p>
      </section>
      """
  }

  /// The page of searches for staff.
  func searches(
    most: [SearchedQuery], withoutResults: [SearchedQuery], _ staff: StaffBar
  ) -> HTML {
    layout(
      Head(
        title: words[.searches], address: Resource.searches.path, place: .searches,
        isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.searches])</h1>
      <p class="measure">\(words[.searchesText])\
      \(if: settings.countsResultClicks, " \(words[.resultClicksText])")</p>
      </div>
      <div class="wide">
      <section>
      <h2>\(words[.withoutResults])</h2>
      \(searchTable(withoutResults, label: words[.searchesWithoutResults]))
      </section>
      <section>
      <h2>\(words[.mostFrequentHeading])</h2>
      \(searchTable(most, label: words[.mostFrequentSearches]))
      </section>
      </div>
      """)
  }

  /// The columns for result clicks, if they are counted.
  private var clickPhrases: [Phrase] {
    settings.countsResultClicks ? [.opened, .averagePosition] : []
  }

  private func searchTable(_ queries: [SearchedQuery], label: String) -> HTML {
    guard !queries.isEmpty else { return "<p>\(words[.none])</p>" }
    return """
      <div class="scroller" role="region" aria-label="\(label)" tabindex="0"><table>
      <thead><tr><th scope="col">\(words[.query])</th>\
      \(each: [Phrase.searches, .results, .slowest] + clickPhrases, {
        "<th scope=\"col\" class=\"figure\">\(words[$0])</th>"
      })</tr></thead>
      <tbody>
      \(each: queries, { query in
        """
        <tr><th scope="row"><a href="\(SearchForm(words: query.query).address)">\
        <bdi>\(query.query)</bdi></a></th>\
        \(each: [query.searches, query.results, query.slowest], {
          "<td class=\"figure\">\(words.number($0))</td>"
        })\(if: settings.countsResultClicks, """
          <td class="figure">\(words.number(query.opened))</td>\
          <td class="figure">\(query.place.map { words.number(Int($0.rounded())) } ?? "–")</td>
          """)</tr>

        """
      })</tbody>
      </table></div>
      """
  }
}
