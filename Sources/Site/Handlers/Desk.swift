import Archive
import Digests
import Foundation
import HTTP

/// A request of somebody who has signed in, with the pages in their language.
struct DeskVisit {
  let request: Request
  let session: Session
  let pages: Pages

  var staff: Pages.StaffBar {
    Pages.StaffBar(
      name: session.account.name, role: session.account.role, formToken: session.formToken)
  }

  /// What has just been done.
  var notice: Notice? { Query(request.query).text("notice").flatMap(Notice.init) }
}

/// What staff do.
extension Site {
  func staff(_ request: Request, _ resource: Resource) throws -> Response {
    let session = try session(of: request)
    guard request.method == .post else {
      guard let session else { return seeOther(.signIn, after: request) }
      return try look(resource, visit(session, request))
    }
    var form = try Submission(request, folder: archive.folder.incoming)
    // What the archive has taken is no longer there under this name.
    defer { form.discard() }
    guard let session else { return signedOut(form, request, resource) }
    let visit = visit(session, request)
    guard isFromHere(request) else { return errorPage(.forbidden, request) }
    guard session.accepts(formToken: form.fields[FormToken.field] ?? "") else {
      return try outdated(form, resource, visit)
    }
    keptUploads.sweep(at: clock().uptime)
    let token = form.text("\(Submission.keptFile)")
    if resource.takesUploads, form.file == nil, !token.isEmpty,
      let kept = keptUploads.file(token, of: session.formToken, at: clock().uptime)
    {
      (form.file, form.fileOctets, form.keptAs) = (kept.file, kept.octets, token)
    }
    return try act(resource, form, visit)
  }

  /// Keeps the file of a form that is refused for the next try.
  private func kept(
    _ form: Submission, _ problems: FieldErrors, _ visit: DeskVisit
  ) -> RecordView.KeptFile? {
    guard let file = form.file else { return nil }
    switch problems[.file]?.problem {
    case .notPDF, .fileTooLarge: return nil
    default: break
    }
    let token =
      form.keptAs
      ?? keptUploads.keep(
        file, octets: form.fileOctets, of: visit.session.formToken, at: clock().uptime)
    return token.map {
      RecordView.KeptFile(token: $0, name: file.name ?? "PDF", octets: form.fileOctets)
    }
  }

  /// A file that another publication has already, when staff have not said that this is meant.
  private func sharing(
    _ form: Submission, besides id: Publication.ID?, _ visit: DeskVisit
  ) throws -> [Publication] {
    guard let file = form.file, form.text(RecordForm.sameFile).isEmpty else { return [] }
    return try archive.publications(
      sharing: file, besides: id, madeBy: form.text("version"), at: now)
  }

  func visit(_ session: Session, _ request: Request) -> DeskVisit {
    DeskVisit(request: request, session: session, pages: pages(for: request))
  }

  private func look(_ resource: Resource, _ visit: DeskVisit) throws -> Response {
    let (request, pages) = (visit.request, visit.pages)
    switch resource {
    case .desk: return privatePage(.ok, pages.desk(try desk(visit)))
    case .deposit:
      var form = RecordForm()
      form.version = SystemRandomNumberGenerator.hexadecimal()
      return privatePage(.ok, pages.record(view(visit, form, of: nil)))
    case .record(let slug):
      guard let publication = try archive.publicationForStaff(slug, at: now) else {
        return notFound(request)
      }
      return try recordPage(publication, visit)
    case .deskDocument(let slug):
      guard let publication = try archive.publicationForStaff(slug, at: now),
        publication.file != nil
      else { return notFound(request) }
      return try document(of: publication, caching: .never)
    case .deletion(let slug):
      guard let publication = try archive.publicationForStaff(slug, at: now) else {
        return notFound(request)
      }
      guard visit.session.mayEdit(publication), try archive.isDeletable(publication) else {
        return errorPage(.forbidden, request)
      }
      return privatePage(.ok, pages.draftDeletion(publication, visit.staff))
    case .readings:
      return privatePage(
        .ok, pages.readings(try archive.readingList(), visit.staff, notice: visit.notice))
    case .statistics: return try statistics(visit)
    case .searches: return try searches(pages, visit.staff)
    case .statisticsFile: return try statisticsFile(request)
    case .auditLog: return try auditLog(visit)
    case .subscribers: return try subscribers(visit)
    case .subscribersFile: return try subscribersFile(visit)
    default: return notFound(request)
    }
  }

