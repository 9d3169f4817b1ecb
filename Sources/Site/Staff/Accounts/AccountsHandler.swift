import Archive
import HTTP

/// The accounts of staff, for administrators.
extension Site {
  func accounts(_ visit: StaffRequest) throws -> Response {
    privatePage(.ok, visit.pages.accounts(try accountList(visit.notice), visit.staff))
  }

  /// Invites somebody, or ends an invitation.
  func changeAccounts(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    let actor = visit.session.account.actor
    switch form.text("do") {
    case "invite": return try invite(form, visit)
    case "revoke":
      guard let id = Int64(form.text("invitation")) else { throw HandlerRefusal.notFound }
      try archive.staff.revokeInvitation(id, by: actor, at: now)
      report(.done(by: actor.name, action: "revoked invitation", subject: "\(id)"))
      return seeOther(.accounts, notice: .invitationRevoked, after: visit.request)
    default: return errorPage(.badRequest, visit.request)
    }
  }

  private func invite(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    let actor = visit.session.account.actor
    let (name, role) = (form.text("name"), Role(rawValue: form.text("role")))
    guard let role else { return errorPage(.badRequest, visit.request) }
    do throws(StaffError) {
      let token = try archive.staff.createInvitation(
        role: role, name: name, lifetime: Staff.invitationLifetime, by: actor, at: now)
      report(.done(by: actor.name, action: "invited", subject: role.rawValue))
      return privatePage(
        .ok,
        visit.pages.oneTimeLink(
          OneTimeLink(
            address: pages.absolute(Resource.setUp(token: token).path),
            expires: now.adding(seconds: Staff.invitationLifetime), account: nil),
          visit.staff))
    } catch {
      var list = try accountList(nil)
      list.suggestedName = name
      list.role = role
      switch error {
      case .unusableName: list.problem = visit.pages.words[.nameUnusable]
      case .nameTaken(let name): list.problem = visit.pages.words(.nameTaken, name)
      default: throw error
      }
      return privatePage(.unprocessableContent, visit.pages.accounts(list, visit.staff))
    }
  }

  private func accountList(_ notice: Notice?) throws -> AccountList {
    AccountList(
      accounts: try archive.staff.accounts(),
      invitations: try archive.staff.invitations(at: now), notice: notice)
  }

  func account(_ id: Int64, _ visit: StaffRequest) throws -> Response {
    try accountPage(id, visit, notice: visit.notice)
  }

  private func accountPage(
    _ id: Int64, _ visit: StaffRequest, notice: Notice? = nil, problem: Phrase? = nil
  ) throws -> Response {
    guard let account = try archive.staff.account(id) else { return notFound(visit.request) }
    return privatePage(
      problem == nil ? .ok : .conflict,
      visit.pages.account(
        AccountDetails(
          account: account,
          sessions: try archive.staff.sessions(of: account, current: visit.session, at: clock()),
          activity: try archive.staff.recentActivity(of: account), notice: notice,
          problem: problem.map { visit.pages.words[$0] },
          needsSecondFactor: settings.secondFactorRoles.contains(account.role)),
        visit.staff))
  }

  /// Changes somebody's account.
  func changeAccount(_ id: Int64, _ form: Submission, _ visit: StaffRequest) throws -> Response {
    guard let account = try archive.staff.account(id) else { return notFound(visit.request) }
    let actor = visit.session.account.actor
    let staff = archive.staff
    func done(_ action: String, _ notice: Notice, _ next: Resource) -> Response {
      report(.done(by: actor.name, action: action, subject: account.name))
      return seeOther(next, notice: notice, after: visit.request)
    }
    do throws(StaffError) {
      switch form.text("do") {
      case "role":
        guard let role = Role(rawValue: form.text("role")) else {
          return errorPage(.badRequest, visit.request)
        }
        try staff.setRole(role, of: account.name, by: actor, at: now)
        // Who is no longer an administrator cannot see the page.
        let next: Resource =
          account.id == visit.session.account.id && role != .administrator
          ? .ownAccount : .account(id)
        return done("changed role of", .roleSaved, next)
      case "disable":
        try staff.disable(account.name, by: actor, at: now)
        return done("disabled", .accountDisabled, .account(id))
      case "enable":
        try staff.enable(account.name, by: actor, at: now)
        return done("enabled", .accountEnabled, .account(id))
      case "end-sessions":
        try staff.endSessions(of: account.name, by: actor, at: now)
        return done("ended sessions of", .sessionsEnded, .account(id))
      case "turn-off":
        try staff.turnOffSecondFactor(of: account.name, by: actor, at: now)
        return done("turned off second factor of", .secondFactorOff, .account(id))
      case "password-link":
        let token = try staff.createPasswordLink(for: account.name, by: actor, at: now)
        report(.done(by: actor.name, action: "made password link for", subject: account.name))
        return privatePage(
          .ok,
          visit.pages.oneTimeLink(
            OneTimeLink(
              address: pages.absolute(Resource.setUp(token: token).path),
              expires: now.adding(seconds: Staff.passwordLinkLifetime), account: account),
            visit.staff))
      case "delete" where form.text("sure").isEmpty:
        return privatePage(.ok, visit.pages.accountDeletion(account, visit.staff))
      case "delete":
        try staff.remove(account.name, by: actor, at: now)
        return done("deleted account", .accountDeleted, .accounts)
      default: return errorPage(.badRequest, visit.request)
      }
    } catch {
      switch error {
      case .lastAdministrator: return try accountPage(id, visit, problem: .lastAdministrator)
      case .disabled: return try accountPage(id, visit, problem: .enableFirst)
      case .noSuchAccount: return notFound(visit.request)
      default: throw error
      }
    }
  }
}

/// What the page of all accounts shows.
struct AccountList {
  let accounts: [Account]
  let invitations: [Invitation]
  var notice: Notice?
  /// What was typed into the form for an invitation, and why it was refused.
  var suggestedName = ""
  var role = Role.author
  var problem: String?
}

/// What the page of one account shows.
struct AccountDetails {
  let account: Account
  let sessions: [SessionEntry]
  let activity: [AuditEntry]
  var notice: Notice?
  var problem: String?
  let needsSecondFactor: Bool
}

/// A link that is shown once.
struct OneTimeLink {
  let address: String
  let expires: Instant
  /// Whose password it sets; nil for an invitation.
  let account: Account?
}
