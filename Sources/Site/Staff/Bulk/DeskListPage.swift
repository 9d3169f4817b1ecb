import Archive
import HTTP
import Markup

/// What the list for staff shows.
struct DeskListView {
  var staff: Pages.StaffBar
  var query: DeskListQuery
  var found: PageOf<Publication>
  /// What the filters offer.
  var values: DeskValues
  var notice: Notice?

  var filter: DeskFilter { query.filter }
  /// Whether publications can be ticked and edited.
  var isEditable: Bool { staff.role >= .editor }
}

extension Pages {
  /// The list of publications with its filters.
  func deskList(_ list: DeskListView) -> HTML {
    layout(
      Head(
        title: words[.publications], address: list.query.address(page: list.found.number),
        place: .publicationList, isIndexed: false, staff: list.staff),
      """
      <div class="section-top desk-list">
      <h1>\(words[.publications])</h1>
      \(notice(list.notice))
      \(filterForm(list))
      <nav class="chips" aria-label="\(words[.status])">
      \(statusChip(nil, words[.all], list))
      \(each: Publication.Status.allCases, { statusChip($0, words.name(of: $0), list) })
      </nav>
      \(activeFilters(list))
      <p class="small">\(words.count(.publication, list.found.total))</p>
      </div>
      \(list.found.items.isEmpty
        ? "<p>\(words[list.filter.isEmpty ? .dashboardEmpty : .deskNoMatch])</p>"
        : selectionForm(list))
      """)
  }

  // MARK: Filters

  private func filterForm(_ list: DeskListView) -> HTML {
    let filter = list.filter
    return """
      <form action="\(Resource.publicationList)" method="get" role="search" class="desk-filter">
      <div class="inline">
      <label class="unseen" for="q">\(words[.findPublications])</label>
      <input id="q" name="q" type="search" value="\(filter.words)" \
      placeholder="\(words[.deskSearchHint])">
      <button>\(words[.find])</button>
      </div>
      <details>
      <summary>\(words[.deskMoreFilters])</summary>
      <div class="desk-fields">
      \(select("status", words[.status], filter.status?.rawValue, Publication.Status.allCases.map {
        ($0.rawValue, words.name(of: $0))
      }))
      \(select("text", words[.deskText], filter.extraction?.rawValue, DeskFilter.Extraction.allCases.map {
        ($0.rawValue, name(of: $0))
      }))
      \(select("type", words[.type], filter.type?.rawValue, typeOptions(
        besides: filter.type?.rawValue ?? "")))
      \(select("language", words[.language], filter.language, list.values.languages.map {
        ($0, words.name(ofLanguage: $0))
      }))
      \(input("from", words[.deskFromYear], filter.firstYear.map(String.init), type: "number"))
      \(input("to", words[.deskToYear], filter.lastYear.map(String.init), type: "number"))
      \(input("topic", words[.topic], filter.topic, options: list.values.topics))
      \(input("series", words[.series], filter.series, options: list.values.series))
      \(input("author", words[.author], filter.author))
      \(input("changed", words[.deskChangedSince], changedDate(filter), type: "date"))
      \(select("sort", words[.deskSortBy], DeskListQuery.sort(list.query.order) ?? "changed",
        orders, any: nil))
      \(select("size", words[.deskPageSize], "\(list.query.size)",
        DeskListQuery.sizes.map { ("\($0)", "\($0)") }, any: nil))
      </div>
      <fieldset class="desk-missing"><legend>\(words[.deskMissing])</legend>
      \(each: DeskFilter.Missing.allCases, { field in
        """
        <label><input type="checkbox" name="missing" value="\(field.rawValue)"\
        \(if: filter.missing.contains(field), " checked")> \(name(of: field))</label>

        """
      })\
      </fieldset>
      \(filter.bulkEdit, { hidden("edit", "\($0)") })
      \(languageField)<button class="quiet">\(words[.deskApplyFilters])</button>
      </details>
      </form>
      """
  }

  private var orders: [(String, String)] {
    DeskOrder.Key.allCases.flatMap { key in
      [
        (key.rawValue, name(of: DeskOrder(key))),
        ("-\(key.rawValue)", name(of: DeskOrder(key, isReversed: true))),
      ]
    }
  }

  private func changedDate(_ filter: DeskFilter) -> String? {
    filter.changedSince.flatMap { settings.timeZone.localTime(at: $0).date?.description }
  }

  private func select(
    _ name: String, _ label: String, _ value: String?, _ options: [(String, String)],
    any: Phrase? = .deskAny
  ) -> HTML {
    """
    <div class="field"><label for="filter-\(name)">\(label)</label>
    <select id="filter-\(name)" name="\(name)">
    \(any, { "<option value=\"\">\(words[$0])</option>\n" })\
    \(each: options, { option in
      """
      <option value="\(option.0)"\(if: option.0 == value, " selected")>\(option.1)</option>

      """
    })\
    </select></div>
    """
  }

