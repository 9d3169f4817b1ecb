internal import Digests
internal import SQLite

/// One-time codes of an authenticator app as a second factor (RFC 6238), with recovery codes.
extension Staff {
  /// How many recovery codes somebody gets.
  package static let recoveryCodes = 10

  /// The secret that a session can set up as its account's second factor.
  ///
  /// It is derived from the token of the session, so that the page which shows it can be loaded again
  /// and nothing has to be stored before the secret is confirmed.
  ///
  /// - Parameter session: The session.
  /// - Returns: 20 bytes.
  /// - Throws: What the database throws.
  package func offeredSecret(_ session: Session) throws -> [UInt8] {
    let key = try core.read { connection in
      try connection.row("SELECT value FROM setting WHERE name = 'second factor key'") {
        $0.bytes(0)
      }
    }
    return Array(hmacSHA256(Array(session.token.utf8), key: key ?? []).prefix(20))
  }

  /// Turns the second factor on, after a code has shown that the app has the offered secret.
  ///
  /// Other sessions end, and this one gets a new token.
  ///
  /// - Parameters:
  ///   - code: What was typed.
  ///   - session: The session.
  ///   - now: The time by both clocks.
  /// - Returns: The new session, and the recovery codes, which are stored as hashes only.
  /// - Throws: ``SignInError``
  package func turnOnSecondFactor(
    code: String, of session: Session, at now: Moment = .now
  ) throws(SignInError) -> (session: Session, codes: [String]) {
    do {
      let secret = try offeredSecret(session)
      let account = session.account
      let attempt = try throttled([.code(of: account)], at: now) {
        OneTimeCode.acceptedStep(
          of: Staff.digits(of: code), secret: secret,
          secondsSince1970: now.wall.secondsSince1970, after: nil)
      }
      guard let step = attempt.value else { throw SignInError.refused }
      let codes = Staff.newRecoveryCodes()
      let renewed = try renew(session, at: now) { connection in
        try connection.run(
          """
          UPDATE staff SET second_factor = \(secret), last_step = \(Int64(step))
          WHERE id = \(account.id)
          """)
        try connection.setRecoveryCodes(codes, of: account)
        try connection.audit(
          .turnedOnSecondFactor, account.name, by: account.actor, at: now.wall)
      }
      return (renewed, codes)
    } catch {
      throw error as? SignInError ?? .failed("\(error)")
    }
  }

  /// Turns the second factor off and forgets the recovery codes.
  ///
  /// Sessions go on. Somebody whose role requires a second factor is asked to set it up again.
  package func turnOffSecondFactor(
    of name: String, by actor: Actor, at now: Instant = .now
  ) throws(StaffError) {
    try change { connection in
      let account = try connection.account(name)
      guard account.hasSecondFactor else { return }
      try connection.run(
        "UPDATE staff SET second_factor = NULL, last_step = NULL WHERE id = \(account.id)")
      try connection.setRecoveryCodes([], of: account)
      try connection.audit(.turnedOffSecondFactor, account.name, by: actor, at: now)
    }
    // Who was about to enter a code has to begin again.
    if let account = try? core.read({ try $0.account(name) }) { pending.removeAll(of: account.id) }
  }

  /// Replaces the recovery codes of an account with a second factor.
  ///
  /// - Returns: The new codes, which are stored as hashes only.
  package func renewRecoveryCodes(
    of account: Account, at now: Instant = .now
  ) throws(StaffError) -> [String] {
    let codes = Staff.newRecoveryCodes()
    try change { connection in
      try connection.setRecoveryCodes(codes, of: account)
      try connection.audit(.renewedRecoveryCodes, account.name, by: account.actor, at: now)
    }
    return codes
  }

  /// How many recovery codes an account has left.
  package func recoveryCodesLeft(of account: Account) throws -> Int {
    try core.read { connection in
      try connection.row("SELECT count(*) FROM recovery_code WHERE staff = \(account.id)") {
        $0.count(0)
      } ?? 0
    }
  }

