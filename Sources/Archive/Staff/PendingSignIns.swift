internal import Digests
internal import Synchronization

/// Who has typed the right password and still has to enter a code.
///
/// They are kept in memory only: after a restart the password is asked for again.
final class PendingSignIns: Sendable {
  struct Entry {
    let account: Int64
    /// The value that ties it to one browser.
    let visit: String
    /// Uptime in seconds.
    let began: Int64
  }

  /// The most entries, which bounds memory; beyond it the oldest ends.
  private static let most = 1000

  private let entries = Mutex<[[UInt8]: Entry]>([:])

  /// Begins one, and returns its token.
  func begin(_ account: Account, visit: String, uptime: Int64) -> String {
    let token = SystemRandomNumberGenerator.token(octets: 32)
    entries.withLock { entries in
      entries = entries.filter { uptime - $0.value.began < Staff.codeLifetime }
      if entries.count >= Self.most,
        let oldest = entries.min(by: { $0.value.began < $1.value.began })
      {
        entries[oldest.key] = nil
      }
      entries[SHA256.hash(token)] = Entry(account: account.id, visit: visit, began: uptime)
    }
    return token
  }

  /// The number of the account; nil when the token has ended or belongs to another browser.
  func account(_ token: String, visit: String, uptime: Int64) -> Int64? {
    let entry = entries.withLock { $0[SHA256.hash(token)] }
    guard let entry, uptime - entry.began < Staff.codeLifetime,
      areEqualInConstantTime(Array(entry.visit.utf8), Array(visit.utf8))
    else { return nil }
    return entry.account
  }

  func remove(_ token: String) { entries.withLock { $0[SHA256.hash(token)] = nil } }

  func removeAll(of account: Int64) {
    entries.withLock { entries in entries = entries.filter { $0.value.account != account } }
  }
}

extension Staff {
  /// Seconds to enter a code after the password.
  package static let codeLifetime: Int64 = 300
}
