import Archive
import Digests
import Foundation
import HTTP

/// The pages on which staff edit publications.
extension Site {
  /// - Throws: ``HandlerRefusal`` when there is no such publication.
  private func publication(_ slug: Slug) throws -> Publication {
    guard let publication = try archive.publications.forStaff(slug, at: now) else {
      throw HandlerRefusal.notFound
    }
    return publication
  }

  /// - Throws: ``HandlerRefusal`` when there is no such publication, or it is not for this member of
  ///   staff to change.
  func editable(_ slug: Slug, _ visit: StaffRequest) throws -> Publication {
    let publication = try publication(slug)
    guard visit.session.mayEdit(publication) else { throw HandlerRefusal.forbidden }
    return publication
  }

  // MARK: Pages

  func record(_ slug: Slug, _ visit: StaffRequest) throws -> Response {
    try recordPage(try publication(slug), visit)
  }

  func staffDocument(_ slug: Slug, _ visit: StaffRequest) throws -> Response {
    let publication = try publication(slug)
    guard publication.file != nil else { throw HandlerRefusal.notFound }
    return try document(of: publication)
  }

  // MARK: The form of a publication

  func revise(_ slug: Slug, _ form: Submission, _ visit: StaffRequest) throws -> Response {
    let publication = try editable(slug, visit)
    let typed = RecordForm(form.fields)
    let blank = try archive.publications.blankFields(of: publication.id)
    let mayBeBlank = !blank.isEmpty && publication.file != nil
    switch typed.draft(
      replacing: publication, readingFrom: mayBeBlank ? today : nil, in: settings.timeZone)
    {
    case .failure(let errors): return again(typed, errors, of: publication, form, visit)
    case .success(var draft):
      draft.blank.formIntersection(blank)
      // The slug of a draft without a title was made from a placeholder.
      if blank.contains(.title), !draft.blank.contains(.title), draft.slug == publication.slug {
        draft.slug = try archive.publications.freeSlug(title: draft.record.title)
      }
      let problem =
        visit.session.problem(with: draft) ?? timeProblem(of: draft) ?? sizeProblem(of: form)
        ?? showingProblem(of: publication, draft, form)
      if let problem {
        return again(typed, FieldErrors(problems: [problem]), of: publication, form, visit)
      }
      let others = try sharing(form, besides: publication.id, visit)
      guard others.isEmpty else { return shared(others, typed, of: publication, form, visit) }
      do throws(DepositError) {
        let revised = try archive.publications.revise(
          publication.id, to: draft, file: form.file, seen: typed.version.nonEmpty,
          by: visit.session.account.actor, at: now)
        if form.file != nil { counters.countUpload(.accepted) }
        forgetKept(form, visit)
        return done(form.file == nil ? .saved : .replaced, revised, visit)
      } catch .changedMeanwhile {
        return try changed(typed, draft, publication.id, form, visit)
      } catch {
        return refused(error, typed, of: publication, form, visit)
      }
    }
  }

  /// The response to a form that was made from an older version.
  private func changed(
    _ typed: RecordForm, _ draft: Draft, _ id: Publication.ID, _ form: Submission,
    _ visit: StaffRequest
  ) throws -> Response {
    guard let publication = try archive.publications.forStaff(id, at: now) else {
      return notFound(visit.request)
    }
    var typed = typed
    typed.version = publication.version
    var said = RecordForm(draft.record.cleaned)
    said.status = draft.status.rawValue
    said.publicFrom = typed.publicFrom
    said.slug = (draft.slug ?? publication.slug).description
    said.version = publication.version
    // The same form was sent twice.
    if said == RecordForm(publication, in: settings.timeZone), form.file == nil {
      return seeOther(.record(publication.slug), notice: .saved, after: visit.request)
    }
    if form.file != nil { counters.countUpload(.refused) }
    var view = view(visit, typed, of: publication)
    view.hadFile = form.file != nil
    view.kept = kept(form, FieldErrors(), visit)
    view.refusal = .changed(said, by: try archive.staff.lastAudit(of: publication.slug))
    return privatePage(.conflict, visit.pages.record(view))
  }

  /// The response to a form of an earlier session: the same form for this session.
  func outdated(
    _ form: Submission, _ resource: Resource, _ visit: StaffRequest
  ) throws -> Response {
    var publication: Publication?
    if case .record(let slug) = resource {
      publication = try archive.publications.forStaff(slug, at: now)
    }
    guard resource == .newPublication || publication.map(visit.session.mayEdit) == true else {
      throw HandlerRefusal.forbidden
    }
    var view = view(visit, RecordForm(form.fields), of: publication)
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
      guard publication.map(visit.session.mayEdit) == true else { return nil }
    }
    var view = view(visit, kept.form, of: publication)
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
    var view = view(visit, typed, of: publication)
    view.errors = problems
    view.hadFile = form.file != nil
    view.kept = kept(form, problems, visit)
    return privatePage(.unprocessableContent, visit.pages.record(view))
  }

  func recordPage(
    _ publication: Publication, _ visit: StaffRequest, _ status: Status = .ok
  ) throws -> Response {
    let findings = try publication.file.map { try archive.texts.findings(in: $0) } ?? Findings()
    let blank = try archive.publications.blankFields(of: publication.id)
    var view = view(
      visit,
      RecordForm(publication, in: settings.timeZone).filled(blank, from: findings),
      of: publication)
    view.findings = findings
    view.blank = blank
    view.notice = visit.notice
    view.duplicates = try duplicates(of: publication, visit)
    if view.mayWithdraw {
      view.presentation = try archive.publications.presentation(of: publication.id)
    }
    view.mayDelete =
      visit.session.mayEdit(publication) && publication.isDeletable
    return privatePage(
      status,
      visit.session.mayEdit(publication) && publication.status != .withdrawn
        ? visit.pages.record(view)
        : visit.pages.standing(
          view, publication, mayPublish: visit.session.account.role >= .editor))
  }

  func view(
    _ visit: StaffRequest, _ form: RecordForm, of publication: Publication?
  ) -> RecordView {
    RecordView(
      staff: visit.staff, publication: publication, form: form,
      statuses: visit.session.statuses,
      mayWithdraw: publication != nil && visit.session.account.role >= .editor)
  }
}
