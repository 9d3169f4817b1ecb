extension RequestHead {
  /// Whether a browser prefetches the resource.
  ///
  /// Browsers announce it with `Sec-Purpose` (Fetch standard §2.2.2.1), older versions with `Purpose`
  /// or `X-Moz`.
  package func isPrefetch(in bytes: Span<UInt8>) -> Bool {
    for field in [KnownField.secPurpose, .purpose, .xMoz] where has(field) {
      var isFound = false
      forEachValue(of: field) { value in
        bytes.forEachMember(value) { member in
          var end = member.lowerBound
          while end < member.upperBound, bytes[end] != UInt8(ascii: ";") { end += 1 }
          let purpose = bytes.trimmed(member.lowerBound..<end)
          isFound =
            bytes.equals(purpose, lowercase: "prefetch")
            || bytes.equals(purpose, lowercase: "prerender")
            || bytes.equals(purpose, lowercase: "preview")
          return !isFound
        }
        return !isFound
      }
      if isFound { return true }
    }
    return false
  }
}
