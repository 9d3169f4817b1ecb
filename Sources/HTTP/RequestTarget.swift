extension RequestHead {
  /// Reads the target's form and its parts (RFC 9112 §3.2).
  mutating func readTarget(_ octets: Span<UInt8>) throws(HeadError) {
    guard let first = target.first else { throw .malformedRequestLine }
    if octets[first] == UInt8(ascii: "/") {
      form = .origin
      return try readPath(octets, from: first)
    }
    if octets[first] == UInt8(ascii: "*") {
      guard target.count == 1, method == .options else { throw .malformedTarget }
      form = .asterisk
      path = target
      return
    }
    form = .absolute
    let start = try authorityStart(octets)
    var end = start
    while end < target.upperBound, octets[end] != UInt8(ascii: "/"),
      octets[end] != UInt8(ascii: "?")
    {
      end += 1
    }
    // User information is refused with the rest that is no host (RFC 9110 §4.2.4).
    guard Self.isAuthority(octets, start..<end) else { throw .malformedTarget }
    authority = start..<end
    try readPath(octets, from: end)
    if method == .options, path.isEmpty, query == nil {
      // What the last proxy would have sent as `*` (RFC 9112 §3.2.4).
      form = .asterisk
    }
  }

  /// Where the authority of an absolute-form begins.
  private func authorityStart(_ octets: Span<UInt8>) throws(HeadError) -> Int {
    for scheme in ["http://", "https://"] {
      let end = target.lowerBound + scheme.utf8.count
      if end <= target.upperBound, octets.equals(target.lowerBound..<end, lowercase: scheme) {
        return end
      }
    }
    throw .malformedTarget
  }

  /// Reads `path-absolute ["?" query]`, or nothing.
  private mutating func readPath(_ octets: Span<UInt8>, from start: Int) throws(HeadError) {
    let end = target.upperBound
    var index = start
    while index < end {
      if OctetSet.path.contains(octets[index]) {
        index += 1
      } else if octets[index] == UInt8(ascii: "%") {
        guard index + 2 < end, octets[index + 1].hexadecimalValue != nil,
          octets[index + 2].hexadecimalValue != nil
        else { throw .malformedTarget }
        index += 3
      } else {
        break
      }
    }
    path = start..<index
    guard index < end else { return }
    guard octets[index] == UInt8(ascii: "?") else { throw .malformedTarget }
    let queryStart = index + 1
    index = queryStart
    while index < end {
      guard OctetSet.query.contains(octets[index]) else { throw .malformedTarget }
      index += 1
    }
    query = queryStart..<end
  }

  /// Whether the octets are `uri-host [":" port]` with a host that is not empty
  /// (RFC 9110 §4.2.1, §7.2; RFC 3986 §3.2).
  static func isAuthority(_ octets: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    if index < range.upperBound, octets[index] == UInt8(ascii: "[") {
      guard let end = literalEnd(octets, range) else { return false }
      index = end
    } else {
      while index < range.upperBound {
        if OctetSet.registeredName.contains(octets[index]) {
          index += 1
        } else if octets[index] == UInt8(ascii: "%") {
          guard index + 2 < range.upperBound, octets[index + 1].hexadecimalValue != nil,
            octets[index + 2].hexadecimalValue != nil
          else { return false }
          index += 3
        } else {
          break
        }
      }
      guard index > range.lowerBound else { return false }
    }
    guard index < range.upperBound else { return true }
    guard octets[index] == UInt8(ascii: ":") else { return false }
    // An empty port stands for the scheme's own.
    let port = index + 1..<range.upperBound
    guard let number = port.isEmpty ? 0 : octets.decimal(port) else { return false }
    return number <= 65_535
  }

  /// Where `IP-literal` ends: `[` an IPv6 address, or a later version's, and `]`.
  private static func literalEnd(_ octets: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var index = range.lowerBound + 1
    let start = index
    while index < range.upperBound, octets[index] != UInt8(ascii: "]") {
      let octet = octets[index]
      let isGood =
        octets[start].lowercased == UInt8(ascii: "v")
        ? OctetSet.registeredName.contains(octet) || octet == UInt8(ascii: ":")
        : octet.hexadecimalValue != nil || octet == UInt8(ascii: ":") || octet == UInt8(ascii: ".")
      guard isGood else { return nil }
      index += 1
    }
    guard index < range.upperBound, index - start >= 2 else { return nil }
    return index + 1
  }
}
