internal import Digests
internal import SQLite

extension Staff {
  /// Begins a session of an account.
  ///
  /// An unknown name takes as long as a wrong password. After five failures under one name or from
  /// one client, each further attempt must wait longer. In a network from which the account has
  /// signed in before, only failures from that network count, so that strangers cannot lock its
  /// owner out.
  ///
  /// - Parameters:
  ///   - name: The account's name, in any case.
  ///   - password: What was typed.
  ///   - client: The address it came from.
  ///   - browser: The family of the browser; empty when it is not known.
  ///   - visit: The value that ties the step that asks for a code to one browser.
  ///   - now: The time by both clocks.
  /// - Returns: The session, whose token goes into the cookie.
  /// - Throws: ``SignInError``, which for an account with a second factor is `codeNeeded`.
  package func signIn(
    name: String, password: String, client: String, browser: String = "", visit: String = "",
    at now: Moment = .now
  ) throws(SignInError) -> Session {
    let account = try check(password, of: name.cleanedLine, client: client, at: now)
    guard !account.hasSecondFactor else {
      throw .codeNeeded(token: pending.begin(account, visit: visit, uptime: now.uptime))
    }
    return try begin(for: account, client: client, browser: browser, at: now)
  }

  /// Begins the session of somebody who has typed their password, by a code of their app or a
  /// recovery code.
  ///
  /// - Parameters:
  ///   - token: The token of ``SignInError/codeNeeded(token:)``.
  ///   - code: What was typed.
  ///   - client: The address it came from.
  ///   - browser: The family of the browser.
  ///   - visit: The value that was given with the password.
  ///   - now: The time by both clocks.
  /// - Returns: The session, whose token goes into the cookie.
  /// - Throws: ``SignInError``
  package func finishSignIn(
    _ token: String, code: String, client: String, browser: String = "", visit: String = "",
    at now: Moment = .now
  ) throws(SignInError) -> Session {
    guard let id = pending.account(token, visit: visit, uptime: now.uptime) else {
      throw .expired
    }
    do {
      guard let account = try account(id), account.disabled == nil else {
        throw SignInError.expired
      }
      try check(code: code, of: account, client: client, at: now)
      pending.remove(token)
      return try begin(for: account, client: client, browser: browser, at: now)
    } catch {
      throw error as? SignInError ?? .failed("\(error)")
    }
  }

  /// Checks a password as signing in does, with the same delays.
  ///
  /// - Parameters:
  ///   - password: What was typed.
  ///   - name: The account's name, in any case.
  ///   - client: The address it came from.
  ///   - now: The time by both clocks.
  /// - Returns: The account.
  /// - Throws: ``SignInError``
  @discardableResult
  package func check(
    _ password: String, of name: String, client: String, at now: Moment = .now
  ) throws(SignInError) -> Account {
    let network = KnownNetwork.of(client)
    let known = try? known(name, in: network)
    let keys = [
      Throttle.Key.name(name, in: known?.isFromHere == true ? network : nil), .client(client),
    ]
    let failedName = known?.name ?? ""
    let wait = throttle.wait(keys, uptime: now.uptime)
    guard wait == 0 else {
      failed(.password, as: failedName, client: client, isSlowed: false, at: now)
      throw .wait(seconds: wait)
    }
    guard throttle.begin() else { throw .wait(seconds: 1) }
    defer { throttle.end() }
    // Counted before the slow part, so that simultaneous attempts count too.
    let isSlowed = throttle.failed(keys, uptime: now.uptime)
    do {
      guard let account = try account(name: name, password: password) else {
        failed(.password, as: failedName, client: client, isSlowed: isSlowed, at: now)
        throw SignInError.refused
      }
      throttle.succeeded(keys)
      return account
    } catch {
      throw error as? SignInError ?? .failed("\(error)")
    }
  }

  /// The session of a token; nil when it has ended or never was.
  package func session(_ token: String, at now: Moment = .now) throws -> Session? {
    guard token.utf8.count == 64 else { return nil }
    let hash = SHA256.hash(token)
    guard let account = try account(ofSession: hash),
      let times = sessions.use(hash, uptime: now.uptime)
    else { return nil }
    // Written once a minute at most. On a full disk staff can go on working.
    if times.idle > 60 {
      _ = try? core.change(.nothingPublic) { connection in
        try connection.run(
          "UPDATE session SET used = \(now.wall.secondsSince1970) WHERE token = \(hash)")
      }
    }
    return Session(
      token: token, account: account, expires: now.wall.adding(seconds: times.left))
  }

