import Archive
import HTTP

/// The pages on which staff edit publications.
extension Site {
  /// - Throws: ``HandlerRefusal`` when there is no such publication, or it is not for this member of
  ///   staff to see.
  func visible(_ slug: Slug, _ visit: StaffRequest) throws -> Publication {
    guard let publication = try archive.publications.forStaff(slug, at: now) else {
      throw HandlerRefusal.notFound
    }
    guard visit.session.maySee(publication, settings.authorsSee) else {
      throw HandlerRefusal.forbidden
    }
    return publication
  }

  /// - Throws: ``HandlerRefusal`` when there is no such publication, or it is not for this member of
  ///   staff to change.
  func editable(_ slug: Slug, _ visit: StaffRequest) throws -> Publication {
    let publication = try visible(slug, visit)
    guard mayEdit(publication, visit) else { throw HandlerRefusal.forbidden }
    return publication
  }

  func mayEdit(_ publication: Publication, _ visit: StaffRequest) -> Bool {
    visit.session.mayEdit(publication, settings.authorsSee)
  }

  // MARK: Pages

  func record(_ slug: Slug, _ visit: StaffRequest) throws -> Response {
    try recordPage(try visible(slug, visit), visit)
  }

  func staffDocument(_ slug: Slug, _ visit: StaffRequest) throws -> Response {
    let publication = try visible(slug, visit)
    guard publication.file != nil else { throw HandlerRefusal.notFound }
    return try document(of: publication)
  }

  func recordPage(
    _ publication: Publication, _ visit: StaffRequest, _ status: Status = .ok
  ) throws -> Response {
    guard mayEdit(publication, visit), publication.status != .withdrawn else {
      var view = view(visit, RecordForm(publication, in: settings.timeZone), of: publication)
      view.notice = visit.notice
      return privatePage(status, visit.pages.standing(view, publication))
    }
    var view = try editorView(publication, visit)
    if let unsaved = try unsaved(publication, visit, over: view.form) {
      (view.form, view.unsaved) = (unsaved.form, unsaved.at)
    }
    view.notice = visit.notice
    // The address stays when the page is loaded again after the text has been extracted.
    if view.notice == .deposited, publication.file?.text != .waiting { view.notice = .saved }
    return privatePage(status, visit.pages.record(view))
  }

  func view(
    _ visit: StaffRequest, _ form: RecordForm, of publication: Publication?
  ) -> RecordView {
    RecordView(
      staff: visit.staff, publication: publication, form: form,
      statuses: visit.session.statuses,
      mayPublish: visit.session.account.role >= .editor)
  }

  /// What the edit page of a publication shows.
  ///
  /// - Parameters:
  ///   - publication: The publication.
  ///   - visit: Who sees it.
  ///   - form: What was typed; nil for the record as it is.
  /// - Returns: The view.
  /// - Throws: What the archive throws.
  func editorView(
    _ publication: Publication, _ visit: StaffRequest, _ form: RecordForm? = nil
  ) throws -> RecordView {
    let findings = try findings(of: publication)
    let shown = shownForm(of: publication, findings)
    var view = view(visit, form ?? shown, of: publication)
    view.saved = shown
    view.found = publication.isPrepared ? findings.values : []
    view.unrepairedAbstract = publication.isPrepared ? findings.unrepairedAbstract : nil
    view.review = try archive.publications.review(of: publication.id)
    if view.mayPublish {
      view.reviewers = try archive.staff.accounts().filter {
        $0.role >= .editor && $0.disabled == nil
      }
      view.undoLimit = try archive.publications.undoLimit(of: publication, at: now)
      view.presentation = try archive.publications.presentation(of: publication.id)
    }
    view.mayDelete = publication.isDeletable
    view.duplicates = try duplicates(of: publication, visit)
    if let file = publication.file { view.fileProblems = try archive.texts.problems(of: file) }
    if let file = publication.file, file.text == .read {
      view.firstPages = try archive.texts.pages(of: file, limit: 2)
    }
    return view
  }

  /// The form of a publication as it is, with blank fields filled from its file.
  func shownForm(of publication: Publication, _ findings: Findings) -> RecordForm {
    var form = RecordForm(publication, in: settings.timeZone)
      .filled(publication.blank, from: findings)
    form.seen = form.digests
    return form
  }

  func findings(of publication: Publication) throws -> Findings {
    try publication.file.map { try archive.texts.findings(in: $0) } ?? Findings()
  }

  // MARK: The form of a publication

