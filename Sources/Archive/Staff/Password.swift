internal import CLinux
internal import Foundation
internal import Synchronization

/// Passwords as they are kept: hashed by yescrypt, which costs time and memory to guess.
enum Password {
  /// One hash takes 16 MiB and a core for a moment; two at a time would let strangers take both
  /// cores.
  private static let turn = Mutex(())

  /// A new hash of a password, with a salt of its own; nil for one that cannot be hashed.
  static func hash(_ password: String) -> String? {
    var setting = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
    let isMade = unsafe setting.withUnsafeMutableBufferPointer { buffer in
      // Without octets of ours the salt comes from the system's generator; 0 is the usual cost.
      unsafe crypt_gensalt_rn("$y$", 0, nil, 0, buffer.baseAddress, Int32(buffer.count)) != nil
    }
    guard isMade else { return nil }
    return crypt(password, setting: text(setting))
  }

  /// Whether a hash is that of a password.
  static func matches(_ password: String, _ hash: String) -> Bool {
    guard let made = crypt(password, setting: hash) else { return false }
    return areEqual(Array(made.utf8), Array(hash.utf8))
  }

  /// Takes as long as `matches`, for a name that nobody has.
  static func pretendToMatch(_ password: String) { _ = matches(password, nobody) }

  /// Compares in a time that does not depend on where the octets differ.
  static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static let nobody = hash(SystemRandomNumberGenerator.token(octets: 16)) ?? "$y$j9T$"

  private static func crypt(_ password: String, setting: String) -> String? {
    // The library reads to the first NUL and would take what stands before it for the whole.
    guard !password.utf8.contains(0) else { return nil }
    return turn.withLock { _ in
      let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
      unsafe memset(data, 0, MemoryLayout<crypt_data>.size)
      defer {
        // It holds what the password became on the way.
        unsafe explicit_bzero(data, MemoryLayout<crypt_data>.size)
        unsafe data.deallocate()
      }
      guard let hash = unsafe crypt_r(password, setting, data) else { return nil }
      let text = unsafe String(cString: hash)
      // A failure is written as a text that no hash begins with.
      return text.hasPrefix("*") ? nil : text
    }
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
