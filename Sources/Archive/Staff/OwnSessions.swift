internal import Digests
internal import SQLite

/// A session of somebody, for the list of their own.
package struct SessionEntry: Sendable, Equatable {
  /// The beginning of the hash of its token, which names it and does not open it.
  package let name: String
  package let began: Instant
  package let used: Instant
  /// The family of the browser, and the network; empty where they are not known.
  package let browser: String
  package let network: String
  /// Whether it is the session that asked.
  package let isCurrent: Bool
}

/// Somebody's own sessions and password.
extension Staff {
  /// The sessions of an account that have not ended, the ones used last first.
  package func sessions(
    of account: Account, current: Session? = nil, at now: Moment = .now
  ) throws -> [SessionEntry] {
    let own = current.map { SHA256.hash($0.token) }
    return try core.read { connection in
      try connection.rows(
        """
        SELECT token, began, used, browser, network FROM session WHERE staff = \(account.id)
        ORDER BY used DESC, began DESC
        """
      ) { row in
        let hash = row.bytes(0)
        guard sessions.isAlive(hash, uptime: now.uptime) else { return nil }
        return SessionEntry(
          name: Staff.name(ofSession: hash), began: Instant(secondsSince1970: row.integer(1)),
          used: Instant(secondsSince1970: row.integer(2)), browser: row.text(3),
          network: row.text(4), isCurrent: hash == own)
      }.compactMap(\.self)
    }
  }

  /// Ends one session of an account; nothing happens when it has none of this name.
  package func endSession(
    named name: String, of account: Account, at now: Instant = .now
  ) throws(StaffError) {
    try changeEndingSessions { connection in
      let hashes = try connection.rows("SELECT token FROM session WHERE staff = \(account.id)") {
        $0.bytes(0)
      }.filter { Staff.name(ofSession: $0) == name }
      guard !hashes.isEmpty else { return (account, []) }
      try connection.run("DELETE FROM session WHERE token IN \(SQL.list(hashes))")
      try connection.audit(.endedSessions, account.name, by: account.actor, at: now)
      return (account, hashes)
    }
  }

  /// Ends the sessions of an account.
  ///
  /// - Parameters:
  ///   - name: The account's name.
  ///   - kept: The session that goes on; nil for none.
  ///   - actor: Who ends them.
  ///   - now: The time.
  /// - Throws: ``StaffError``
  package func endSessions(
    of name: String, except kept: Session? = nil, by actor: Actor, at now: Instant = .now
  ) throws(StaffError) {
    let hash = kept.map { SHA256.hash($0.token) } ?? []
    try changeEndingSessions { connection in
      let account = try connection.account(name)
      try connection.audit(.endedSessions, account.name, by: actor, at: now)
      return (account, try connection.endSessions(of: account, except: hash))
    }
  }

  /// Sets the password of somebody who is signed in: other sessions end, and theirs gets a new token.
  ///
  /// The caller has checked the present password.
  package func setPassword(
    _ password: String, in session: Session, at now: Moment = .now
  ) throws(StaffError) -> Session {
    let account = session.account
    let hash = try Staff.hash(password, for: account.name)
    do {
      return try renew(session, at: now) { connection in
        try connection.setPassword(hash, of: account)
        try connection.audit(.setPassword, account.name, by: account.actor, at: now.wall)
      }
    } catch { throw StaffError(error) }
  }

  /// Changes an account, ends its sessions, and begins one in place of `session` with a new token.
  func renew(
    _ session: Session, at now: Moment, _ body: @Sendable (Connection) throws -> Void
  ) throws -> Session {
    let old = SHA256.hash(session.token)
    let (renewed, ended) = try core.change(.nothingPublic) { connection in
      let place = try connection.row(
        "SELECT network, browser FROM session WHERE token = \(old)"
      ) { ($0.text(0), $0.text(1)) }
      try body(connection)
      let account = try connection.account(session.account.name)
      let ended = try connection.endSessions(of: account)
      let renewed = newSession(of: account, at: now)
      try connection.insert(
        renewed, network: place?.0 ?? "", browser: place?.1 ?? "", at: now.wall)
      return (renewed, ended)
    }
    pending.removeAll(of: session.account.id)
    for hash in ended { sessions.end(hash) }
    sessions.begin(SHA256.hash(renewed.token), uptime: now.uptime)
    return renewed
  }

  private static func name(ofSession hash: [UInt8]) -> String {
    Array(hash.prefix(8)).hexadecimal
  }
}
