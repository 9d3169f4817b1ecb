internal import Digests
internal import Foundation
internal import Synchronization
internal import System

/// Hashes passwords with yescrypt, which makes guessing costly in time and memory.
enum Password {
  /// One at a time: a hash takes 16 MiB and a core for a moment, and strangers could occupy all
  /// cores.
  private static let turn = Mutex(())

  /// Hashes a password with a new salt; nil if it cannot be hashed.
  static func hash(_ password: String) -> String? {
    PasswordHash.newSetting().flatMap { crypt(password, setting: $0) }
  }

  /// Whether a password has a hash.
  static func matches(_ password: String, _ hash: String) -> Bool {
    guard let made = crypt(password, setting: hash) else { return false }
    return areEqualInConstantTime(Array(made.utf8), Array(hash.utf8))
  }

  /// Takes as long as `matches`, for unknown names.
  static func pretendToMatch(_ password: String) { _ = matches(password, nobody) }

  private static let nobody = hash(SystemRandomNumberGenerator.token(octets: 16)) ?? "$y$j9T$"

  private static func crypt(_ password: String, setting: String) -> String? {
    turn.withLock { _ in PasswordHash.hash(password, setting: setting) }
  }
}
