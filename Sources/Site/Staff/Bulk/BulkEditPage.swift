import Archive
import Markup

/// What the page of a bulk edit shows.
struct BulkEditView {
  var staff: Pages.StaffBar
  var edit: BulkEdit
  /// The first changes of each state that there are.
  var changes: [(state: BulkChangeState, entries: [BulkChangeEntry])]
  var now: Instant
  var notice: Notice?
}

extension Pages {
  /// A bulk edit: its preview, or what became of it.
  func bulkEdit(_ view: BulkEditView) -> HTML {
    let edit = view.edit
    let title = description(of: edit.change)
    return layout(
      Head(
        title: title, address: Resource.bulkEdit(edit.id).path, place: .bulkEdits,
        isIndexed: false, staff: view.staff),
      """
      <div class="section-top">
      <p class="kicker">\(words[edit.applied == nil ? .bulkPreviewed : .bulkEdit])</p>
      <h1 class="long">\(title)</h1>
      \(notice(view.notice))
      \(edit.applied == nil ? preview(edit, view) : result(edit, view))
      </div>
      \(each: view.changes, { changes($0.state, $0.entries, of: edit) })
      """)
  }

  private func preview(_ edit: BulkEdit, _ view: BulkEditView) -> HTML {
    """
    <ul class="bulk-counts">
    <li>\(words(.bulkWillChange, words.count(.publication, edit[.ready])))</li>
    \(if: edit[.refused] > 0, "<li>\(words(.bulkCannot, words.count(.publication, edit[.refused])))</li>")
    \(if: edit.unchanged > 0, "<li>\(words(.bulkUnchanged, words.count(.publication, edit.unchanged)))</li>")
    </ul>
    \(if: edit[.ready] > 0, bulkAction(
      edit, "apply", words(.bulkApply, words.count(.publication, edit[.ready])), view))
    \(if: edit[.ready] > 0, "<p class=\"small\">\(words[.bulkUndoHint])</p>")
    """
  }

  private func result(_ edit: BulkEdit, _ view: BulkEditView) -> HTML {
    let done = edit[.applied] + edit[.undone] + edit[.kept]
    return """
      <p>\(words(.bulkChangedBy, words.count(.publication, done), edit.actor,
        edit.applied.map { moment($0) } ?? ""))</p>
      \(if: edit[.skipped] > 0, "<p>\(words(.bulkSkipped, words.count(.publication, edit[.skipped])))</p>")
      \(edit.undone, { undone in
        """
        <p>\(words(.bulkUndoneBy, words.count(.publication, edit[.undone]), edit.undoneBy ?? "",
          moment(undone)))</p>
        \(if: edit[.kept] > 0, "<p>\(words(.bulkKept, words.count(.publication, edit[.kept])))</p>")
        """
      })
      \(if: edit.isUndoable(at: view.now) && edit[.applied] > 0, """
        \(bulkAction(edit, "undo", words[.bulkUndo], view))
        <p class="small">\(edit.undoEnd, { "\(words(.bulkUndoUntil, moment($0)))" })</p>
        """)
      <p><a href="\(DeskFilter(bulkEdit: edit.id).address)">\(words[.bulkShow])</a> · \
      <a href="\(Resource.bulkEdits)">\(words[.bulkAll])</a></p>
      """
  }

  private func bulkAction(
    _ edit: BulkEdit, _ action: String, _ name: String, _ view: BulkEditView
  ) -> HTML {
    """
    <form class="actions" action="\(Resource.bulkEdit(edit.id))" method="post">
    \(hidden(FormToken.field, view.staff.formToken))
    <button name="do" value="\(action)"\(if: action == "undo", " class=\"quiet\"")>\(name)</button>
    </form>
    """
  }

  private func changes(
    _ state: BulkChangeState, _ entries: [BulkChangeEntry], of edit: BulkEdit
  ) -> HTML {
    let id = "changes-\(state.rawValue)"
    let hasReason = state == .refused
    return """
      <section class="bulk-changes">
      <h2 id="\(id)">\(words[state.heading])</h2>
      \(if: edit[state] > entries.count, """
        <p class="small">\(words(.bulkFirst, words.number(entries.count), words.number(edit[state])))</p>
        """)
      <div class="scroller" role="region" aria-labelledby="\(id)" tabindex="0"><table>
      <thead><tr><th scope="col">\(words[.title])</th>\
      \(hasReason
        ? "<th scope=\"col\">\(words[.bulkReason])</th>"
        : "<th scope=\"col\">\(words[.before])</th><th scope=\"col\">\(words[.after])</th>")\
      </tr></thead>
      <tbody>
      \(each: entries, { entry in
        let (before, after) = shown(entry, edit.change.field)
        return """
          <tr><th scope="row"><a href="\(Resource.record(entry.slug))"\(script(of: entry.language))>\
          \(entry.title)</a></th>\
          \(hasReason
            ? "<td>\(entry.refusal, { "\(words[$0.phrase])" })</td>"
            : "<td class=\"change\" dir=\"auto\">\(before)</td><td class=\"change\" dir=\"auto\">\(after)</td>")\
          </tr>

          """
      })\
      </tbody></table></div>
      </section>
      """
  }

