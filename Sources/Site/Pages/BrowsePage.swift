import Archive
import Markup

/// A line of an index: a name, how many publications have it, and where they are listed.
struct IndexEntry {
  var name: String
  var publications: Int
  var choice: Browse
}

/// The values one can browse by, as lines of indexes.
struct ArchiveIndex {
  var years: [IndexEntry]
  var topics: [IndexEntry]
  var types: [IndexEntry]
  var languages: [IndexEntry]
  var authors: [IndexEntry]

  /// - Parameters:
  ///   - facets: What there is among the publications chosen.
  ///   - choice: What is chosen; each line adds its value to that.
  init(_ facets: Facets, within choice: Browse = Browse()) {
    let choice = choice.on(page: 1)
    func entries(
      _ facets: [Facet], name: (String) -> String = { $0 }, _ add: (inout Browse, String) -> Void
    ) -> [IndexEntry] {
      facets.map { facet in
        var added = choice
        add(&added, facet.value)
        return IndexEntry(
          name: name(facet.value), publications: facet.publications, choice: added)
      }
    }
    years = facets.years.map { year in
      var added = choice
      added.year = year.year
      return IndexEntry(name: "\(year.year)", publications: year.publications, choice: added)
    }
    topics = entries(facets.topics) { $0.topic = $1 }
    types = entries(facets.types, name: Wording.typeName) {
      $0.type = PublicationType(rawValue: $1)
    }
    languages = entries(facets.languages, name: Wording.language) { $0.language = $1 }
    authors = entries(facets.authors) { $0.author = $1 }
  }
}

extension Pages {
  /// One page of the list of publications.
  func publications(
    _ choice: Browse, _ found: PageOf<Publication>, _ index: ArchiveIndex
  ) -> HTML {
    let heading = choice.heading
    let (number, last) = (found.number, found.pages)
    return layout(
      Head(
        title: number > 1 ? "\(heading), page \(Wording.number(number))" : heading,
        description: choice.isFiltered || number > 1 ? nil : "All publications, the newest first.",
        canonical: choice.address, place: .publications, isIndexed: choice.filters <= 1,
        more: """
          \(if: number > 1, neighbour("prev", choice.on(page: number - 1)))\
          \(if: number < last, neighbour("next", choice.on(page: number + 1)))
          """),
      """
      <div class="section-top">
      <h1>\(heading)</h1>
      <p class="small">\(Wording.count(found.total, "publication"))\
      \(if: last > 1, ", page \(Wording.number(number)) of \(Wording.number(last))")</p>
      </div>
      <div class="spread">
      <div>
      \(found.items.isEmpty
        ? noneFound(choice)
        : "<ol class=\"entries\">\(each: found.items, { entry($0, level: 2) })</ol>")
      \(pageLinks(page: number, of: last, label: "Pages of the list") {
        choice.on(page: $0).address
      })
      </div>
      \(narrowing(choice, index))
      </div>
      """)
  }

  private func neighbour(_ relation: HTML, _ choice: Browse) -> HTML {
    "<link rel=\"\(relation)\" href=\"\(choice.address)\">\n"
  }

  private func noneFound(_ choice: Browse) -> HTML {
    choice.isFiltered
      ? """
      <p>No publication fits. <a href="\(Resource.publications)">Show all publications</a>, or \
      <a href="\(Resource.browse)">see what there is</a>.</p>
      """ : "<p>Nothing has been published here yet.</p>"
  }

  private func narrowing(_ choice: Browse, _ index: ArchiveIndex) -> HTML {
    """
    <nav class="stack" aria-label="Narrow the list">
    \(narrowing("Year", choice.year.map { "\($0)" }, index.years, choice) { $0.year = nil })
    \(narrowing("Topic", choice.topic, index.topics, choice) { $0.topic = nil })
    \(narrowing("Type", choice.type.map(Wording.type), index.types, choice) { $0.type = nil })
    \(narrowing("Language", choice.language.map(Wording.language), index.languages, choice) {
      $0.language = nil
    })
    \(narrowing("Author", choice.author, index.authors, choice) { $0.author = nil })
    </nav>
    """
  }

