internal import Foundation
internal import Search

/// An address to which mail can be sent: ASCII, with its domain in lower case.
package struct EmailAddress: Sendable, Hashable, CustomStringConvertible {
  package let description: String

  /// Reads what somebody typed.
  ///
  /// Accepts a local part of common characters, `@`, and a domain name of two labels or more; a
  /// domain beyond ASCII is kept in its `xn--` form. Quoted local parts, local parts beyond ASCII
  /// and address literals are not accepted: `sendmail` programs do not deliver to all of them.
  package init?(_ typed: String) {
    let text = typed.cleanedLine
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard text.utf8.count <= 1000, parts.count == 2, (1...64).contains(parts[0].utf8.count),
      EmailAddress.isLocalPart(parts[0]), let domain = EmailAddress.domain(parts[1])
    else { return nil }
    let address = "\(parts[0])@\(domain)"
    // The longest path that SMTP carries, without its angle brackets (RFC 5321 §4.5.3.1.3).
    guard address.utf8.count <= 254 else { return nil }
    description = address
  }

  /// An address that was accepted before, perhaps by wider rules.
  package init(stored text: String) { description = text }

  /// Dot-separated atoms (RFC 5321 §4.1.2).
  private static func isLocalPart(_ text: Substring) -> Bool {
    let marks = Set("!#$%&'*+-/=?^_`{|}~".utf8)
    return text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .allSatisfy { atom in
        !atom.isEmpty && atom.allSatisfy { ASCII.folded($0) != nil || marks.contains($0) }
      }
  }

  /// A domain name in its ASCII form; nil for what cannot be one.
  private static func domain(_ text: Substring) -> String? {
    // As UTS #46 maps it: one width, lower case, the composed form, and every kind of full stop.
    let mapped = String(text).precomposedStringWithCompatibilityMapping.lowercased()
      .precomposedStringWithCompatibilityMapping.replacing("\u{3002}", with: ".")
    var labels: [String] = []
    for label in mapped.split(separator: ".", omittingEmptySubsequences: false) {
      guard let ascii = asciiLabel(String(label)) else { return nil }
      labels.append(ascii)
    }
    // A last label of digits would be an IP address (RFC 3696 §2).
    guard labels.count >= 2, let top = labels.last, top.utf8.count >= 2,
      top.hasPrefix("xn--") || top.utf8.allSatisfy({ (0x61...0x7A).contains($0) })
    else { return nil }
    let domain = labels.joined(separator: ".")
    return domain.utf8.count <= 253 ? domain : nil
  }

  /// A label of a domain in ASCII (RFC 5890 §2.3.1).
  private static func asciiLabel(_ label: String) -> String? {
    guard !label.isEmpty, label.utf8.count <= 252, label.first != "-", label.last != "-" else {
      return nil
    }
    var ascii = label
    if !label.utf8.allSatisfy({ $0 < 0x80 }) {
      guard isUnicodeLabel(label), let encoded = Punycode.encoded(label) else { return nil }
      ascii = "xn--" + encoded
    } else if label.hasPrefix("xn--") {
      let encoded = String(label.dropFirst(4))
      guard let decoded = Punycode.decoded(encoded), isUnicodeLabel(decoded),
        Punycode.encoded(decoded) == encoded
      else { return nil }
    }
    let isName = ascii.utf8.allSatisfy { ASCII.folded($0) != nil || $0 == UInt8(ascii: "-") }
    return isName && ascii.utf8.count <= 63 ? ascii : nil
  }

  /// Whether a label beyond ASCII consists of letters, digits and marks on them.
  private static func isUnicodeLabel(_ label: String) -> Bool {
    func isMark(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .spacingMark: true
      default: false
      }
    }
    guard let first = label.unicodeScalars.first, !isMark(first),
      label.unicodeScalars.contains(where: { $0.value >= 0x80 })
    else { return false }
    return label.unicodeScalars.allSatisfy { scalar in
      if scalar.isASCII { return scalar == "-" || ASCII.folded(UInt8(scalar.value)) != nil }
      switch scalar.properties.generalCategory {
      case .lowercaseLetter, .otherLetter, .modifierLetter, .decimalNumber: return true
      default: return isMark(scalar)
      }
    }
  }
}
