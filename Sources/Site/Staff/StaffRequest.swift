import Archive
import HTTP

/// A request from a member of staff who has signed in, with the pages in their language.
struct StaffRequest {
  let request: Request
  let session: Session
  let pages: Pages

  var staff: Pages.StaffBar {
    Pages.StaffBar(
      name: session.account.name, role: session.account.role, formToken: session.formToken)
  }

  /// The message about what has just been done.
  var notice: Notice? { Query(request.query).text("notice").flatMap(Notice.init) }
}

/// The guard in front of all handlers for staff.
extension Site {
  /// Checks the session, its role, and for a POST where it came from and the token of its form, and
  /// then calls the handler.
  func staff(
    _ request: Request, _ resource: Resource, _ route: Route, atLeast role: Role,
    show: ((Site, StaffRequest) throws -> Response)?,
    submit: ((Site, StaffRequest, Submission) throws -> Response)?
  ) throws -> Response {
    let session = try session(of: request)
    guard request.method == .post else {
      guard let session else { return seeOther(.signIn, after: request) }
      guard isOpen(resource, to: session.account) else {
        return seeOther(.secondFactor, after: request)
      }
      guard session.account.role >= role else { throw HandlerRefusal.forbidden }
      guard let show else { throw HandlerRefusal.notFound }
      return try show(self, visit(session, request))
    }
    var form = try Submission(request, folder: archive.folder.incoming)
    // A file that the archive has stored is no longer at this path.
    defer { form.discard() }
    guard let session else { return signedOut(form, request, resource) }
    let visit = visit(session, request)
    guard isFromHere(request), session.account.role >= role else { throw HandlerRefusal.forbidden }
    guard isOpen(resource, to: session.account) else {
      return seeOther(.secondFactor, after: request)
    }
    guard session.accepts(formToken: form.fields[FormToken.field] ?? "") else {
      switch route.body {
      case .upload: return try outdated(form, resource, visit)
      case .uploads: return try uploadPage(visit, .forbidden, isOutdated: true)
      case .form, .file, .part, .copy: throw HandlerRefusal.forbidden
      }
    }
    let token = form.text("\(Submission.keptFile)")
    if route.body == .upload, form.files.isEmpty, !token.isEmpty,
      let kept = archive.uploads.file(token, of: session.account.id, at: now)
    {
      form.files = [Submission.File(field: "file", file: kept.file, bytes: kept.bytes)]
      form.keptAs = token
    }
    guard let submit else { throw HandlerRefusal.notFound }
    return try submit(self, visit, form)
  }

  /// Whether an account has no second factor although its role requires one.
  func mustSetUpSecondFactor(_ account: Account) -> Bool {
    !account.hasSecondFactor && settings.secondFactorRoles.contains(account.role)
  }

  /// Whether an account may ask for a resource before it has the second factor that it needs.
  private func isOpen(_ resource: Resource, to account: Account) -> Bool {
    resource == .secondFactor || resource == .signOut || !mustSetUpSecondFactor(account)
  }

  func visit(_ session: Session, _ request: Request) -> StaffRequest {
    StaffRequest(request: request, session: session, pages: pages(for: request))
  }
}