  /// The values of one kind that can be chosen too, or the one that is, to be given up.
  private func narrowing(
    _ heading: String, _ chosen: String?, _ entries: [IndexEntry], _ choice: Browse,
    giveUp: (inout Browse) -> Void
  ) -> HTML {
    let limit = 8
    if let chosen {
      var wider = choice.on(page: 1)
      giveUp(&wider)
      return """
        <section>
        <div class="section-head"><h2>\(heading)</h2></div>
        <p class="chosen small"><span>\(chosen)</span> <a href="\(wider.address)">Show all\
        <span class="unseen"> of any \(heading.lowercased())</span></a></p>
        </section>
        """
    }
    guard entries.count > 1 else { return "" }
    return """
      <section>
      <div class="section-head"><h2>\(heading)</h2></div>
      <ul class="index">
      \(each: entries.prefix(limit), { indexLine($0, isFollowed: !choice.isFiltered) })
      </ul>
      \(if: entries.count > limit && !choice.isFiltered, """
        <p class="more small"><a href="\(Resource.browse)#\(heading.lowercased())">More\
        <span class="unseen"> by \(heading.lowercased())</span></a></p>
        """)
      </section>
      """
  }

  /// Everything that one can browse by, with counts.
  func browse(_ index: ArchiveIndex, total: Int) -> HTML {
    layout(
      Head(
        title: "Browse", description: "The archive by year, topic, type, language and author.",
        canonical: Resource.browse.path, place: .browse),
      """
      <div class="section-top">
      <h1>Browse</h1>
      <p class="small">\(Wording.count(total, "publication"))</p>
      </div>
      <div class="wide">
      \(if: total == 0, "<p>Nothing has been published here yet.</p>")
      \(bars(index.years))
      \(section("topic", "By topic", index.topics))
      \(section("type", "By type", index.types))
      \(section("language", "By language", index.languages))
      \(section("author", "By author", index.authors))
      </div>
      """)
  }

  /// Years with a bar each, as long as the number of publications.
  private func bars(_ years: [IndexEntry]) -> HTML {
    guard let most = years.map(\.publications).max(), most > 0 else { return "" }
    return """
      <section aria-labelledby="year">
      <div class="section-head"><h2 id="year">By year</h2></div>
      <ol class="bars">
      \(each: years, { year in
        """
        <li><a href="\(year.choice.address)"><span>\(year.name)</span>
        <svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">\
        <rect width="\(max(4, year.publications * 1000 / most))" height="10"/></svg>
        \(number(year.publications))</a></li>
        """
      })
      </ol>
      </section>
      """
  }

  private func section(_ id: String, _ heading: String, _ entries: [IndexEntry]) -> HTML {
    guard !entries.isEmpty else { return "" }
    return """
      <section aria-labelledby="\(id)">
      <div class="section-head"><h2 id="\(id)">\(heading)</h2>\
      \(if: entries.count == Facets.most, """
        <p class="small">The \(Facets.most) most frequent</p>
        """)\
      </div>
      <ul class="index">
      \(each: entries, { indexLine($0) })
      </ul>
      </section>
      """
  }

  /// - Parameters:
  ///   - entry: What the line says.
  ///   - isFollowed: Whether crawlers may follow it; combinations of values are no pages for them.
  /// - Returns: An item of a list.
  func indexLine(_ entry: IndexEntry, isFollowed: Bool = true) -> HTML {
    """
    <li><a href="\(entry.choice.address)"\(if: !isFollowed, " rel=\"nofollow\"")>\
    <span>\(entry.name)</span> \(number(entry.publications))</a></li>
    """
  }

  private func number(_ publications: Int) -> HTML {
    """
    <span class="number">\(Wording.number(publications))<span class="unseen"> \
    publications</span></span>
    """
  }
}
