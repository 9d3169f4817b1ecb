import Archive
import Digests
import HTTP
import Markup

/// Signing in and out.
extension Site {
  func signIn(_ request: Request) throws -> Response {
    let visit = visit(of: request)
    let pages = pages(for: request)
    guard request.method == .post else {
      if try session(of: request) != nil { return seeOther(.dashboard, after: request) }
      let notice = Query(request.query).text("notice").flatMap(Notice.init)
      return visited(
        .ok, pages.signIn(formToken: FormToken.token(forVisit: visit), notice: notice), visit,
        request)
    }
    let form = try Submission(request, folder: archive.folder.incoming)
    defer { form.discard() }
    guard isGenuine(form, visit, request) else { return errorPage(.forbidden, request) }
    let name = form.text("name")
    let kept = PendingForm(signingIn: form.fields)
    // A password may begin or end with a space.
    let password = form.fields["password"] ?? ""
    do throws(SignInError) {
      let session = try archive.staff.signIn(
        name: name, password: password, client: request.client, browser: request.browserFamily,
        visit: visit, at: clock())
      return begun(session, kept, request)
    } catch {
      return refused(error, SignInForm(name: name, kept: kept), visit, request)
    }
  }

  /// The second step: a code of an app, or a recovery code.
  func enterCode(_ request: Request) throws -> Response {
    let visit = visit(of: request)
    let form = try Submission(request, folder: archive.folder.incoming)
    defer { form.discard() }
    guard isGenuine(form, visit, request) else { return errorPage(.forbidden, request) }
    let typed = SignInForm(
      name: form.text("name"), kept: PendingForm(signingIn: form.fields),
      pending: form.text("\(SignInForm.pendingField)"))
    do throws(SignInError) {
      let session = try archive.staff.finishSignIn(
        typed.pending ?? "", code: form.text("code"), client: request.client,
        browser: request.browserFamily, visit: visit, at: clock())
      return begun(session, typed.kept, request)
    } catch {
      return refused(error, typed, visit, request)
    }
  }

  /// The response to a form without a session: the sign-in page, which keeps the form of a
  /// publication.
  func signedOut(_ form: Submission, _ request: Request, _ resource: Resource) -> Response {
    let pages = pages(for: request)
    guard isFromHere(request),
      let kept = PendingForm(keepingFile(of: form, request), for: resource)
    else {
      return privatePage(.forbidden, pages.signedOut())
    }
    let visit = visit(of: request)
    return visited(
      .forbidden,
      pages.signIn(SignInForm(kept: kept), formToken: FormToken.token(forVisit: visit)), visit,
      request)
  }

  /// The response to a sign-in that has not begun a session: the form of the step again, or the next
  /// step.
  func refused(
    _ error: SignInError, _ form: SignInForm, _ visit: String, _ request: Request
  ) -> Response {
    let pages = pages(for: request)
    var form = form
    func page(_ status: Status, _ problem: String? = nil) -> Response {
      visited(
        status,
        pages.signIn(form, formToken: FormToken.token(forVisit: visit), problem: problem), visit,
        request)
    }
    switch error {
    case .codeNeeded(let token):
      form.pending = token
      return page(.ok)
    case .refused:
      counters.countSignInFailure()
      report(.signInFailed(client: request.client, user: form.name))
      var response = page(
        .unauthorized, pages.words[form.pending == nil ? .signInRefused : .codeRefused])
      // RFC 9110 §15.5.2 asks for a challenge; browsers pass over this scheme.
      response.fields.set("WWW-Authenticate", to: "Cookie realm=\"staff\"")
      return response
    case .expired:
      form.pending = nil
      return page(.forbidden, pages.words[.signInExpired])
    case .wait(let seconds):
      counters.countSignInFailure()
      report(.signInFailed(client: request.client, user: form.name))
      var response = page(.tooManyRequests, pages.signInWait(seconds: seconds))
      response.fields.set("Retry-After", to: "\(seconds)")
      return response
    case .failed(let reason):
      report(.failed(request: request.id, path: request.path, reason: reason))
      return errorPage(.serviceUnavailable, request)
    }
  }

  func signOut(_ visit: StaffRequest) throws -> Response {
    try archive.staff.signOut(visit.session.token)
    var response = seeOther(.signIn, notice: .signedOut, after: visit.request)
    set(.session, to: "", maxAge: 0, on: &response, for: visit.request)
    return response
  }

  /// The session of a request; nil if nobody is signed in.
  func session(of request: Request) throws -> Session? {
    guard let token = cookie(.session, of: request) else { return nil }
    return try archive.staff.session(token, at: clock())
  }

  /// The response that begins a session; the earlier one of this browser ends.
  ///
  /// - Parameters:
  ///   - session: The session.
  ///   - kept: The form that was sent before signing in, which comes back.
  ///   - resource: The first page.
  ///   - notice: What it says.
  ///   - request: The request.
  /// - Returns: The first page after signing in.
  func begun(
    _ session: Session, _ kept: PendingForm? = nil, at resource: Resource = .dashboard,
    notice: Notice? = nil, _ request: Request
  ) -> Response {
    if let earlier = cookie(.session, of: request) { try? archive.staff.signOut(earlier) }
    let mustSetUp = mustSetUpSecondFactor(session.account)
    let page =
      mustSetUp ? nil : try? kept.flatMap { try resumed($0, self.visit(session, request)) }
    var response =
      page ?? seeOther(mustSetUp ? .secondFactor : resource, notice: notice, after: request)
    set(.session, to: session.token, on: &response, for: request)
    return response
  }

  /// Where a new account begins: the first administrator of an empty site gives it its name.
  func firstPage(of account: Account) throws -> Resource {
    guard account.role == .administrator,
      try archive.publications.listForStaff(size: 1, at: now).total == 0
    else { return .dashboard }
    return .siteSettings
  }

  /// The value that ties forms before a session to one browser: its cookie, or a new one.
  func visit(of request: Request) -> String {
    if let visit = cookie(.visit, of: request), visit.utf8.count == 32,
      visit.utf8.allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 })
    {
      return visit
    }
    return SystemRandomNumberGenerator.hexadecimal()
  }

  /// Whether a form before a session was sent from a page that this browser was given.
  func isGenuine(_ form: Submission, _ visit: String, _ request: Request) -> Bool {
    isFromHere(request) && cookie(.visit, of: request) == visit
      && FormToken.isEqual(
        form.fields[FormToken.field] ?? "", FormToken.token(forVisit: visit))
  }

  func visited(
    _ status: Status, _ html: HTML, _ visit: String, _ request: Request
  ) -> Response {
    var response = privatePage(status, html)
    if cookie(.visit, of: request) != visit {
      set(.visit, to: visit, on: &response, for: request)
    }
    return response
  }
}

/// What somebody has typed to sign in.
struct SignInForm {
  var name = ""
  /// The form that was sent without a session.
  var kept: PendingForm?
  /// The token of a sign-in that waits for a code; nil while the password is asked for.
  var pending: String?

  /// The name of its field.
  static let pendingField: StaticString = "pending"
}

extension SystemRandomNumberGenerator {
  /// 32 hexadecimal digits that nobody guesses.
  static func hexadecimal() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }.hexadecimal
  }
}
