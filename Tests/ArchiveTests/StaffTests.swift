import Archive
import Synchronization
import Testing

@Suite("Staff sign in by name and password, and strangers are slowed down")
struct StaffTests {
  private let store: TemporaryArchive
  private var archive: Archive { store.archive }
  private let password = "a long walk by the sea"
  private let client = "192.0.2.7"

  init() throws {
    store = try TemporaryArchive()
    try archive.staff.add(name: "Anna", role: .editor, password: password, by: librarian)
  }

  @Test func aSessionIsFoundByItsTokenUntilItEnds() throws {
    let session = try archive.staff.signIn(
      name: "anna", password: password, client: client, at: moment(0))
    #expect(session.token.count == 64)
    #expect(try archive.staff.session(session.token, at: moment(1))?.account.name == "Anna")
    #expect(try archive.staff.session(String(session.token.reversed()), at: moment(1)) == nil)
    try archive.staff.signOut(session.token)
    #expect(try archive.staff.session(session.token, at: moment(1)) == nil)
  }

  @Test func aSessionEndsWhenNothingIsDoneAndInTheEndAnyway() throws {
    let (idle, longest) = (archive.options.sessionIdleTime, archive.options.sessionLifetime)
    let session = try archive.staff.signIn(
      name: "Anna", password: password, client: client, at: moment(0))
    #expect(try archive.staff.session(session.token, at: moment(idle)) == nil)
    var time: Int64 = 0
    while time < longest - idle {
      time += idle - 1
      #expect(try archive.staff.session(session.token, at: moment(time)) != nil)
    }
    #expect(try archive.staff.session(session.token, at: moment(longest)) == nil)
  }

  @Test func whoMayHaveASessionIsKnownWithoutTheDatabaseAndAfterARestart() throws {
    let session = try archive.staff.signIn(
      name: "Anna", password: password, client: client, at: moment(0))
    #expect(archive.staff.mayHaveSession(session.token))
    #expect(!archive.staff.mayHaveSession(String(session.token.reversed())))
    archive.close()
    let again = try reopened(atWall: 1)
    defer { again.close() }
    #expect(again.staff.mayHaveSession(session.token))
    try again.staff.signOut(session.token)
    #expect(!again.staff.mayHaveSession(session.token))
  }

  @Test(
    "A wall clock that jumps ends no session and prolongs none",
    arguments: [978_307_200, 2_208_988_800])
  func wrongClock(_ seconds: Int64) throws {
    func wrong(_ uptime: Int64) -> Moment {
      Moment(wall: Instant(secondsSince1970: seconds), uptime: 5000 + uptime)
    }
    func isAlive(_ session: Session, _ now: Moment) throws -> Bool {
      try archive.staff.session(session.token, at: now) != nil
    }
    let before = try archive.staff.signIn(
      name: "Anna", password: password, client: client, at: moment(0))
    #expect(try isAlive(before, wrong(10)))
    let during = try archive.staff.signIn(
      name: "Anna", password: password, client: client, at: wrong(20))
    #expect(try isAlive(before, moment(30)) && isAlive(during, moment(30)))
    let idle = archive.options.sessionIdleTime
    #expect(try !isAlive(before, wrong(10 + idle)) && !isAlive(during, wrong(20 + idle)))
  }

  @Test(
    "After a restart the wall clock tells the age of a session",
    arguments: [(0, true), (4 * 3600 - 1, true), (4 * 3600, false), (-1, false)]
      as [(Int64, Bool)])
  func restart(after seconds: Int64, isAlive: Bool) throws {
    let session = try archive.staff.signIn(
      name: "Anna", password: password, client: client, at: moment(0))
    archive.close()
    let again = try reopened(atWall: seconds)
    defer { again.close() }
    #expect(try (again.staff.session(session.token) != nil) == isAlive)
    // The file of a form that is sent after the end of its session is kept.
    #expect(again.staff.mayHaveSession(session.token) == (isAlive || seconds > 0))
    let former = try again.staff.formerAccount(session.token)
    #expect(former?.name == (isAlive || seconds > 0 ? "Anna" : nil))
  }

  private func reopened(atWall seconds: Int64) throws -> Archive {
    var options = Archive.Options()
    options.clock = { noon.adding(seconds: seconds) }
    return try Archive.open(folder: store.folder, access: .exclusive, options: options)
  }

  @Test func aFormTokenBelongsToOneSession() throws {
    let first = try archive.staff.signIn(
      name: "Anna", password: password, client: client, at: moment(0))
    let second = try archive.staff.signIn(
      name: "Anna", password: password, client: client, at: moment(1))
    #expect(first.accepts(formToken: first.formToken))
    #expect(!first.accepts(formToken: second.formToken))
    #expect(!first.accepts(formToken: ""))
    #expect(first.formToken != first.token)
  }

