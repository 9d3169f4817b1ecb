import Archive
import Foundation
import HTTP

/// What staff do.
extension Site {
  func staff(_ request: Request, _ resource: Resource) throws -> Response {
    guard let session = try session(of: request) else {
      return request.method == .post
        ? privatePage(.forbidden, pages.signedOut()) : seeOther(.signIn)
    }
    guard request.method == .post else { return try look(request, resource, session) }
    let form = try Submission(request, folder: archive.folder.incoming)
    // What the archive has taken is no longer there under this name.
    defer { form.discard() }
    guard isFromHere(request), session.accepts(formToken: form.fields[FormToken.field] ?? "")
    else { return errorPage(.forbidden, request) }
    return try act(request, resource, form, session)
  }

  private func look(
    _ request: Request, _ resource: Resource, _ session: Session
  ) throws -> Response {
    switch resource {
    case .desk: return privatePage(.ok, pages.desk(try desk(request, session)))
    case .deposit:
      return privatePage(.ok, pages.record(view(session, RecordForm(), of: nil)))
    case .record(let slug):
      guard let publication = try archive.publicationForStaff(slug, at: now) else {
        return notFound(request)
      }
      return try recordPage(publication, session, notice: notice(of: request))
    case .deskDocument(let slug):
      guard let publication = try archive.publicationForStaff(slug, at: now),
        publication.file != nil
      else { return notFound(request) }
      return try document(of: publication, caching: .never)
    case .readings:
      return privatePage(
        .ok,
        pages.readings(
          try archive.readingList(), bar(session), notice: notice(of: request)))
    case .statistics: return try statistics(request, bar(session))
    case .searches: return try searches(bar(session))
    case .statisticsFile: return try statisticsFile(request)
    default: return notFound(request)
    }
  }

  private func act(
    _ request: Request, _ resource: Resource, _ form: Submission, _ session: Session
  ) throws -> Response {
    switch resource {
    case .signOut: return try signOut(session, request)
    case .deposit: return deposit(form, session, request)
    case .record(let slug), .publishing(let slug), .withdrawal(let slug), .presentation(let slug):
      guard let publication = try archive.publicationForStaff(slug, at: now) else {
        return notFound(request)
      }
      guard session.mayEdit(publication) else { return errorPage(.forbidden, request) }
      if case .record = resource { return try revise(publication, form, session, request) }
      guard session.account.role >= .editor else { return errorPage(.forbidden, request) }
      if case .presentation = resource { return try present(publication, form, session) }
      do throws(DepositError) {
        let isWithdrawal = if case .withdrawal = resource { true } else { false }
        let changed =
          isWithdrawal
          ? try archive.withdraw(
            publication.id, reason: form.text("reason"), by: session.account.actor, at: now)
          : try archive.publish(publication.id, by: session.account.actor, at: now)
        return done(isWithdrawal ? .withdrawn : .published, changed, session)
      } catch {
        return failed(error, request)
      }
    case .rereading(let slug):
      guard let publication = try archive.publicationForStaff(slug, at: now) else {
        return notFound(request)
      }
      guard session.mayEdit(publication) else { return errorPage(.forbidden, request) }
      do throws(DepositError) {
        let asked = try archive.readAgain(publication.id, by: session.account.actor, at: now)
        return done(.readAgain, asked, session)
      } catch {
        return failed(error, request)
      }
    default: return notFound(request)
    }
  }

  private func desk(_ request: Request, _ session: Session) throws -> Desk {
    let query = Query(request.query)
    let status = query.text("status").flatMap(Publication.Status.init)
    let words = query.text("q") ?? ""
    let mail = archive.folder.mail + "/new"
    return Desk(
      staff: bar(session), status: status, words: words,
      found: try archive.publicationsForStaff(
        status: status, titled: words, page: query.number("page", in: 1...1_000_000) ?? 1,
        at: now),
      waitingMessages: (try? FileManager.default.contentsOfDirectory(atPath: mail))?.count,
      readings: try archive.readingList(most: 1),
      notice: notice(of: request))
  }

  private func deposit(
    _ form: Submission, _ session: Session, _ request: Request
  ) -> Response {
    let typed = RecordForm(form)
    var problems = FieldErrors()
    let draft: Draft?
    switch typed.draft(readingFrom: form.file == nil ? nil : today) {
    case .success(let read): draft = read
    case .failure(let errors):
      draft = nil
      problems = errors
    }
    if let draft, draft.status == .published || draft.status == .scheduled, form.file == nil {
      problems.problems.append(FieldError(.file, .missing))
    }
    problems.add(session.problem(with: draft))
    problems.add(sizeProblem(of: form))
    guard let draft, problems.problems.isEmpty else {
      return again(typed, problems, of: nil, form, session)
    }
    do throws(DepositError) {
      let publication = try archive.deposit(
        draft, file: form.file, by: session.account.actor, at: now)
      tallies.countUpload(.accepted)
      return done(.deposited, publication, session)
    } catch {
      return refused(error, typed, of: nil, form, session, request)
    }
  }

