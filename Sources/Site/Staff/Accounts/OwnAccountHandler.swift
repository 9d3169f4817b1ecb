import Archive
import HTTP

/// Somebody's own account.
extension Site {
  func ownAccount(_ visit: StaffRequest) throws -> Response {
    try ownAccountPage(visit, notice: visit.notice)
  }

  private func ownAccountPage(
    _ visit: StaffRequest, _ status: Status = .ok, notice: Notice? = nil,
    presentProblem: String? = nil, newProblem: String? = nil
  ) throws -> Response {
    let account = visit.session.account
    return privatePage(
      status,
      visit.pages.ownAccount(
        OwnAccount(
          account: account,
          sessions: try archive.staff.sessions(of: account, current: visit.session, at: clock()),
          activity: try archive.staff.recentActivity(of: account),
          codesLeft: try archive.staff.recoveryCodesLeft(of: account), notice: notice,
          presentProblem: presentProblem, newProblem: newProblem),
        visit.staff))
  }

  /// Changes the password or ends sessions.
  func changeOwnAccount(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    let account = visit.session.account
    switch form.text("do") {
    case "password": return try changePassword(form, visit)
    case "end-session":
      try archive.staff.endSession(named: form.text("session"), of: account, at: now)
      return seeOther(.ownAccount, notice: .sessionsEnded, after: visit.request)
    case "end-others":
      try archive.staff.endSessions(
        of: account.name, except: visit.session, by: account.actor, at: now)
      return seeOther(.ownAccount, notice: .sessionsEnded, after: visit.request)
    default: return errorPage(.badRequest, visit.request)
    }
  }

  private func changePassword(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    if let problem = presentPasswordProblem(form, visit) {
      return try ownAccountPage(visit, problem.status, presentProblem: problem.text)
    }
    do throws(StaffError) {
      let session = try archive.staff.setPassword(
        form.fields["password"] ?? "", in: visit.session, at: clock())
      report(
        .done(
          by: session.account.name, action: "changed password of", subject: session.account.name))
      return renewed(
        session, seeOther(.ownAccount, notice: .passwordChanged, after: visit.request), visit)
    } catch {
      guard case .unusablePassword(let problem) = error else { throw error }
      return try ownAccountPage(
        visit, .unprocessableContent, newProblem: visit.pages.words[problem.phrase])
    }
  }

  /// Why the present password in a form is not accepted; nil when it is right.
  func presentPasswordProblem(
    _ form: Submission, _ visit: StaffRequest
  ) -> (status: Status, text: String)? {
    let words = visit.pages.words
    do throws(SignInError) {
      try archive.staff.check(
        form.fields["present"] ?? "", of: visit.session.account.name,
        client: visit.request.client, at: clock())
      return nil
    } catch {
      switch error {
      case .wait(let seconds): return (.tooManyRequests, visit.pages.signInWait(seconds: seconds))
      case .failed(let reason):
        report(.failed(request: visit.request.id, path: visit.request.path, reason: reason))
        return (.serviceUnavailable, words[.presentPasswordWrong])
      case .refused, .codeNeeded, .expired:
        return (.unprocessableContent, words[.presentPasswordWrong])
      }
    }
  }

  /// A response with the cookie of a session that takes the place of another.
  func renewed(_ session: Session, _ response: Response, _ visit: StaffRequest) -> Response {
    var response = response
    set(.session, to: session.token, on: &response, for: visit.request)
    return response
  }
}

/// What the page of one's own account shows.
struct OwnAccount {
  let account: Account
  let sessions: [SessionEntry]
  let activity: [AuditEntry]
  let codesLeft: Int
  var notice: Notice?
  var presentProblem: String?
  var newProblem: String?
}
