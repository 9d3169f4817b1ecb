internal import Digests

// ISO 32000-1 §7.6.3 (algorithms 2 to 7) and ISO 32000-2 §7.6.4.3 (algorithms 2.A and 2.B).

/// Finds the key of a file with the empty password.
struct StandardPassword {
  private let revision: Int
  private let keyBytes: Int
  private let owner: [UInt8]
  private let user: [UInt8]
  private let ownerKey: [UInt8]
  private let userKey: [UInt8]
  private let permissions: Int
  private let identifier: [UInt8]
  private let encryptsMetadata: Bool

  /// Pads a password to 32 bytes.
  private static let padding: [UInt8] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
    0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
  ]

  /// Nil if the entries of the encryption dictionary are too short.
  init?(
    _ dictionary: [String: Object], version: Int, revision: Int, identifier: [UInt8],
    encryptsMetadata: Bool
  ) {
    guard let owner = dictionary["O"]?.string, let user = dictionary["U"]?.string else {
      return nil
    }
    let least = revision >= 5 ? 48 : 32
    guard owner.count >= least, user.count >= least else { return nil }
    self.revision = revision
    self.owner = Array(owner.prefix(least))
    self.user = Array(user.prefix(least))
    ownerKey = dictionary["OE"]?.string ?? []
    userKey = dictionary["UE"]?.string ?? []
    permissions = dictionary["P"]?.integer ?? 0
    self.identifier = identifier
    self.encryptsMetadata = encryptsMetadata
    switch version {
    case 1: keyBytes = 5
    case 4: keyBytes = 16
    default:
      // Some files give the length in bytes.
      let length = dictionary["Length"]?.integer ?? 40
      keyBytes = min(max(length < 40 ? length : length / 8, 5), 16)
    }
  }

  /// The key, if the empty password is the user's or the owner's.
  func fileKey() -> [UInt8]? {
    if revision >= 5 { return modernKey() }
    if let key = verifiedKey(password: []) { return key }
    // The owner password gives the user password (algorithm 7).
    var digest = md5(Self.padding)
    if revision >= 3 { for _ in 0..<50 { digest = md5(digest) } }
    let ownerKey = Array(digest.prefix(keyBytes))
    var password = owner
    for turn in (0..<(revision >= 3 ? 20 : 1)).reversed() {
      password = rc4(password[...], key: ownerKey.map { $0 ^ UInt8(turn) })
    }
    return verifiedKey(password: password)
  }

  /// The key for a user password (algorithm 2); nil if it is wrong (algorithms 4 to 6).
  private func verifiedKey(password: [UInt8]) -> [UInt8]? {
    var message = Array((password + Self.padding).prefix(32))
    message += owner
    for shift in [0, 8, 16, 24] { message.append(UInt8(truncatingIfNeeded: permissions >> shift)) }
    message += identifier
    if revision >= 4, !encryptsMetadata { message += [255, 255, 255, 255] }
    var digest = md5(message)
    if revision >= 3 {
      for _ in 0..<50 { digest = md5(Array(digest.prefix(keyBytes))) }
    }
    let key = Array(digest.prefix(keyBytes))
    if revision == 2 { return rc4(Self.padding[...], key: key) == user ? key : nil }
    var check = md5(Self.padding + identifier)
    for turn: UInt8 in 0..<20 { check = rc4(check[...], key: key.map { $0 ^ turn }) }
    return check.elementsEqual(user.prefix(16)) ? key : nil
  }

  /// The key of revisions 5 and 6 (algorithm 2.A).
  private func modernKey() -> [UInt8]? {
    let zeros = [UInt8](repeating: 0, count: 16)
    if hash(salt: user[32..<40], with: []) == Array(user.prefix(32)), userKey.count >= 32 {
      return AES(key: hash(salt: user[40..<48], with: []))?
        .decryptCBC(userKey.prefix(32), vector: zeros)
    }
    if hash(salt: owner[32..<40], with: user) == Array(owner.prefix(32)), ownerKey.count >= 32 {
      return AES(key: hash(salt: owner[40..<48], with: user))?
        .decryptCBC(ownerKey.prefix(32), vector: zeros)
    }
    return nil
  }

  /// The hash of the empty password (algorithm 2.B; revision 5 uses only its first step).
  private func hash(salt: ArraySlice<UInt8>, with user: [UInt8]) -> [UInt8] {
    var key = SHA256.hash(salt + user)
    guard revision >= 6 else { return key }
    var round = 0
    while true {
      let block = key + user
      var message: [UInt8] = []
      message.reserveCapacity(64 * block.count)
      for _ in 0..<64 { message += block }
      guard let cipher = AES(key: Array(key[0..<16])) else { return key }
      let encrypted = cipher.encryptCBC(message, vector: Array(key[16..<32]))
      switch encrypted.prefix(16).reduce(0, { $0 + Int($1) }) % 3 {
      case 0: key = SHA256.hash(encrypted)
      case 1: key = sha384(encrypted)
      default: key = sha512(encrypted)
      }
      round += 1
      if round >= 64, Int(encrypted.last ?? 0) <= round - 32 { return Array(key.prefix(32)) }
    }
  }
}
