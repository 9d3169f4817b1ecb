/// Which field a trusted proxy writes.
///
/// Only one is read, since a proxy passes on the other as the client sent it.
package enum ForwardingField: String, Sendable {
  /// RFC 7239.
  case forwarded = "Forwarded"
  /// With `X-Forwarded-Proto`.
  case xForwardedFor = "X-Forwarded-For"
}

extension RequestHead {
  /// What the proxies report about the client.
  package struct ForwardedClient: Sendable, Equatable {
    /// The client's address without port and brackets; nil when the proxies name none, so that
    /// it is that of the peer.
    package var address: Range<Int>?
    /// Whether the client came by TLS.
    package var isSecure: Bool
  }

  /// Finds the client of a request that a trusted proxy passed on.
  ///
  /// Addresses are read from the right, where the nearest proxy adds: the first that is not a
  /// trusted proxy's is the client's, and anybody may have written what is left of it. Where
  /// an element names no address (`unknown`, `_hidden`), the one to its right is used.
  ///
  /// - Parameters:
  ///   - bytes: The bytes that the head was read from.
  ///   - field: The field that the proxy writes.
  ///   - isTrusted: Whether an address is a trusted proxy's.
  /// - Returns: The result.
  package func forwardedClient(
    in bytes: Span<UInt8>, by field: ForwardingField,
    isTrusted: (Span<UInt8>, Range<Int>) -> Bool
  ) -> ForwardedClient {
    var client = ForwardedClient(address: nil, isSecure: false)
    // Read from the left, an address is used when it is not trusted or nothing is left of it.
    var isLeftmost = true
    let known: KnownField = field == .forwarded ? .forwarded : .xForwardedFor
    forEachValue(of: known) { value in
      bytes.forEachMember(value) { member in
        let element =
          field == .forwarded
          ? Self.forwardedElement(bytes, member)
          : (Self.address(bytes, member), false)
        guard let address = element.0 else {
          client = ForwardedClient(address: nil, isSecure: false)
          isLeftmost = true
          return true
        }
        if isLeftmost || !isTrusted(bytes, address) {
          client = ForwardedClient(address: address, isSecure: element.1)
        }
        isLeftmost = false
        return true
      }
      return true
    }
    if field == .xForwardedFor {
      forEachValue(of: .xForwardedProto) { value in
        bytes.forEachMember(value) { member in
          client.isSecure = bytes.equals(member, lowercase: "https")
          return true
        }
        return true
      }
    }
    return client
  }

  /// `for` and `proto` of an element (RFC 7239 §4); no address when it is malformed.
  private static func forwardedElement(
    _ bytes: Span<UInt8>, _ member: Range<Int>
  ) -> (Range<Int>?, Bool) {
    var address: Range<Int>?
    var isSecure = false
    var start = member.lowerBound
    while start < member.upperBound {
      var end = start
      var isQuoted = false
      while end < member.upperBound, isQuoted || bytes[end] != UInt8(ascii: ";") {
        if bytes[end] == UInt8(ascii: "\"") { isQuoted.toggle() }
        end += 1
      }
      let pair = bytes.trimmed(start..<end)
      start = end + 1
      var equals = pair.lowerBound
      while equals < pair.upperBound, bytes[equals] != UInt8(ascii: "=") { equals += 1 }
      guard equals < pair.upperBound else { return (nil, false) }
      var value = equals + 1..<pair.upperBound
      if value.count >= 2, bytes[value.lowerBound] == UInt8(ascii: "\""),
        bytes[value.upperBound - 1] == UInt8(ascii: "\"")
      {
        value = value.lowerBound + 1..<value.upperBound - 1
      }
      let name = pair.lowerBound..<equals
      if bytes.equals(name, lowercase: "for") {
        guard address == nil else { return (nil, false) }
        address = Self.address(bytes, value)
        if address == nil { return (nil, false) }
      } else if bytes.equals(name, lowercase: "proto") {
        isSecure = bytes.equals(value, lowercase: "https")
      }
    }
    return (address, isSecure)
  }

  /// The address of `IPv4 [":" port]`, `IPv6` or `"[" IPv6 "]" [":" port]`; nil for another node.
  ///
  /// Only its bytes are checked; whether it is an address is known when it is read as one.
  private static func address(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
    guard let first = range.first else { return nil }
    var address = range
    if bytes[first] == UInt8(ascii: "[") {
      var end = first + 1
      while end < range.upperBound, bytes[end] != UInt8(ascii: "]") { end += 1 }
      guard end < range.upperBound, isPort(bytes, end + 1..<range.upperBound) else { return nil }
      address = first + 1..<end
    } else {
      var colons = 0
      var colon = range.upperBound
      for index in range where bytes[index] == UInt8(ascii: ":") {
        colons += 1
        colon = index
      }
      if colons == 1 {
        guard isPort(bytes, colon..<range.upperBound) else { return nil }
        address = first..<colon
      }
    }
    var separators = 0
    for index in address {
      if bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ":") {
        separators += 1
      } else if bytes[index].hexadecimalValue == nil {
        return nil
      }
    }
    return separators >= 2 && address.count <= 45 ? address : nil
  }

  /// Nothing, or `":" port`.
  private static func isPort(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first else { return true }
    guard bytes[first] == UInt8(ascii: ":"), range.count <= 6 else { return false }
    return bytes.decimal(first + 1..<range.upperBound) != nil
  }
}
