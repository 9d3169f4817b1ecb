import Archive
import Digests
import HTTP
import Markup

/// Setting up two-step sign-in, and its recovery codes.
extension Site {
  func secondFactor(_ visit: StaffRequest) throws -> Response {
    try secondFactorPage(visit)
  }

  private func secondFactorPage(
    _ visit: StaffRequest, _ status: Status = .ok, problem: String? = nil
  ) throws -> Response {
    let account = visit.session.account
    let isRequired = settings.secondFactorRoles.contains(account.role)
    let page =
      account.hasSecondFactor
      ? visit.pages.secondFactorStatus(
        codesLeft: try archive.staff.recoveryCodesLeft(of: account), isRequired: isRequired,
        problem: problem, visit.staff)
      : visit.pages.secondFactorSetUp(
        AuthenticatorKey(
          secret: try archive.staff.offeredSecret(visit.session), account: account.name,
          site: settings.name),
        isRequired: isRequired, problem: problem, visit.staff)
    return privatePage(status, page)
  }

  func changeSecondFactor(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    let account = visit.session.account
    switch (form.text("do"), account.hasSecondFactor) {
    case ("turn-on", false): return try turnOn(form, visit)
    case ("turn-off", true) where !settings.secondFactorRoles.contains(account.role):
      if let problem = presentPasswordProblem(form, visit) {
        return try secondFactorPage(visit, problem.status, problem: problem.text)
      }
      try archive.staff.turnOffSecondFactor(of: account.name, by: account.actor, at: now)
      report(
        .done(by: account.name, action: "turned off second factor of", subject: account.name))
      return seeOther(.ownAccount, notice: .secondFactorOff, after: visit.request)
    case ("new-codes", true):
      if let problem = presentPasswordProblem(form, visit) {
        return try secondFactorPage(visit, problem.status, problem: problem.text)
      }
      let codes = try archive.staff.renewRecoveryCodes(of: account, at: now)
      return privatePage(
        .ok,
        visit.pages.recoveryCodes(
          codes, account, next: .ownAccount, isNew: false, visit.staff))
    default:
      // The page was sent from another tab before.
      return seeOther(.secondFactor, after: visit.request)
    }
  }

  private func turnOn(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    // Who had to set it up was on the way to the first page.
    let account = visit.session.account
    let next = mustSetUpSecondFactor(account) ? try firstPage(of: account) : .ownAccount
    do throws(SignInError) {
      let (session, codes) = try archive.staff.turnOnSecondFactor(
        code: form.text("code"), of: visit.session, at: clock())
      report(
        .done(
          by: session.account.name, action: "turned on second factor of",
          subject: session.account.name))
      let renewedVisit = self.visit(session, visit.request)
      return renewed(
        session,
        privatePage(
          .ok,
          visit.pages.recoveryCodes(
            codes, session.account, next: next, isNew: true, renewedVisit.staff)),
        visit)
    } catch {
      switch error {
      case .wait(let seconds):
        return try secondFactorPage(
          visit, .tooManyRequests, problem: visit.pages.signInWait(seconds: seconds))
      case .refused, .codeNeeded, .expired:
        return try secondFactorPage(
          visit, .unprocessableContent, problem: visit.pages.words[.setUpCodeWrong])
      case .failed: throw error
      }
    }
  }
}

/// The secret of somebody's codes, as authenticator apps take it.
struct AuthenticatorKey {
  let secret: [UInt8]
  let account: String
  let site: String

  /// In groups of four, as people type it.
  var groups: String {
    let text = Array(Base32.encode(secret))
    return stride(from: 0, to: text.count, by: 4).map { start in
      String(text[start..<min(start + 4, text.count)])
    }.joined(separator: " ")
  }

  /// The address in the QR code, in the format that Google Authenticator began and all apps read.
  var address: String {
    // A colon separates the name of the site from that of the account. Apps show both, and codes
    // with less text are easier to read.
    let issuer = PercentEncoding.encodedComponent(
      String(site.replacing(":", with: " ").prefix(60)))
    let name = PercentEncoding.encodedComponent(account.replacing(":", with: " "))
    return "otpauth://totp/\(issuer):\(name)?secret=\(Base32.encode(secret))&issuer=\(issuer)"
      + "&algorithm=SHA1&digits=6&period=30"
  }

  func qrCode(label: String) -> HTML {
    QRCode(Array(address.utf8))?.svg(label: label) ?? ""
  }
}
