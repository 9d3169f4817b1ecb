internal import Digests
internal import SQLite

/// A one-time link that creates an account or sets a password.
package struct Invitation: Sendable, Equatable, Identifiable {
  package let id: Int64
  /// The role of the account.
  package let role: Role
  /// The name of the account whose password is set, or a suggestion for a new one; empty for none.
  package let name: String
  /// Whether it sets the password of an account.
  package let isForPassword: Bool
  package let inviter: Actor
  package let made: Instant
  package let expires: Instant
}

extension Staff {
  /// Seconds for which an invitation by an administrator can be accepted.
  package static let invitationLifetime: Int64 = 7 * 86_400
  /// Seconds for which a link sets a password.
  package static let passwordLinkLifetime: Int64 = 86_400

  /// Invites somebody to create one account.
  ///
  /// An invitation by the program, for the first administrator, ends its earlier ones.
  ///
  /// - Parameters:
  ///   - role: The role the account will have.
  ///   - name: A suggestion for its name; empty for none.
  ///   - lifetime: Seconds until it expires.
  ///   - actor: Who invites.
  ///   - now: The time.
  /// - Returns: The token for the link, which is stored nowhere else.
  /// - Throws: ``StaffError``
  package func createInvitation(
    role: Role = .administrator, name: String = "", lifetime: Int64 = 86_400,
    by actor: Actor = .program, at now: Instant = .now
  ) throws(StaffError) -> String {
    let name = name.cleanedLine.isEmpty ? "" : try Staff.usable(name: name)
    return try change { connection in
      if actor == .program {
        try connection.run(
          "DELETE FROM invitation WHERE inviter = \(actor.name) AND staff IS NULL")
      } else {
        guard name.isEmpty || (try? connection.account(name)) == nil else {
          throw StaffError.nameTaken(name)
        }
        try connection.audit(.invited, name, detail: role.rawValue, by: actor, at: now)
      }
      return try connection.insertInvitation(
        role, name: name, of: nil, lifetime: lifetime, by: actor, at: now)
    }
  }

  /// Makes a link by which somebody sets a new password; an earlier one ends.
  ///
  /// - Parameters:
  ///   - name: The account's name.
  ///   - actor: Who makes it.
  ///   - now: The time.
  /// - Returns: The token for the link, which is stored nowhere else.
  /// - Throws: ``StaffError``
  package func createPasswordLink(
    for name: String, by actor: Actor, at now: Instant = .now
  ) throws(StaffError) -> String {
    try change { connection in
      let account = try connection.account(name)
      guard account.disabled == nil else { throw StaffError.disabled(account.name) }
      try connection.run("DELETE FROM invitation WHERE staff = \(account.id)")
      try connection.audit(.madePasswordLink, account.name, by: actor, at: now)
      return try connection.insertInvitation(
        account.role, name: account.name, of: account, lifetime: Staff.passwordLinkLifetime,
        by: actor, at: now)
    }
  }

  /// The invitation of a token; nil when it was used, has expired, or never existed.
  package func invitation(_ token: String, at now: Instant = .now) throws -> Invitation? {
    try core.read { try $0.invitation(token, at: now) }
  }

  /// The links that can be used, the ones that expire first at the beginning.
  package func invitations(at now: Instant = .now) throws -> [Invitation] {
    try core.read { connection in
      try connection.rows(
        """
        SELECT \(Invitation.columns) WHERE expires > \(now.secondsSince1970) ORDER BY expires, id
        """
      ) { Invitation($0) }.compactMap(\.self)
    }
  }

  /// Ends a link before it is used; nothing happens when there is none with the number.
  package func revokeInvitation(
    _ id: Int64, by actor: Actor, at now: Instant = .now
  ) throws(StaffError) {
    try change { connection in
      let found = try connection.row("SELECT \(Invitation.columns) WHERE id = \(id)") {
        Invitation($0)
      }
      guard let invitation = found ?? nil else { return }
      try connection.run("DELETE FROM invitation WHERE id = \(id)")
      try connection.audit(
        .revokedInvitation, invitation.name, detail: invitation.role.rawValue, by: actor, at: now)
    }
  }

  /// Creates the account of an invitation, or sets the password of its account; the link then ends.
  ///
  /// - Parameters:
  ///   - token: The token of the link.
  ///   - name: The name of a new account; ignored for one that exists.
  ///   - password: The password.
  ///   - now: The time.
  /// - Returns: The account.
  /// - Throws: ``StaffError``
  package func acceptInvitation(
    _ token: String, name: String, password: String, at now: Instant = .now
  ) throws(StaffError) -> Account {
    let found: Invitation?
    do { found = try invitation(token, at: now) } catch { throw StaffError(error) }
    guard let found else { throw .noInvitation }
    let name = found.isForPassword ? found.name : try Staff.usable(name: name)
    let hash = try Staff.hash(password, for: name)
    let (account, ended) = try change { connection -> (Account, [[UInt8]]) in
      guard let invitation = try connection.invitation(token, at: now) else {
        throw StaffError.noInvitation
      }
      try connection.run("DELETE FROM invitation WHERE id = \(invitation.id)")
      guard invitation.isForPassword else {
        let account = try connection.insertAccount(name, invitation.role, hash, at: now)
        try connection.audit(
          .acceptedInvitation, name, detail: invitation.role.rawValue, by: account.actor, at: now)
        return (account, [])
      }
      let account = try connection.account(invitation.name)
      try connection.audit(
        .setPassword, account.name, detail: "link", by: account.actor, at: now)
      try connection.setPassword(hash, of: account)
      return (account, try connection.endSessions(of: account))
    }
    pending.removeAll(of: account.id)
    for hash in ended { sessions.end(hash) }
    return account
  }
}

extension Invitation {
  /// What the initializer reads, and from where.
  fileprivate static let columns: SQL = """
    id, role, ifnull((SELECT name FROM staff WHERE id = invitation.staff), name), staff NOT NULL,
      inviter, made, expires FROM invitation
    """

  fileprivate init?(_ row: Row) {
    guard let role = Role(rawValue: row.text(1)) else { return nil }
    self.init(
      id: row.integer(0), role: role, name: row.text(2), isForPassword: row.integer(3) != 0,
      inviter: Actor(row.text(4)), made: Instant(secondsSince1970: row.integer(5)),
      expires: Instant(secondsSince1970: row.integer(6)))
  }
}

extension Connection {
  fileprivate func insertInvitation(
    _ role: Role, name: String, of account: Account?, lifetime: Int64, by actor: Actor,
    at now: Instant
  ) throws -> String {
    let token = SystemRandomNumberGenerator.token(octets: 32)
    let expires = now.adding(seconds: lifetime)
    try run("DELETE FROM invitation WHERE expires <= \(now.secondsSince1970)")
    try run(
      """
      INSERT INTO invitation (token, role, name, staff, inviter, made, expires)
      VALUES (\(SHA256.hash(token)), \(role.rawValue), \(name), \(account?.id), \(actor.name),
        \(now.secondsSince1970), \(expires.secondsSince1970))
      """)
    return token
  }

  fileprivate func invitation(_ token: String, at now: Instant) throws -> Invitation? {
    try row(
      """
      SELECT \(Invitation.columns)
      WHERE token = \(SHA256.hash(token)) AND expires > \(now.secondsSince1970)
      """
    ) { Invitation($0) } ?? nil
  }
}
