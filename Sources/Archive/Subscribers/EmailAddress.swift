/// An address to which mail can be sent.
package struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
  package let description: String

  /// Reads what somebody typed.
  ///
  /// Taken are a local part of common characters, `@`, and a domain name of two labels or more.
  /// Quoted local parts and address literals are not taken.
  package init?(_ typed: String) {
    let text = typed.cleanedLine
    let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard text.utf8.count <= 254, parts.count == 2, (1...64).contains(parts[0].count) else {
      return nil
    }
    let atoms = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let marks = Set("!#$%&'*+-/=?^_`{|}~".utf8)
    guard
      atoms.allSatisfy({ atom in
        !atom.isEmpty && atom.allSatisfy { ASCII.folded($0) != nil || marks.contains($0) }
      }),
      labels.count >= 2,
      labels.allSatisfy({ label in
        (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
          && label.last != UInt8(ascii: "-")
          && label.allSatisfy { ASCII.folded($0) != nil || $0 == UInt8(ascii: "-") }
      })
    else { return nil }
    description = text
  }

  /// Whether somebody may have meant an address: then the answer does not say whether it is one.
  package static func isPlausible(_ typed: String) -> Bool {
    let text = typed.cleanedLine
    return text.utf8.count <= 1000 && text.contains("@") && text.first != "@" && text.last != "@"
  }
}