  private func act(
    _ resource: Resource, _ form: Submission, _ visit: DeskVisit
  ) throws -> Response {
    let (request, session) = (visit.request, visit.session)
    switch resource {
    case .signOut: return try signOut(session, request)
    case .deposit: return try deposit(form, visit)
    case .subscribers: return try changeSubscriber(form, visit)
    case .record(let slug), .publishing(let slug), .withdrawal(let slug), .deletion(let slug),
      .presentation(let slug), .rereading(let slug):
      guard let publication = try archive.publicationForStaff(slug, at: now) else {
        return notFound(request)
      }
      guard session.mayEdit(publication) else { return errorPage(.forbidden, request) }
      if case .record = resource { return try revise(publication, form, visit) }
      return try step(resource, publication, form, visit)
    default: return notFound(request)
    }
  }

  /// What is done to a publication with one button.
  private func step(
    _ resource: Resource, _ publication: Publication, _ form: Submission, _ visit: DeskVisit
  ) throws -> Response {
    let (id, actor) = (publication.id, visit.session.account.actor)
    if case .publishing = resource, publication.file?.defect != nil,
      form.text(RecordForm.anyway).isEmpty
    {
      return try recordPage(publication, visit, .unprocessableContent)
    }
    do throws(DepositError) {
      if case .rereading = resource {
        return done(.readAgain, try archive.readAgain(id, by: actor, at: now), visit)
      }
      if case .deletion = resource {
        try archive.deleteDraft(id, by: actor, at: now)
        report(
          .done(
            by: visit.session.account.name, action: Notice.deletedDraft.rawValue,
            subject: publication.slug.description))
        return seeOther(.desk, notice: .deletedDraft, after: visit.request)
      }
      guard visit.session.account.role >= .editor else {
        return errorPage(.forbidden, visit.request)
      }
      switch resource {
      case .withdrawal:
        let reason = form.text("reason")
        return done(
          .withdrawn, try archive.withdraw(id, reason: reason, by: actor, at: now), visit)
      case .publishing:
        return done(.published, try archive.publish(id, by: actor, at: now), visit)
      default: break
      }
    } catch {
      return failed(error, visit.request)
    }
    try archive.present(
      id,
      as: Presentation(
        isFeatured: !form.text("featured").isEmpty,
        correction: form.text("correction").nonEmpty),
      by: actor, at: now)
    return done(.saved, publication, visit)
  }

  private func desk(_ visit: DeskVisit) throws -> Desk {
    let query = Query(visit.request.query)
    let status = query.text("status").flatMap(Publication.Status.init)
    let sought = query.text("q") ?? ""
    let mail = archive.folder.mail + "/new"
    return Desk(
      staff: visit.staff, status: status, words: sought,
      found: try archive.publicationsForStaff(
        status: status, matching: sought, page: query.number("page", in: 1...1_000_000) ?? 1,
        at: now),
      waitingMessages: (try? FileManager.default.contentsOfDirectory(atPath: mail))?.count,
      readings: try archive.readingList(most: 1), damaged: try archive.damagedFiles(),
      notice: visit.notice)
  }

  // MARK: The form of a publication

  private func deposit(_ form: Submission, _ visit: DeskVisit) throws -> Response {
    let typed = RecordForm(form.fields)
    var problems = FieldErrors()
    let draft: Draft?
    switch typed.draft(
      readingFrom: form.file == nil ? nil : today, in: settings.timeZone)
    {
    case .success(let read): draft = read
    case .failure(let errors):
      draft = nil
      problems = errors
    }
    if let draft, draft.status == .published || draft.status == .scheduled, form.file == nil {
      problems.add(FieldError(.file, .missing))
    }
    problems.add(visit.session.problem(with: draft))
    problems.add(timeProblem(of: draft))
    problems.add(sizeProblem(of: form))
    if let draft, problems.problems.isEmpty {
      problems.add(showingProblem(of: nil, draft, form))
    }
    guard let draft, problems.problems.isEmpty else {
      return again(typed, problems, of: nil, form, visit)
    }
    let others = try sharing(form, besides: nil, visit)
    guard others.isEmpty else { return shared(others, typed, of: nil, form, visit) }
    do throws(DepositError) {
      let publication = try archive.deposit(
        draft, file: form.file, form: typed.version.utf8.count == 32 ? typed.version : nil,
        by: visit.session.account.actor, at: now)
      if let token = form.keptAs { keptUploads.remove(token) }
      tallies.countUpload(.accepted)
      return done(.deposited, publication, visit)
    } catch {
      return refused(error, typed, of: nil, form, visit)
    }
  }

