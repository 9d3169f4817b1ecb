/// A strong entity tag (RFC 9110 §8.8.3).
package struct EntityTag: Sendable, Equatable, CustomStringConvertible {
  /// What stands between the quotes.
  package let opaque: String

  package init(_ opaque: String) { self.opaque = opaque }

  package var description: String { "\"\(opaque)\"" }

  /// How two tags are compared (RFC 9110 §8.8.3.2).
  package enum Comparison: Sendable {
    /// Equal octets are promised: neither is weak.
    case strong
    case weak
  }

  /// What is put behind the tag of the identity coding to make that of another: two codings of one
  /// representation have different octets, so they may not share a strong tag (RFC 9110 §8.8.3.3).
  package static func suffix(for coding: ContentCoding) -> String {
    coding == .gzip ? "-gzip" : ""
  }
}

/// A value of `If-Match` or `If-None-Match`: `*` or a list of tags (RFC 9110 §13.1.1, §13.1.2).
struct EntityTagList {
  /// Whether a list names a tag.
  ///
  /// What is not well formed matches nothing, and nothing behind it is read.
  ///
  /// - Parameters:
  ///   - octets: A head or a value.
  ///   - range: Where the list stands in it.
  ///   - tag: A strong tag without quotes; nil where there is none.
  ///   - coding: Whose suffix stands behind `tag`.
  ///   - comparison: Whether weak tags of the list count.
  /// - Returns: Whether one of the list is equal, or the list is `*`.
  static func matches(
    _ octets: Span<UInt8>, _ range: Range<Int>, tag: String?, coding: ContentCoding,
    comparison: EntityTag.Comparison
  ) -> Bool {
    if range.count == 1, octets[range.lowerBound] == UInt8(ascii: "*") { return true }
    guard let tag else { return false }
    var index = range.lowerBound
    while index < range.upperBound {
      if octets[index].isBlank || octets[index] == UInt8(ascii: ",") {
        index += 1
        continue
      }
      guard let member = member(octets, index..<range.upperBound) else { return false }
      if !member.isWeak || comparison == .weak,
        octets.equals(member.opaque, tag, suffix: EntityTag.suffix(for: coding))
      {
        return true
      }
      index = member.opaque.upperBound + 1
      while index < range.upperBound, octets[index].isBlank { index += 1 }
      guard index == range.upperBound || octets[index] == UInt8(ascii: ",") else { return false }
    }
    return false
  }

  /// The tag at the beginning of `range`; nil when it is not well formed.
  static func member(
    _ octets: Span<UInt8>, _ range: Range<Int>
  ) -> (opaque: Range<Int>, isWeak: Bool)? {
    var index = range.lowerBound
    let isWeak =
      range.count >= 2 && octets[index] == UInt8(ascii: "W")
      && octets[index + 1] == UInt8(ascii: "/")
    if isWeak { index += 2 }
    guard index < range.upperBound, octets[index] == UInt8(ascii: "\"") else { return nil }
    index += 1
    let start = index
    while index < range.upperBound, octets[index] != UInt8(ascii: "\"") {
      guard octets[index] > 0x20, octets[index] != 0x7F else { return nil }
      index += 1
    }
    guard index < range.upperBound else { return nil }
    return (start..<index, isWeak)
  }
}
