internal import Digests
internal import SQLite

/// Accounts, sessions, invitations and the audit log.
package struct Staff: Sendable {
  let core: ArchiveCore
  let throttle = Throttle()
  let sessions: LiveSessions
  let pending = PendingSignIns()
  let failures = SignInFailures()

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
      try connection.rows("SELECT \(Account.columns) FROM staff ORDER BY name") {
        Account($0)
      }.compactMap { $0 }
    }
  }

  /// The account with a number; nil when there is none.
  package func account(_ id: Int64) throws -> Account? {
    try core.read { connection in
      try connection.row("SELECT \(Account.columns) FROM staff WHERE id = \(id)") { Account($0) }
        ?? nil
    }
  }

  /// Whether there is an administrator who may sign in.
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
    try changeEndingSessions { connection in
      let account = try connection.account(name)
      try connection.setPassword(hash, of: account)
      try connection.audit(.setPassword, account.name, by: actor, at: now)
      return (account, try connection.endSessions(of: account))
    }
  }

  package func setRole(
    _ role: Role, of name: String, by actor: Actor, at now: Instant = .now
  ) throws(StaffError) {
    try change { connection in
      let account = try connection.account(name)
      guard account.role != role else { return }
      try connection.run("UPDATE staff SET role = \(role.rawValue) WHERE id = \(account.id)")
      if account.role == .administrator { try connection.keepsAnAdministrator() }
      try connection.audit(
        .setRole, account.name, detail: role.rawValue, before: account.role.rawValue,
        after: role.rawValue, by: actor, at: now)
    }
  }

  /// Keeps somebody from signing in and ends their sessions; the account stays.
  package func disable(
    _ name: String, by actor: Actor, at now: Instant = .now
  ) throws(StaffError) {
    try changeEndingSessions { connection in
      let account = try connection.account(name)
      guard account.disabled == nil else { return (account, []) }
      try connection.run(
        "UPDATE staff SET disabled = \(now.secondsSince1970) WHERE id = \(account.id)")
      if account.role == .administrator { try connection.keepsAnAdministrator() }
      // A link that was made before would let them in.
      try connection.run("DELETE FROM invitation WHERE staff = \(account.id)")
      try connection.audit(.disabledAccount, account.name, by: actor, at: now)
      return (account, try connection.endSessions(of: account))
    }
  }

  /// Lets somebody sign in again.
  package func enable(
    _ name: String, by actor: Actor, at now: Instant = .now
  ) throws(StaffError) {
    try change { connection in
      let account = try connection.account(name)
      guard account.disabled != nil else { return }
      try connection.run("UPDATE staff SET disabled = NULL WHERE id = \(account.id)")
      try connection.audit(.enabledAccount, account.name, by: actor, at: now)
    }
  }

  /// Removes an account and ends its sessions.
  package func remove(
    _ name: String, by actor: Actor, at now: Instant = .now
  ) throws(StaffError) {
    try changeEndingSessions { connection in
      let account = try connection.account(name)
      let ended = try connection.endSessions(of: account)
      try connection.run("DELETE FROM staff WHERE id = \(account.id)")
      if account.role == .administrator { try connection.keepsAnAdministrator() }
      try connection.audit(.removedAccount, account.name, by: actor, at: now)
      return (account, ended)
    }
  }

  // MARK: Helpers

  func change<Value: Sendable>(
    _ body: @Sendable (Connection) throws -> Value
  ) throws(StaffError) -> Value {
    do { return try core.change(.nothingPublic, body) } catch { throw StaffError(error) }
  }

  /// Changes an account, and forgets its sessions that `body` deleted and who was about to sign in.
  func changeEndingSessions(
    _ body: @Sendable (Connection) throws -> (account: Account, ended: [[UInt8]])
  ) throws(StaffError) {
    let (account, ended) = try change(body)
    pending.removeAll(of: account.id)
    for hash in ended { sessions.end(hash) }
  }

  static func usable(name: String) throws(StaffError) -> String {
    let name = name.cleanedLine
    let isUsable =
      (1...64).contains(name.count) && name.utf8.count <= 256
      && name.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
          || " .-_@".unicodeScalars.contains($0)
          || $0.properties.canonicalCombiningClass.rawValue > 0
      }
    guard isUsable else { throw .unusableName }
    // The audit log would say that the program did what this account does.
    guard name.lowercased() != Actor.program.name else { throw .nameTaken(name) }
    return name
  }

  static func hash(_ password: String, for name: String) throws(StaffError) -> String {
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
  init(_ error: any Error) {
    self = error as? StaffError ?? .failed("\(error)")
  }
}

extension Account {
  /// What the initializer reads, of the table `staff`.
  static let columns: SQL =
    "staff.id, staff.name, staff.role, created, disabled, signed_in, second_factor NOT NULL"

  init?(_ row: Row) {
    guard let role = Role(rawValue: row.text(2)) else { return nil }
    self.init(
      id: row.integer(0), name: row.text(1), role: role,
      created: Instant(secondsSince1970: row.integer(3)),
      disabled: row.optionalInteger(4).map(Instant.init(secondsSince1970:)),
      lastSignIn: row.optionalInteger(5).map(Instant.init(secondsSince1970:)),
      hasSecondFactor: row.integer(6) != 0)
  }
}

extension Connection {
  /// The administrators who may sign in.
  fileprivate func administrators() throws(SQLiteError) -> Int {
    try row("SELECT count(*) FROM staff WHERE role = 'administrator' AND disabled IS NULL") {
      $0.count(0)
    } ?? 0
  }

  fileprivate func keepsAnAdministrator() throws {
    guard try administrators() > 0 else { throw StaffError.lastAdministrator }
  }

  func account(_ name: String) throws -> Account {
    let found = try row(
      "SELECT \(Account.columns) FROM staff WHERE name = \(name.cleanedLine)"
    ) { Account($0) }
    guard let account = found ?? nil else { throw StaffError.noSuchAccount(name) }
    return account
  }

  func insertAccount(
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

  /// Sets the hash of a password, and forgets where the account signed in: the old password may have
  /// been stolen and used from there.
  func setPassword(_ hash: String, of account: Account) throws {
    try run("UPDATE staff SET password = \(hash) WHERE id = \(account.id)")
    try run("DELETE FROM known_network WHERE staff = \(account.id)")
    try run("DELETE FROM known_browser WHERE staff = \(account.id)")
    try run("DELETE FROM invitation WHERE staff = \(account.id)")
  }

  /// Deletes the sessions of an account, except one.
  ///
  /// - Returns: The hashes of their tokens.
  func endSessions(of account: Account, except kept: [UInt8] = []) throws(SQLiteError) -> [[UInt8]]
  {
    try rows(
      "DELETE FROM session WHERE staff = \(account.id) AND token <> \(kept) RETURNING token"
    ) { $0.bytes(0) }
  }
}
