/// What a client says of the languages in `Accept-Language` (RFC 9110 §12.5.4).
package struct AcceptLanguage: Sendable, Equatable {
  private struct Member: Equatable {
    /// A language range in lower case (RFC 4647 §2.1).
    var range: [UInt8]
    /// In thousandths; 0 means that the client does not want the language.
    var weight: Int
  }

  private var members: [Member] = []

  /// More than anybody reads; what stands behind them says nothing.
  private static let most = 32

  /// A client that sends no field.
  package init() {}

  /// Adds the members of a field line.
  ///
  /// A member that is not well formed says nothing; the others count.
  ///
  /// - Parameters:
  ///   - octets: A head or a value.
  ///   - range: Where the value stands in it.
  package mutating func add(_ octets: Span<UInt8>, _ range: Range<Int>) {
    octets.forEachMember(range) { member in
      guard members.count < Self.most else { return false }
      var end = member.lowerBound
      while end < member.upperBound, octets[end] != UInt8(ascii: ";") { end += 1 }
      guard let weight = octets.weight(end..<member.upperBound),
        let range = Self.languageRange(octets, octets.trimmed(member.lowerBound..<end))
      else { return true }
      members.append(Member(range: range, weight: weight))
      return true
    }
  }

  /// A language range in lower case; nil where it is none.
  private static func languageRange(_ octets: Span<UInt8>, _ range: Range<Int>) -> [UInt8]? {
    if range.count == 1, octets[range.lowerBound] == UInt8(ascii: "*") {
      return [UInt8(ascii: "*")]
    }
    var text: [UInt8] = []
    var length = 0
    for index in range {
      let octet = octets[index].lowercased
      let isFirst = !text.contains(UInt8(ascii: "-"))
      if octet == UInt8(ascii: "-"), length > 0 {
        length = 0
      } else if octet &- 0x61 < 26 || octet.isDigit && !isFirst {
        length += 1
      } else {
        return nil
      }
      guard length <= 8 else { return nil }
      text.append(octet)
    }
    return length > 0 ? text : nil
  }

  /// The language to answer in, by lookup (RFC 4647 §3.4): of the ranges, the heaviest first, the
  /// first for which there is a language, each shortened from its end until there is one.
  ///
  /// - Parameter languages: The tags of the languages that are offered, the default first.
  /// - Returns: The place of one; 0 where none is asked for.
  package func choice(of languages: [String]) -> Int {
    guard languages.count > 1, !members.isEmpty else { return 0 }
    let tags = languages.map { tag in tag.utf8.map(\.lowercased) }
    // The order of equal weights is that of the field.
    let wanted = members.enumerated().filter { $0.element.weight > 0 }.sorted {
      ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
    }
    for (_, member) in wanted {
      if member.range == [UInt8(ascii: "*")] {
        // The default serves whoever takes any, unless it is the one that is not wanted.
        if let place = tags.firstIndex(where: { weight(of: $0) != 0 }) { return place }
        continue
      }
      var range = member.range[...]
      while !range.isEmpty {
        if let place = tags.firstIndex(where: { $0[...] == range }), weight(of: tags[place]) != 0 {
          return place
        }
        range = Self.shortened(range)
      }
    }
    return 0
  }

  /// Without the last subtag, and without a single letter or digit before it, which only announces
  /// what follows.
  private static func shortened(_ range: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let hyphen = range.lastIndex(of: UInt8(ascii: "-")) else { return [] }
    let rest = range[..<hyphen]
    let isSingle = rest.count >= 2 && rest[rest.endIndex - 2] == UInt8(ascii: "-")
    return isSingle ? rest.dropLast(2) : rest
  }

  /// What is said of a language by the longest range that it begins with; nil where nothing is.
  private func weight(of tag: [UInt8]) -> Int? {
    let naming = members.filter {
      tag.starts(with: $0.range)
        && (tag.count == $0.range.count || tag[$0.range.count] == UInt8(ascii: "-"))
    }
    return naming.max { $0.range.count < $1.range.count }?.weight
  }
}

extension RequestHead {
  /// The place of the language to answer in; 0 where the client asks for none of them.
  package func preferredLanguage(of languages: [String], in octets: Span<UInt8>) -> Int {
    var accepted = AcceptLanguage()
    forEachValue(of: .acceptLanguage) { value in
      accepted.add(octets, value)
      return true
    }
    return accepted.choice(of: languages)
  }
}