  /// The values of a change in words; of long texts the part that differs.
  private func shown(
    _ entry: BulkChangeEntry, _ field: FieldError.Field
  ) -> (before: String, after: String) {
    func name(_ value: String?) -> String {
      guard let value else { return "–" }
      switch field {
      case .type: return words.name(ofType: value)
      case .language: return words.name(ofLanguage: value)
      case .published: return PublicationDate(value).map(words.date) ?? value
      case .status:
        return value.split(separator: " ").first
          .flatMap { Publication.Status(rawValue: String($0)) }.map { words.name(of: $0) } ?? value
      default: return value.replacing("\t", with: " ")
      }
    }
    return BulkExcerpt.of(name(entry.before), name(entry.after))
  }

  /// What a bulk edit does, in one line.
  func description(of change: BulkChange) -> String {
    let field = words.label(of: change.field)
    let value =
      switch change.field {
      case .type: words.name(ofType: change.value)
      case .language: words.name(ofLanguage: change.value)
      default: change.value
      }
    switch change.operation {
    case .set: return words(.bulkDoesSet, field, value)
    case .clear: return words(.bulkDoesClear, field)
    case .add: return words(.bulkDoesAdd, field, value)
    case .remove: return words(.bulkDoesRemove, field, value)
    case .replace: return words(.bulkDoesReplace, field, value, change.replacement)
    case .review, .publish, .withdraw:
      return words(.deskActive, field, name(of: change.operation))
    }
  }

  /// The edits that were made, newest first.
  func bulkEdits(
    _ found: PageOf<BulkEdit>, of slug: Slug?, _ staff: StaffBar, at now: Instant
  ) -> HTML {
    let address = { (page: Int) in
      Query.address(
        .bulkEdits,
        [("publication", slug?.description), ("page", page > 1 ? "\(page)" : nil)])
    }
    return layout(
      Head(
        title: words[.bulkEdits], address: address(found.number), place: .bulkEdits,
        isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.bulkEdits])</h1>
      <p class="measure">\(words[.bulkEditsText])</p>
      \(slug, { "<p>\(words(.bulkOfPublication, $0.description))</p>" })
      </div>
      \(found.items.isEmpty ? "<p>\(words[.bulkNone])</p>" : bulkTable(found.items, at: now))
      \(pageLinks(page: found.number, of: found.pages, address: address))
      """)
  }

  private func bulkTable(_ edits: [BulkEdit], at now: Instant) -> HTML {
    """
    <div class="scroller" role="region" aria-label="\(words[.bulkEdits])" tabindex="0"><table>
    <thead><tr><th scope="col">\(words[.what])</th><th scope="col">\(words[.publications])</th>\
    <th scope="col">\(words[.who])</th><th scope="col">\(words[.deskChanged])</th>\
    <th scope="col">\(words[.status])</th></tr></thead>
    <tbody>
    \(each: edits, { edit in
      """
      <tr><th scope="row"><a href="\(Resource.bulkEdit(edit.id))">\(description(of: edit.change))</a>\
      </th><td class="figure">\(words.number(edit[.applied] + edit[.undone] + edit[.kept]))</td>\
      <td><bdi>\(edit.actor)</bdi></td><td>\(edit.applied, { "\(moment($0))" })</td>\
      <td>\(words[edit.undone != nil
        ? .bulkStateUndone : edit.isUndoable(at: now) ? .bulkStateUndoable : .bulkStateFinal])</td></tr>

      """
    })\
    </tbody></table></div>
    """
  }
}

/// Shortens a text before and after a change to what differs, with some words around it.
enum BulkExcerpt {
  private static let longest = 240

  static func of(_ before: String, _ after: String) -> (before: String, after: String) {
    guard max(before.count, after.count) > longest else { return (before, after) }
    let (old, new) = (Array(before), Array(after))
    let same = zip(old, new).prefix { $0 == $1 }.count
    let start = max(0, same - 60)
    func cut(_ text: [Character]) -> String {
      let end = min(text.count, start + longest)
      guard start < end else { return "–" }
      return (start > 0 ? "…" : "") + String(text[start..<end]) + (end < text.count ? "…" : "")
    }
    return (cut(old), cut(new))
  }
}

extension BulkChangeState {
  fileprivate var heading: Phrase {
    switch self {
    case .ready: .bulkReadyHeading
    case .refused: .bulkRefusedHeading
    case .applied: .bulkAppliedHeading
    case .skipped: .bulkSkippedHeading
    case .undone: .bulkUndoneHeading
    case .kept: .bulkKeptHeading
    }
  }
}

extension BulkRefusal {
  fileprivate var phrase: Phrase {
    switch self {
    case .titleMissing: .bulkTitleMissing
    case .tooLong: .bulkTooLong
    case .tooMany: .bulkTooMany
    case .invalid: .bulkInvalid
    case .noPDF: .bulkNoPDF
    case .unreadablePDF: .bulkUnreadablePDF
    case .waitingPDF: .bulkWaitingPDF
    case .unchecked: .bulkUnchecked
    case .withdrawn: .bulkIsWithdrawn
    case .notDraft: .bulkNotDraft
    case .notPublic: .bulkNotPublic
    }
  }
}
