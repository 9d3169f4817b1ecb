/// A content coding that the server has (RFC 9110 §8.4.1).
package enum ContentCoding: String, Sendable, Equatable {
  case identity, gzip
}

/// The codings that a client accepts, from `Accept-Encoding` (RFC 9110 §12.5.3).
///
/// Weights are thousandths: 0 means that the client does not accept the coding.
package struct AcceptEncoding: Sendable, Equatable {
  private var gzip: Int?
  private var identity: Int?
  private var others: Int?

  /// A client without the field: identity is what it certainly accepts.
  package init() {}

  /// Adds the members of a field line.
  ///
  /// Malformed members are ignored.
  ///
  /// - Parameters:
  ///   - bytes: A head or a value.
  ///   - range: The range of the value in it.
  package mutating func add(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    bytes.forEachMember(range) { member in
      var end = member.lowerBound
      while end < member.upperBound, bytes[end] != UInt8(ascii: ";") { end += 1 }
      let name = bytes.trimmed(member.lowerBound..<end)
      guard let weight = bytes.weight(end..<member.upperBound) else { return true }
      if bytes.equals(name, lowercase: "gzip") || bytes.equals(name, lowercase: "x-gzip") {
        gzip = gzip ?? weight
      } else if bytes.equals(name, lowercase: "identity") {
        identity = identity ?? weight
      } else if bytes.equals(name, lowercase: "*") {
        others = others ?? weight
      }
      return true
    }
  }

  /// The coding to send when there are both; nil when neither is accepted.
  ///
  /// Of equal weights gzip is chosen, as it is smaller.
  package var preferred: ContentCoding? {
    let gzip = gzip ?? others ?? 0
    if gzip > 0, gzip >= identityWeight { return .gzip }
    return acceptsIdentity ? .identity : nil
  }

  /// Whether identity may be sent.
  package var acceptsIdentity: Bool { identityWeight > 0 }

  /// Identity is acceptable unless excluded by name or by `*`; where neither is there it comes
  /// behind whatever is named.
  private var identityWeight: Int { identity ?? others ?? 1 }
}

extension Request {
  /// The codings that the client accepts.
  package var acceptedCodings: AcceptEncoding {
    var accepted = AcceptEncoding()
    for line in fields.lines where line.name == "accept-encoding" {
      accepted.add(line.value.utf8.span, 0..<line.value.utf8.count)
    }
    return accepted
  }
}

extension RequestHead {
  /// The codings that the client accepts.
  package func acceptedCodings(in bytes: Span<UInt8>) -> AcceptEncoding {
    var accepted = AcceptEncoding()
    forEachValue(of: .acceptEncoding) { value in
      accepted.add(bytes, value)
      return true
    }
    return accepted
  }
}
