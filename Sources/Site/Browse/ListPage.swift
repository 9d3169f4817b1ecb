import Archive
import Markup

extension Pages {
  /// One page of the list of publications.
  ///
  /// - Parameters:
  ///   - choice: The filters, the order and the page.
  ///   - found: The publications.
  ///   - index: The values by which the list can be filtered further.
  ///   - canonical: The page that shows the same publications; nil when it is this one.
  /// - Returns: The page.
  func publications(
    _ choice: Browse, _ found: PageOf<Publication>, _ index: ArchiveIndex, canonical: String?
  ) -> HTML {
    let heading = words.heading(of: choice)
    let (number, last) = (found.number, found.pages)
    let isWhole = !choice.isFiltered && number == 1 && choice.order == .date
    return layout(
      Head(
        title: number > 1 ? words(.headingPage, heading, words.number(number)) : heading,
        description: isWhole ? words[.allDescription] : nil,
        canonical: canonical ?? choice.address, place: .publications,
        isIndexed: choice.kinds.count <= 1 && choice.order == .date,
        more: """
          \(if: choice.isFiltered, feedLink(Followed(choice)))\
          \(if: number > 1, neighbour("prev", choice.on(page: number - 1)))\
          \(if: number < last, neighbour("next", choice.on(page: number + 1)))
          """),
      """
      <div class="section-top">
      <h1>\(heading)</h1>
      \(if: choice.isFiltered, chips(choice))
      <div class="list-head small">
      <p>\(words.count(.publication, found.total))\
      \(if: last > 1, """
        , \(words(.pageOf, words.number(number), words.number(last)))
        """)</p>
      \(if: found.total > 1 && !settings.isStaticCopy, orders(choice))
      </div>
      \(if: found.total > 0, followLinks(Followed(choice)))
      </div>
      <div class="spread">
      <div>
      \(found.items.isEmpty
        ? noneFound(choice)
        : "<ol class=\"entries\">\(each: found.items, { entry($0, level: 2) })</ol>")
      \(pageLinks(page: number, of: last) { choice.on(page: $0).address })
      </div>
      \(if: !settings.isStaticCopy || !choice.isFiltered, narrowing(choice, index))
      </div>
      """)
  }

  private func neighbour(_ relation: HTML, _ choice: Browse) -> HTML {
    "<link rel=\"\(relation)\" href=\"\(choice.address)\">\n"
  }

  /// The active filters, each with a link that removes it.
  private func chips(_ choice: Browse) -> HTML {
    """
    <nav aria-label="\(words[.chosen])"><ul class="chips">
    \(each: choice.kinds, { kind in
      let value = words.value(of: kind, in: choice) ?? ""
      return """
        <li><a href="\(choice.without(kind).address)" aria-label="\(words(.remove, value))">\
        <span dir="auto">\(value)</span> <span aria-hidden="true">×</span></a></li>
        """
    })
    \(if: choice.kinds.count > 1, """
      <li><a class="all" href="\(Browse(order: choice.order).address)">\(words[.removeAll])</a></li>
      """)
    </ul></nav>
    """
  }

  private func orders(_ choice: Browse) -> HTML {
    """
    <nav aria-label="\(words[.sortBy])"><ul class="orders">
    <li aria-hidden="true">\(words[.sortBy]):</li>
    \(order(.date, .sortDate, choice))
    \(order(.title, .sortTitle, choice))
    </ul></nav>
    """
  }

  private func order(_ order: Browse.Order, _ name: Phrase, _ choice: Browse) -> HTML {
    """
    <li><a href="\(choice.sorted(by: order).address)"\
    \(if: choice.order == order, " aria-current=\"true\"")>\(words[name])</a></li>
    """
  }

  private func noneFound(_ choice: Browse) -> HTML {
    choice.isFiltered
      ? """
      <div class="stack measure">
      <p>\(words[.noneFits])</p>
      <p><a href="\(Resource.publications)">\(words[.showAll])</a> · \
      <a href="\(Resource.browse)">\(words[.whatThereIs])</a></p>
      </div>
      """ : "<p>\(words[.nothingPublished]).</p>"
  }

  private func narrowing(_ choice: Browse, _ index: ArchiveIndex) -> HTML {
    """
    <aside class="stack" aria-label="\(words[.narrowList])">
    \(timeline(index.years, chosen: choice.year, isFollowed: !choice.isFiltered))
    \(each: [.topic, .type, .language, .author], { narrowing($0, choice, index) })
    </aside>
    """
  }

  /// The values of one facet that can be chosen in addition.
  private func narrowing(
    _ kind: Browse.Kind, _ choice: Browse, _ index: ArchiveIndex
  ) -> HTML {
    let limit = 8
    let entries = index.entries(of: kind)
    guard entries.count > 1, words.value(of: kind, in: choice) == nil else { return "" }
    let heading = words.name(of: kind)
    return """
      <section>
      <div class="section-head"><h2>\(heading)</h2></div>
      <ul class="index">
      \(each: entries.prefix(limit), { indexLine($0, isFollowed: !choice.isFiltered) })
      </ul>
      \(if: entries.count > limit && !choice.isFiltered, """
        <p class="more small"><a href="\(Resource.browse)#\(kind.rawValue)" \
        aria-label="\(words[.more]): \(heading)">\(words[.more])</a></p>
        """)
      </section>
      """
  }

  /// - Parameters:
  ///   - entry: The value with its count.
  ///   - isFollowed: Whether crawlers may follow it; not for combinations of values.
  /// - Returns: A list item.
  func indexLine(_ entry: IndexEntry, isFollowed: Bool = true) -> HTML {
    """
    <li><a href="\(entry.address)"\(if: !isFollowed, " rel=\"nofollow\"")>\
    <span dir="auto">\(entry.name)</span> \(number(of: entry.publications))</a></li>
    """
  }

  func number(of publications: Int) -> HTML {
    """
    <span class="number" aria-hidden="true">\(words.number(publications))</span>\
    <span class="unseen">\(words.count(.publication, publications))</span>
    """
  }
}