  /// The day that stands for the date of a draft until its file is read.
  private var today: PublicationDate? { settings.timeZone.localTime(at: now).date }

  private func revise(
    _ publication: Publication, _ form: Submission, _ visit: DeskVisit
  ) throws -> Response {
    let typed = RecordForm(form.fields)
    let blank = try archive.blankFields(of: publication.id)
    let mayBeBlank = !blank.isEmpty && publication.file != nil
    switch typed.draft(
      replacing: publication, readingFrom: mayBeBlank ? today : nil, in: settings.timeZone)
    {
    case .failure(let errors): return again(typed, errors, of: publication, form, visit)
    case .success(var draft):
      draft.blank.formIntersection(blank)
      // The address of a draft without a title was made of none.
      if blank.contains(.title), !draft.blank.contains(.title), draft.slug == publication.slug {
        draft.slug = try archive.freeSlug(title: draft.record.title)
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
        let revised = try archive.revise(
          publication.id, to: draft, file: form.file, seen: typed.version.nonEmpty,
          by: visit.session.account.actor, at: now)
        if form.file != nil { tallies.countUpload(.accepted) }
        if let token = form.keptAs { keptUploads.remove(token) }
        return done(form.file == nil ? .saved : .replaced, revised, visit)
      } catch .changedMeanwhile {
        return try changed(typed, draft, publication.id, form, visit)
      } catch {
        return refused(error, typed, of: publication, form, visit)
      }
    }
  }

