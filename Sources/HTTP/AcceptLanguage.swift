/// The languages that a client prefers, from `Accept-Language` (RFC 9110 §12.5.4), as positions in
/// the bytes that it was read from: callers pass the same span again.
package struct AcceptLanguage: Sendable, Equatable {
  private struct Member: Equatable {
    /// A language range (RFC 4647 §2.1).
    var range: Range<Int>
    /// In thousandths; 0 means that the client does not want the language.
    var weight: Int
  }

  private var members: [Member] = []

  /// The most members that are read; the rest are ignored.
  private static let limit = 32

  /// A client without the field.
  package init() {}

  /// Adds the members of a field line.
  ///
  /// Malformed members are ignored.
  ///
  /// - Parameters:
  ///   - bytes: A head or a value.
  ///   - range: The range of the value in it.
  package mutating func add(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    if members.isEmpty { members.reserveCapacity(8) }
    bytes.forEachMember(range) { member in
      guard members.count < Self.limit else { return false }
      var end = member.lowerBound
      while end < member.upperBound, bytes[end] != UInt8(ascii: ";") { end += 1 }
      let range = bytes.trimmed(member.lowerBound..<end)
      if let weight = bytes.weight(end..<member.upperBound), Self.isLanguageRange(bytes, range) {
        members.append(Member(range: range, weight: weight))
      }
      return true
    }
  }

  private static func isAny(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.count == 1 && bytes[range.lowerBound] == UInt8(ascii: "*")
  }

  /// Whether it is `*`, or subtags of at most eight letters, after the first also digits, between
  /// hyphens.
  private static func isLanguageRange(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if isAny(bytes, range) { return true }
    var isFirst = true
    var length = 0
    for index in range {
      let byte = bytes[index].lowercased
      if byte == UInt8(ascii: "-"), length > 0 {
        length = 0
        isFirst = false
      } else if byte &- 0x61 < 26 || byte.isDigit && !isFirst {
        length += 1
      } else {
        return false
      }
      guard length <= 8 else { return false }
    }
    return length > 0
  }

  /// The language to answer in, by lookup (RFC 4647 §3.4): of the ranges, the heaviest first, the
  /// first for which there is a language, each shortened from its end until there is one.
  ///
  /// - Parameters:
  ///   - languages: The tags of the languages that are offered, the default first.
  ///   - bytes: What the members were read from.
  /// - Returns: The index of one; 0 when none is asked for.
  package func choice(of languages: [String], in bytes: Span<UInt8>) -> Int {
    guard languages.count > 1, !members.isEmpty else { return 0 }
    var visited: Int?
    while let index = next(after: visited) {
      visited = index
      var range = members[index].range
      if Self.isAny(bytes, range) {
        // The default is for clients that accept any, unless they exclude it.
        for place in languages.indices where weight(of: languages[place], in: bytes) != 0 {
          return place
        }
        continue
      }
      while !range.isEmpty {
        for place in languages.indices
        where Self.equals(bytes, range, languages[place])
          && weight(of: languages[place], in: bytes) != 0
        {
          return place
        }
        range = Self.shortened(bytes, range)
      }
    }
    return 0
  }

  /// The wanted member that comes next: by weight, equal weights in the order of the field.
  private func next(after index: Int?) -> Int? {
    var best: Int?
    for candidate in members.indices where members[candidate].weight > 0 {
      let weight = members[candidate].weight
      if let index {
        let last = members[index].weight
        guard weight < last || weight == last && candidate > index else { continue }
      }
      if best.map({ weight > members[$0].weight }) ?? true { best = candidate }
    }
    return best
  }

  /// Without the last subtag, and without a single letter or digit before it, which only announces
  /// what follows.
  private static func shortened(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound - 1
    while end > range.lowerBound, bytes[end] != UInt8(ascii: "-") { end -= 1 }
    if end - range.lowerBound >= 2, bytes[end - 2] == UInt8(ascii: "-") { end -= 2 }
    return range.lowerBound..<end
  }

  private static func equals(_ bytes: Span<UInt8>, _ range: Range<Int>, _ tag: String) -> Bool {
    range.count == tag.utf8.count && begins(tag, with: bytes, range)
  }

  private static func begins(_ tag: String, with bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let tag = tag.utf8.span
    guard tag.count >= range.count else { return false }
    for offset in 0..<range.count
    where tag[offset].lowercased != bytes[range.lowerBound + offset].lowercased {
      return false
    }
    return true
  }

  /// The weight of a language by the longest range that it begins with; nil without one.
  private func weight(of tag: String, in bytes: Span<UInt8>) -> Int? {
    var longest = -1
    var weight: Int?
    for member in members where member.range.count > longest {
      guard Self.begins(tag, with: bytes, member.range),
        tag.utf8.count == member.range.count
          || tag.utf8.span[member.range.count] == UInt8(ascii: "-")
      else { continue }
      longest = member.range.count
      weight = member.weight
    }
    return weight
  }
}

extension RequestHead {
  /// The index of the language to answer in; 0 when the client asks for none of them.
  package func preferredLanguage(of languages: [String], in bytes: Span<UInt8>) -> Int {
    guard languages.count > 1 else { return 0 }
    var accepted = AcceptLanguage()
    forEachValue(of: .acceptLanguage) { value in
      accepted.add(bytes, value)
      return true
    }
    return accepted.choice(of: languages, in: bytes)
  }
}