  private func input(
    _ name: String, _ label: String, _ value: String?, type: String = "text",
    options: [String] = []
  ) -> HTML {
    """
    <div class="field"><label for="filter-\(name)">\(label)</label>
    <input id="filter-\(name)" name="\(name)" type="\(type)" value="\(value ?? "")"\
    \(if: type == "number", " min=\"1000\" max=\"9999\"")\
    \(if: !options.isEmpty, " list=\"values-\(name)\" autocomplete=\"off\"")>\
    \(if: !options.isEmpty, """
      <datalist id="values-\(name)">\(each: options, { "<option value=\"\($0)\"></option>" })\
      </datalist>
      """)</div>
    """
  }

  private func statusChip(
    _ status: Publication.Status?, _ name: String, _ list: DeskListView
  ) -> HTML {
    var filter = list.filter
    filter.status = status
    return """
      <a href="\(list.query.address(filter))"\
      \(if: status == list.filter.status, " aria-current=\"page\"")>\(name)</a>

      """
  }

  /// A link for each filter that shows the list without it.
  private func activeFilters(_ list: DeskListView) -> HTML {
    let filter = list.filter
    var chips: [(String, DeskFilter)] = []
    func add(_ label: String, _ value: String?, _ remove: (inout DeskFilter) -> Void) {
      guard let value else { return }
      var other = filter
      remove(&other)
      chips.append((words(.deskActive, label, value), other))
    }
    for field in DeskFilter.Missing.allCases where filter.missing.contains(field) {
      add(words[.deskMissing], name(of: field)) { $0.missing.remove(field) }
    }
    add(words[.deskText], filter.extraction.map { name(of: $0) }) { $0.extraction = nil }
    add(words[.type], filter.type.map { words.name(of: $0) }) { $0.type = nil }
    add(words[.language], filter.language.map { words.name(ofLanguage: $0) }) { $0.language = nil }
    add(words[.deskFromYear], filter.firstYear.map(String.init)) { $0.firstYear = nil }
    add(words[.deskToYear], filter.lastYear.map(String.init)) { $0.lastYear = nil }
    add(words[.topic], filter.topic) { $0.topic = nil }
    add(words[.series], filter.series) { $0.series = nil }
    add(words[.author], filter.author) { $0.author = nil }
    add(words[.deskChangedSince], filter.changedSince.map { moment($0) }) {
      $0.changedSince = nil
    }
    add(words[.bulkEdit], filter.bulkEdit.map { "\($0)" }) { $0.bulkEdit = nil }
    guard !chips.isEmpty else { return "" }
    return """
      <nav aria-label="\(words[.deskActiveFilters])"><ul class="chips desk-active">
      \(each: chips, { chip in
        """
        <li><a href="\(list.query.address(chip.1))" aria-label="\(words(.deskRemoveFilter, chip.0))">\
        \(chip.0) <span aria-hidden="true">×</span></a></li>

        """
      })\
      <li><a class="all" href="\(Resource.publicationList)">\(words[.deskRemoveFilters])</a></li>
      </ul></nav>
      """
  }

  // MARK: The table

  /// The table, in a form whose buttons lead to other pages of it or edit what is ticked.
  ///
  /// The form is sent with GET: ticks travel in the address, and stay without a script.
  private func selectionForm(_ list: DeskListView) -> HTML {
    let elsewhere = list.query.ticked.subtracting(list.found.items.map(\.id))
    return """
      <form action="\(Resource.publicationList)" method="get" class="desk-selection" \
      data-elsewhere="\(elsewhere.count)">
      \(each: list.filter.fields + list.query.viewFields, { hidden($0.name, $0.value) })
      \(if: !elsewhere.isEmpty, hidden("ticked", DeskListQuery.text(ofTicked: elsewhere)))
      \(languageField)
      \(if: list.isEditable, selectionBar(list, elsewhere: elsewhere.count))
      \(table(list))
      \(deskPages(list))
      </form>
      """
  }

  private func selectionBar(_ list: DeskListView, elsewhere: Int) -> HTML {
    """
    <div class="actions desk-bar">
    <button formaction="\(Resource.bulkSelection)">\(words[.deskEditTicked])</button>
    <button class="quiet" formaction="\(Resource.bulkSelection)" name="all" value="1">\
    \(words(.deskEditAll, words.number(list.found.total)))</button>
    <p class="small" role="status" data-one="\(words(.deskTicked, "{1}"))">\
    \(if: elsewhere > 0, "\(words(.deskTickedElsewhere, words.number(elsewhere)))")</p>
    </div>
    """
  }

