internal import SQLite

/// An action in the audit log.
package enum AuditAction: String, Sendable, CaseIterable {
  case deposited, revised, published, scheduled, renamed, replaced, corrected, withdrawn, presented
  case deletedDraft = "deleted draft"
  case unpublished, assigned
  case commented = "commented on"
  case restoredFile = "restored a file of"
  case askedToRead = "asked to read"
  case addedRedirect = "added redirect"
  case deletedRedirect = "deleted redirect"
  case distinguished = "told apart"
  case signedIn = "signed in"
  case madeAccount = "made account"
  case setPassword = "set password of"
  case setRole = "set role of"
  case removedAccount = "removed account"
  case acceptedInvitation = "accepted invitation"
  case invited
  case revokedInvitation = "revoked invitation"
  case disabledAccount = "disabled account"
  case enabledAccount = "enabled account"
  case signedInFromNewPlace = "signed in from new place"
  case failedSignIns = "failed sign-ins"
  case failedCodes = "failed codes"
  case slowedSignIns = "slowed sign-ins"
  case endedSessions = "ended sessions of"
  case madePasswordLink = "made password link for"
  case turnedOnSecondFactor = "turned on second factor"
  case turnedOffSecondFactor = "turned off second factor"
  case usedRecoveryCode = "used recovery code"
  case renewedRecoveryCodes = "renewed recovery codes"
  case confirmedSubscription = "confirmed subscription"
  case unsubscribed
  case addedSubscriber = "added subscriber"
  case suspendedSubscriber = "suspended subscriber"
  case deletedSubscriber = "deleted subscriber"
  case toldSubscribers = "told subscribers of"
  case pausedMailing = "paused mailing"
  case resumedMailing = "resumed mailing"
  case changedSetting = "changed setting"
  case editedInBulk = "edited in bulk"
  case undidBulkEdit = "undid bulk edit"
  case addedEntry = "added entry"
  case editedEntry = "edited entry"
  case renamedEntry = "renamed entry"
  case mergedEntries = "merged entries"
  case deletedEntry = "deleted entry"
  case importedCatalogue = "imported catalogue"

  /// The kind of thing it concerns.
  package enum Concern: Sendable {
    case publication, bulkEdit, redirect, list, account, subscriber, setting
    /// Signing in: where from, what failed, and how the account is protected.
    case security

    /// Whether only administrators see it: addresses of subscribers, and what colleagues do to
    /// protect their accounts.
    package var isForAdministrators: Bool { self == .subscriber || self == .security }
  }

  package var concern: Concern {
    switch self {
    case .deposited, .revised, .published, .scheduled, .renamed, .replaced, .corrected, .withdrawn,
      .presented, .deletedDraft, .askedToRead, .distinguished, .toldSubscribers, .unpublished,
      .assigned, .commented, .restoredFile:
      .publication
    case .addedRedirect, .deletedRedirect: .redirect
    case .signedIn, .madeAccount, .setPassword, .setRole, .removedAccount, .acceptedInvitation,
      .invited, .revokedInvitation, .disabledAccount, .enabledAccount:
      .account
    case .signedInFromNewPlace, .failedSignIns, .failedCodes, .slowedSignIns, .endedSessions,
      .madePasswordLink, .turnedOnSecondFactor, .turnedOffSecondFactor, .usedRecoveryCode,
      .renewedRecoveryCodes:
      .security
    case .confirmedSubscription, .unsubscribed, .addedSubscriber, .suspendedSubscriber,
      .deletedSubscriber, .pausedMailing, .resumedMailing:
      .subscriber
    case .changedSetting: .setting
    case .addedEntry, .editedEntry, .renamedEntry, .mergedEntries, .deletedEntry: .list
    case .editedInBulk, .undidBulkEdit, .importedCatalogue: .bulkEdit
    }
  }

  /// The actions whose entries lose their subject when a subscriber is erased; the trigger of the
  /// table lets nothing else be changed.
  static let aboutErasable = [
    AuditAction.confirmedSubscription, .unsubscribed, .addedSubscriber, .suspendedSubscriber,
    .deletedSubscriber,
  ].map(\.rawValue)
}

/// An entry of the audit log.
package struct AuditEntry: Sendable, Equatable {
  package let at: Instant
  package let actor: String
  package let action: AuditAction
  /// What it concerns: a slug, an account's name, an address.
  package let subject: String
  package let detail: String
  /// The value before and after the change; nil where there is none.
  ///
  /// A status, a time, a slug, a file's name, a correction, or a line for each field such as
  /// `title: Quiet Harbours`.
  package let before: String?
  package let after: String?
}

