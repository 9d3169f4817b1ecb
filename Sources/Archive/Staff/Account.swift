internal import Digests

/// What somebody of the staff may do; each may do what those before it may.
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

/// Somebody of the staff.
package struct Account: Sendable, Equatable, Identifiable {
  package let id: Int64
  package let name: String
  package let role: Role
  package let created: Instant

  /// As whom the audit log knows them.
  package var actor: Actor { Actor(name) }
}

/// Somebody of the staff at work since they signed in.
package struct Session: Sendable, Equatable {
  /// 64 hexadecimal digits; the cookie's value, kept nowhere else.
  package let token: String
  package let account: Account
  /// When it ends at the latest.
  package let expires: Instant

  /// What every form of the session carries, so that no other site can send one.
  package var formToken: String { SHA256.hash("form " + token).hexadecimal }

  /// Whether a form that was sent belongs to the session.
  package func accepts(formToken sent: String) -> Bool {
    Password.areEqual(Array(sent.utf8), Array(formToken.utf8))
  }
}

/// Why an account could not be made or changed.
package enum StaffError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Empty, too long, or with characters that names do not have.
  case unusableName
  case nameTaken(String)
  case unusablePassword(PasswordProblem)
  case noSuchAccount(String)
  /// Nobody would be left to manage the archive.
  case lastAdministrator
  /// The invitation was used, has expired, or never was.
  case noInvitation
  /// The disk or the database failed; the words are for the log.
  case failed(String)

  package var description: String {
    switch self {
    case .unusableName:
      "use a name of 1 to 64 characters: letters, digits, “.”, “-”, “_”, “@” or spaces"
    case .nameTaken(let name): "the name “\(name)” is taken"
    case .unusablePassword(let problem): "the password \(problem)"
    case .noSuchAccount(let name): "unknown account “\(name)”"
    case .lastAdministrator: "this is the last administrator; create another one first"
    case .noInvitation: "this invitation has been used or has expired"
    case .failed(let reason): reason
    }
  }
}

/// Why a password is not taken.
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

/// Why somebody could not sign in.
package enum SignInError: Error, Equatable, Sendable {
  /// The name or the password is wrong; which of them is not said.
  case refused
  /// There were too many failures; another attempt is heard after so many seconds.
  case wait(seconds: Int64)
  /// The database failed; the words are for the log.
  case failed(String)
}