  func revise(_ slug: Slug, _ form: Submission, _ visit: StaffRequest) throws -> Response {
    let publication = try editable(slug, visit)
    guard form.text(RecordForm.discard).isEmpty else {
      try archive.publications.deleteUnsavedForm(
        of: publication.id, by: visit.session.account.id)
      return seeOther(.record(slug), after: visit.request)
    }
    var typed = RecordForm(form.fields)
    let findings = try findings(of: publication)
    let shown = shownForm(of: publication, findings)
    // Sent without one of the buttons.
    if typed.status.isEmpty { typed.status = shown.status }
    for (field, text) in RecordForm.fields
    where form.text(RecordForm.choice(of: field)) == RecordForm.theirs {
      typed[keyPath: text] = shown[keyPath: text]
    }
    if let use = form.text(RecordForm.use).nonEmpty {
      return try used(use, findings, typed, publication, form, visit)
    }
    return try save(typed, publication, form, visit)
  }

  private func save(
    _ typed: RecordForm, _ publication: Publication, _ form: Submission, _ visit: StaffRequest,
    isMerged: Bool = false
  ) throws -> Response {
    let mayBeBlank = !publication.blank.isEmpty && publication.file != nil
    switch typed.draft(
      replacing: publication, readingFrom: mayBeBlank ? today : nil, in: settings.timeZone)
    {
    case .failure(let errors): return again(typed, errors, of: publication, form, visit)
    case .success(var draft):
      draft.blank.formIntersection(publication.blank)
      // The slug of a draft without a title was made from a placeholder.
      if publication.blank.contains(.title), !draft.blank.contains(.title),
        draft.slug == publication.slug
      {
        draft.slug = try archive.publications.freeSlug(title: draft.record.title)
      }
      let problem =
        visit.session.problem(with: draft) ?? timeProblem(of: draft) ?? sizeProblem(of: form)
        ?? fileProblem(of: publication, draft, form) ?? showingProblem(of: publication, draft, form)
      if let problem {
        return again(typed, FieldErrors(problems: [problem]), of: publication, form, visit)
      }
      let others = try sharing(form, besides: publication.id, visit)
      guard others.isEmpty else { return shared(others, typed, of: publication, form, visit) }
      do throws(DepositError) {
        let revised = try archive.publications.revise(
          publication.id, to: draft, file: form.file, seen: typed.version.nonEmpty,
          review: typed.note, by: visit.session.account.actor, at: now)
        if form.file != nil { counters.countUpload(.accepted) }
        forgetKept(form, visit)
        let notice: Notice =
          isMerged
          ? .merged : form.file != nil ? .replaced : .step(publication.status, revised.status)
        return done(notice, revised, visit)
      } catch .changedMeanwhile {
        return try changed(typed, draft, publication.id, form, visit)
      } catch {
        return refused(error, typed, of: publication, form, visit)
      }
    }
  }

  /// The response to a form that was made from an older version: what only one of the two has
  /// changed is merged, and for the rest the person chooses.
  private func changed(
    _ typed: RecordForm, _ draft: Draft, _ id: Publication.ID, _ form: Submission,
    _ visit: StaffRequest
  ) throws -> Response {
    guard let publication = try archive.publications.forStaff(id, at: now) else {
      return notFound(visit.request)
    }
    let shown = shownForm(of: publication, try findings(of: publication))
    // As it would be stored, so that spaces make no difference.
    var said = typed
    let cleaned = RecordForm(draft.record.cleaned)
    for (field, text) in RecordForm.fields
    where !typed[keyPath: text].isEmpty && !RecordForm.beside.contains(field) {
      said[keyPath: text] = cleaned[keyPath: text]
    }
    if said.slug.isEmpty { said.slug = shown.slug }
    // The same form was sent twice.
    if form.file == nil, said.says(theSameAs: shown) {
      return seeOther(.record(publication.slug), notice: .saved, after: visit.request)
    }
    let merge = RecordMerge(said, onto: shown)
    // Without a new status, nobody publishes what they have not seen.
    if merge.conflicts.isEmpty, said.status == shown.status, mayEdit(publication, visit) {
      return try save(merge.form, publication, form, visit, isMerged: true)
    }
    if form.file != nil { counters.countUpload(.refused) }
    keepUnsaved(merge.form, publication, visit)
    var view = try editorView(publication, visit, merge.form)
    view.hadFile = form.file != nil
    view.kept = kept(form, FieldErrors(), visit)
    view.refusal = .changed(merge, by: try archive.staff.lastAudit(of: publication.slug))
    return privatePage(.conflict, visit.pages.record(view))
  }

