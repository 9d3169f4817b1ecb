import Archive
import Foundation
import HTTP

/// The page on which staff create a publication from a PDF.
extension Site {
  func uploadForm(_ visit: StaffRequest) -> Response {
    var form = RecordForm()
    form.version = SystemRandomNumberGenerator.hexadecimal()
    return privatePage(.ok, visit.pages.record(view(visit, form, of: nil)))
  }

  func deposit(_ form: Submission, _ visit: StaffRequest) throws -> Response {
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
      let publication = try archive.publications.deposit(
        draft, file: form.file, form: typed.version.utf8.count == 32 ? typed.version : nil,
        by: visit.session.account.actor, at: now)
      if let token = form.keptAs { keptUploads.remove(token) }
      counters.countUpload(.accepted)
      return done(.deposited, publication, visit)
    } catch {
      return refused(error, typed, of: nil, form, visit)
    }
  }

  /// The date of a draft until text has been extracted from its file.
  var today: PublicationDate? { settings.timeZone.localTime(at: now).date }
}

/// The file of a form.
extension Site {
  /// Keeps the file of a form with errors for the next try.
  func kept(
    _ form: Submission, _ problems: FieldErrors, _ visit: StaffRequest
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

  /// Other publications with the same file, unless staff have confirmed that.
  func sharing(
    _ form: Submission, besides id: Publication.ID?, _ visit: StaffRequest
  ) throws -> [Publication] {
    guard let file = form.file, form.text(RecordForm.sameFile).isEmpty else { return [] }
    return try archive.publications.list(
      sharing: file, besides: id, madeBy: form.text("version"), at: now)
  }

  /// The form as it was typed, with the publications that have the same file.
  func shared(
    _ others: [Publication], _ typed: RecordForm, of publication: Publication?,
    _ form: Submission, _ visit: StaffRequest
  ) -> Response {
    var view = view(visit, typed, of: publication)
    view.hadFile = true
    view.sharing = others
    view.kept = kept(form, FieldErrors(), visit)
    return privatePage(.conflict, visit.pages.record(view))
  }
}