  /// Answers a form that was made from another version than there is now.
  private func changed(
    _ typed: RecordForm, _ draft: Draft, _ id: Publication.ID, _ form: Submission,
    _ visit: DeskVisit
  ) throws -> Response {
    guard let publication = try archive.publicationForStaff(id, at: now) else {
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
    if form.file != nil { tallies.countUpload(.refused) }
    var view = view(visit, typed, of: publication)
    view.hadFile = form.file != nil
    view.kept = kept(form, FieldErrors(), visit)
    view.refusal = .changed(said, by: try archive.lastAudit(of: publication.slug))
    return privatePage(.conflict, visit.pages.record(view))
  }

  /// Answers a form of an earlier session: with the same form for this one, where it took typing.
  private func outdated(
    _ form: Submission, _ resource: Resource, _ visit: DeskVisit
  ) throws -> Response {
    var publication: Publication?
    if case .record(let slug) = resource {
      publication = try archive.publicationForStaff(slug, at: now)
    }
    guard resource.takesUploads,
      resource == .deposit || publication.map(visit.session.mayEdit) == true
    else { return errorPage(.forbidden, visit.request) }
    var view = view(visit, RecordForm(form.fields), of: publication)
    view.hadFile = form.file != nil
    view.kept = kept(form, FieldErrors(), visit)
    view.refusal = .formTooOld
    return privatePage(.forbidden, visit.pages.record(view))
  }

  /// The form that was filled in before signing in, for who has signed in now.
  func resumed(_ kept: KeptForm, _ visit: DeskVisit) throws -> Response? {
    var publication: Publication?
    if case .record(let slug) = kept.resource {
      publication = try archive.publicationForStaff(slug, at: now)
      guard publication.map(visit.session.mayEdit) == true else { return nil }
    }
    var view = view(visit, kept.form, of: publication)
    view.notice = .resumed
    return privatePage(.ok, visit.pages.record(view))
  }

  /// Nothing is scheduled for a time that has passed.
  private func timeProblem(of draft: Draft?) -> FieldError? {
    guard let draft, draft.status == .scheduled, let moment = draft.publicFrom, moment <= now
    else { return nil }
    return FieldError(.publicFrom, .past)
  }

  /// A PDF that readers could not see is published only when staff say so.
  private func showingProblem(
    of publication: Publication?, _ draft: Draft, _ form: Submission
  ) -> FieldError? {
    guard draft.status == .published || draft.status == .scheduled,
      form.text(RecordForm.anyway).isEmpty
    else { return nil }
    let reason: String?
    if let file = form.file {
      reason = defect(file)
    } else {
      // What is public already was published on purpose, or failed later.
      reason = publication?.status == .published ? nil : publication?.file?.defect
    }
    return reason.map { FieldError(.file, .notShowable($0)) }
  }

  /// What is far larger is refused before it has been read.
  private func sizeProblem(of form: Submission) -> FieldError? {
    guard form.fileOctets > settings.maxUploadOctets else { return nil }
    return FieldError(
      .file, .fileTooLarge(octets: form.fileOctets, most: settings.maxUploadOctets))
  }

  private func done(
    _ notice: Notice, _ publication: Publication, _ visit: DeskVisit
  ) -> Response {
    report(
      .done(
        by: visit.session.account.name, action: notice.rawValue,
        subject: publication.slug.description))
    return seeOther(.record(publication.slug), notice: notice, after: visit.request)
  }

  private func refused(
    _ error: DepositError, _ typed: RecordForm, of publication: Publication?, _ form: Submission,
    _ visit: DeskVisit
  ) -> Response {
    switch error {
    case .invalid, .notPDF, .slugTaken:
      return again(typed, FieldErrors(error), of: publication, form, visit)
    case .noSpace, .notFound, .changedMeanwhile, .failed:
      tallies.countUpload(.failed)
      return failed(error, visit.request)
    }
  }

  private func failed(_ error: DepositError, _ request: Request) -> Response {
    switch error {
    case .noSpace: return errorPage(.insufficientStorage, request)
    case .notFound: return notFound(request)
    default:
      report(.failed(request: request.id, path: request.path, reason: error.description))
      return errorPage(.internalServerError, request)
    }
  }

  /// The form again, as it was filled in, with what is wrong.
  private func again(
    _ typed: RecordForm, _ problems: FieldErrors, of publication: Publication?,
    _ form: Submission, _ visit: DeskVisit
  ) -> Response {
    if form.file != nil { tallies.countUpload(.refused) }
    var view = view(visit, typed, of: publication)
    view.errors = problems
    view.hadFile = form.file != nil
    view.kept = kept(form, problems, visit)
    return privatePage(.unprocessableContent, visit.pages.record(view))
  }

  /// The form again, with the publications that have the same file.
  private func shared(
    _ others: [Publication], _ typed: RecordForm, of publication: Publication?,
    _ form: Submission, _ visit: DeskVisit
  ) -> Response {
    var view = view(visit, typed, of: publication)
    view.hadFile = true
    view.sharing = others
    view.kept = kept(form, FieldErrors(), visit)
    return privatePage(.conflict, visit.pages.record(view))
  }

  private func recordPage(
    _ publication: Publication, _ visit: DeskVisit, _ status: Status = .ok
  ) throws -> Response {
    let findings = try publication.file.map { try archive.findings(in: $0) } ?? Findings()
    let blank = try archive.blankFields(of: publication.id)
    var view = view(
      visit,
      RecordForm(publication, in: settings.timeZone).filled(blank, from: findings),
      of: publication)
    view.findings = findings
    view.blank = blank
    view.notice = visit.notice
    if view.mayWithdraw { view.presentation = try archive.presentation(of: publication.id) }
    view.mayDelete =
      visit.session.mayEdit(publication) ? try archive.isDeletable(publication) : false
    return privatePage(
      status,
      visit.session.mayEdit(publication) && publication.status != .withdrawn
        ? visit.pages.record(view)
        : visit.pages.standing(
          view, publication, mayPublish: visit.session.account.role >= .editor))
  }

  private func view(
    _ visit: DeskVisit, _ form: RecordForm, of publication: Publication?
  ) -> RecordView {
    RecordView(
      staff: visit.staff, publication: publication, form: form,
      statuses: visit.session.statuses,
      mayWithdraw: publication != nil && visit.session.account.role >= .editor)
  }
}

extension Session {
  /// What this member of staff may make of a publication.
  var statuses: [Publication.Status] {
    account.role >= .editor ? [.draft, .review, .scheduled, .published] : [.draft, .review]
  }

  /// Authors work on what is not public yet; editors on everything.
  func mayEdit(_ publication: Publication) -> Bool {
    account.role >= .editor || statuses.contains(publication.status)
  }

  func problem(with draft: Draft?) -> FieldError? {
    guard let draft, !statuses.contains(draft.status) else { return nil }
    return FieldError(.status, .notForAuthors)
  }
}
