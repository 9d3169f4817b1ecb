/// Which field a trusted proxy writes.
///
/// Only one is read: a proxy passes on the other as the client sent it.
package enum ForwardingField: String, Sendable {
  /// RFC 7239.
  case forwarded = "Forwarded"
  /// With `X-Forwarded-Proto`.
  case xForwardedFor = "X-Forwarded-For"
}

extension RequestHead {
  /// What the proxies say of the client.
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
  /// trusted proxy's is the client's, and what stands left of it anybody may have written. Where
  /// an element names no address (`unknown`, `_hidden`), the one to its right counts.
  ///
  /// - Parameters:
  ///   - octets: The octets that the head was read from.
  ///   - field: The field that the proxy writes.
  ///   - isTrusted: Whether an address is a trusted proxy's.
  /// - Returns: What was found.
  package func forwardedClient(
    in octets: Span<UInt8>, by field: ForwardingField,
    isTrusted: (Span<UInt8>, Range<Int>) -> Bool
  ) -> ForwardedClient {
    var client = ForwardedClient(address: nil, isSecure: false)
    // Read from the left, an address counts when it is not trusted or nothing is left of it.
    var isLeftmost = true
    let known: KnownField = field == .forwarded ? .forwarded : .xForwardedFor
    forEachValue(of: known) { value in
      octets.forEachMember(value) { member in
        let element =
          field == .forwarded
          ? Self.forwardedElement(octets, member)
          : (Self.address(octets, member), false)
        guard let address = element.0 else {
          client = ForwardedClient(address: nil, isSecure: false)
          isLeftmost = true
          return true
        }
        if isLeftmost || !isTrusted(octets, address) {
          client = ForwardedClient(address: address, isSecure: element.1)
        }
        isLeftmost = false
        return true
      }
      return true
    }
    if field == .xForwardedFor {
      forEachValue(of: .xForwardedProto) { value in
        octets.forEachMember(value) { member in
          client.isSecure = octets.equals(member, lowercase: "https")
          return true
        }
        return true
      }
    }
    return client
  }

  /// `for` and `proto` of an element (RFC 7239 §4); no address when it is malformed.
  private static func forwardedElement(
    _ octets: Span<UInt8>, _ member: Range<Int>
  ) -> (Range<Int>?, Bool) {
    var address: Range<Int>?
    var isSecure = false
    var start = member.lowerBound
    while start < member.upperBound {
      var end = start
      var isQuoted = false
      while end < member.upperBound, isQuoted || octets[end] != UInt8(ascii: ";") {
        if octets[end] == UInt8(ascii: "\"") { isQuoted.toggle() }
        end += 1
      }
      let pair = octets.trimmed(start..<end)
      start = end + 1
      var equals = pair.lowerBound
      while equals < pair.upperBound, octets[equals] != UInt8(ascii: "=") { equals += 1 }
      guard equals < pair.upperBound else { return (nil, false) }
      var value = equals + 1..<pair.upperBound
      if value.count >= 2, octets[value.lowerBound] == UInt8(ascii: "\""),
        octets[value.upperBound - 1] == UInt8(ascii: "\"")
      {
        value = value.lowerBound + 1..<value.upperBound - 1
      }
      let name = pair.lowerBound..<equals
      if octets.equals(name, lowercase: "for") {
        guard address == nil else { return (nil, false) }
        address = Self.address(octets, value)
        if address == nil { return (nil, false) }
      } else if octets.equals(name, lowercase: "proto") {
        isSecure = octets.equals(value, lowercase: "https")
      }
    }
    return (address, isSecure)
  }

  /// The address of `IPv4 [":" port]`, `IPv6` or `"[" IPv6 "]" [":" port]`; nil for another node.
  ///
  /// Only its octets are checked; whether it is an address is known when it is read as one.
  private static func address(_ octets: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
    guard let first = range.first else { return nil }
    var address = range
    if octets[first] == UInt8(ascii: "[") {
      var end = first + 1
      while end < range.upperBound, octets[end] != UInt8(ascii: "]") { end += 1 }
      guard end < range.upperBound, isPort(octets, end + 1..<range.upperBound) else { return nil }
      address = first + 1..<end
    } else {
      var colons = 0
      var colon = range.upperBound
      for index in range where octets[index] == UInt8(ascii: ":") {
        colons += 1
        colon = index
      }
      if colons == 1 {
        guard isPort(octets, colon..<range.upperBound) else { return nil }
        address = first..<colon
      }
    }
    var separators = 0
    for index in address {
      if octets[index] == UInt8(ascii: ".") || octets[index] == UInt8(ascii: ":") {
        separators += 1
      } else if octets[index].hexadecimalValue == nil {
        return nil
      }
    }
    return separators >= 2 && address.count <= 45 ? address : nil
  }

  /// Nothing, or `":" port`.
  private static func isPort(_ octets: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first else { return true }
    guard octets[first] == UInt8(ascii: ":"), range.count <= 6 else { return false }
    return octets.decimal(first + 1..<range.upperBound) != nil
  }
}
