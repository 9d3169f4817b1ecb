extension RequestHead {
  /// Whether a browser asks for the resource ahead of time, before anybody wants to see it.
  ///
  /// Browsers say so with `Sec-Purpose` (Fetch standard §2.2.2.1), and in their older versions with
  /// `Purpose` or `X-Moz`.
  package func isPrefetch(in octets: Span<UInt8>) -> Bool {
    for field in [KnownField.secPurpose, .purpose, .xMoz] where has(field) {
      var isFound = false
      forEachValue(of: field) { value in
        octets.forEachMember(value) { member in
          var end = member.lowerBound
          while end < member.upperBound, octets[end] != UInt8(ascii: ";") { end += 1 }
          let purpose = octets.trimmed(member.lowerBound..<end)
          isFound =
            octets.equals(purpose, lowercase: "prefetch")
            || octets.equals(purpose, lowercase: "prerender")
            || octets.equals(purpose, lowercase: "preview")
          return !isFound
        }
        return !isFound
      }
      if isFound { return true }
    }
    return false
  }
}
