extension RequestHead {
  /// The value of `User-Agent`; empty without one.
  ///
  /// - Parameters:
  ///   - bytes: What the head was read from.
  ///   - limit: The most bytes of it.
  /// - Returns: The value as text.
  package func userAgent(in bytes: Span<UInt8>, limit: Int) -> String {
    value(of: .userAgent).map { bytes.text($0.prefix(limit)) } ?? ""
  }

  /// Whether a cookie field contains one of these names; when in doubt, the request has the cookie.
  package func mayHaveCookie(named names: [String], in bytes: Span<UInt8>) -> Bool {
    guard has(.cookie) else { return false }
    var isFound = false
    forEachValue(of: .cookie) { value in
      for name in names where bytes.contains(name, in: value) { isFound = true }
      return !isFound
    }
    return isFound
  }
}

extension Span<UInt8> {
  fileprivate func contains(_ text: String, in range: Range<Int>) -> Bool {
    let length = text.utf8.count
    guard range.count >= length else { return false }
    for start in range.lowerBound...range.upperBound - length where equals(start, text) {
      return true
    }
    return false
  }

  /// Whether the bytes of a range are those of an array.
  package func equals(_ range: Range<Int>, _ other: [UInt8]) -> Bool {
    guard range.count == other.count else { return false }
    let other = other.span
    for index in other.indices where self[range.lowerBound + index] != other[index] {
      return false
    }
    return true
  }
}
