/// A person's ORCID iD.
///
/// The last of its sixteen characters is a check digit by ISO 7064, MOD 11-2.
package struct ORCID: Sendable, Hashable, CustomStringConvertible {
  /// `0000-0002-1825-0097`.
  package let description: String

  /// Parses the number with or without hyphens, or its address; nil if it is not one.
  package init?(_ text: String) {
    let lowercase = text.lowercased()
    let prefixes = ["https://orcid.org/", "http://orcid.org/", "orcid.org/", "orcid:"]
    let start = prefixes.first { lowercase.hasPrefix($0) }?.utf8.count ?? 0
    let digits = checkedDigits(text.utf8.dropFirst(start))
    guard let digits, digits.count == 16 else { return nil }
    let sum = digits.dropLast().reduce(0) { ($0 + $1) * 2 % 11 }
    guard digits.last == (12 - sum) % 11 else { return nil }
    let written = written(digits)
    description = stride(from: 0, to: 16, by: 4).map { String(written[$0..<($0 + 4)]) }
      .joined(separator: "-")
  }

  /// The address of the person's ORCID record.
  package var address: String { "https://orcid.org/\(description)" }
}

/// The ISSN of a series or a periodical (ISO 3297).
package struct ISSN: Sendable, Hashable, CustomStringConvertible {
  /// `2049-3630`.
  package let description: String

  /// Parses the number with or without its hyphen; nil if it is not one or its check digit is
  /// wrong.
  package init?(_ text: String) {
    let start = text.lowercased().hasPrefix("issn") ? text.utf8.dropFirst(4) : text.utf8[...]
    let digits = checkedDigits(start.drop { $0 == 0x20 || $0 == UInt8(ascii: ":") })
    guard let digits, digits.count == 8 else { return nil }
    let sum = zip(digits, (1...8).reversed()).reduce(0) { $0 + $1.0 * $1.1 }
    guard sum.isMultiple(of: 11) else { return nil }
    let written = written(digits)
    description = String(written[..<4]) + "-" + String(written[4...])
  }
}

/// A digital object identifier (ISO 26324).
package struct DOI: Sendable, Hashable, CustomStringConvertible {
  /// `10.1000/182`.
  package let description: String

  /// Parses a DOI alone, after `doi:`, or as an address; nil if it is invalid.
  package init?(_ text: String) {
    let name = String(decoding: text.utf8.dropFirst(DOI.prefixLength(text)), as: UTF8.self)
      .cleanedLine
    let parts = name.utf8.split(
      separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
    // The prefix is `10` and numbers, separated by full stops.
    guard parts.count == 2, !parts[1].isEmpty, !name.utf8.contains(0x20) else {
      return nil
    }
    let numbers = parts[0].split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard numbers.count >= 2, numbers[0].elementsEqual("10".utf8),
      numbers.allSatisfy({ !$0.isEmpty && $0.allSatisfy { 0x30...0x39 ~= $0 } })
    else { return nil }
    description = name
  }

  private static func prefixLength(_ text: String) -> Int {
    if text.utf8.starts(with: "10.".utf8) { return 0 }
    let lowercase = text.lowercased()
    let prefixes = [
      "https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/",
      "doi.org/", "doi:", "doi ",
    ]
    return prefixes.first { lowercase.hasPrefix($0) }?.utf8.count ?? 0
  }
}

/// The values of digits, hyphens and spaces left out; the last may be `X` for 10.
///
/// nil if there is anything else.
private func checkedDigits(_ text: some Collection<UInt8>) -> [Int]? {
  guard text.count <= 40 else { return nil }
  var digits: [Int] = []
  for byte in text where byte != UInt8(ascii: "-") && byte != 0x20 {
    guard digits.last != 10 else { return nil }
    switch byte {
    case 0x30...0x39: digits.append(Int(byte - 0x30))
    case UInt8(ascii: "X"), UInt8(ascii: "x"): digits.append(10)
    default: return nil
    }
  }
  return digits
}

private func written(_ digits: [Int]) -> [Character] {
  digits.map { $0 == 10 ? "X" : Character("\($0)") }
}
