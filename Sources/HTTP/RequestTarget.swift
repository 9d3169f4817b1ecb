extension RequestHead {
  /// Reads the target's form and its parts (RFC 9112 §3.2).
  mutating func readTarget(_ bytes: Span<UInt8>) throws(HeadError) {
    guard let first = target.first else { throw .malformedRequestLine }
    if bytes[first] == UInt8(ascii: "/") {
      form = .origin
      return try readPath(bytes, from: first)
    }
    if bytes[first] == UInt8(ascii: "*") {
      guard target.count == 1, method == .options else { throw .malformedTarget }
      form = .asterisk
      path = target
      return
    }
    form = .absolute
    let start = try authorityStart(bytes)
    var end = start
    while end < target.upperBound, bytes[end] != UInt8(ascii: "/"),
      bytes[end] != UInt8(ascii: "?")
    {
      end += 1
    }
    // User information is refused with the rest that is no host (RFC 9110 §4.2.4).
    guard Self.isAuthority(bytes, start..<end) else { throw .malformedTarget }
    authority = start..<end
    try readPath(bytes, from: end)
    if method == .options, path.isEmpty, query == nil {
      // What the last proxy would have sent as `*` (RFC 9112 §3.2.4).
      form = .asterisk
    }
  }

  /// Where the authority of an absolute-form begins.
  private func authorityStart(_ bytes: Span<UInt8>) throws(HeadError) -> Int {
    for scheme in ["http://", "https://"] {
      let end = target.lowerBound + scheme.utf8.count
      if end <= target.upperBound, bytes.equals(target.lowerBound..<end, lowercase: scheme) {
        return end
      }
    }
    throw .malformedTarget
  }

  /// Reads `path-absolute ["?" query]`, or nothing.
  private mutating func readPath(_ bytes: Span<UInt8>, from start: Int) throws(HeadError) {
    let end = target.upperBound
    var index = start
    while index < end {
      if ByteSet.path.contains(bytes[index]) {
        index += 1
      } else if bytes[index] == UInt8(ascii: "%") {
        guard index + 2 < end, bytes[index + 1].hexadecimalValue != nil,
          bytes[index + 2].hexadecimalValue != nil
        else { throw .malformedTarget }
        index += 3
      } else {
        break
      }
    }
    path = start..<index
    guard index < end else { return }
    guard bytes[index] == UInt8(ascii: "?") else { throw .malformedTarget }
    let queryStart = index + 1
    index = queryStart
    while index < end {
      guard ByteSet.query.contains(bytes[index]) else { throw .malformedTarget }
      index += 1
    }
    query = queryStart..<end
  }

  /// Whether the bytes are `uri-host [":" port]` with a host that is not empty
  /// (RFC 9110 §4.2.1, §7.2; RFC 3986 §3.2).
  static func isAuthority(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    if index < range.upperBound, bytes[index] == UInt8(ascii: "[") {
      guard let end = literalEnd(bytes, range) else { return false }
      index = end
    } else {
      while index < range.upperBound {
        if ByteSet.registeredName.contains(bytes[index]) {
          index += 1
        } else if bytes[index] == UInt8(ascii: "%") {
          guard index + 2 < range.upperBound, bytes[index + 1].hexadecimalValue != nil,
            bytes[index + 2].hexadecimalValue != nil
          else { return false }
          index += 3
        } else {
          break
        }
      }
      guard index > range.lowerBound else { return false }
    }
    guard index < range.upperBound else { return true }
    guard bytes[index] == UInt8(ascii: ":") else { return false }
    // An empty port means the scheme's own.
    let port = index + 1..<range.upperBound
    guard let number = port.isEmpty ? 0 : bytes.decimal(port) else { return false }
    return number <= 65_535
  }

  /// Where `IP-literal` ends: `[` an IPv6 address, or a later version's, and `]`.
  private static func literalEnd(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let start = range.lowerBound + 1
    var end = start
    while end < range.upperBound, bytes[end] != UInt8(ascii: "]") { end += 1 }
    guard end < range.upperBound, start < end else { return nil }
    let isGood =
      bytes[start].lowercased == UInt8(ascii: "v")
      ? isFutureAddress(bytes, start + 1..<end) : isIPv6Address(bytes, start..<end)
    return isGood ? end + 1 : nil
  }

  /// The part after the `v` of `IPvFuture`.
  private static func isFutureAddress(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound, bytes[index].hexadecimalValue != nil { index += 1 }
    guard index > range.lowerBound, index + 1 < range.upperBound,
      bytes[index] == UInt8(ascii: ".")
    else { return false }
    return (index + 1..<range.upperBound).allSatisfy {
      ByteSet.registeredName.contains(bytes[$0]) || bytes[$0] == UInt8(ascii: ":")
    }
  }

  /// `IPv6address`: eight groups of up to four digits; the last two may be an IPv4 address, and
  /// `::` replaces one group or more, once.
  private static func isIPv6Address(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let colon = UInt8(ascii: ":")
    let end = range.upperBound
    var index = range.lowerBound
    var groups = 0
    var isShortened = false
    while index < end {
      if index + 1 < end, bytes[index] == colon, bytes[index + 1] == colon {
        guard !isShortened else { return false }
        isShortened = true
        index += 2
        continue
      }
      // One colon separates two groups.
      if groups > 0, bytes[index - 1] != colon {
        guard bytes[index] == colon, index + 1 < end else { return false }
        index += 1
      }
      let start = index
      while index < end, bytes[index].hexadecimalValue != nil { index += 1 }
      if index < end, bytes[index] == UInt8(ascii: ".") {
        guard isIPv4Address(bytes, start..<end) else { return false }
        groups += 2
        break
      }
      guard (1...4).contains(index - start) else { return false }
      groups += 1
    }
    return isShortened ? groups <= 7 : groups == 8
  }

  /// `IPv4address`: four numbers up to 255, without leading zeros.
  private static func isIPv4Address(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    for place in 1...4 {
      var end = start
      while end < range.upperBound, bytes[end].isDigit { end += 1 }
      guard (1...3).contains(end - start), let number = bytes.decimal(start..<end), number <= 255,
        end - start == 1 || bytes[start] != UInt8(ascii: "0"),
        place == 4
          ? end == range.upperBound : end < range.upperBound && bytes[end] == UInt8(ascii: ".")
      else { return false }
      start = end + 1
    }
    return true
  }
}
