internal import Digests
internal import SQLite

/// Accounts, sessions, invitations and the audit log.
package struct Staff: Sendable {
  let core: ArchiveCore
  let throttle = Throttle()
  let sessions: LiveSessions

  init(_ core: ArchiveCore) throws {
    self.core = core
    sessions = LiveSessions(
      lifetime: core.options.sessionLifetime, idleTime: core.options.sessionIdleTime)
    let now = Moment(wall: core.options.clock(), uptime: Moment.now.uptime)
    let stored = try core.read { connection in
      try connection.rows("SELECT token, began, used FROM session") {
        (
          hash: $0.bytes(0), began: Instant(secondsSince1970: $0.integer(1)),
          used: Instant(secondsSince1970: $0.integer(2))
        )
      }
    }
    let ended = stored.filter {
      !sessions.restore($0.hash, began: $0.began, used: $0.used, at: now)
    }
    // A full disk does not prevent opening.
    if core.isExclusive, !ended.isEmpty { try? delete(ended.map(\.hash)) }
  }

  /// All accounts, by name.
  package func accounts() throws -> [Account] {
    try core.read { connection in
      try connection.rows("SELECT id, name, role, created FROM staff ORDER BY name") {
        Account($0)
      }.compactMap { $0 }
    }
  }

  package func hasAdministrator() throws -> Bool {
    try core.read { try $0.administrators() > 0 }
  }

  /// Creates an account.
  @discardableResult
  package func add(
    name: String, role: Role, password: String, by actor: Actor, at now: Instant = .now
  ) throws(StaffError) -> Account {
    let name = try Staff.usable(name: name)
    let hash = try Staff.hash(password, for: name)
    return try change { connection in
      let account = try connection.insertAccount(name, role, hash, at: now)
      try connection.audit(.madeAccount, name, detail: role.rawValue, by: actor, at: now)
      return account
    }
  }

  /// Sets a password and ends the account's sessions.
  package func setPassword(
    _ password: String, of name: String, by actor: Actor, at now: Instant = .now
  ) throws(StaffError) {
    let hash = try Staff.hash(password, for: name)
    try change { connection in
      let account = try connection.account(name)
      try connection.run("UPDATE staff SET password = \(hash) WHERE id = \(account.id)")
      try connection.run("DELETE FROM session WHERE staff = \(account.id)")
      // The old password may have been stolen and used from one of them.
      try connection.run("DELETE FROM known_network WHERE staff = \(account.id)")
      try connection.audit(.setPassword, account.name, by: actor, at: now)
    }
  }

  package func setRole(
    _ role: Role, of name: String, by actor: Actor, at now: Instant = .now
  ) throws(StaffError) {
    try change { connection in
      let account = try connection.account(name)
      try connection.run("UPDATE staff SET role = \(role.rawValue) WHERE id = \(account.id)")
      if account.role == .administrator { try connection.keepsAnAdministrator() }
      try connection.audit(
        .setRole, account.name, detail: role.rawValue, by: actor, at: now)
    }
  }

  /// Removes an account and ends its sessions.
  package func remove(
    _ name: String, by actor: Actor, at now: Instant = .now
  ) throws(StaffError) {
    try change { connection in
      let account = try connection.account(name)
      try connection.run("DELETE FROM staff WHERE id = \(account.id)")
      if account.role == .administrator { try connection.keepsAnAdministrator() }
      try connection.audit(.removedAccount, account.name, by: actor, at: now)
    }
  }

  // MARK: Invitations

  /// Creates an invitation to create one account; earlier ones for the same role end.
  ///
  /// - Parameters:
  ///   - role: The role the account will have.
  ///   - lifetime: Seconds until it expires.
  ///   - now: The time.
  /// - Returns: The token for the link, which is stored nowhere else.
  /// - Throws: What the database throws.
  package func createInvitation(
    role: Role = .administrator, lifetime: Int64 = 86_400, at now: Instant = .now
  ) throws -> String {
    let token = SystemRandomNumberGenerator.token(octets: 32)
    let expires = now.adding(seconds: lifetime)
    try core.change(.nothingPublic) { connection in
      try connection.run(
        """
        DELETE FROM invitation WHERE role = \(role.rawValue) OR expires <= \(now.secondsSince1970)
        """)
      try connection.run(
        """
        INSERT INTO invitation (token, role, expires)
        VALUES (\(SHA256.hash(token)), \(role.rawValue), \(expires.secondsSince1970))
        """)
    }
    return token
  }

  /// The role of an invitation; nil when it was used, has expired, or never existed.
  package func invitation(_ token: String, at now: Instant = .now) throws -> Role? {
    try core.read { try $0.invitation(token, at: now) }
  }

  /// Creates the account of an invitation, which then ends.
  package func acceptInvitation(
    _ token: String, name: String, password: String, at now: Instant = .now
  ) throws(StaffError) -> Account {
    do {
      guard try invitation(token, at: now) != nil else { throw StaffError.noInvitation }
    } catch { throw StaffError(error) }
    let name = try Staff.usable(name: name)
    let hash = try Staff.hash(password, for: name)
    return try change { connection in
      guard let role = try connection.invitation(token, at: now) else {
        throw StaffError.noInvitation
      }
      try connection.run("DELETE FROM invitation WHERE token = \(SHA256.hash(token))")
      let account = try connection.insertAccount(name, role, hash, at: now)
      try connection.audit(
        .acceptedInvitation, name, detail: role.rawValue, by: account.actor, at: now)
      return account
    }
  }

  // MARK: Helpers

  private func change<Value: Sendable>(
    _ body: @Sendable (Connection) throws -> Value
  ) throws(StaffError) -> Value {
    do { return try core.change(.nothingPublic, body) } catch { throw StaffError(error) }
  }

  private static func usable(name: String) throws(StaffError) -> String {
    let name = name.cleanedLine
    let isUsable =
      (1...64).contains(name.count) && name.utf8.count <= 256
      && name.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
          || " .-_@".unicodeScalars.contains($0)
          || $0.properties.canonicalCombiningClass.rawValue > 0
      }
    guard isUsable else { throw .unusableName }
    return name
  }

  private static func hash(_ password: String, for name: String) throws(StaffError) -> String {
    guard password.count >= 10 else {
      throw .unusablePassword(.tooShort)
    }
    guard password.utf8.count <= 500 else {
      throw .unusablePassword(.tooLong)
    }
    guard password.lowercased() != name.lowercased(), Set(password).count > 2 else {
      throw .unusablePassword(.guessable)
    }
    guard let hash = Password.hash(password) else {
      throw .unusablePassword(.unusable)
    }
    return hash
  }
}

