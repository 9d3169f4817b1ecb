import Archive
import HTTP

/// The pages on which editors change many publications at once.
extension Site {
  /// The edits that were made.
  func bulkEdits(_ visit: StaffRequest) throws -> Response {
    let query = Query(visit.request.query)
    let slug = query.text("publication").flatMap { Slug($0) }
    let found = try archive.bulkEdits.list(
      of: slug, page: query.number("page", in: 1...1_000_000) ?? 1)
    return privatePage(.ok, visit.pages.bulkEdits(found, of: slug, visit.staff, at: now))
  }

  /// The form of an edit of what was selected in the list.
  func bulkSelection(_ visit: StaffRequest) throws -> Response {
    let form = BulkForm(FormFields(query: visit.request.query, limit: 400), in: settings.timeZone)
    return try bulkFormPage(form, nil, .ok, visit)
  }

  /// Stores a preview.
  func previewBulkEdit(_ submission: Submission, _ visit: StaffRequest) throws -> Response {
    let form = BulkForm(submission.fields, in: settings.timeZone)
    guard let change = form.bulkChange else {
      return try bulkFormPage(
        form, visit.pages.words[.bulkChooseChange], .unprocessableContent, visit)
    }
    if let problem = change.problem {
      return try bulkFormPage(
        form, visit.pages.words.sentence(problem), .unprocessableContent, visit)
    }
    let edit = try archive.bulkEdits.preview(
      change, of: form.selection, by: visit.session.account.actor, at: now)
    return seeOther(.bulkEdit(edit.id), after: visit.request)
  }

  /// An edit: its preview, or what became of it.
  func bulkEdit(_ id: BulkEdit.ID, _ visit: StaffRequest) throws -> Response {
    guard let edit = try archive.bulkEdits.find(id) else { throw HandlerRefusal.notFound }
    let changes = try BulkChangeState.allCases.map { state in
      (state, try archive.bulkEdits.changes(of: id, state))
    }
    return privatePage(
      .ok,
      visit.pages.bulkEdit(
        BulkEditView(
          staff: visit.staff, edit: edit, changes: changes.filter { !$0.1.isEmpty }, now: now,
          notice: visit.notice)))
  }

  /// Applies a preview, or undoes an edit.
  func stepBulkEdit(
    _ id: BulkEdit.ID, _ form: Submission, _ visit: StaffRequest
  ) throws -> Response {
    let actor = visit.session.account.actor
    do throws(DepositError) {
      let isUndoing = form.text("do") == "undo"
      if isUndoing {
        _ = try archive.bulkEdits.undo(id, by: actor, at: now)
      } else {
        _ = try archive.bulkEdits.apply(id, by: actor, at: now)
      }
      report(
        .done(
          by: actor.name, action: isUndoing ? "undid bulk edit" : "edited in bulk",
          subject: "\(id)"))
      return seeOther(
        .bulkEdit(id), notice: isUndoing ? .bulkUndone : .bulkApplied, after: visit.request)
    } catch {
      return failed(error, visit.request)
    }
  }

  private func bulkFormPage(
    _ form: BulkForm, _ problem: String?, _ status: Status, _ visit: StaffRequest
  ) throws -> Response {
    privatePage(
      status,
      visit.pages.bulkForm(
        BulkFormView(
          staff: visit.staff, form: form, problem: problem,
          count: try archive.bulkEdits.count(form.selection, at: now),
          values: try archive.publications.deskValues())))
  }
}
