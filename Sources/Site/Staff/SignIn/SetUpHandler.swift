import Archive
import HTTP
import Markup

/// Creating an account, or setting a password, with a one-time link.
extension Site {
  func setUp(_ token: String, _ request: Request) throws -> Response {
    let visit = visit(of: request)
    let pages = pages(for: request)
    guard let invitation = try archive.staff.invitation(token, at: now) else {
      return privatePage(.gone, pages.setUpExpired())
    }
    var page = SetUpForm(token: token, invitation: invitation, name: invitation.name)
    guard request.method == .post else {
      return visited(
        .ok, pages.setUp(page, formToken: FormToken.token(forVisit: visit)), visit, request)
    }
    let form = try Submission(request, folder: archive.folder.incoming)
    defer { form.discard() }
    guard isGenuine(form, visit, request) else { return errorPage(.forbidden, request) }
    page.name = form.text("name")
    let password = form.fields["password"] ?? ""
    let account: Account
    do throws(StaffError) {
      account = try archive.staff.acceptInvitation(
        token, name: page.name, password: password, at: now)
      report(
        .done(
          by: account.name,
          action: invitation.isForPassword ? "set password" : "accepted invitation",
          subject: account.name))
    } catch {
      return try refused(error, page, visit, request)
    }
    let first = invitation.isForPassword ? .dashboard : try firstPage(of: account)
    do throws(SignInError) {
      let session = try archive.staff.signIn(
        name: account.name, password: password, client: request.client,
        browser: request.browserFamily, visit: visit, at: clock())
      return begun(
        session, at: first, notice: invitation.isForPassword ? .passwordChanged : .welcome, request)
    } catch {
      return refused(error, SignInForm(name: account.name), visit, request)
    }
  }

  private func refused(
    _ error: StaffError, _ form: SetUpForm, _ visit: String, _ request: Request
  ) throws -> Response {
    let pages = pages(for: request)
    var form = form
    switch error {
    case .unusableName: form.nameProblem = pages.words[.nameUnusable]
    case .nameTaken(let name): form.nameProblem = pages.words(.nameTaken, name)
    case .unusablePassword(let problem): form.passwordProblem = pages.words[problem.phrase]
    case .noInvitation: return privatePage(.gone, pages.setUpExpired())
    case .noSuchAccount, .disabled, .lastAdministrator, .failed: throw error
    }
    return visited(
      .unprocessableContent, pages.setUp(form, formToken: FormToken.token(forVisit: visit)), visit,
      request)
  }
}

/// What the page of a one-time link shows.
struct SetUpForm {
  let token: String
  let invitation: Invitation
  var name: String
  var nameProblem: String?
  var passwordProblem: String?
}

extension PasswordProblem {
  var phrase: Phrase {
    switch self {
    case .tooShort: .passwordTooShort
    case .tooLong: .passwordTooLong
    case .guessable: .passwordGuessable
    case .unusable: .passwordUnusable
    }
  }
}
