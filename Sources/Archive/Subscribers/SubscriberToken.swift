internal import Digests
internal import SQLite

/// Tokens in the links of messages: numbers of rows, and a keyed hash that proves that this archive
/// made the token.
///
/// They work for as long as the rows exist, as people keep messages for years. A token serves one
/// purpose: the link that unsubscribes does not open the settings.
enum SubscriberToken {
  enum Purpose: String {
    /// Unsubscribes. Carries the subscriber, and the message that it was sent in.
    case unsubscribe
    /// Shows and changes what a subscriber follows. Carries the subscriber.
    case preferences
    /// Shows a message in a browser. Carries the message.
    case view
    /// In the envelope sender of a message (VERP). Carries the message.
    case bounce
  }

  /// The digits of the keyed hash: 128 bits, and 80 in an envelope, whose length is limited.
  private static func proofLength(_ purpose: Purpose) -> Int { purpose == .bounce ? 20 : 32 }

  static func make(_ purpose: Purpose, _ numbers: [Int64], key: [UInt8]) -> String {
    let text = numbers.map { String($0) }.joined(separator: "-")
    return text + "-" + proof(purpose, text, key: key)
  }

  /// The numbers of a token that was made with this key for this purpose; nil for any other text.
  static func numbers(of token: some StringProtocol, _ purpose: Purpose, key: [UInt8]) -> [Int64]? {
    let parts = token.split(separator: "-", omittingEmptySubsequences: false)
    guard !key.isEmpty, (2...3).contains(parts.count), let last = parts.last else { return nil }
    let numbers = parts.dropLast().map { Int64($0) }
    let known = numbers.compactMap(\.self)
    guard known.count == numbers.count else { return nil }
    let text = known.map { String($0) }.joined(separator: "-")
    // Mail systems may change the case of an address.
    let expected = proof(purpose, text, key: key)
    guard areEqualInConstantTime(Array(expected.utf8), Array(last.lowercased().utf8)) else {
      return nil
    }
    return known
  }

  private static func proof(_ purpose: Purpose, _ numbers: String, key: [UInt8]) -> String {
    String(
      hmacSHA256(Array("\(purpose.rawValue) \(numbers)".utf8), key: key).hexadecimal
        .prefix(proofLength(purpose)))
  }
}

extension Connection {
  /// The key of tokens and of hashes of addresses, which exists in this archive only.
  func mailKey() throws(SQLiteError) -> [UInt8] {
    try row("SELECT value FROM setting WHERE name = 'mail key'") { $0.bytes(0) } ?? []
  }

  func unsubscribeToken(_ subscriber: Int64, message: Int64? = nil) throws(SQLiteError) -> String {
    SubscriberToken.make(
      .unsubscribe, [subscriber] + [message].compactMap(\.self), key: try mailKey())
  }

  func preferencesToken(_ subscriber: Int64) throws(SQLiteError) -> String {
    SubscriberToken.make(.preferences, [subscriber], key: try mailKey())
  }

  /// The subscriber that a token was made for, if they have not been erased.
  func subscriber(
    _ purpose: SubscriberToken.Purpose, _ token: String
  ) throws(SQLiteError) -> (id: Int64, message: Int64?)? {
    let key = try mailKey()
    guard let numbers = SubscriberToken.numbers(of: token, purpose, key: key),
      let id = numbers.first
    else { return nil }
    let message = numbers.count > 1 ? numbers[1] : nil
    return try row("SELECT 1 FROM subscriber WHERE id = \(id)") { _ in (id, message) }
  }

  /// Names an address that may not be imported without naming it.
  func suppressionHash(of address: EmailAddress) throws(SQLiteError) -> [UInt8] {
    hmacSHA256(
      Array("suppress \(address.description.lowercased())".utf8), key: try mailKey())
  }

  func isSuppressed(_ address: EmailAddress) throws(SQLiteError) -> Bool {
    try row("SELECT 1 FROM suppression WHERE address = \(try suppressionHash(of: address))") { _ in
      true
    } ?? false
  }
}
