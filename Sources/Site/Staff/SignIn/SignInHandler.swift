import Archive
import Digests
import HTTP
import Markup

/// Signing in and out, and setting up an account with a one-time link.
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
        name: name, password: password, client: request.client, at: clock())
      // The earlier session of this browser ends.
      if let earlier = cookie(.session, of: request) { try? archive.staff.signOut(earlier) }
      return begun(
        session, request,
        with: try? kept.flatMap { form in
          try resumed(form, self.visit(session, request))
        })
    } catch {
      return refused(error, name: name, kept, visit, request)
    }
  }

  /// The response to a form without a session: the sign-in page, which keeps the form of a
  /// publication.
  func signedOut(_ form: Submission, _ request: Request, _ resource: Resource) -> Response {
    let pages = pages(for: request)
    guard isFromHere(request), let kept = PendingForm(form.fields, for: resource) else {
      return privatePage(.forbidden, pages.signedOut())
    }
    let visit = visit(of: request)
    return visited(
      .forbidden, pages.signIn(formToken: FormToken.token(forVisit: visit), kept: kept), visit,
      request)
  }

  private func refused(
    _ error: SignInError, name: String, _ kept: PendingForm?, _ visit: String, _ request: Request
  ) -> Response {
    let pages = pages(for: request)
    func page(_ status: Status, _ problem: String) -> Response {
      visited(
        status,
        pages.signIn(
          formToken: FormToken.token(forVisit: visit), name: name, kept: kept, problem: problem),
        visit, request)
    }
    switch error {
    case .refused:
      counters.countSignInFailure()
      report(.signInFailed(client: request.client, user: name))
      var response = page(.unauthorized, pages.words[.signInRefused])
      // RFC 9110 §15.5.2 asks for a challenge; browsers pass over this scheme.
      response.fields.set("WWW-Authenticate", to: "Cookie realm=\"staff\"")
      return response
    case .wait(let seconds):
      counters.countSignInFailure()
      report(.signInFailed(client: request.client, user: name))
      let minutes = (seconds + 59) / 60
      var response = page(
        .tooManyRequests,
        pages.words(.signInWait, pages.words.count(.minute, Int(minutes))))
      response.fields.set("Retry-After", to: "\(seconds)")
      return response
    case .failed(let reason):
      report(.failed(request: request.id, path: request.path, reason: reason))
      return errorPage(.serviceUnavailable, request)
    }
  }

  func setUp(_ token: String, _ request: Request) throws -> Response {
    let visit = visit(of: request)
    let pages = pages(for: request)
    guard try archive.staff.invitation(token, at: now) != nil else {
      return privatePage(.gone, pages.setUpExpired())
    }
    guard request.method == .post else {
      return visited(
        .ok, pages.setUp(token: token, formToken: FormToken.token(forVisit: visit)), visit,
        request)
    }
    let form = try Submission(request, folder: archive.folder.incoming)
    defer { form.discard() }
    guard isGenuine(form, visit, request) else { return errorPage(.forbidden, request) }
    let name = form.text("name")
    let password = form.fields["password"] ?? ""
    do throws(StaffError) {
      let account = try archive.staff.acceptInvitation(
        token, name: name, password: password, at: now)
      report(.done(by: account.name, action: "accepted invitation", subject: account.name))
    } catch {
      return try refused(error, token: token, name: name, visit, request)
    }
    let session = try archive.staff.signIn(
      name: name, password: password, client: request.client, at: clock())
    return begun(session, request, notice: .welcome, at: try firstPage(of: session.account))
  }

  private func refused(
    _ error: StaffError, token: String, name: String, _ visit: String, _ request: Request
  ) throws -> Response {
    let pages = pages(for: request)
    var nameProblem: String?
    var passwordProblem: String?
    switch error {
    case .unusableName: nameProblem = pages.words[.nameUnusable]
    case .nameTaken(let name): nameProblem = pages.words(.nameTaken, name)
    case .unusablePassword(let problem): passwordProblem = pages.words[problem.phrase]
    case .noInvitation: return privatePage(.gone, pages.setUpExpired())
    case .noSuchAccount, .lastAdministrator, .failed: throw error
    }
    return visited(
      .unprocessableContent,
      pages.setUp(
        token: token, formToken: FormToken.token(forVisit: visit), name: name,
        nameProblem: nameProblem, passwordProblem: passwordProblem),
      visit, request)
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

  private func begun(
    _ session: Session, _ request: Request, notice: Notice? = nil,
    at resource: Resource = .dashboard, with page: Response? = nil
  ) -> Response {
    var response = page ?? seeOther(resource, notice: notice, after: request)
    set(.session, to: session.token, on: &response, for: request)
    return response
  }

  /// Where a new account begins: the first administrator of an empty site gives it its name.
  private func firstPage(of account: Account) throws -> Resource {
    guard account.role == .administrator,
      try archive.publications.listForStaff(size: 1, at: now).total == 0
    else { return .dashboard }
    return .siteSettings
  }

  /// The value that ties forms before a session to one browser: its cookie, or a new one.
  private func visit(of request: Request) -> String {
    if let visit = cookie(.visit, of: request), visit.utf8.count == 32,
      visit.utf8.allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 })
    {
      return visit
    }
    return SystemRandomNumberGenerator.hexadecimal()
  }

  private func isGenuine(_ form: Submission, _ visit: String, _ request: Request) -> Bool {
    isFromHere(request) && cookie(.visit, of: request) == visit
      && FormToken.isEqual(
        form.fields[FormToken.field] ?? "", FormToken.token(forVisit: visit))
  }

  private func visited(
    _ status: Status, _ html: HTML, _ visit: String, _ request: Request
  ) -> Response {
    var response = privatePage(status, html)
    if cookie(.visit, of: request) != visit {
      set(.visit, to: visit, on: &response, for: request)
    }
    return response
  }
}

extension SystemRandomNumberGenerator {
  /// 32 hexadecimal digits that nobody guesses.
  static func hexadecimal() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }.hexadecimal
  }
}

extension PasswordProblem {
  fileprivate var phrase: Phrase {
    switch self {
    case .tooShort: .passwordTooShort
    case .tooLong: .passwordTooLong
    case .guessable: .passwordGuessable
    case .unusable: .passwordUnusable
    }
  }
}