  /// The account of a session that has ended by itself not long ago; nil when it was signed out.
  package func formerAccount(_ token: String) throws -> Account? {
    let hash = SHA256.hash(token)
    guard sessions.contains(hash) else { return nil }
    return try account(ofSession: hash)
  }

  private func account(ofSession hash: [UInt8]) throws -> Account? {
    try core.read { connection in
      try connection.row(
        """
        SELECT \(Account.columns) FROM session JOIN staff ON staff.id = session.staff
        WHERE token = \(hash) AND disabled IS NULL
        """
      ) { Account($0) } ?? nil
    }
  }

  /// Whether a token can belong to a session, or to one that ended not long ago: told from memory, before an upload is received.
  package func mayHaveSession(_ token: String) -> Bool {
    token.utf8.count == 64 && sessions.contains(SHA256.hash(token))
  }

  /// Ends a session.
  package func signOut(_ token: String) throws {
    let hash = SHA256.hash(token)
    try delete([hash])
    sessions.end(hash)
  }

  func delete(_ hashes: [[UInt8]]) throws {
    try core.change(.nothingPublic) { connection in
      try connection.run("DELETE FROM session WHERE token IN \(SQL.list(hashes))")
    }
  }

  /// The account if it may sign in and the password is right.
  private func account(name: String, password: String) throws -> Account? {
    let found = try core.read { connection in
      try connection.row("SELECT \(Account.columns), password FROM staff WHERE name = \(name)") {
        row in Account(row).map { (account: $0, hash: row.text(7)) }
      }
    }
    guard let found = found ?? nil else {
      Password.pretendToMatch(password)
      return nil
    }
    let isRight = Password.matches(password, found.hash)
    return isRight && found.account.disabled == nil ? found.account : nil
  }

  /// The name of an account as it is stored, and whether it has signed in from a network; nil when
  /// there is no such account.
  private func known(
    _ name: String, in network: String
  ) throws -> (name: String, isFromHere: Bool)? {
    try core.read { connection in
      try connection.row(
        """
        SELECT name, EXISTS (
          SELECT 1 FROM known_network
          WHERE known_network.staff = staff.id AND network = \(network))
        FROM staff WHERE name = \(name)
        """
      ) { ($0.text(0), $0.integer(1) != 0) }
    }
  }

  private func begin(
    for account: Account, client: String, browser: String, at now: Moment
  ) throws(SignInError) -> Session {
    do {
      // Before the entry of this sign-in.
      try flushFailures(of: account.name)
      let network = KnownNetwork.of(client)
      let place = KnownNetwork.name(of: client)
      let ended = sessions.removeForgotten(uptime: now.uptime)
      let session = newSession(of: account, at: now)
      try core.change(.nothingPublic) { connection in
        try connection.run("DELETE FROM session WHERE token IN \(SQL.list(ended))")
        let isNew = try KnownNetwork.isNew(network, browser, of: account, in: connection)
        try connection.insert(session, network: place, browser: browser, at: now.wall)
        try connection.run(
          "UPDATE staff SET signed_in = \(now.wall.secondsSince1970) WHERE id = \(account.id)")
        try KnownNetwork.note(network, browser, of: account, at: now.wall, in: connection)
        try connection.audit(
          isNew ? .signedInFromNewPlace : .signedIn, account.name,
          detail: [browser, place].filter { !$0.isEmpty }.joined(separator: ", "),
          by: account.actor, at: now.wall)
      }
      sessions.begin(SHA256.hash(session.token), uptime: now.uptime)
      return session
    } catch {
      throw .failed("\(error)")
    }
  }

  func newSession(of account: Account, at now: Moment) -> Session {
    Session(
      token: SystemRandomNumberGenerator.token(octets: 32), account: account,
      expires: now.wall.adding(seconds: core.options.sessionLifetime))
  }
}

extension Connection {
  func insert(
    _ session: Session, network: String, browser: String, at now: Instant
  ) throws(SQLiteError) {
    try run(
      """
      INSERT INTO session (token, staff, began, used, network, browser)
      VALUES (\(SHA256.hash(session.token)), \(session.account.id), \(now.secondsSince1970),
        \(now.secondsSince1970), \(network), \(browser))
      """)
  }
}