  private func table(_ list: DeskListView) -> HTML {
    """
    <div class="scroller" role="region" aria-label="\(words[.publications])" tabindex="0">
    <table class="desk-table">
    <thead><tr>
    \(if: list.isEditable, """
      <td class="tick"><input type="checkbox" data-all hidden aria-label="\(words[.deskTickPage])">\
      </td>
      """)
    \(heading(.title, words[.title], list))
    \(heading(.status, words[.status], list))
    \(heading(.date, words[.deskDate], list))
    \(heading(.changed, words[.deskChanged], list))
    </tr></thead>
    <tbody>
    \(each: list.found.items, { row($0, list) })\
    </tbody>
    </table></div>
    """
  }

  private func heading(_ key: DeskOrder.Key, _ name: String, _ list: DeskListView) -> HTML {
    let order = list.query.order
    let isCurrent = order.key == key
    let isRising = (key == .title || key == .status) != order.isReversed
    let other = DeskOrder(key, isReversed: isCurrent && !order.isReversed)
    return """
      <th scope="col" class="\(key.rawValue)"\
      \(if: isCurrent, " aria-sort=\"\(isRising ? "ascending" : "descending")\"")>\
      <a href="\(list.query.address(order: other))">\(name)\
      \(if: isCurrent, "<span aria-hidden=\"true\"> \(isRising ? "↑" : "↓")</span>")</a></th>

      """
  }

  private func row(_ publication: Publication, _ list: DeskListView) -> HTML {
    let record = publication.record
    return """
      <tr>
      \(if: list.isEditable, """
        <td class="tick"><input type="checkbox" name="id" value="\(publication.id)" \
        aria-label="\(words(.deskTick, record.title))"\
        \(if: list.query.ticked.contains(publication.id), " checked")></td>
        """)
      <th scope="row"><a href="\(Resource.record(publication.slug))"\(script(of: record))>\
      \(record.title)</a>
      <p class="small">\(if: !record.authors.isEmpty, "<span dir=\"auto\">\(words.names(record.authors))</span><br>")\
      \(publication.knownDate, { "<span class=\"narrow\">\(date($0)) · </span>" })\
      \(words.series(record), { "<span dir=\"auto\">\($0)</span> · " })\
      \(state(of: publication.file))</p></th>
      <td class="status">\(badge(publication))</td>
      <td class="date">\(publication.knownDate.map { date($0) } ?? "")</td>
      <td class="changed"><time datetime="\(publication.modified)">\(day(publication.modified))</time></td>
      </tr>

      """
  }

  /// Buttons for the pages, which take what is ticked along.
  private func deskPages(_ list: DeskListView) -> HTML {
    let (page, last) = (list.found.number, list.found.pages)
    guard last > 1 else { return "" }
    let shown = Set([1, 2, last - 1, last, page - 1, page, page + 1]).filter { 1...last ~= $0 }
    var items: HTML = ""
    var previous = 0
    for number in shown.sorted() {
      if number > previous + 1 { items += "<li><span>…</span></li>" }
      items += """
        <li><button name="page" value="\(number)"\(if: number == page, " aria-current=\"page\"") \
        aria-label="\(words(.pageNumber, words.number(number)))">\(words.number(number))</button></li>
        """
      previous = number
    }
    return """
      <nav class="pages desk-pages" aria-label="\(words[.pagesOfList])"><ul>
      \(if: page > 1, """
        <li><button name="page" value="\(page - 1)">\(words[.previousPage])</button></li>
        """)
      \(items)
      \(if: page < last, """
        <li><button name="page" value="\(page + 1)">\(words[.nextPage])</button></li>
        """)
      </ul></nav>
      """
  }

  // MARK: Names

  func name(of field: DeskFilter.Missing) -> String {
    switch field {
    case .abstract: words[.abstract]
    case .authors: words[.authors]
    case .topics: words[.topics]
    case .language: words[.language]
    case .doi: words[.doi]
    case .licence: words[.licence]
    case .series: words[.series]
    case .pdf: words[.pdf]
    }
  }

  func name(of extraction: DeskFilter.Extraction) -> String {
    switch extraction {
    case .waiting: words[.deskTextWaiting]
    case .read: words[.deskTextRead]
    case .unreadable: words[.deskTextUnreadable]
    case .empty: words[.deskTextEmpty]
    }
  }

  private func name(of order: DeskOrder) -> String {
    switch (order.key, order.isReversed) {
    case (.changed, false): words[.deskSortChanged]
    case (.changed, true): words[.deskSortUnchanged]
    case (.title, false): words[.deskSortTitle]
    case (.title, true): words[.deskSortTitleBack]
    case (.date, false): words[.deskSortNewest]
    case (.date, true): words[.deskSortOldest]
    case (.status, false): words[.deskSortStatus]
    case (.status, true): words[.deskSortStatusBack]
    case (.added, false): words[.deskSortAdded]
    case (.added, true): words[.deskSortAddedBack]
    }
  }
}
