import CLinux
import Glibc

/// Hashes passwords with yescrypt (crypt(5)), which costs time and memory to guess.
package enum PasswordHash {
  /// Random parameters for a new hash, at the library's usual cost; nil when it has none.
  package static func newSetting() -> String? {
    var setting = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
    // Unsafe: the library writes at most as many characters as there is room for. Without bytes of
    // ours the salt comes from the system's generator; 0 is the usual cost.
    let isMade = unsafe setting.withUnsafeMutableBufferPointer { buffer in
      unsafe crypt_gensalt_rn("$y$", 0, nil, 0, buffer.baseAddress, Int32(buffer.count)) != nil
    }
    guard isMade else { return nil }
    return String(
      decoding: setting.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Hashes a password, which takes 16 MiB and a core for a moment.
  ///
  /// - Parameters:
  ///   - password: Without NUL, at which the library would stop reading.
  ///   - setting: A new setting, or a hash to compare with.
  /// - Returns: The hash; nil for a password that cannot be hashed.
  package static func hash(_ password: String, setting: String) -> String? {
    guard !password.utf8.contains(0) else { return nil }
    // Unsafe: the library works in this memory, which is cleared since it holds traces of the
    // password.
    let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
    unsafe memset(data, 0, MemoryLayout<crypt_data>.size)
    defer {
      unsafe explicit_bzero(data, MemoryLayout<crypt_data>.size)
      unsafe data.deallocate()
    }
    guard let hash = unsafe crypt_r(password, setting, data) else { return nil }
    let text = unsafe String(cString: hash)
    // A failure is a text that no hash begins with.
    return text.hasPrefix("*") ? nil : text
  }
}