  /// The form with a value that was found in the file, not yet saved.
  private func used(
    _ use: String, _ findings: Findings, _ typed: RecordForm, _ publication: Publication,
    _ form: Submission, _ visit: StaffRequest
  ) throws -> Response {
    var typed = typed
    if use == RecordForm.unrepairedAbstract {
      typed.abstract = findings.unrepairedAbstract ?? typed.abstract
    } else if let value = findings.values.first(where: { $0.field.rawValue == use }) {
      typed[value.field] = value.text
    }
    keepUnsaved(typed, publication, visit)
    var view = try editorView(publication, visit, typed)
    view.hadFile = form.file != nil
    view.kept = kept(form, FieldErrors(), visit)
    view.notice = .filledIn
    return privatePage(.ok, visit.pages.record(view))
  }

  // MARK: What is not saved

  /// The response to a form of an earlier session: the same form for this session.
  func outdated(
    _ form: Submission, _ resource: Resource, _ visit: StaffRequest
  ) throws -> Response {
    let publication: Publication? =
      switch resource {
      case .record(let slug), .preview(let slug): try editable(slug, visit)
      case .newPublication: nil
      default: throw HandlerRefusal.forbidden
      }
    let typed = RecordForm(form.fields)
    var view = try formView(visit, typed, of: publication)
    if let publication { keepUnsaved(typed, publication, visit) }
    view.hadFile = form.file != nil
    view.kept = kept(form, FieldErrors(), visit)
    view.refusal = .formTooOld
    return privatePage(.forbidden, visit.pages.record(view))
  }

  /// The form that was sent before signing in.
  func resumed(_ kept: PendingForm, _ visit: StaffRequest) throws -> Response? {
    var publication: Publication?
    if case .record(let slug) = kept.resource {
      publication = try archive.publications.forStaff(slug, at: now)
      guard let publication, mayEdit(publication, visit) else { return nil }
      keepUnsaved(kept.form, publication, visit)
    }
    var view = try formView(visit, kept.form, of: publication)
    view.kept = keptFile(in: kept.fields, visit)
    view.notice = .resumed
    return privatePage(.ok, visit.pages.record(view))
  }

  func done(
    _ notice: Notice, _ publication: Publication, _ visit: StaffRequest
  ) -> Response {
    report(
      .done(
        by: visit.session.account.name, action: notice.rawValue,
        subject: publication.slug.description))
    return seeOther(.record(publication.slug), notice: notice, after: visit.request)
  }

  func refused(
    _ error: DepositError, _ typed: RecordForm, of publication: Publication?, _ form: Submission,
    _ visit: StaffRequest
  ) -> Response {
    switch error {
    case .invalid, .notPDF, .slugTaken:
      return again(typed, FieldErrors(error), of: publication, form, visit)
    case .noSpace, .notFound, .changedMeanwhile, .failed:
      counters.countUpload(.failed)
      return failed(error, visit.request)
    }
  }

  func failed(_ error: DepositError, _ request: Request) -> Response {
    switch error {
    case .noSpace: return errorPage(.insufficientStorage, request)
    case .notFound: return notFound(request)
    default:
      report(.failed(request: request.id, path: request.path, reason: error.description))
      return errorPage(.internalServerError, request)
    }
  }

  /// The form as it was typed, with its errors.
  func again(
    _ typed: RecordForm, _ problems: FieldErrors, of publication: Publication?,
    _ form: Submission, _ visit: StaffRequest
  ) -> Response {
    if form.file != nil { counters.countUpload(.refused) }
    if let publication { keepUnsaved(typed, publication, visit) }
    var view = (try? formView(visit, typed, of: publication)) ?? view(visit, typed, of: publication)
    view.errors = problems
    view.hadFile = form.file != nil
    view.kept = kept(form, problems, visit)
    return privatePage(.unprocessableContent, visit.pages.record(view))
  }

  /// The view of a form that was typed, of a publication or of a new one.
  func formView(
    _ visit: StaffRequest, _ typed: RecordForm, of publication: Publication?
  ) throws -> RecordView {
    if let publication {
      try editorView(publication, visit, typed)
    } else {
      view(visit, typed, of: nil)
    }
  }
}

extension Publication {
  /// Whether staff are still preparing it, so that what was found in its file is suggested.
  var isPrepared: Bool { status == .draft || status == .review }
}
