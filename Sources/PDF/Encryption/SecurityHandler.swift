// ISO 32000-1 §7.6 and ISO 32000-2 §7.6: encryption, by the standard security handler.

/// Decrypts strings and streams of a file that opens with the empty user password.
struct SecurityHandler {
  init(_ dictionary: [String: Object], identifier: [UInt8], encryptNumber: Int?) throws(PDFError) {
    throw .unknownEncryption(filter: dictionary["Filter"]?.name ?? "")
  }
  func decrypted(_ object: Object, of reference: Reference) -> Object { object }
  func decrypted(_ stream: Stream, in octets: [UInt8]) -> [UInt8] { Array(octets[stream.data]) }
}
