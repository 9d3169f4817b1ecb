import Archive
import Digests
import Testing

@Suite("A second factor asks for a code after the password")
struct SecondFactorTests {
  private let store: TemporaryArchive
  private var staff: Staff { store.archive.staff }
  private let password = "a long walk by the sea"
  private let client = "192.0.2.7"

  init() throws {
    store = try TemporaryArchive()
    try staff.add(
      name: "Anna", role: .administrator, password: password, by: librarian, at: noon)
  }

  private func moment(_ seconds: Int64) -> Moment {
    Moment(wall: noon.adding(seconds: seconds), uptime: 5000 + seconds)
  }

  private func code(_ secret: [UInt8], at seconds: Int64) -> String {
    OneTimeCode.code(
      secret: secret,
      counter: OneTimeCode.step(secondsSince1970: noon.adding(seconds: seconds).secondsSince1970))
  }

  /// Turns it on at the beginning.
  private func turnOn() throws -> (secret: [UInt8], session: Session, codes: [String]) {
    let session = try staff.signIn(name: "Anna", password: password, client: client, at: moment(0))
    let secret = try staff.offeredSecret(session)
    let (renewed, codes) = try staff.turnOnSecondFactor(
      code: code(secret, at: 0), of: session, at: moment(0))
    return (secret, renewed, codes)
  }

  /// Types the password, and returns the token that waits for a code.
  private func pending(at seconds: Int64, visit: String = "here") throws -> String {
    do throws(SignInError) {
      _ = try staff.signIn(
        name: "Anna", password: password, client: client, visit: visit, at: moment(seconds))
    } catch {
      if case .codeNeeded(let token) = error { return token }
      throw error
    }
    Issue.record("no code was asked for")
    return ""
  }

  private func finish(
    _ token: String, _ code: String, at seconds: Int64, visit: String = "here"
  ) -> SignInError? {
    do throws(SignInError) {
      _ = try staff.finishSignIn(
        token, code: code, client: client, visit: visit, at: moment(seconds))
      return nil
    } catch { return error }
  }

  private func actions() throws -> [String] {
    try staff.auditLog().items.map(\.action.rawValue)
  }

