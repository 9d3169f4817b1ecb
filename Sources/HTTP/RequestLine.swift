extension RequestHead {
  /// Reads on in a request-line, or an empty line before it.
  ///
  /// - Parameters:
  ///   - octets: The octets of the head.
  ///   - line: How far the line has been read.
  ///   - limits: What the target may have.
  /// - Returns: Where the next line begins; nil when the line is not whole.
  /// - Throws: ``HeadError``.
  mutating func readRequestLine(
    _ octets: Span<UInt8>, _ line: inout PartialLine, _ limits: RequestParser.Limits
  ) throws(HeadError) -> Int? {
    let count = octets.count
    guard line.read < count else { return nil }
    if octets[line.start] == 0x0D { return try Self.emptyLine(octets, from: line.start) }
    guard let nameEnd = try Self.readMethod(octets, &line),
      let targetEnd = try Self.readTargetEnd(octets, from: nameEnd + 1, &line, limits),
      let version = try Self.readVersion(octets, from: targetEnd + 1)
    else { return nil }

    let end = targetEnd + 9
    guard end < count else { return nil }
    guard octets[end] == 0x0D else {
      throw octets[end] == 0x0A ? .malformedLineEnd : .malformedRequestLine
    }
    guard end + 1 < count else { return nil }
    guard octets[end + 1] == 0x0A else { throw .malformedLineEnd }
    guard version.major == 1 else {
      throw .unsupportedVersion(major: version.major, minor: version.minor)
    }
    self.version = version.minor == 0 ? .http10 : .http11
    let name = line.start..<nameEnd
    guard let method = Method(octets, name) else { throw .unknownMethod(octets.text(name)) }
    self.method = method
    target = nameEnd + 1..<targetEnd
    try readTarget(octets)
    return end + 2
  }

  /// The end of the method; nil when it is not whole.
  private static func readMethod(
    _ octets: Span<UInt8>, _ line: inout PartialLine
  ) throws(HeadError) -> Int? {
    if let nameEnd = line.nameEnd { return nameEnd }
    var index = line.read
    while index < octets.count, OctetSet.token.contains(octets[index]) { index += 1 }
    // Whatever follows, it is none that the server has (RFC 9112 §3).
    guard index - line.start <= longestMethod else {
      throw .unknownMethod(octets.text(line.start..<line.start + longestMethod))
    }
    guard index < octets.count else {
      line.read = index
      return nil
    }
    guard octets[index] == 0x20, index > line.start else { throw .malformedRequestLine }
    line.nameEnd = index
    line.read = index + 1
    return index
  }

  /// The end of the target; nil when it is not whole.
  private static func readTargetEnd(
    _ octets: Span<UInt8>, from start: Int, _ line: inout PartialLine,
    _ limits: RequestParser.Limits
  ) throws(HeadError) -> Int? {
    if let targetEnd = line.targetEnd { return targetEnd }
    var index = line.read
    let latest = min(octets.count, start + limits.targetOctets + 1)
    while index < latest, octets[index] > 0x20, octets[index] < 0x7F { index += 1 }
    guard index - start <= limits.targetOctets else {
      throw .targetTooLong(limit: limits.targetOctets)
    }
    guard index < octets.count else {
      line.read = index
      return nil
    }
    guard octets[index] == 0x20 else {
      throw octets[index] >= 0x7F ? .malformedTarget : .malformedRequestLine
    }
    line.targetEnd = index
    return index
  }

  /// Longer than any registered method; a longer one is not one.
  private static let longestMethod = 32

  /// An empty line before the request-line, which some clients send after content (RFC 9112 §2.2).
  ///
  /// One is passed over.
  private static func emptyLine(_ octets: Span<UInt8>, from start: Int) throws(HeadError) -> Int? {
    guard start == 0 else { throw .malformedRequestLine }
    guard octets.count > 1 else { return nil }
    guard octets[1] == 0x0A else { throw .malformedLineEnd }
    return 2
  }

  /// `HTTP-version` (RFC 9112 §2.3); nil when it is not whole.
  private static func readVersion(
    _ octets: Span<UInt8>, from start: Int
  ) throws(HeadError) -> (major: Int, minor: Int)? {
    let name = "HTTP/".utf8.span
    for offset in 0..<8 {
      guard start + offset < octets.count else { return nil }
      let octet = octets[start + offset]
      switch offset {
      case 0..<5: guard octet == name[offset] else { throw .malformedRequestLine }
      case 6: guard octet == 0x2E else { throw .malformedRequestLine }
      default: guard octet.isDigit else { throw .malformedRequestLine }
      }
    }
    return (Int(octets[start + 5] &- 0x30), Int(octets[start + 7] &- 0x30))
  }
}

extension Method {
  /// The method with this name; its case matters (RFC 9110 §9.1).
  init?(_ octets: Span<UInt8>, _ range: Range<Int>) {
    switch (range.count, octets[range.lowerBound]) {
    case (3, UInt8(ascii: "G")): self = .get
    case (3, UInt8(ascii: "P")): self = .put
    case (4, UInt8(ascii: "H")): self = .head
    case (4, UInt8(ascii: "P")): self = .post
    case (5, UInt8(ascii: "P")): self = .patch
    case (6, UInt8(ascii: "D")): self = .delete
    case (7, UInt8(ascii: "O")): self = .options
    default: return nil
    }
    let name = rawValue.utf8.span
    for index in 0..<name.count where octets[range.lowerBound + index] != name[index] {
      return nil
    }
  }
}
