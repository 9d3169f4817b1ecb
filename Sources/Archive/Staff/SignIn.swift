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
  ///   - now: The time by both clocks.
  /// - Returns: The session, whose token goes into the cookie.
  /// - Throws: ``SignInError``
  package func signIn(
    name: String, password: String, client: String, at now: Moment = .now
  ) throws(SignInError) -> Session {
    let name = name.cleanedLine
    let network = KnownNetwork.of(client)
    let isKnown = (try? isKnown(network, of: name)) ?? false
    let keys = [Throttle.Key.name(name, in: isKnown ? network : nil), .client(client)]
    let wait = throttle.wait(keys, uptime: now.uptime)
    guard wait == 0 else { throw .wait(seconds: wait) }
    guard throttle.begin() else { throw .wait(seconds: 1) }
    defer { throttle.end() }
    // Counted before the slow part, so that simultaneous attempts count too.
    throttle.failed(keys, uptime: now.uptime)
    do {
      guard let account = try account(name: name, password: password) else {
        throw SignInError.refused
      }
      throttle.succeeded(keys)
      return try begin(for: account, in: network, at: now)
    } catch {
      throw error as? SignInError ?? .failed("\(error)")
    }
  }

  /// The session of a token; nil when it has ended or never was.
  package func session(_ token: String, at now: Moment = .now) throws -> Session? {
    guard token.utf8.count == 64 else { return nil }
    let hash = SHA256.hash(token)
    let account = try core.read { connection in
      try connection.row(
        """
        SELECT staff.id, name, role, created FROM session JOIN staff ON staff.id = session.staff
        WHERE token = \(hash)
        """
      ) { Account($0) } ?? nil
    }
    guard let account, let times = sessions.use(hash, uptime: now.uptime) else { return nil }
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

  /// Whether a token can belong to a session: told from memory, before an upload is received.
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

  private func account(name: String, password: String) throws -> Account? {
    let found = try core.read { connection in
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
    try core.read { connection in
      try connection.row(
        """
        SELECT 1 FROM known_network JOIN staff ON staff.id = known_network.staff
        WHERE staff.name = \(name) AND network = \(network)
        """
      ) { _ in true } ?? false
    }
  }

  private func begin(
    for account: Account, in network: String, at now: Moment
  ) throws -> Session {
    let token = SystemRandomNumberGenerator.token(octets: 32)
    let hash = SHA256.hash(token)
    let seconds = now.wall.secondsSince1970
    let ended = sessions.removeEnded(uptime: now.uptime)
    try core.change(.nothingPublic) { connection in
      try connection.run("DELETE FROM session WHERE token IN \(SQL.list(ended))")
      try connection.run(
        """
        INSERT INTO session (token, staff, began, used)
        VALUES (\(hash), \(account.id), \(seconds), \(seconds))
        """)
      try KnownNetwork.note(network, of: account, at: now.wall, in: connection)
      try connection.audit(.signedIn, account.name, by: account.actor, at: now.wall)
    }
    sessions.begin(hash, uptime: now.uptime)
    return Session(
      token: token, account: account,
      expires: now.wall.adding(seconds: core.options.sessionLifetime))
  }
}