  @Test func aCodeConfirmsItAndSessionsAreRenewed() throws {
    let session = try staff.signIn(name: "Anna", password: password, client: client, at: moment(0))
    let other = try staff.signIn(name: "Anna", password: password, client: client, at: moment(0))
    let secret = try staff.offeredSecret(session)
    #expect(secret.count == 20)
    // The page can be loaded again; another session is offered another secret.
    #expect(try staff.offeredSecret(session) == secret)
    #expect(try staff.offeredSecret(other) != secret)
    for wrong in ["", "000000", code(secret, at: 300), "12345"] where wrong != code(secret, at: 0) {
      #expect(throws: SignInError.refused) {
        try staff.turnOnSecondFactor(code: wrong, of: session, at: moment(0))
      }
    }
    #expect(try staff.accounts().map(\.hasSecondFactor) == [false])
    let typed = code(secret, at: 0).prefix(3) + " " + code(secret, at: 0).suffix(3)
    let (renewed, codes) = try staff.turnOnSecondFactor(
      code: String(typed), of: session, at: moment(0))
    #expect(renewed.account.hasSecondFactor && renewed.token != session.token)
    #expect(try staff.session(session.token, at: moment(1)) == nil)
    #expect(try staff.session(other.token, at: moment(1)) == nil)
    #expect(!staff.mayHaveSession(other.token))
    #expect(try staff.session(renewed.token, at: moment(1)) != nil)
    #expect(Set(codes).count == 10 && codes.allSatisfy { $0.utf8.count == 19 })
    #expect(try actions().first == "turned on second factor")
  }

  @Test func eachCodeIsAcceptedOnce() throws {
    let (secret, _, _) = try turnOn()
    // The code that turned it on is used up, and so is the one before.
    let first = try pending(at: 1)
    #expect(finish(first, code(secret, at: 0), at: 1) == .refused)
    #expect(finish(first, code(secret, at: -30), at: 1) == .refused)
    #expect(finish(first, code(secret, at: 30), at: 31) == nil)
    #expect(finish(first, code(secret, at: 60), at: 61) == .expired)
    let second = try pending(at: 62)
    #expect(finish(second, code(secret, at: 30), at: 62) == .refused)
    // A clock that is half a minute ahead.
    #expect(finish(second, code(secret, at: 90), at: 62) == nil)
  }

  @Test func aPendingSignInBelongsToOneBrowserAndIsShort() throws {
    let (secret, _, _) = try turnOn()
    let token = try pending(at: 60)
    #expect(try staff.session(token, at: moment(60)) == nil)
    #expect(finish(token, code(secret, at: 60), at: 60, visit: "there") == .expired)
    #expect(finish(String(token.reversed()), code(secret, at: 60), at: 60) == .expired)
    #expect(finish(token, code(secret, at: 360), at: 360) == .expired)
    let next = try pending(at: 400)
    try staff.setPassword("another long walk", of: "Anna", by: librarian, at: noon)
    #expect(finish(next, code(secret, at: 400), at: 400) == .expired)
  }

  @Test func aDisabledAccountDoesNotFinish() throws {
    let (secret, _, _) = try turnOn()
    try staff.add(name: "Boss", role: .administrator, password: password, by: librarian)
    let token = try pending(at: 60)
    try staff.disable("Anna", by: librarian, at: noon)
    #expect(finish(token, code(secret, at: 60), at: 60) == .expired)
  }

  @Test func recoveryCodesWorkOnceEach() throws {
    let (_, session, codes) = try turnOn()
    let token = try pending(at: 1)
    #expect(finish(token, codes[3].lowercased().replacing("-", with: " "), at: 1) == nil)
    #expect(try staff.recoveryCodesLeft(of: session.account) == 9)
    let used = try #require(
      try staff.auditLog().items.first { $0.action == .usedRecoveryCode })
    #expect(used.detail == "9" && used.subject == "Anna")
    let again = try pending(at: 2)
    #expect(finish(again, codes[3], at: 2) == .refused)
    let fresh = try staff.renewRecoveryCodes(of: session.account, at: noon)
    #expect(finish(again, codes[4], at: 3) == .refused)
    #expect(finish(again, fresh[4], at: 4) == nil)
  }

  @Test func guessingCodesIsSlowedDown() throws {
    let (secret, _, _) = try turnOn()
    var time: Int64 = 60
    for _ in 0..<5 {
      #expect(finish(try pending(at: time), "000000", at: time) == .refused)
    }
    // The password is right each time, and that does not shorten the wait.
    #expect(finish(try pending(at: time), code(secret, at: time), at: time) == .wait(seconds: 2))
    time += 2
    #expect(finish(try pending(at: time), "000000", at: time) == .refused)
    #expect(finish(try pending(at: time), code(secret, at: time), at: time) == .wait(seconds: 4))
    time += 4
    #expect(finish(try pending(at: time), code(secret, at: time), at: time) == nil)
    let log = try staff.auditLog().items
    #expect(log.contains { $0.action == .slowedSignIns && $0.subject == "Anna" })
    // Eight failures are two entries: those before the delay, and those after it.
    let wrong = log.filter { $0.action == .failedCodes }
    #expect(wrong.map { $0.detail.prefix { $0 != ":" } } == ["3", "5"])
  }

  @Test func turningItOffLetsThePasswordIn() throws {
    let (secret, session, codes) = try turnOn()
    let token = try pending(at: 60)
    try staff.turnOffSecondFactor(of: "anna", by: librarian, at: noon)
    #expect(finish(token, code(secret, at: 60), at: 60) == .expired)
    #expect(try staff.recoveryCodesLeft(of: session.account) == 0)
    _ = try staff.signIn(name: "Anna", password: password, client: client, at: moment(61))
    #expect(try staff.session(session.token, at: moment(61)) != nil)
    #expect(!codes.isEmpty)
    #expect(try actions().contains("turned off second factor"))
  }
}
