import Archive
import Markup

/// One of two entries that may be merged, with the first of its publications.
struct MergeSide {
  let entry: ListEntry
  let publications: PageOf<Publication>
}

/// The pages of an entry for editors.
extension Pages {
  /// The form of an entry, its publications, and what else can be done with it.
  func listEntry(_ view: EntryView, _ staff: StaffBar) -> HTML {
    let entry = view.entry
    let isAnswer = view.error != nil || view.unknownTarget != nil
    return layout(
      Head(
        title: "\(entry.name) – \(words.name(of: entry.list))",
        address: isAnswer ? nil : Resource.listEntry(entry.list, entry.slug).path,
        place: .list(entry.list), isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <p class="kicker"><a href="\(Resource.list(entry.list))">\(words.name(of: entry.list))</a></p>
      <h1 dir="auto"\(titleSize(entry.name))>\(entry.name)</h1>
      \(notice(view.notice))
      <p class="small">\(words.count(.publication, entry.publications))\
      \(if: view.isPublic && entry.list.hasPages, """
         · <a href="\(Resource.entry(entry.list, entry.slug))">\(words[.entryPage])</a>
        """)</p>
      </div>
      \(view.error, { error in summary(error, of: view) })
      \(entryForm(view, staff))
      \(publications(of: view))
      \(mergeForm(view))
      \(if: entry.publications == 0, """
        <section class="withdrawal" aria-labelledby="delete">
        <div class="section-head"><h2 id="delete">\(words[.deleteEntry])</h2></div>
        <p>\(words[.entryNotUsed])</p>
        <form class="actions" action="\(Resource.listEntry(entry.list, entry.slug))" method="post">
        \(hidden(FormToken.field, staff.formToken))
        <button class="quiet" name="do" value="delete">\(words[.deleteEntry])</button>
        </form>
        </section>
        """)
      """)
  }

  private func summary(_ error: ListError, of view: EntryView) -> HTML {
    """
    <div class="notice warning" role="alert">
    <h2>\(words[.notSaved])</h2>
    <p><a href="#\(error.field)">\(words.sentence(error))</a></p>
    \(error.owner, { owner in
      """
      <p><a href="\(mergeAddress(view.entry, into: owner))">\
      \(words(.compareNames, view.entry.name, owner.name))</a></p>
      """
    })
    </div>
    """
  }

  private func entryForm(_ view: EntryView, _ staff: StaffBar) -> HTML {
    let (entry, edit) = (view.entry, view.edit)
    func error(_ field: String) -> String? {
      view.error.flatMap { $0.field == field ? words.sentence($0) : nil }
    }
    var byName = entry
    byName.kind = nil
    return """
      <form class="fields" action="\(Resource.listEntry(entry.list, entry.slug))" method="post">
      \(hidden(FormToken.field, staff.formToken))
      \(entryField("name", words[.entryName], error("name")) {
        "<input type=\"text\" value=\"\(edit.name)\" required \($0)>"
      })
      \(if: entry.list == .authors, entryField("kind", words[.entryKind]) { attributes in
        """
        <select \(attributes)>
        <option value="">\(words(.kindByName, words.name(of: byName.effectiveKind)))</option>
        \(each: ListEntry.Kind.allCases, { kind in
          """
          <option value="\(kind.rawValue)"\(if: kind == edit.kind, " selected")>\
          \(words.name(of: kind))</option>

          """
        })</select>
        """
      })
      \(words.identifier(of: entry.list), { label in
        entryField("identifier", label, error("identifier")) {
          "<input type=\"text\" value=\"\(edit.identifier)\" \($0)>"
        }
      })
      \(entryField("aliases", words[.otherNames], hint: words[.otherNamesHint], error("aliases")) {
        "<textarea rows=\"3\" \($0)>\n\(edit.aliases.joined(separator: "\n"))</textarea>"
      })
      \(if: entry.list.hasPages, entryField(
        "description", words[.entryDescription], hint: words[.entryDescriptionHint],
        error("description")
      ) { "<textarea rows=\"5\" \($0)>\n\(edit.description)</textarea>" })
      <div class="actions"><button>\(words[.save])</button>
      <a href="\(Resource.list(entry.list))">\(words[.backToList])</a></div>
      </form>
      """
  }

  private func publications(of view: EntryView) -> HTML {
    let (entry, found) = (view.entry, view.publications)
    guard !found.items.isEmpty else { return "" }
    return """
      <section class="withdrawal" aria-labelledby="publications">
      <div class="section-head"><h2 id="publications">\(words[.entryPublications])</h2></div>
      \(records(found.items))
      \(pageLinks(page: found.number, of: found.pages) { page in
        Query.address(
          .listEntry(entry.list, entry.slug), [("page", page > 1 ? "\(page)" : nil)])
      })
      </section>
      """
  }

  /// Publications as links to their records.
  private func records(_ publications: [Publication]) -> HTML {
    """
    <ul class="records">
    \(each: publications, { publication in
      """
      <li><a href="\(Resource.record(publication.slug))"\(script(of: publication.record))>\
      \(publication.record.title)</a> <span class="small">\(date(publication.record.published))\
      \(if: publication.status != .published, " · \(words.name(of: publication.status))")</span></li>

      """
    })</ul>
    """
  }

  private func mergeForm(_ view: EntryView) -> HTML {
    let entry = view.entry
    let unknown = view.unknownTarget
    return """
      <section class="withdrawal" aria-labelledby="merge">
      <div class="section-head"><h2 id="merge">\(words[.mergeHeading])</h2></div>
      <form class="fields narrow" action="\(Resource.entryMerge(entry.list, entry.slug))" method="get">
      \(entryField(
        "into", words[.mergeInto], hint: words[.mergeIntoHint],
        unknown.map { $0.isEmpty ? words[.entryNameMissing] : words(.mergeUnknown, $0) }
      ) { attributes in
        """
        <input type="text" value="\(unknown ?? "")" autocomplete="off" \
        \(suggesting(entry.list, isSingle: true)) required \(attributes)>
        """
      })
      <div class="actions">\(languageField)<button class="quiet">\(words[.mergeFound])</button></div>
      </form>
      </section>
      """
  }

  // MARK: Questions

  /// Asks before a change of an entry changes publications.
  func entryChange(_ view: EntryView, _ publications: Int, _ staff: StaffBar) -> HTML {
    let (entry, edit) = (view.entry, view.edit)
    let count = words.count(.publication, publications)
    return layout(
      Head(title: words(.changeHeading, entry.name), isIndexed: false, staff: staff),
      """
      <div class="stack measure message">
      <h1>\(words(.changeHeading, entry.name))</h1>
      <p>\(words(.changeText, count, edit.name))</p>
      <form class="actions" action="\(Resource.listEntry(entry.list, entry.slug))" method="post">
      \(hidden(FormToken.field, staff.formToken))\(hidden("sure", "yes"))\
      \(hidden("name", edit.name))\(hidden("kind", edit.kind?.rawValue ?? ""))\
      \(hidden("identifier", edit.identifier))\(hidden("description", edit.description))\
      \(hidden("aliases", edit.aliases.joined(separator: "\n")))
      <button>\(words(.changeButton, count))</button>
      <a href="\(Resource.listEntry(entry.list, entry.slug))">\(words[.backToEntry])</a>
      </form>
      </div>
      """)
  }

  /// Two entries side by side, with the button that merges them.
  func merge(_ one: MergeSide, into other: MergeSide, _ staff: StaffBar) -> HTML {
    let (goes, stays) = (one.entry, other.entry)
    let title = words(.mergeTitle, goes.name, stays.name)
    return layout(
      Head(
        title: title, address: mergeAddress(goes, into: stays), place: .list(goes.list),
        isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1 class="long" dir="auto">\(title)</h1>
      <p class="measure">\(words(.mergeText, goes.name, stays.name))</p>
      </div>
      <div class="sides">
      \(side(one, "goes", words[.mergeGoes]))
      \(side(other, "stays", words[.mergeStays]))
      </div>
      <form class="actions" action="\(Resource.entryMerge(goes.list, goes.slug))" method="post">
      \(hidden(FormToken.field, staff.formToken))\(hidden("into", stays.slug.description))
      <button>\(words(.mergeButton, words.count(.publication, one.publications.total)))</button>
      <a href="\(mergeAddress(stays, into: goes))">\(words[.mergeOther])</a>
      <a href="\(Resource.list(goes.list))">\(words[.backToList])</a>
      </form>
      """)
  }

  private func side(_ side: MergeSide, _ id: String, _ label: String) -> HTML {
    let entry = side.entry
    let rest = side.publications.total - side.publications.items.count
    return """
      <section aria-labelledby="\(id)">
      <p class="kicker">\(label)</p>
      <h2 id="\(id)"><a href="\(Resource.listEntry(entry.list, entry.slug))"><bdi>\(entry.name)</bdi></a></h2>
      <p class="small">\(words.kind(of: entry))\
      \(entry.identifier, { " · \($0)" }) · \(words.count(.publication, side.publications.total))</p>
      \(if: !entry.aliases.isEmpty, """
        <p class="small" dir="auto">\(words(.alsoKnownAs, entry.aliases.joined(separator: "; ")))</p>
        """)
      \(each: Wording.paragraphs(entry.description), { "<p dir=\"auto\">\($0)</p>\n" })
      \(records(side.publications.items))
      \(if: rest > 0, "<p class=\"small\">… \(words.number(rest))</p>")
      </section>
      """
  }
}

extension ListError {
  /// The field of the form that it belongs to.
  fileprivate var field: String {
    switch self {
    case .notORCID, .notISSN, .notAddress: "identifier"
    case .nameMissing, .tooLong, .taken, .tooMany, .inUse, .notFound, .notMergeable, .failed: "name"
    }
  }

  /// The entry that has the name already.
  fileprivate var owner: ListEntry? {
    if case .taken(_, let entry) = self { entry } else { nil }
  }
}

extension Language {
  func name(of kind: ListEntry.Kind) -> String {
    self[kind == .person ? .person : .organization]
  }
}
