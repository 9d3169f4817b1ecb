internal import Digests

// ISO 32000-1 §7.6 and ISO 32000-2 §7.6: encryption, by the standard security handler.

/// Decrypts strings and streams of a file that opens with the empty user password.
///
/// Institutes encrypt without a password to discourage copying; readers open such files without
/// asking.
struct SecurityHandler {
  /// The encryption method of strings or streams (§7.6.5, table 25).
  enum Method {
    case identity
    case rc4
    case aes128
    case aes256
  }

  private let key: [UInt8]
  private let streams: Method
  private let strings: Method
  private let filters: [String: Method]
  private let encryptsMetadata: Bool
  /// The object number of the encryption dictionary, whose strings are not encrypted.
  private let encryptNumber: Int?

  /// Creates a handler for an encryption dictionary whose references are resolved.
  init(_ dictionary: [String: Object], identifier: [UInt8], encryptNumber: Int?) throws(PDFError) {
    let filter = dictionary["Filter"]?.name ?? "none"
    let version = dictionary["V"]?.integer ?? 0
    let revision = dictionary["R"]?.integer ?? 0
    guard filter == "Standard" else { throw .unknownEncryption(filter: filter) }
    guard [1, 2, 4, 5].contains(version), (2...6).contains(revision) else {
      throw .unknownEncryption(filter: "Standard V\(version) R\(revision)")
    }
    self.encryptNumber = encryptNumber
    encryptsMetadata = Self.boolean(dictionary["EncryptMetadata"]) ?? true
    if version >= 4 {
      let known = (dictionary["CF"]?.dictionary ?? [:]).mapValues { Self.method($0.dictionary) }
      filters = known
      streams = Self.method(named: dictionary["StmF"]?.name, in: known)
      strings = Self.method(named: dictionary["StrF"]?.name, in: known)
    } else {
      filters = [:]
      streams = .rc4
      strings = .rc4
    }
    let password = StandardPassword(
      dictionary, version: version, revision: revision, identifier: identifier,
      encryptsMetadata: encryptsMetadata)
    guard let key = password?.fileKey() else { throw .needsPassword }
    self.key = key
  }

  private static func boolean(_ object: Object?) -> Bool? {
    if case .boolean(let value)? = object { return value }
    return nil
  }

  private static func method(_ filter: [String: Object]?) -> Method {
    switch filter?["CFM"]?.name {
    case "V2": .rc4
    case "AESV2": .aes128
    case "AESV3": .aes256
    default: .identity
    }
  }

  private static func method(named name: String?, in filters: [String: Method]) -> Method {
    name.flatMap { filters[$0] } ?? .identity
  }

  // MARK: Decryption

  /// An object with its strings decrypted.
  func decrypted(_ object: Object, of reference: Reference) -> Object {
    guard strings != .identity, reference.number != encryptNumber else { return object }
    switch object {
    case .string(let bytes):
      return .string(decrypted(bytes[...], of: reference, strings))
    case .array(let elements):
      return .array(elements.map { decrypted($0, of: reference) })
    case .dictionary(let entries):
      return .dictionary(entries.mapValues { decrypted($0, of: reference) })
    case .stream(var stream):
      if stream.dictionary["Type"]?.name == "XRef" { return object }
      stream.dictionary = stream.dictionary.mapValues { decrypted($0, of: reference) }
      return .stream(stream)
    default: return object
    }
  }

  /// The encoded data of a stream, decrypted.
  func decrypted(_ stream: Stream, in bytes: [UInt8]) -> [UInt8] {
    let data = bytes[stream.data]
    let method: Method
    switch stream.dictionary["Type"]?.name {
    case "XRef": method = .identity
    case "Metadata" where !encryptsMetadata: method = .identity
    default: method = ownMethod(of: stream) ?? streams
    }
    return decrypted(data, of: stream.reference, method)
  }

  /// The method of a stream with its own Crypt filter (§7.4.10).
  private func ownMethod(of stream: Stream) -> Method? {
    let filter = stream.dictionary["Filter"]
    guard (filter?.name ?? filter?.array?.first?.name) == "Crypt" else { return nil }
    let parameters = stream.dictionary["DecodeParms"]
    let own = parameters?.dictionary ?? parameters?.array?.first?.dictionary
    return Self.method(named: own?["Name"]?.name, in: filters)
  }

  private func decrypted(
    _ data: ArraySlice<UInt8>, of reference: Reference, _ method: Method
  ) -> [UInt8] {
    switch method {
    case .identity: return Array(data)
    case .rc4: return rc4(data, key: objectKey(reference, isAES: false))
    case .aes128: return aes(data, key: objectKey(reference, isAES: true))
    case .aes256: return aes(data, key: key)
    }
  }

  /// The key of an object (§7.6.2, algorithm 1).
  private func objectKey(_ reference: Reference, isAES: Bool) -> [UInt8] {
    var message = key
    for shift in [0, 8, 16] { message.append(UInt8(truncatingIfNeeded: reference.number >> shift)) }
    for shift in [0, 8] { message.append(UInt8(truncatingIfNeeded: reference.generation >> shift)) }
    if isAES { message += Array("sAlT".utf8) }
    return Array(md5(message).prefix(min(key.count + 5, 16)))
  }

  /// Decrypts data that begins with its initialization vector and ends with padding.
  private func aes(_ data: ArraySlice<UInt8>, key: [UInt8]) -> [UInt8] {
    guard data.count >= 32, let cipher = AES(key: key) else { return [] }
    var result = cipher.decryptCBC(data.dropFirst(16), vector: Array(data.prefix(16)))
    if let count = result.last, (1...16).contains(count), Int(count) <= result.count {
      result.removeLast(Int(count))
    }
    return result
  }
}
