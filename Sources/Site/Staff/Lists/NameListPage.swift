import Archive
import Markup

/// The pages of the controlled lists for editors.
extension Pages {
  /// A part of a list, with a form that adds to it.
  func list(
    _ form: ListForm, _ found: PageOf<ListEntry>, typed: String, _ error: ListError?,
    _ staff: StaffBar, _ notice: Notice?
  ) -> HTML {
    layout(
      listHead(form, staff),
      """
      \(listTop(form, notice))
      \(found.items.isEmpty
        ? "<p>\(words[form == ListForm(form.list) ? .noEntries : .nothingHere])</p>"
        : table(of: found.items, form.list))
      \(pageLinks(page: found.number, of: found.pages) { page in
        var other = form
        other.page = page
        return other.address
      })
      <section class="withdrawal" aria-labelledby="add">
      <div class="section-head"><h2 id="add">\(words[.addEntryHeading])</h2></div>
      <form class="fields narrow" action="\(Resource.list(form.list))" method="post">
      \(hidden(FormToken.field, staff.formToken))
      \(entryField("name", words[.entryName], hint: words[.addEntryHint], error.map(words.sentence)) {
        "<input type=\"text\" value=\"\(typed)\" required \($0)>"
      })
      <div class="actions"><button class="quiet">\(words[.addEntry])</button></div>
      </form>
      </section>
      """)
  }

  private func listHead(_ form: ListForm, _ staff: StaffBar) -> Head {
    Head(
      title: words.name(of: form.list), address: form.address, place: .list(form.list),
      isIndexed: false, staff: staff)
  }

  /// The heading, the search and the choices.
  private func listTop(_ form: ListForm, _ notice: Notice?) -> HTML {
    let all = form.changed { ($0.onlyUnused, $0.showsDuplicates) = (false, false) }
    let isWhole = !form.onlyUnused && !form.showsDuplicates
    func choice(_ other: ListForm, _ name: String, _ isCurrent: Bool) -> HTML {
      """
      <a href="\(other.address)"\(if: isCurrent, " aria-current=\"page\"")>\(name)</a>

      """
    }
    return """
      <div class="section-top">
      <h1>\(words.name(of: form.list))</h1>
      \(self.notice(notice))
      <form class="inline" action="\(Resource.list(form.list))" method="get" role="search">
      <label class="unseen" for="q">\(words[.findInList])</label>
      <input id="q" name="q" type="search" value="\(form.words)" placeholder="\(words[.findInList])">
      \(languageField)<button class="quiet">\(words[.find])</button>
      </form>
      <nav class="chips" aria-label="\(words[.narrowList])">
      \(choice(
        all.changed { $0.order = .name }, words[.sortName],
        isWhole && form.order == .name))
      \(choice(
        all.changed { $0.order = .publications }, words[.sortUses],
        isWhole && form.order == .publications))
      \(choice(
        form.changed { ($0.onlyUnused, $0.showsDuplicates) = (true, false) }, words[.unusedOnly],
        form.onlyUnused))
      \(choice(
        ListForm(form.list).changed { $0.showsDuplicates = true }, words[.possibleDuplicates],
        form.showsDuplicates))
      </nav>
      </div>
      """
  }

  private func table(of entries: [ListEntry], _ list: NameList) -> HTML {
    let identifier = words.identifier(of: list)
    return """
      <div class="scroller" role="region" aria-label="\(words.name(of: list))" tabindex="0">
      <table class="entries-table">
      <thead><tr><th scope="col">\(words[.entryName])</th>\
      <th scope="col">\(words[.otherNames])</th>\
      \(identifier, { "<th scope=\"col\">\($0)</th>" })\
      <th scope="col" class="figure">\(words[.uses])</th></tr></thead>
      <tbody>
      \(each: entries, { entry in
        """
        <tr><th scope="row"><a href="\(Resource.listEntry(list, entry.slug))"><bdi>\(entry.name)</bdi></a></th>\
        <td class="change" dir="auto">\(entry.aliases.joined(separator: "; "))</td>\
        \(identifier, { _ in "<td>\(entry.identifier ?? "")</td>" })\
        <td class="figure">\(words.number(entry.publications))</td></tr>

        """
      })</tbody>
      </table></div>
      """
  }

