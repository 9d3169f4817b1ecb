internal import Digests

/// What a member of staff may do; each role includes those before it.
package enum Role: String, Sendable, CaseIterable, Comparable {
  /// Deposits and edits drafts.
  case author
  /// Publishes, schedules and withdraws.
  case editor
  /// Manages staff and subscribers.
  case administrator

  package static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .author: 0
    case .editor: 1
    case .administrator: 2
    }
  }
}

/// A member of staff.
package struct Account: Sendable, Equatable, Identifiable {
  package let id: Int64
  package let name: String
  package let role: Role
  package let created: Instant
  /// Since when they may not sign in; nil when they may.
  package let disabled: Instant?
  /// When they last signed in; nil for never.
  package let lastSignIn: Instant?
  /// Whether signing in asks for a one-time code after the password.
  package let hasSecondFactor: Bool

  /// The account as an actor in the audit log.
  package var actor: Actor { Actor(name) }
}

/// A member of staff who has signed in.
package struct Session: Sendable, Equatable {
  /// 64 hexadecimal digits: the cookie's value, stored nowhere else.
  package let token: String
  package let account: Account
  /// When it ends if it is used until then.
  package let expires: Instant

  /// The token in every form of the session, against forms sent by other sites.
  package var formToken: String { SHA256.hash("form " + token).hexadecimal }

  /// Whether a form belongs to the session.
  package func accepts(formToken sent: String) -> Bool {
    areEqualInConstantTime(Array(sent.utf8), Array(formToken.utf8))
  }
}

/// Why an account could not be created or changed.
package enum StaffError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Empty, too long, or with characters that are not allowed.
  case unusableName
  case nameTaken(String)
  case unusablePassword(PasswordProblem)
  case noSuchAccount(String)
  /// The account may not sign in, so a link for it is of no use.
  case disabled(String)
  /// The last administrator who may sign in cannot be removed, disabled or given another role.
  case lastAdministrator
  /// The invitation was used, has expired, or never existed.
  case noInvitation
  /// The disk or the database failed, with the reason for the log.
  case failed(String)

  package var description: String {
    switch self {
    case .unusableName:
      "use a name of 1 to 64 characters: letters, digits, “.”, “-”, “_”, “@” or spaces"
    case .nameTaken(let name): "the name “\(name)” is taken"
    case .unusablePassword(let problem): "the password \(problem)"
    case .noSuchAccount(let name): "unknown account “\(name)”"
    case .disabled(let name): "the account “\(name)” is disabled; enable it first"
    case .lastAdministrator: "this is the last administrator; create another one first"
    case .noInvitation: "this invitation has been used or has expired"
    case .failed(let reason): reason
    }
  }
}

/// Why a password is refused.
package enum PasswordProblem: Sendable, Equatable, CustomStringConvertible {
  case tooShort, tooLong, guessable, unusable

  package var description: String {
    switch self {
    case .tooShort: "is too short: use at least 10 characters"
    case .tooLong: "is too long: use at most 500 bytes"
    case .guessable: "is too easy to guess"
    case .unusable: "has control characters; use letters, digits, punctuation and spaces"
    }
  }
}

/// Why somebody has not signed in.
package enum SignInError: Error, Equatable, Sendable {
  /// The name, the password or the code is wrong.
  case refused
  /// The password is right and a code is asked for: the token for
  /// ``Staff/finishSignIn(_:code:client:browser:visit:at:)``.
  case codeNeeded(token: String)
  /// The password was typed too long ago, or in another browser.
  case expired
  /// There were too many failures; the next attempt is accepted after so many seconds.
  case wait(seconds: Int64)
  /// The database failed, with the reason for the log.
  case failed(String)
}
