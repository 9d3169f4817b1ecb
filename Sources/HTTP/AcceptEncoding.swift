/// A content coding that the server has (RFC 9110 §8.4.1).
package enum ContentCoding: String, Sendable, Equatable {
  case identity, gzip
}

/// What a client says of the codings in `Accept-Encoding` (RFC 9110 §12.5.3).
///
/// Weights are thousandths: 0 means that the client does not accept the coding.
package struct AcceptEncoding: Sendable, Equatable {
  private var gzip: Int?
  private var identity: Int?
  private var others: Int?

  /// A client that sends no field: anything would do, and identity is what it surely reads.
  package init() {}

  /// Adds the members of a field line.
  ///
  /// A member that is not well formed says nothing; the others count.
  ///
  /// - Parameters:
  ///   - octets: A head or a value.
  ///   - range: Where the value stands in it.
  package mutating func add(_ octets: Span<UInt8>, _ range: Range<Int>) {
    octets.forEachMember(range) { member in
      var end = member.lowerBound
      while end < member.upperBound, octets[end] != UInt8(ascii: ";") { end += 1 }
      let name = octets.trimmed(member.lowerBound..<end)
      guard let weight = octets.weight(end..<member.upperBound) else { return true }
      if octets.equals(name, lowercase: "gzip") || octets.equals(name, lowercase: "x-gzip") {
        gzip = gzip ?? weight
      } else if octets.equals(name, lowercase: "identity") {
        identity = identity ?? weight
      } else if octets.equals(name, lowercase: "*") {
        others = others ?? weight
      }
      return true
    }
  }

  /// The coding to send of a representation that is there in both; nil when neither is accepted.
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
  /// What the client says of codings.
  package var acceptedCodings: AcceptEncoding {
    var accepted = AcceptEncoding()
    for line in fields.lines where line.name == "accept-encoding" {
      accepted.add(line.value.utf8.span, 0..<line.value.utf8.count)
    }
    return accepted
  }
}

extension RequestHead {
  /// What the client says of codings.
  package func acceptedCodings(in octets: Span<UInt8>) -> AcceptEncoding {
    var accepted = AcceptEncoding()
    forEachValue(of: .acceptEncoding) { value in
      accepted.add(octets, value)
      return true
    }
    return accepted
  }
}