  /// The day that stands for the date of a draft until its file is read.
  private var today: PublicationDate? { PublicationDate(now.description.prefix(10)) }

  private func revise(
    _ publication: Publication, _ form: Submission, _ session: Session, _ request: Request
  ) throws -> Response {
    let typed = RecordForm(form)
    let blank = try archive.blankFields(of: publication.id)
    let mayBeBlank = !blank.isEmpty && publication.file != nil
    switch typed.draft(
      replacing: publication.record, readingFrom: mayBeBlank ? today : nil)
    {
    case .failure(let errors): return again(typed, errors, of: publication, form, session)
    case .success(var draft):
      draft.blank.formIntersection(blank)
      // The address of a draft without a title was made of none.
      if blank.contains(.title), !draft.blank.contains(.title), draft.slug == publication.slug {
        draft.slug = try archive.freeSlug(title: draft.record.title)
      }
      if let problem = session.problem(with: draft) ?? sizeProblem(of: form) {
        return again(typed, FieldErrors(problems: [problem]), of: publication, form, session)
      }
      do throws(DepositError) {
        let revised = try archive.revise(
          publication.id, to: draft, file: form.file, by: session.account.actor, at: now)
        if form.file != nil { tallies.countUpload(.accepted) }
        return done(form.file == nil ? .saved : .replaced, revised, session)
      } catch {
        return refused(error, typed, of: publication, form, session, request)
      }
    }
  }

  private func present(
    _ publication: Publication, _ form: Submission, _ session: Session
  ) throws -> Response {
    try archive.present(
      publication.id,
      as: Presentation(
        isFeatured: !form.text("featured").isEmpty,
        correction: form.text("correction").nonEmpty),
      by: session.account.actor, at: now)
    return done(.saved, publication, session)
  }

  /// What is far larger is refused before it has been read.
  private func sizeProblem(of form: Submission) -> FieldError? {
    guard form.fileOctets > settings.maxUploadOctets else { return nil }
    return FieldError(
      .file, .fileTooLarge(octets: form.fileOctets, most: settings.maxUploadOctets))
  }

  private func done(
    _ notice: Notice, _ publication: Publication, _ session: Session
  ) -> Response {
    report(
      .done(
        by: session.account.name, action: notice.rawValue,
        subject: publication.slug.description))
    return seeOther(.record(publication.slug), notice: notice)
  }

  private func refused(
    _ error: DepositError, _ typed: RecordForm, of publication: Publication?, _ form: Submission,
    _ session: Session, _ request: Request
  ) -> Response {
    switch error {
    case .invalid, .notPDF, .slugTaken:
      return again(typed, FieldErrors(error), of: publication, form, session)
    case .noSpace, .notFound, .failed:
      tallies.countUpload(.failed)
      return failed(error, request)
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
    _ form: Submission, _ session: Session
  ) -> Response {
    if form.file != nil { tallies.countUpload(.refused) }
    var view = view(session, typed, of: publication)
    view.errors = problems
    view.hadFile = form.file != nil
    return privatePage(.unprocessableContent, pages.record(view))
  }

  private func recordPage(
    _ publication: Publication, _ session: Session, notice: Notice?
  ) throws -> Response {
    let findings = try publication.file.map { try archive.findings(in: $0) } ?? Findings()
    let blank = try archive.blankFields(of: publication.id)
    var view = view(
      session, RecordForm(publication).filled(blank, from: findings), of: publication)
    view.findings = findings
    view.blank = blank
    view.notice = notice
    if view.mayWithdraw { view.presentation = try archive.presentation(of: publication.id) }
    return privatePage(
      .ok,
      session.mayEdit(publication) && publication.status != .withdrawn
        ? pages.record(view)
        : pages.standing(view, publication, mayPublish: session.account.role >= .editor))
  }

  private func view(
    _ session: Session, _ form: RecordForm, of publication: Publication?
  ) -> RecordView {
    RecordView(
      staff: bar(session), publication: publication, form: form, statuses: session.statuses,
      mayWithdraw: publication != nil && session.account.role >= .editor)
  }

  func bar(_ session: Session) -> Pages.StaffBar {
    Pages.StaffBar(name: session.account.name, formToken: session.formToken)
  }

  private func notice(of request: Request) -> Notice? {
    Query(request.query).text("notice").flatMap(Notice.init)
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

extension FieldErrors {
  mutating func add(_ problem: FieldError?) {
    if let problem { problems.append(problem) }
  }
}