  /// Checks a code of an account's app, or a recovery code, and uses it up.
  func check(
    code: String, of account: Account, client: String, at now: Moment
  ) throws {
    let keys = [Throttle.Key.code(of: account), .client(client)]
    var isSlowed = false
    do {
      let attempt = try throttled(keys, at: now) {
        let digits = Staff.digits(of: code)
        let isRight =
          digits.utf8.count == 6
          ? try accept(digits, of: account, at: now.wall)
          : try useRecoveryCode(digits, of: account, at: now.wall)
        return isRight ? true : nil
      }
      guard attempt.value == nil else { return }
      isSlowed = attempt.isSlowed
      throw SignInError.refused
    } catch let error as SignInError {
      failed(.code, as: account.name, client: client, isSlowed: isSlowed, at: now)
      throw error
    }
  }

  /// Accepts a code of the app, once.
  private func accept(_ digits: String, of account: Account, at now: Instant) throws -> Bool {
    try core.change(.nothingPublic) { connection in
      let stored = try connection.row(
        "SELECT second_factor, last_step FROM staff WHERE id = \(account.id)"
      ) { (secret: $0.bytes(0), last: $0.optionalInteger(1).map { UInt64(max(0, $0)) }) }
      guard let stored, !stored.secret.isEmpty,
        let step = OneTimeCode.acceptedStep(
          of: digits, secret: stored.secret, secondsSince1970: now.secondsSince1970,
          after: stored.last)
      else { return false }
      try connection.run("UPDATE staff SET last_step = \(Int64(step)) WHERE id = \(account.id)")
      return true
    }
  }

  private func useRecoveryCode(
    _ code: String, of account: Account, at now: Instant
  ) throws -> Bool {
    try core.change(.nothingPublic) { connection in
      // The hash of a random code is looked up: how long that takes tells nothing about others.
      let deleted = try connection.run(
        """
        DELETE FROM recovery_code WHERE staff = \(account.id) AND code = \(SHA256.hash(code))
        """)
      guard deleted > 0 else { return false }
      let left = try connection.row(
        "SELECT count(*) FROM recovery_code WHERE staff = \(account.id)"
      ) { $0.count(0) }
      try connection.audit(
        .usedRecoveryCode, account.name, detail: "\(left ?? 0)", by: account.actor, at: now)
      return true
    }
  }

  /// Makes an attempt, which returns nil when it fails, unless it has to wait.
  ///
  /// - Returns: What it returned, and whether from now on attempts have to wait.
  private func throttled<Value>(
    _ keys: [Throttle.Key], at now: Moment, _ attempt: () throws -> Value?
  ) throws -> (value: Value?, isSlowed: Bool) {
    let wait = throttle.wait(keys, uptime: now.uptime)
    guard wait == 0 else { throw SignInError.wait(seconds: wait) }
    // Counted before, so that simultaneous attempts count too.
    let isSlowed = throttle.failed(keys, uptime: now.uptime)
    let value = try attempt()
    if value != nil { throttle.succeeded(keys) }
    return (value, isSlowed)
  }

  /// What was typed without spaces and hyphens, in capitals.
  static func digits(of code: String) -> String {
    code.uppercased().filter { !$0.isWhitespace && $0 != "-" }
  }

  /// Codes of 80 random bits each, in groups of four digits.
  private static func newRecoveryCodes() -> [String] {
    var generator = SystemRandomNumberGenerator()
    return (0..<recoveryCodes).map { _ in
      let code = Base32.encode((0..<10).map { _ in .random(in: 0...255, using: &generator) })
      return stride(from: 0, to: code.utf8.count, by: 4).map { start in
        String(code.dropFirst(start).prefix(4))
      }.joined(separator: "-")
    }
  }
}

extension Connection {
  fileprivate func setRecoveryCodes(_ codes: [String], of account: Account) throws {
    try run("DELETE FROM recovery_code WHERE staff = \(account.id)")
    for code in codes {
      try run(
        """
        INSERT INTO recovery_code (staff, code)
        VALUES (\(account.id), \(SHA256.hash(Staff.digits(of: code))))
        """)
    }
  }
}
