import Archive

/// The sets of the archive for harvesters: `year:2010`, `topic:Foreign_policy`, `type:report`.
///
/// The name of a set may have few characters. So a space becomes `_`, and each other byte that is not
/// allowed becomes `~` and two hexadecimal digits.
enum OAISet {
  /// The sets of a record.
  static func specs(of record: Record) -> [String] {
    [spec(of: .year(record.published.year)), spec(of: .type(record.type))]
      + record.topics.map { spec(of: .topic($0)) }
  }

  static func spec(of group: Harvest.Group) -> String {
    switch group {
    case .all: ""
    case .anyTopic: "topic"
    case .year(let year): "year:\(year)"
    case .topic(let topic): "topic:\(encoded(topic))"
    case .type(let type): "type:\(type.rawValue)"
    }
  }

  /// The name of a set for people.
  static func name(of group: Harvest.Group) -> String {
    switch group {
    case .all, .anyTopic: ""
    case .year(let year): "Published in \(year)"
    case .topic(let topic): "Topic: \(topic)"
    case .type(let type): "Type: \(type.label)"
    }
  }

  /// The top-level sets.
  static let roots = [("year", "By year"), ("topic", "By topic"), ("type", "By type")]

  /// Parses the name of a set.
  ///
  /// - Throws: ``OAIError``
  static func group(_ spec: String) throws(OAIError) -> Harvest.Group {
    guard !spec.isEmpty,
      spec.utf8.allSatisfy({ isPlain($0) || $0 == 0x5F || $0 == 0x7E || $0 == 0x3A })
    else { throw OAIError(.badArgument, "“set” is not a valid set name") }
    let parts = spec.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let value = parts.count > 1 ? String(parts[1]) : nil
    switch (parts[0], value) {
    case ("year", nil), ("type", nil): return .all
    case ("topic", nil): return .anyTopic
    case ("year", let value?):
      if let date = PublicationDate(value), date.month == nil { return .year(date.year) }
    case ("type", let value?):
      if let type = PublicationType(rawValue: value) { return .type(type) }
    case ("topic", let value?):
      if let topic = decoded(value) { return .topic(topic) }
    default: break
    }
    throw OAIError(.noRecordsMatch, "unknown set")
  }

  private static func encoded(_ text: String) -> String {
    var octets: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for octet in text.utf8 {
      if octet == 0x20 {
        octets.append(0x5F)
      } else if isPlain(octet) {
        octets.append(octet)
      } else {
        octets += [0x7E, digits[Int(octet >> 4)], digits[Int(octet & 15)]]
      }
    }
    return String(decoding: octets, as: UTF8.self)
  }

  private static func decoded(_ text: String) -> String? {
    var octets: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let octet = rest.popFirst() {
      switch octet {
      case 0x5F: octets.append(0x20)
      case 0x7E:
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
        else { return nil }
        octets.append(high << 4 | low)
      case 0x3A: return nil
      default: octets.append(octet)
      }
    }
    return String(validating: octets, as: UTF8.self)
  }

  private static func digit(_ octet: UInt8) -> UInt8? {
    switch octet {
    case 0x30...0x39: octet - 0x30
    case 0x41...0x46: octet - 0x37
    default: nil
    }
  }

  private static func isPlain(_ octet: UInt8) -> Bool {
    switch octet {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x21, 0x27, 0x28, 0x29, 0x2A: true
    default: false
    }
  }
}