  // MARK: Duplicates

  func duplicates(
    _ form: ListForm, _ pairs: [Lists.Pair], _ staff: StaffBar, _ notice: Notice?
  ) -> HTML {
    layout(
      listHead(form, staff),
      """
      \(listTop(form, notice))
      \(if: !pairs.isEmpty, "<p class=\"measure\">\(words[.similarNamesText])</p>")
      \(pairs.isEmpty
        ? "<p>\(words[.noSimilarNames])</p>"
        : "<ul class=\"pairs\">\(each: pairs, { pair($0, form.list, staff) })</ul>")
      """)
  }

  private func pair(_ pair: Lists.Pair, _ list: NameList, _ staff: StaffBar) -> HTML {
    func name(_ entry: ListEntry) -> HTML {
      """
      <a href="\(Resource.listEntry(list, entry.slug))"><bdi>\(entry.name)</bdi></a> \
      <span class="small">\(words.count(.publication, entry.publications))</span>
      """
    }
    let names = words(.compareNames, pair.one.name, pair.other.name)
    return """
      <li>
      <p>\(name(pair.one))<br>\(name(pair.other))</p>
      <form class="actions" action="\(Resource.list(list))" method="post">
      \(hidden(FormToken.field, staff.formToken))\(hidden("one", "\(pair.one.id)"))\
      \(hidden("other", "\(pair.other.id)"))
      <a class="button quiet" href="\(mergeAddress(pair.one, into: pair.other))" \
      aria-label="\(names)">\(words[.compare])</a>
      <button class="quiet" name="do" value="keep-apart" \
      aria-label="\(words[.differentNames]): \(pair.one.name), \(pair.other.name)">\
      \(words[.differentNames])</button>
      </form>
      </li>

      """
  }

  func mergeAddress(_ entry: ListEntry, into other: ListEntry) -> String {
    Query.address(.entryMerge(entry.list, entry.slug), [("into", other.name)])
  }

  /// A control with its label, its hint and its error.
  func entryField(
    _ id: StaticString, _ label: String, hint: String? = nil, _ error: String? = nil,
    _ control: (HTML) -> HTML
  ) -> HTML {
    let described = [hint == nil ? nil : "\(id)-hint", error == nil ? nil : "\(id)-error"]
      .compactMap(\.self).joined(separator: " ")
    return """
      <div class="field">
      <label for="\("\(id)")">\(label)</label>
      \(hint, { "<p class=\"hint\" id=\"\("\(id)")-hint\">\($0)</p>" })
      \(control(
        """
        id="\("\(id)")" name="\("\(id)")"\
        \(if: !described.isEmpty, " aria-describedby=\"\(described)\"")\
        \(if: error != nil, " aria-invalid=\"true\"")
        """))
      \(error, { "<p class=\"error\" id=\"\("\(id)")-error\">\($0)</p>" })
      </div>
      """
  }
}

extension Language {
  func name(of list: NameList) -> String {
    switch list {
    case .authors: self[.authors]
    case .topics: self[.topics]
    case .series: self[.series]
    case .licences: self[.licences]
    }
  }

  /// What an identifier of a list is called; nil when entries have none.
  func identifier(of list: NameList) -> String? {
    switch list {
    case .authors: self[.orcidField]
    case .series: self[.issnField]
    case .licences: self[.licenceAddress]
    case .topics: nil
    }
  }

  func sentence(_ error: ListError) -> String {
    switch error {
    case .nameMissing: self[.entryNameMissing]
    case .tooLong(let most): self(.entryTooLong, count(.bytes, most))
    case .taken(let name, let entry): self(.entryTaken, name, entry.name)
    case .notORCID(let found): self(.fieldNotORCID, self[.orcidField], found)
    case .notISSN(let found): self(.fieldNotISSN, self[.issnField], found)
    case .notAddress(let found): self(.entryNotAddress, found)
    case .tooMany(let most): self(.typesTooMany, number(most))
    case .inUse(let publications): count(.publication, publications)
    case .notFound, .notMergeable, .failed: self[.notSaved]
    }
  }
}