  @Test(arguments: [("Anna", "wrong password"), ("Nobody", "a long walk by the sea"), ("", "")])
  func whatDoesNotFitIsRefusedWithoutSayingWhy(_ name: String, _ typed: String) {
    #expect(throws: SignInError.refused) {
      try archive.staff.signIn(name: name, password: typed, client: client, at: moment(0))
    }
  }

  @Test func aPasswordThatOnlyBeginsRightIsRefused() {
    #expect(throws: SignInError.refused) {
      try archive.staff.signIn(
        name: "Anna", password: password + "\0x", client: client, at: moment(0))
    }
  }

  @Test func afterFiveFailuresEachMustWaitLongerThanTheLast() throws {
    var time: Int64 = 0
    for _ in 0..<5 { fail(at: time) }
    var waits: [Int64] = []
    for _ in 0..<4 {
      let error = #expect(throws: SignInError.self) {
        try archive.staff.signIn(name: "Anna", password: password, client: client, at: moment(time))
      }
      guard case .wait(let seconds) = error else {
        Issue.record("not slowed down: \(String(describing: error))")
        return
      }
      waits.append(seconds)
      time += seconds
      fail(at: time)
    }
    #expect(waits == [2, 4, 8, 16])
    time += 32
    #expect(
      try archive.staff.signIn(name: "Anna", password: password, client: client, at: moment(time))
        .account.name == "Anna")
    #expect(throws: SignInError.refused) {
      try archive.staff.signIn(name: "Anna", password: "wrong", client: client, at: moment(time))
    }
  }

  @Test func aNameIsSlowedFromEveryClientAndAClientUnderEveryName() {
    for number in 0..<5 { fail(at: 0, client: "198.51.100.\(number)") }
    #expect(throws: SignInError.wait(seconds: 2)) {
      try archive.staff.signIn(
        name: "ANNA", password: password, client: "203.0.113.9", at: moment(0))
    }
    for number in 0..<5 { fail(at: 0, name: "guess\(number)", client: "2001:db8::\(number)") }
    #expect(throws: SignInError.wait(seconds: 2)) {
      try archive.staff.signIn(
        name: "other", password: password, client: "2001:db8:0:0:ffff::1", at: moment(0))
    }
  }

  @Test(
    "Strangers do not keep the owner out of a network where they have signed in",
    arguments: [
      ("192.0.2.7", "192.0.2.200", true), ("192.0.2.7", "192.0.3.7", false),
      ("2001:db8:1:1::5", "2001:db8:1:ffff::9", true), ("2001:db8:1::5", "2001:db8:2::5", false),
    ])
  func knownNetwork(_ first: String, _ later: String, isLetIn: Bool) throws {
    _ = try archive.staff.signIn(name: "Anna", password: password, client: first, at: moment(0))
    for number in 0..<40 { guess(at: 1, client: "198.51.\(number).9") }
    let attempt = Result {
      try archive.staff.signIn(name: "anna", password: password, client: later, at: moment(2))
    }
    let session = try? attempt.get()
    #expect((session != nil) == isLetIn)
    guard isLetIn else { return }
    // Who guesses within the network is slowed there, too.
    let isOfIPv4 = later.hasPrefix("192.")
    for number in 0..<5 { guess(at: 100, client: isOfIPv4 ? "192.0.2.\(number)" : later) }
    #expect(throws: SignInError.self) {
      try archive.staff.signIn(name: "Anna", password: password, client: later, at: moment(101))
    }
  }

  @Test func aNewPasswordForgetsTheNetworks() throws {
    _ = try archive.staff.signIn(name: "Anna", password: password, client: client, at: moment(0))
    try archive.staff.setPassword(password, of: "Anna", by: librarian, at: noon)
    for number in 0..<9 { guess(at: 1, client: "198.51.\(number).9") }
    #expect(throws: SignInError.self) {
      try archive.staff.signIn(name: "Anna", password: password, client: client, at: moment(2))
    }
  }

  /// A wrong password, whether it is looked at or has to wait.
  private func guess(at time: Int64, client: String) {
    #expect(throws: SignInError.self) {
      try archive.staff.signIn(name: "Anna", password: "wrong", client: client, at: moment(time))
    }
  }

  @Test func manyAttemptsAtOnceDoNotKeepTheServerBusy() throws {
    let outcomes = Mutex((in: 0, waiting: 0))
    let archive = archive
    _ = try concurrently(lanes: 8) { lane in
      do throws(SignInError) {
        _ = try archive.staff.signIn(
          name: "Anna", password: "a long walk by the sea", client: "192.0.2.\(lane)",
          at: Moment(wall: noon, uptime: 5000))
        outcomes.withLock { $0.in += 1 }
      } catch {
        #expect(error == .wait(seconds: 1))
        outcomes.withLock { $0.waiting += 1 }
      }
    }
    #expect(outcomes.withLock { $0.in } >= 1)
    #expect(outcomes.withLock { $0.in + $0.waiting } == 8)
    #expect(throws: Never.self) {
      try archive.staff.signIn(name: "Anna", password: password, client: client, at: moment(0))
    }
  }

  @Test func aWallClockThatJumpsEndsNoWait() {
    for _ in 0..<5 { fail(at: 0) }
    let jumped = Moment(wall: noon.adding(seconds: 1_000_000), uptime: moment(1).uptime)
    #expect(throws: SignInError.wait(seconds: 1)) {
      try archive.staff.signIn(name: "Anna", password: password, client: client, at: jumped)
    }
  }

  @Test(arguments: ["short", "aaaaaaaaaaaaa", "abababababab", "Librarian-One"])
  func aPasswordThatIsEasilyGuessedIsRefused(_ password: String) throws {
    let error = #expect(throws: StaffError.self) {
      try archive.staff.add(
        name: "librarian-one", role: .author, password: password, by: librarian)
    }
    guard case .unusablePassword = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: ["", " ", "a\u{1B}[2J", "<script>", String(repeating: "a", count: 65)])
  func aNameThatCannotBeShownIsRefused(_ name: String) {
    #expect(throws: StaffError.unusableName) {
      try archive.staff.add(name: name, role: .author, password: password, by: librarian)
    }
  }

  @Test func namesDifferByMoreThanCase() {
    #expect(throws: StaffError.nameTaken("ANNA")) {
      try archive.staff.add(name: "ANNA", role: .author, password: password, by: librarian)
    }
  }

  @Test func anotherPasswordEndsTheSessions() throws {
    let session = try archive.staff.signIn(
      name: "Anna", password: password, client: client, at: moment(0))
    try archive.staff.setPassword("another long walk", of: "anna", by: librarian)
    #expect(try archive.staff.session(session.token, at: moment(1)) == nil)
    #expect(throws: SignInError.refused) {
      try archive.staff.signIn(name: "Anna", password: password, client: client, at: moment(1))
    }
  }

  @Test func somebodyAlwaysRemainsToManageTheArchive() throws {
    try archive.staff.add(name: "Boss", role: .administrator, password: password, by: librarian)
    #expect(throws: StaffError.lastAdministrator) {
      try archive.staff.remove("Boss", by: librarian)
    }
    #expect(throws: StaffError.lastAdministrator) {
      try archive.staff.setRole(.author, of: "Boss", by: librarian)
    }
    try archive.staff.setRole(.administrator, of: "Anna", by: librarian)
    try archive.staff.remove("Boss", by: librarian)
    #expect(try archive.staff.accounts().map(\.name) == ["Anna"])
  }

  @Test func anInvitationMakesOneAccount() throws {
    let token = try archive.staff.createInvitation(lifetime: 100, at: noon)
    #expect(try archive.staff.invitation(token, at: noon)?.role == .administrator)
    #expect(try archive.staff.invitation("", at: noon) == nil)
    #expect(throws: StaffError.unusableName) {
      try archive.staff.acceptInvitation(token, name: "", password: password, at: noon)
    }
    let account = try archive.staff.acceptInvitation(
      token, name: "First", password: password, at: noon.adding(seconds: 99))
    #expect(account.role == .administrator)
    #expect(throws: StaffError.noInvitation) {
      try archive.staff.acceptInvitation(token, name: "Second", password: password, at: noon)
    }
    #expect(try archive.staff.hasAdministrator())
  }

  @Test func anInvitationExpiresAndALaterOneReplacesIt() throws {
    let first = try archive.staff.createInvitation(lifetime: 100, at: noon)
    #expect(try archive.staff.invitation(first, at: noon.adding(seconds: 100)) == nil)
    _ = try archive.staff.createInvitation(at: noon)
    #expect(try archive.staff.invitation(first, at: noon) == nil)
  }

  @Test func whatStaffDoIsInTheAuditLog() throws {
    let publication = try store.deposit("Harbours")
    _ = try archive.publications.withdraw(publication.id, by: Actor("Anna"), at: noon)
    let entries = try archive.staff.auditLog().items
    #expect(
      entries.map(\.action.rawValue) == ["withdrawn", "published", "deposited", "made account"])
    #expect(entries.map(\.actor) == ["Anna", "librarian", "librarian", "librarian"])
    #expect(entries.map(\.subject) == ["harbours", "harbours", "harbours", "Anna"])
  }

  private func moment(_ seconds: Int64) -> Moment {
    Moment(wall: noon.adding(seconds: seconds), uptime: 5000 + seconds)
  }

  private func fail(at time: Int64, name: String = "Anna", client: String = "192.0.2.7") {
    #expect(throws: SignInError.refused) {
      try archive.staff.signIn(name: name, password: "wrong", client: client, at: moment(time))
    }
  }
}
