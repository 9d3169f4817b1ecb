internal import Digests
internal import SQLite

extension Archive {
  /// Begins a session for who knows the password of an account.
  ///
  /// An unknown name takes as long as a wrong password. After five failures under one name, or
  /// from one client, each further attempt must wait longer. From a network in which the account
  /// has signed in before, only failures from that network count; so strangers cannot keep its
  /// owner out.
  ///
  /// - Parameters:
  ///   - name: The account's name, in any case.
  ///   - password: What was typed.
  ///   - client: The address it came from.
  ///   - now: The moment by both clocks.
  /// - Returns: The session, whose token goes into the cookie.
  /// - Throws: ``SignInError``
  package func signIn(
    name: String, password: String, client: String, at now: Moment = .now
  ) throws(SignInError) -> Session {
    let name = name.cleanedLine
    let network = KnownNetwork.of(client)
    let isKnown = (try? isKnown(network, of: name)) ?? false
    let keys = [Throttle.Key.name(name, in: isKnown ? network : nil), .client(client)]
    let wait = signInThrottle.wait(keys, uptime: now.uptime)
    guard wait == 0 else { throw .wait(seconds: wait) }
    guard signInThrottle.begin() else { throw .wait(seconds: 1) }
    defer { signInThrottle.end() }
    // Counted before the slow part, so that attempts made all at once are counted too.
    signInThrottle.failed(keys, uptime: now.uptime)
    do {
      guard let account = try account(name: name, password: password) else {
        throw SignInError.refused
      }
      signInThrottle.succeeded(keys)
      return try begin(for: account, in: network, at: now.wall)
    } catch {
      throw error as? SignInError ?? .failed("\(error)")
    }
  }

  /// The session a token belongs to; nil when it has ended or never was.
  package func session(_ token: String, at now: Instant = .now) throws -> Session? {
    guard token.utf8.count == 64 else { return nil }
    let hash = SHA256.hash(token)
    let found = try database.read { connection in
      try connection.row(
        """
        SELECT staff.id, name, role, created, began, used
        FROM session JOIN staff ON staff.id = session.staff
        WHERE token = \(hash)
        """
      ) { row in
        Account(row).map { account in
          (
            account: account, began: Instant(secondsSince1970: row.integer(4)),
            used: Instant(secondsSince1970: row.integer(5))
          )
        }
      }
    }
    guard let session = found ?? nil, isAlive(began: session.began, used: session.used, at: now)
    else { return nil }
    // Written once a minute at most: it is asked for with every page.
    // Where the disk is full, who is at work goes on working.
    if now > session.used.adding(seconds: 60) {
      _ = try? database.write { connection in
        try connection.run(
          "UPDATE session SET used = \(now.secondsSince1970) WHERE token = \(hash)")
      }
    }
    return Session(
      token: token, account: session.account,
      expires: session.began.adding(seconds: options.sessionLifetime))
  }

  /// Whether a token can belong to a session, told from memory: for those who must not wait, such
  /// as before an upload is received.
  package func mayHaveSession(_ token: String) -> Bool {
    token.utf8.count == 64 && begunSessions.contains(SHA256.hash(token))
  }

  /// Ends a session.
  package func signOut(_ token: String) throws {
    let hash = SHA256.hash(token)
    try database.write { connection in
      try connection.run("DELETE FROM session WHERE token = \(hash)")
    }
    begunSessions.remove(hash)
  }

  private func isAlive(began: Instant, used: Instant, at now: Instant) -> Bool {
    now < began.adding(seconds: options.sessionLifetime)
      && now < used.adding(seconds: options.sessionIdleTime)
  }

  private func account(name: String, password: String) throws -> Account? {
    let found = try database.read { connection in
      try connection.row(
        "SELECT id, name, role, created, password FROM staff WHERE name = \(name)"
      ) { row in Account(row).map { (account: $0, hash: row.text(4)) } }
    }
    guard let found = found ?? nil else {
      Password.pretendToMatch(password)
      return nil
    }
    return Password.matches(password, found.hash) ? found.account : nil
  }

  private func isKnown(_ network: String, of name: String) throws -> Bool {
    try database.read { connection in
      try connection.row(
        """
        SELECT 1 FROM known_network JOIN staff ON staff.id = known_network.staff
        WHERE staff.name = \(name) AND network = \(network)
        """
      ) { _ in true } ?? false
    }
  }

  private func begin(
    for account: Account, in network: String, at now: Instant
  ) throws -> Session {
    let token = SystemRandomNumberGenerator.token(octets: 32)
    let hash = SHA256.hash(token)
    let (seconds, options) = (now.secondsSince1970, options)
    try database.write { connection in
      try connection.run(
        """
        DELETE FROM session
        WHERE began <= \(seconds - options.sessionLifetime)
          OR used <= \(seconds - options.sessionIdleTime)
        """)
      try connection.run(
        """
        INSERT INTO session (token, staff, began, used)
        VALUES (\(hash), \(account.id), \(seconds), \(seconds))
        """)
      try KnownNetwork.note(network, of: account, at: now, in: connection)
      try connection.audit(.signedIn, account.name, by: account.actor, at: now)
    }
    begunSessions.insert(hash)
    return Session(
      token: token, account: account, expires: now.adding(seconds: options.sessionLifetime))
  }
}
