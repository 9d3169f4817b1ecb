import Archive
import Foundation
import SQLite
import Testing

@Suite("Administrators manage accounts, and everybody their own")
struct AccountTests {
  private let store: TemporaryArchive
  private var staff: Staff { store.archive.staff }
  private let password = "a long walk by the sea"

  init() throws {
    store = try TemporaryArchive()
    try staff.add(name: "Boss", role: .administrator, password: password, by: librarian, at: noon)
    try staff.add(name: "Anna", role: .editor, password: password, by: librarian, at: noon)
  }

  private func moment(_ seconds: Int64) -> Moment {
    Moment(wall: noon.adding(seconds: seconds), uptime: 5000 + seconds)
  }

  private func signIn(
    _ name: String = "Anna", client: String = "192.0.2.7", browser: String = "Firefox on Linux",
    at seconds: Int64 = 0
  ) throws(SignInError) -> Session {
    try staff.signIn(
      name: name, password: password, client: client, browser: browser, at: moment(seconds))
  }

  @Test func aDisabledAccountIsKeptAndCannotSignIn() throws {
    let session = try signIn()
    _ = try staff.createPasswordLink(for: "Anna", by: Actor("Boss"), at: noon)
    try staff.disable("anna", by: Actor("Boss"), at: noon)
    #expect(try staff.session(session.token, at: moment(1)) == nil)
    #expect(try staff.invitations(at: noon).isEmpty)
    // As a wrong password is.
    #expect(throws: SignInError.refused) { try signIn(at: 2) }
    #expect(throws: StaffError.disabled("Anna")) {
      try staff.createPasswordLink(for: "Anna", by: Actor("Boss"), at: noon)
    }
    #expect(try staff.accounts().map(\.name) == ["Anna", "Boss"])
    try staff.enable("Anna", by: Actor("Boss"), at: noon)
    #expect(try staff.session(session.token, at: moment(3)) == nil)
    _ = try signIn(at: 3)
    #expect(
      try staff.auditLog().items.map(\.action).filter { $0.concern == .account }.prefix(3)
        == [.signedIn, .enabledAccount, .disabledAccount])
  }

  @Test func anAdministratorWhoMaySignInAlwaysRemains() throws {
    #expect(throws: StaffError.lastAdministrator) {
      try staff.disable("Boss", by: librarian, at: noon)
    }
    try staff.setRole(.administrator, of: "Anna", by: librarian, at: noon)
    try staff.disable("Boss", by: librarian, at: noon)
    for attempt in [
      { try staff.disable("Anna", by: librarian, at: noon) },
      { try staff.remove("Anna", by: librarian, at: noon) },
      { try staff.setRole(.author, of: "Anna", by: librarian, at: noon) },
    ] {
      #expect(throws: StaffError.lastAdministrator) { try attempt() }
    }
    // One who is disabled may go.
    try staff.remove("Boss", by: librarian, at: noon)
    #expect(try staff.hasAdministrator())
  }

  @Test func aChangeOfRoleSaysFromWhatToWhat() throws {
    try staff.setRole(.author, of: "Anna", by: librarian, at: noon)
    try staff.setRole(.author, of: "Anna", by: librarian, at: noon)
    let entries = try staff.auditLog().items.filter { $0.action == .setRole }
    #expect(entries.map(\.before) == ["editor"] && entries.map(\.after) == ["author"])
  }

  @Test func severalInvitationsAreOpenUntilTheyAreUsedRevokedOrExpire() throws {
    let boss = Actor("Boss")
    let first = try staff.createInvitation(
      role: .author, name: "mira", lifetime: 100, by: boss, at: noon)
    let second = try staff.createInvitation(role: .author, lifetime: 200, by: boss, at: noon)
    #expect(try staff.invitations(at: noon).map(\.name) == ["mira", ""])
    #expect(try staff.invitations(at: noon.adding(seconds: 100)).map(\.name) == [""])
    let id = try #require(try staff.invitation(second, at: noon)).id
    try staff.revokeInvitation(id, by: boss, at: noon)
    try staff.revokeInvitation(id, by: boss, at: noon)
    #expect(try staff.invitation(second, at: noon) == nil)
    // The name is only a suggestion.
    let account = try staff.acceptInvitation(first, name: "Mira K", password: password, at: noon)
    #expect(account.name == "Mira K" && account.role == .author)
    #expect(
      try staff.auditLog().items.map(\.action).prefix(4)
        == [.acceptedInvitation, .revokedInvitation, .invited, .invited])
    #expect(throws: StaffError.nameTaken("Anna")) {
      try staff.createInvitation(role: .author, name: "Anna", by: boss, at: noon)
    }
    #expect(throws: StaffError.unusableName) {
      try staff.createInvitation(role: .author, name: "<b>", by: boss, at: noon)
    }
  }

  @Test func nobodyIsCalledAsTheProgram() {
    #expect(throws: StaffError.nameTaken("Offprint")) {
      try staff.add(name: "Offprint", role: .author, password: password, by: librarian)
    }
  }

  @Test func aPasswordLinkSetsAPasswordOnce() throws {
    let session = try signIn()
    let old = try staff.createPasswordLink(for: "anna", by: Actor("Boss"), at: noon)
    let token = try staff.createPasswordLink(for: "anna", by: Actor("Boss"), at: noon)
    #expect(try staff.invitation(old, at: noon) == nil)
    #expect(try staff.invitation(token, at: noon)?.isForPassword == true)
    #expect(try staff.session(session.token, at: moment(1)) != nil)
    guard
      case .unusablePassword = #expect(
        throws: StaffError.self,
        performing: { try staff.acceptInvitation(token, name: "x", password: "short", at: noon) })
    else {
      Issue.record("accepted")
      return
    }
    let account = try staff.acceptInvitation(
      token, name: "ignored", password: "another long walk", at: noon)
    #expect(account.name == "Anna" && account.role == .editor)
    #expect(try staff.session(session.token, at: moment(1)) == nil)
    #expect(throws: SignInError.refused) { try signIn(at: 2) }
    _ = try staff.signIn(
      name: "Anna", password: "another long walk", client: "192.0.2.7", at: moment(3))
    #expect(throws: StaffError.noInvitation) {
      try staff.acceptInvitation(token, name: "", password: password, at: noon)
    }
    let late = try staff.createPasswordLink(for: "Anna", by: Actor("Boss"), at: noon)
    #expect(throws: StaffError.noInvitation) {
      try staff.acceptInvitation(
        late, name: "", password: password, at: noon.adding(seconds: 86_400))
    }
  }

  @Test func sessionsAreListedAndEnded() throws {
    let desk = try signIn(at: 0)
    let phone = try signIn(client: "2001:db8:1:2::3", browser: "Safari on iPhone", at: 10)
    let boss = try signIn("Boss")
    var list = try staff.sessions(of: desk.account, current: desk, at: moment(20))
    #expect(list.map(\.browser) == ["Safari on iPhone", "Firefox on Linux"])
    #expect(list.map(\.network) == ["2001:db8:1::/48", "192.0.2.0/24"])
    #expect(list.map(\.isCurrent) == [false, true])
    // Others' sessions cannot be named.
    let other = try staff.sessions(of: boss.account, at: moment(20))[0]
    try staff.endSession(named: other.name, of: desk.account, at: noon)
    #expect(try staff.session(boss.token, at: moment(20)) != nil)
    try staff.endSession(named: list[0].name, of: desk.account, at: noon)
    #expect(try staff.session(phone.token, at: moment(20)) == nil)
    #expect(try staff.session(desk.token, at: moment(20)) != nil)
    _ = try signIn(at: 30)
    try staff.endSessions(of: "Anna", except: desk, by: desk.account.actor, at: noon)
    list = try staff.sessions(of: desk.account, current: desk, at: moment(40))
    #expect(list.map(\.isCurrent) == [true])
    try staff.endSessions(of: "Anna", by: Actor("Boss"), at: noon)
    #expect(try staff.session(desk.token, at: moment(41)) == nil)
    // One that has ended by itself is not listed.
    let idle = store.archive.options.sessionIdleTime
    _ = try signIn(at: 50)
    #expect(try staff.sessions(of: desk.account, at: moment(50 + idle)).isEmpty)
  }

  @Test func aNewPasswordOfOnesOwnKeepsOneSessionUnderANewToken() throws {
    let session = try signIn()
    let other = try signIn(at: 1)
    #expect(throws: SignInError.refused) {
      try staff.check("wrong", of: "Anna", client: "192.0.2.7", at: moment(2))
    }
    try staff.check(password, of: "Anna", client: "192.0.2.7", at: moment(2))
    let renewed = try staff.setPassword("another long walk", in: session, at: moment(3))
    #expect(try staff.session(session.token, at: moment(4)) == nil)
    #expect(try staff.session(other.token, at: moment(4)) == nil)
    #expect(try staff.session(renewed.token, at: moment(4))?.account.name == "Anna")
    let listed = try staff.sessions(of: session.account, current: renewed, at: moment(4))
    #expect(listed.map(\.browser) == ["Firefox on Linux"])
    #expect(throws: SignInError.refused) { try signIn(at: 5) }
  }

  @Test func aSignInFromElsewhereStandsOut() throws {
    _ = try signIn(at: 0)
    _ = try signIn(client: "192.0.2.99", at: 1)
    _ = try signIn(client: "203.0.113.5", at: 2)
    _ = try signIn(client: "203.0.113.5", browser: "Chrome on Windows", at: 3)
    _ = try signIn(browser: "Chrome on Windows", at: 4)
    let entries = try staff.auditLog(AuditFilter(actor: "Anna")).items.reversed()
    #expect(
      entries.map(\.action) == [
        .signedIn, .signedIn, .signedInFromNewPlace, .signedInFromNewPlace, .signedIn,
      ])
    #expect(entries.map(\.detail)[2] == "Firefox on Linux, 203.0.113.0/24")
    #expect(try staff.accounts().first?.lastSignIn == noon.adding(seconds: 4))
  }

  @Test func guessesAreCountedInFewEntries() throws {
    for number in 0..<300 {
      let name = number < 200 ? "Anna" : "secret typed as a name \(number)"
      #expect(throws: SignInError.self) {
        try staff.signIn(
          name: name, password: "wrong", client: "198.51.\(number % 100).9", at: moment(10))
      }
    }
    let entries = try staff.auditLog(AuditFilter(from: noon.adding(seconds: 1))).items
    #expect(entries.count <= 5)
    let failed = entries.filter { $0.action == .failedSignIns }
    let counts = failed.reduce(into: [String: Int]()) { counts, entry in
      counts[entry.subject, default: 0] += Int(entry.detail.prefix { $0 != ":" }) ?? 0
    }
    // Nothing that was typed as a name is written down.
    #expect(counts == ["Anna": 200, "": 100])
    #expect(entries.contains { $0.action == .slowedSignIns && $0.subject == "Anna" })
    #expect(failed.allSatisfy { $0.detail.utf8.count < 200 && $0.actor.isEmpty })
  }

  @Test func failuresAreWrittenBeforeTheSignInThatFollowsAndAtTheEnd() throws {
    #expect(throws: SignInError.refused) {
      try staff.signIn(name: "Anna", password: "wrong", client: "192.0.2.7", at: moment(0))
    }
    _ = try signIn(at: 1)
    #expect(throws: SignInError.refused) {
      try staff.signIn(name: "Boss", password: "wrong", client: "192.0.2.7", at: moment(2))
    }
    store.archive.close()
    let again = try Archive.open(folder: store.folder, access: .exclusive)
    defer { again.close() }
    #expect(
      try again.staff.auditLog(AuditFilter(from: noon)).items.map(\.action).prefix(3)
        == [.failedSignIns, .signedIn, .failedSignIns])
  }

  private func count(_ filter: AuditFilter) throws -> Int { try staff.auditLog(filter).total }

  @Test func theLogIsFiltered() throws {
    _ = try signIn(at: 100)
    try staff.setRole(.author, of: "Anna", by: Actor("Boss"), at: noon.adding(seconds: 200))
    #expect(try count(AuditFilter(action: .setRole)) == 1)
    #expect(try count(AuditFilter(actor: "Boss", action: .signedIn)) == 0)
    #expect(try count(AuditFilter(from: noon.adding(seconds: 100))) == 2)
    #expect(
      try count(
        AuditFilter(from: noon.adding(seconds: 100), before: noon.adding(seconds: 200))) == 1)
    #expect(try count(AuditFilter(subject: "ann", isForAdministrators: false)) == 3)
  }

  @Test(
    "Entries cannot be deleted, changed or replaced",
    arguments: [
      "DELETE FROM audit", "UPDATE audit SET actor = 'x'", "UPDATE audit SET subject = ''",
      "UPDATE audit SET detail = 'x' WHERE subject = 'Anna'",
      """
      INSERT OR REPLACE INTO audit (id, at, actor, action, subject, detail)
      VALUES (1, 0, '', 'published', '', '')
      """,
    ] as [SQL])
  func appendOnly(_ statement: SQL) throws {
    let before = try staff.auditLog().items
    store.archive.close()
    let database = try Database(path: store.archive.folder.database, access: .writing)
    #expect(throws: (any Error).self) { try database.write { _ = try $0.run(statement) } }
    database.close()
    let again = try Archive.open(folder: store.folder, access: .exclusive)
    defer { again.close() }
    #expect(try again.staff.auditLog().items == before)
  }

  @Test func erasingASubscriberLeavesAnAccountOfTheSameName() throws {
    let address = try #require(EmailAddress("anna@example.org"))
    try staff.add(
      name: "anna@example.org", role: .author, password: password, by: librarian, at: noon)
    _ = try store.archive.subscribers.add(address, by: librarian, at: noon)
    #expect(try store.archive.subscribers.delete(address, by: librarian, at: noon))
    let entries = try staff.auditLog().items
    #expect(entries.map(\.action).prefix(2) == [.deletedSubscriber, .addedSubscriber])
    #expect(entries.prefix(2).map(\.subject) == ["", ""])
    #expect(entries.contains { $0.action == .madeAccount && $0.subject == "anna@example.org" })
  }
}
