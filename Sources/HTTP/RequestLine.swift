extension RequestHead {
  /// Continues with a request-line, or an empty line before it.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the head.
  ///   - line: How far the line was read.
  ///   - limits: What the target may have.
  /// - Returns: Where the next line begins; nil when the line is not whole.
  /// - Throws: ``HeadError``.
  mutating func readRequestLine(
    _ bytes: Span<UInt8>, _ line: inout PartialLine, _ limits: RequestParser.Limits
  ) throws(HeadError) -> Int? {
    let count = bytes.count
    guard line.read < count else { return nil }
    if bytes[line.start] == 0x0D { return try Self.emptyLine(bytes, from: line.start) }
    guard let nameEnd = try Self.readMethod(bytes, &line),
      let targetEnd = try Self.readTargetEnd(bytes, from: nameEnd + 1, &line, limits),
      let version = try Self.readVersion(bytes, from: targetEnd + 1)
    else { return nil }

    let end = targetEnd + 9
    guard end < count else { return nil }
    guard bytes[end] == 0x0D else {
      throw bytes[end] == 0x0A ? .malformedLineEnd : .malformedRequestLine
    }
    guard end + 1 < count else { return nil }
    guard bytes[end + 1] == 0x0A else { throw .malformedLineEnd }
    guard version.major == 1 else {
      throw .unsupportedVersion(major: version.major, minor: version.minor)
    }
    self.version = version.minor == 0 ? .http10 : .http11
    let name = line.start..<nameEnd
    guard let method = Method(bytes, name) else { throw .unknownMethod(bytes.text(name)) }
    self.method = method
    target = nameEnd + 1..<targetEnd
    try readTarget(bytes)
    return end + 2
  }

  /// The end of the method; nil when it is not whole.
  private static func readMethod(
    _ bytes: Span<UInt8>, _ line: inout PartialLine
  ) throws(HeadError) -> Int? {
    if let nameEnd = line.nameEnd { return nameEnd }
    var index = line.read
    while index < bytes.count, ByteSet.token.contains(bytes[index]) { index += 1 }
    // It is already none that the server has (RFC 9112 §3).
    guard index - line.start <= longestMethod else {
      throw .unknownMethod(bytes.text(line.start..<line.start + longestMethod))
    }
    guard index < bytes.count else {
      line.read = index
      return nil
    }
    guard bytes[index] == 0x20, index > line.start else { throw .malformedRequestLine }
    line.nameEnd = index
    line.read = index + 1
    return index
  }

  /// The end of the target; nil when it is not whole.
  private static func readTargetEnd(
    _ bytes: Span<UInt8>, from start: Int, _ line: inout PartialLine,
    _ limits: RequestParser.Limits
  ) throws(HeadError) -> Int? {
    if let targetEnd = line.targetEnd { return targetEnd }
    var index = line.read
    let latest = min(bytes.count, start + limits.targetBytes + 1)
    while index < latest, bytes[index] > 0x20, bytes[index] < 0x7F { index += 1 }
    guard index - start <= limits.targetBytes else {
      throw .targetTooLong(limit: limits.targetBytes)
    }
    guard index < bytes.count else {
      line.read = index
      return nil
    }
    guard bytes[index] == 0x20 else {
      throw bytes[index] >= 0x7F ? .malformedTarget : .malformedRequestLine
    }
    line.targetEnd = index
    return index
  }

  /// Longer than any registered method; a longer one is not one.
  private static let longestMethod = 32

  /// An empty line before the request-line, which some clients send after content (RFC 9112 §2.2).
  ///
  /// One is skipped.
  private static func emptyLine(_ bytes: Span<UInt8>, from start: Int) throws(HeadError) -> Int? {
    guard start == 0 else { throw .malformedRequestLine }
    guard bytes.count > 1 else { return nil }
    guard bytes[1] == 0x0A else { throw .malformedLineEnd }
    return 2
  }

  /// `HTTP-version` (RFC 9112 §2.3); nil when it is not whole.
  private static func readVersion(
    _ bytes: Span<UInt8>, from start: Int
  ) throws(HeadError) -> (major: Int, minor: Int)? {
    let name = "HTTP/".utf8.span
    for offset in 0..<8 {
      guard start + offset < bytes.count else { return nil }
      let byte = bytes[start + offset]
      switch offset {
      case 0..<5: guard byte == name[offset] else { throw .malformedRequestLine }
      case 6: guard byte == 0x2E else { throw .malformedRequestLine }
      default: guard byte.isDigit else { throw .malformedRequestLine }
      }
    }
    return (Int(bytes[start + 5] &- 0x30), Int(bytes[start + 7] &- 0x30))
  }
}

extension Method {
  /// The method with this name; its case matters (RFC 9110 §9.1).
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    switch (range.count, bytes[range.lowerBound]) {
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
    for index in 0..<name.count where bytes[range.lowerBound + index] != name[index] {
      return nil
    }
  }
}
