/// A strong entity tag (RFC 9110 §8.8.3).
package struct EntityTag: Sendable, Equatable, CustomStringConvertible {
  /// The text between the quotes.
  package let opaque: String

  package init(_ opaque: String) { self.opaque = opaque }

  package var description: String { "\"\(opaque)\"" }

  /// How two tags are compared (RFC 9110 §8.8.3.2).
  package enum Comparison: Sendable {
    /// Neither is weak, so the bytes are equal.
    case strong
    case weak
  }

  /// The suffix that makes the tag of another coding from that of identity: two codings of one
  /// representation have different bytes, so they may not share a strong tag (RFC 9110 §8.8.3.3).
  package static func suffix(for coding: ContentCoding) -> String {
    coding == .gzip ? "-gzip" : ""
  }
}

/// A value of `If-Match` or `If-None-Match`: `*` or a list of tags (RFC 9110 §13.1.1, §13.1.2).
struct EntityTagList {
  /// Whether a list names a tag.
  ///
  /// A malformed tag matches nothing, and what follows is not read.
  ///
  /// - Parameters:
  ///   - bytes: A head or a value.
  ///   - range: The range of the list in it.
  ///   - tag: A strong tag without quotes; nil without one.
  ///   - coding: The coding whose suffix `tag` gets.
  ///   - comparison: Whether weak tags of the list count.
  /// - Returns: Whether one of the list is equal, or the list is `*`.
  static func matches(
    _ bytes: Span<UInt8>, _ range: Range<Int>, tag: String?, coding: ContentCoding,
    comparison: EntityTag.Comparison
  ) -> Bool {
    if range.count == 1, bytes[range.lowerBound] == UInt8(ascii: "*") { return true }
    guard let tag else { return false }
    var index = range.lowerBound
    while index < range.upperBound {
      if bytes[index].isBlank || bytes[index] == UInt8(ascii: ",") {
        index += 1
        continue
      }
      guard let member = member(bytes, index..<range.upperBound) else { return false }
      if !member.isWeak || comparison == .weak,
        bytes.equals(member.opaque, tag, suffix: EntityTag.suffix(for: coding))
      {
        return true
      }
      index = member.opaque.upperBound + 1
      while index < range.upperBound, bytes[index].isBlank { index += 1 }
      guard index == range.upperBound || bytes[index] == UInt8(ascii: ",") else { return false }
    }
    return false
  }

  /// The tag at the beginning of `range`; nil when it is not well formed.
  static func member(
    _ bytes: Span<UInt8>, _ range: Range<Int>
  ) -> (opaque: Range<Int>, isWeak: Bool)? {
    var index = range.lowerBound
    let isWeak =
      range.count >= 2 && bytes[index] == UInt8(ascii: "W")
      && bytes[index + 1] == UInt8(ascii: "/")
    if isWeak { index += 2 }
    guard index < range.upperBound, bytes[index] == UInt8(ascii: "\"") else { return nil }
    index += 1
    let start = index
    while index < range.upperBound, bytes[index] != UInt8(ascii: "\"") {
      guard bytes[index] > 0x20, bytes[index] != 0x7F else { return nil }
      index += 1
    }
    guard index < range.upperBound else { return nil }
    return (start..<index, isWeak)
  }
}