extension StaffError {
  fileprivate init(_ error: any Error) {
    self = error as? StaffError ?? .failed("\(error)")
  }
}

extension Account {
  /// Reads id, name, role and created.
  init?(_ row: Row) {
    guard let role = Role(rawValue: row.text(2)) else { return nil }
    self.init(
      id: row.integer(0), name: row.text(1), role: role,
      created: Instant(secondsSince1970: row.integer(3)))
  }
}

extension Connection {
  fileprivate func administrators() throws(SQLiteError) -> Int {
    try row("SELECT count(*) FROM staff WHERE role = 'administrator'") { $0.count(0) } ?? 0
  }

  fileprivate func keepsAnAdministrator() throws {
    guard try administrators() > 0 else { throw StaffError.lastAdministrator }
  }

  fileprivate func account(_ name: String) throws -> Account {
    let found = try row(
      "SELECT id, name, role, created FROM staff WHERE name = \(name.cleanedLine)"
    ) { Account($0) }
    guard let account = found ?? nil else { throw StaffError.noSuchAccount(name) }
    return account
  }

  fileprivate func insertAccount(
    _ name: String, _ role: Role, _ hash: String, at now: Instant
  ) throws -> Account {
    guard try row("SELECT 1 FROM staff WHERE name = \(name)", { _ in true }) == nil else {
      throw StaffError.nameTaken(name)
    }
    try run(
      """
      INSERT INTO staff (name, role, password, created)
      VALUES (\(name), \(role.rawValue), \(hash), \(now.secondsSince1970))
      """)
    return try account(name)
  }

  fileprivate func invitation(_ token: String, at now: Instant) throws -> Role? {
    try row(
      """
      SELECT role FROM invitation
      WHERE token = \(SHA256.hash(token)) AND expires > \(now.secondsSince1970)
      """
    ) { Role(rawValue: $0.text(0)) } ?? nil
  }
}
