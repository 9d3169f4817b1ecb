import Archive
import Search
import Markup

extension Pages {
  /// Everything that one can browse by, with counts.
  func browse(_ index: ArchiveIndex, total: Int) -> HTML {
    layout(
      Head(
        title: words[.browse], description: words[.browseDescription],
        canonical: Resource.browse.path, place: .browse),
      """
      <div class="section-top">
      <h1>\(words[.browse])</h1>
      <p class="small">\(words.count(.publication, total))</p>
      </div>
      <div class="wide">
      \(if: total == 0, "<p>\(words[.nothingPublished]).</p>")
      \(timeline(index.years, chosen: nil, isFollowed: true, isListed: true))
      \(section(.topic, .byTopic, index.topics))
      \(section(.type, .byType, index.types))
      \(section(.language, .byLanguage, index.languages))
      \(section(.author, .byAuthor, index.authors))
      </div>
      """)
  }

  private func section(_ kind: Browse.Kind, _ heading: Phrase, _ entries: [IndexEntry]) -> HTML {
    guard !entries.isEmpty else { return "" }
    return """
      <section aria-labelledby="\(kind.rawValue)">
      <div class="section-head"><h2 id="\(kind.rawValue)">\(words[heading])</h2>\
      \(if: kind == .author, "<a class=\"small\" href=\"\(Resource.authors)\">\(words[.authorsAtoZ])</a>")\
      \(if: kind == .topic && entries.count == Facets.most, """
        <p class="small">\(words(.mostFrequent, words.number(Facets.most)))</p>
        """)\
      </div>
      <ul class="index">
      \(each: entries, { indexLine($0) })
      </ul>
      </section>
      """
  }

  // MARK: Years

  /// A bar for each year that leads to its publications, and the same as a list or a table.
  ///
  /// The bars are for pointers and eyes: keys and screen readers get the list or the table.
  ///
  /// - Parameters:
  ///   - years: The newest first.
  ///   - chosen: The year whose bar stands out.
  ///   - isFollowed: Whether crawlers may follow the links.
  ///   - isListed: Whether there is room for the list; without, the table is folded.
  /// - Returns: A section; nothing when there is one year.
  func timeline(
    _ years: [IndexEntry], chosen: Int?, isFollowed: Bool, isListed: Bool = false
  ) -> HTML {
    guard years.count > 1, let last = years.first, let first = years.last else { return "" }
    let most = max(1, years.map(\.publications).max() ?? 1)
    let places = Pages.places(years)
    let width = 10 * ((places.max() ?? 0) + 1)
    return """
      <section class="timeline" aria-labelledby="year">
      <div class="section-head"><h2 id="year">\(words[.timeline])</h2></div>
      <svg viewBox="0 0 \(width) 100" preserveAspectRatio="none" aria-hidden="true">
      \(each: zip(years, places), { year, place in
        bar(
          year, at: place, height: max(1, year.publications * 100 / most),
          isChosen: year.choice.year == chosen)
      })
      </svg>
      <p class="ends small" aria-hidden="true"><span>\(first.name)</span><span>\(last.name)</span></p>
      \(isListed
        ? "<ul class=\"index years\">\(each: years, { indexLine($0) })</ul>"
        : table(of: years, chosen: chosen, isFollowed: isFollowed))
      </section>
      """
  }

  private func table(of years: [IndexEntry], chosen: Int?, isFollowed: Bool) -> HTML {
    """
    <details>
    <summary>\(words[.timelineTable])</summary>
    <table>
    <thead><tr><th scope="col">\(words[.year])</th>\
    <th scope="col" class="figure">\(words[.publications])</th></tr></thead>
    <tbody>
    \(each: years, { year in
      """
      <tr><th scope="row"><a href="\(year.choice.address)"\
      \(if: !isFollowed, " rel=\"nofollow\"")\
      \(if: year.choice.year == chosen, " aria-current=\"true\"")>\(year.name)</a></th>\
      <td class="figure">\(words.number(year.publications))</td></tr>

      """
    })
    </tbody>
    </table>
    </details>
    """
  }

  private func bar(_ year: IndexEntry, at place: Int, height: Int, isChosen: Bool) -> HTML {
    """
    <a href="\(year.choice.address)" tabindex="-1">\
    <title>\(year.name): \(words.count(.publication, year.publications))</title>\
    <rect class="field" x="\(place * 10)" width="10" height="100"/>\
    <rect\(if: isChosen, " class=\"chosen\"") x="\(place * 10 + 1)" y="\(100 - height)" width="8" \
    height="\(height)"/></a>

    """
  }

  /// Where each year stands on the line, from 0; years without publications leave a gap, unless the
  /// line would be too long for that.
  private static func places(_ years: [IndexEntry]) -> [Int] {
    let numbers = years.map { $0.choice.year ?? 0 }
    let (first, last) = (numbers.min() ?? 0, numbers.max() ?? 0)
    return last - first < 150
      ? numbers.map { $0 - first } : numbers.indices.map { numbers.count - 1 - $0 }
  }
}