/// Selects entries of the audit log.
package struct AuditFilter: Sendable, Equatable {
  /// Who did it; nil for everybody.
  package var actor: String?
  /// What they did; nil for everything.
  package var action: AuditAction?
  /// Words in the subject; empty for any.
  package var subject: String
  /// From when on, and before when; nil for no limit.
  package var from: Instant?
  package var before: Instant?
  /// Whether what only administrators see is included.
  package var isForAdministrators: Bool

  package init(
    actor: String? = nil, action: AuditAction? = nil, subject: String = "", from: Instant? = nil,
    before: Instant? = nil, isForAdministrators: Bool = true
  ) {
    self.actor = actor
    self.action = action
    self.subject = subject
    self.from = from
    self.before = before
    self.isForAdministrators = isForAdministrators
  }

  fileprivate var condition: SQL {
    var conditions: [SQL] = []
    if let actor { conditions.append("actor = \(actor)") }
    if let action { conditions.append("action = \(action.rawValue)") }
    if let from { conditions.append("at >= \(from.secondsSince1970)") }
    if let before { conditions.append("at < \(before.secondsSince1970)") }
    if !subject.isEmpty {
      conditions.append(
        """
        (instr(lower(subject), lower(\(subject))) > 0
          OR action = 'renamed' AND instr(lower(before), lower(\(subject))) > 0
          OR action IN ('edited in bulk', 'undid bulk edit') AND subject IN (
            SELECT CAST(bulk_edit AS TEXT) FROM bulk_change
            JOIN publication ON publication.id = bulk_change.publication
            WHERE instr(slug, lower(\(subject))) > 0 AND state IN ('applied', 'undone', 'kept')))
        """)
    }
    if !isForAdministrators {
      let hidden = AuditAction.allCases.filter(\.concern.isForAdministrators).map(\.rawValue)
      conditions.append("action NOT IN \(SQL.list(hidden))")
    }
    return conditions.isEmpty ? "1" : SQL.all(conditions)
  }
}

extension Staff {
  /// The audit log, newest first.
  package func auditLog(
    _ filter: AuditFilter = AuditFilter(), page: Int = 1, size: Int = 50
  ) throws -> PageOf<AuditEntry> {
    let size = min(max(size, 1), 1000)
    let page = min(max(page, 1), 1_000_000_000)
    try flushFailures()
    return try core.read { connection in
      let total =
        try connection.row("SELECT count(*) FROM audit WHERE \(filter.condition)") { $0.count(0) }
        ?? 0
      let entries = try connection.rows(
        """
        SELECT at, actor, action, subject, detail, before, after FROM audit WHERE \(filter.condition)
        ORDER BY id DESC LIMIT \(size) OFFSET \((page - 1) * size)
        """
      ) { AuditEntry($0) }
      return PageOf(items: entries.compactMap(\.self), number: page, size: size, total: total)
    }
  }

  /// Passes every entry to `body`, the newest first, until that returns false.
  ///
  /// No more than one entry is in memory at a time.
  package func forEachAuditEntry(
    _ filter: AuditFilter, _ body: @Sendable (AuditEntry) -> Bool
  ) throws {
    try flushFailures()
    try core.read { connection in
      try connection.each(
        """
        SELECT at, actor, action, subject, detail, before, after FROM audit WHERE \(filter.condition)
        ORDER BY id DESC
        """
      ) { AuditEntry($0).map(body) ?? true }
    }
  }

  /// The last entries about an account as an account, the newest first.
  package func recentActivity(of account: Account, limit: Int = 10) throws -> [AuditEntry] {
    let actions = AuditAction.allCases.filter { $0.concern == .account || $0.concern == .security }
    try flushFailures(of: account.name)
    return try core.read { connection in
      try connection.rows(
        """
        SELECT at, actor, action, subject, detail, before, after FROM audit
        WHERE subject = \(account.name) AND at >= \(account.created.secondsSince1970)
          AND action IN \(SQL.list(actions.map(\.rawValue)))
        ORDER BY id DESC LIMIT \(limit)
        """
      ) { AuditEntry($0) }.compactMap(\.self)
    }
  }

  /// The actors in the audit log, by name.
  package func auditActors() throws -> [String] {
    try core.read { connection in
      try connection.rows("SELECT DISTINCT actor FROM audit WHERE actor <> '' ORDER BY actor") {
        $0.text(0)
      }
    }
  }

  /// The last entry about a publication.
  package func lastAudit(of slug: Slug) throws -> AuditEntry? {
    try core.read { connection in
      try connection.row(
        """
        SELECT at, actor, action, subject, detail, before, after FROM audit WHERE subject = \(slug.description)
        ORDER BY id DESC LIMIT 1
        """
      ) { AuditEntry($0) } ?? nil
    }
  }
}

extension AuditEntry {
  /// Reads at, actor, action, subject, detail, before and after; nil for an unknown action.
  fileprivate init?(_ row: Row) {
    guard let action = AuditAction(rawValue: row.text(2)) else { return nil }
    self.init(
      at: Instant(secondsSince1970: row.integer(0)), actor: row.text(1), action: action,
      subject: row.text(3), detail: row.text(4), before: row.optionalText(5),
      after: row.optionalText(6))
  }
}

extension Connection {
  /// Adds an entry in the running transaction.
  func audit(
    _ action: AuditAction, _ subject: String, detail: String = "", before: String? = nil,
    after: String? = nil, by actor: Actor, at now: Instant
  ) throws {
    try run(
      """
      INSERT INTO audit (at, actor, action, subject, detail, before, after)
      VALUES (\(now.secondsSince1970), \(actor.name), \(action.rawValue), \(subject), \(detail),
        \(before), \(after))
      """)
  }
}
