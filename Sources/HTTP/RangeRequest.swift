/// What a `Range` field asks of a representation (RFC 9110 §14.1.2, §14.2).
package enum RangeRequest: Sendable, Equatable {
  /// The whole: another unit than bytes, or malformed, which a server may ignore.
  case whole
  /// One part.
  case part(Range<Int>)
  /// Two or more parts, in the order asked for; none overlaps another.
  case parts([Range<Int>])
  /// No part is inside, or there are too many, or more than two overlap (RFC 9110 §14.2, §15.5.17).
  case unsatisfiable

  /// The most ranges of one request; PDF viewers ask for some dozens of parts at once.
  package static let limit = 32

  /// Reads a field.
  ///
  /// - Parameters:
  ///   - field: The value of `Range`.
  ///   - length: The bytes of the selected representation.
  package init(field: String, length: Int) {
    self.init(field.utf8.span, 0..<field.utf8.count, length: length)
  }

  /// Reads a field; one range takes no memory.
  ///
  /// - Parameters:
  ///   - bytes: A head or a value.
  ///   - range: The range of the value of `Range` in it.
  ///   - length: The bytes of the selected representation.
  package init(_ bytes: Span<UInt8>, _ range: Range<Int>, length: Int) {
    let first = range.lowerBound + Self.unit.utf8.count
    guard first < range.upperBound,
      bytes.equals(range.lowerBound..<first, lowercase: Self.unit)
    else {
      self = .whole
      return
    }
    var only: Range<Int>?
    var ranges: [Range<Int>] = []
    var count = 0
    var isWellFormed = true
    bytes.forEachMember(first..<range.upperBound) { member in
      count += 1
      guard count <= Self.limit else { return false }
      switch Self.part(bytes, member, length) {
      case .malformed: isWellFormed = false
      case .outside: break
      case .inside(let range):
        if let only, ranges.isEmpty { ranges.append(only) }
        if only != nil { ranges.append(range) }
        only = only ?? range
      }
      return isWellFormed
    }
    if count == 0 || !isWellFormed {
      self = .whole
    } else if let only, count <= Self.limit {
      if only.isEmpty {
        // An empty representation has no part that `Content-Range` could name.
        self = .whole
      } else if ranges.isEmpty {
        self = .part(only)
      } else if let joined = Self.joined(ranges) {
        self = joined.count == 1 ? .part(joined[0]) : .parts(joined)
      } else {
        self = .unsatisfiable
      }
    } else {
      self = .unsatisfiable
    }
  }

  private static let unit = "bytes="

  private enum Part {
    case malformed, outside
    case inside(Range<Int>)
  }

  /// `first-pos "-" [ last-pos ]` or `"-" suffix-length`.
  private static func part(_ bytes: Span<UInt8>, _ member: Range<Int>, _ length: Int) -> Part {
    var dash = member.lowerBound
    while dash < member.upperBound, bytes[dash] != UInt8(ascii: "-") { dash += 1 }
    guard dash < member.upperBound else { return .malformed }
    let before = member.lowerBound..<dash
    let after = dash + 1..<member.upperBound
    if before.isEmpty {
      guard let suffix = bytes.decimal(after) else { return .malformed }
      return suffix == 0 ? .outside : .inside(max(0, length - suffix)..<length)
    }
    guard let first = bytes.decimal(before) else { return .malformed }
    var last = Int.max
    if !after.isEmpty {
      guard let number = bytes.decimal(after), number >= first else { return .malformed }
      last = number
    }
    guard first < length else { return .outside }
    return .inside(first..<min(last, length - 1) + 1)
  }

  /// Joins ranges that overlap (RFC 9110 §15.3.7.2); nil when more than two do.
  private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>]? {
    var joined: [Range<Int>] = []
    var overlaps = 0
    for range in ranges {
      var whole = range
      var place = joined.count
      for index in joined.indices.reversed() where joined[index].overlaps(whole) {
        let other = joined[index]
        overlaps += 1
        whole = min(whole.lowerBound, other.lowerBound)..<max(whole.upperBound, other.upperBound)
        joined.remove(at: index)
        place = index
      }
      joined.insert(whole, at: place)
    }
    return overlaps <= 1 ? joined : nil
  }
}
