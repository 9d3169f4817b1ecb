import Archive
import HTTP

/// The form for a new publication.
extension Site {
  func newPublicationForm(_ visit: StaffRequest) -> Response {
    var form = RecordForm()
    form.version = SystemRandomNumberGenerator.hexadecimal()
    return privatePage(.ok, visit.pages.record(view(visit, form, of: nil)))
  }

  func deposit(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    let typed = RecordForm(form.fields)
    var problems = FieldErrors()
    let draft: Draft?
    switch typed.draft(
      readingFrom: form.file == nil ? nil : today, named: form.file?.title,
      in: settings.timeZone)
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
      let publication = try archive.publications.deposit(
        draft, file: form.file, form: typed.version.utf8.count == 32 ? typed.version : nil,
        by: visit.session.account.actor, at: now)
      forgetKept(form, visit)
      counters.countUpload(.accepted)
      return done(.deposited, publication, visit)
    } catch {
      return refused(error, typed, of: nil, form, visit)
    }
  }

  /// The placeholder for the date of a draft until it is known.
  var today: PublicationDate? { settings.timeZone.localTime(at: now).date }
}

/// The file of a form, which is kept when the form cannot be saved.
extension Site {
  /// Keeps the file of a form with errors for the next try.
  func kept(
    _ form: Submission, _ problems: FieldErrors, _ visit: StaffRequest
  ) -> RecordView.KeptFile? {
    guard let file = form.file else { return keptFile(in: form.fields, visit) }
    switch problems[.file]?.problem {
    case .notPDF, .fileTooLarge: return nil
    default: break
    }
    if let token = form.keptAs {
      return RecordView.KeptFile(token: token, name: file.name ?? "PDF", octets: form.fileOctets)
    }
    let upload = try? archive.uploads.keep(
      file, bytes: form.fileOctets, of: visit.session.account, at: now)
    return upload.map(RecordView.KeptFile.init)
  }

  /// The fields of a form that was sent after its session had ended, with the file that came with
  /// it, which is kept for the owner of the session.
  func keepingFile(of form: Submission, _ request: Request) -> FormFields {
    guard let file = form.file, sizeProblem(of: form) == nil,
      let token = cookie(.session, of: request),
      let account = try? archive.staff.formerAccount(token),
      let upload = try? archive.uploads.keep(file, bytes: form.fileOctets, of: account, at: now)
    else { return form.fields }
    return FormFields(
      form.fields.fields + [FormFields.Field("\(Submission.keptFile)", upload.token)])
  }

  /// The file that a form names, uploaded before.
  func keptFile(in fields: FormFields, _ visit: StaffRequest) -> RecordView.KeptFile? {
    let token = fields.text("\(Submission.keptFile)")
    guard !token.isEmpty,
      let upload = try? archive.uploads.find(token, of: visit.session.account.id),
      upload.purpose == .form, upload.state == .open, upload.offset == upload.length
    else { return nil }
    return RecordView.KeptFile(upload)
  }

  /// Removes the kept file of a form that has been saved.
  func forgetKept(_ form: Submission, _ visit: StaffRequest) {
    // What cannot be removed now is removed after a day.
    if let token = form.keptAs {
      try? archive.uploads.remove(token, of: visit.session.account.id)
    }
  }

  /// Other publications with the same file, unless staff have confirmed that.
  func sharing(
    _ form: Submission, besides id: Publication.ID?, _ visit: StaffRequest
  ) throws -> [Publication] {
    guard let file = form.file, form.text(RecordForm.sameFile).isEmpty else { return [] }
    return try archive.publications.list(
      sharing: file, besides: id, madeBy: form.text("version"), at: now
    ).filter { visit.session.maySee($0, settings.authorsSee) }
  }

  /// The form as it was typed, with the publications that have the same file.
  func shared(
    _ others: [Publication], _ typed: RecordForm, of publication: Publication?,
    _ form: Submission, _ visit: StaffRequest
  ) -> Response {
    var view = (try? formView(visit, typed, of: publication)) ?? view(visit, typed, of: publication)
    view.hadFile = true
    view.sharing = others
    view.kept = kept(form, FieldErrors(), visit)
    return privatePage(.conflict, visit.pages.record(view))
  }
}

extension RecordView.KeptFile {
  fileprivate init(_ upload: Upload) {
    self.init(token: upload.token, name: upload.name.nonEmpty ?? "PDF", octets: upload.length)
  }
}
