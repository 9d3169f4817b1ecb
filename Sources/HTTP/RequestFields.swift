extension RequestHead {
  /// Continues with a field line, or the empty line after the last.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the head.
  ///   - line: How far the line was read.
  ///   - limits: How many lines there may be.
  /// - Returns: Where the next line begins; nil when the line is not whole.
  /// - Throws: ``HeadError``.
  mutating func readField(
    _ bytes: Span<UInt8>, _ line: inout PartialLine, _ limits: RequestParser.Limits
  ) throws(HeadError) -> Int? {
    let count = bytes.count
    let start = line.start
    guard line.read < count else { return nil }
    if bytes[start] == 0x0D {
      guard start + 1 < count else { return nil }
      guard bytes[start + 1] == 0x0A else { throw .malformedLineEnd }
      return start + 2
    }
    guard let nameEnd = try Self.readName(bytes, &line, number: lines.count + 1, limits) else {
      return nil
    }

    // A line is read up to its end first, white space with it.
    let end = bytes.endOfFieldContent(from: max(line.read, nameEnd + 1))
    guard end < count else {
      line.read = end
      return nil
    }
    guard bytes[end] == 0x0D else {
      throw bytes[end] == 0x0A ? .malformedLineEnd : .malformedField(line: lines.count + 1)
    }
    guard end + 1 < count else {
      line.read = end
      return nil
    }
    guard bytes[end + 1] == 0x0A else { throw .malformedLineEnd }
    // Positions have 16 bits.
    guard end + 2 <= limits.headBytes else { throw .headTooLong(limit: limits.headBytes) }

    let value = bytes.trimmed(nameEnd + 1..<end)
    append(
      Line(
        nameStart: UInt16(truncatingIfNeeded: start),
        nameEnd: UInt16(truncatingIfNeeded: nameEnd),
        valueStart: UInt16(truncatingIfNeeded: value.lowerBound),
        valueEnd: UInt16(truncatingIfNeeded: value.upperBound),
        known: KnownField(bytes, start..<nameEnd)))
    return end + 2
  }

  /// The end of the field's name, which is its colon; nil when it is not whole.
  private static func readName(
    _ bytes: Span<UInt8>, _ line: inout PartialLine, number: Int, _ limits: RequestParser.Limits
  ) throws(HeadError) -> Int? {
    if let nameEnd = line.nameEnd { return nameEnd }
    guard number <= limits.fieldLines else { throw .tooManyFields(limit: limits.fieldLines) }
    if bytes[line.start].isBlank { throw .foldedField(line: number) }
    var index = line.read
    while index < bytes.count, ByteSet.token.contains(bytes[index]) { index += 1 }
    guard index < bytes.count else {
      line.read = index
      return nil
    }
    // No space before the colon either: a proxy that drops it reads a different field
    // (RFC 9112 §5.1).
    guard bytes[index] == UInt8(ascii: ":"), index > line.start else {
      throw bytes[index] == 0x0A ? .malformedLineEnd : .malformedField(line: number)
    }
    line.nameEnd = index
    return index
  }

  /// Reads what the fields say of the host, the content and the connection.
  mutating func finish(_ bytes: Span<UInt8>) throws(HeadError) {
    try readHost(bytes)
    try readFraming(bytes)
    try readConnection(bytes)
  }

  /// Exactly one good `Host`, which HTTP/1.0 may leave out (RFC 9112 §3.2).
  private mutating func readHost(_ bytes: Span<UInt8>) throws(HeadError) {
    guard !isRepeated(.host) else { throw .repeatedHost }
    guard let host = value(of: .host) else {
      if version == .http10 { return }
      throw .missingHost
    }
    guard Self.isAuthority(bytes, host) else { throw .malformedHost }
    // The host of an absolute-form is used, whatever `Host` says (RFC 9112 §3.2.2).
    if authority == nil { authority = host }
  }

  /// Finds the end of the content (RFC 9112 §6).
  private mutating func readFraming(_ bytes: Span<UInt8>) throws(HeadError) {
    if has(.transferEncoding) {
      guard !has(.contentLength) else { throw .lengthAndTransferCoding }
      guard version == .http11 else { throw .transferCodingBeforeHTTP11 }
      try readTransferCoding(bytes)
      framing = .chunked
      return
    }
    guard let value = value(of: .contentLength) else { return }
    // Equal ones may be read as one (RFC 9110 §8.6), but need not be.
    guard !isRepeated(.contentLength) else { throw .repeatedContentLength }
    guard let length = bytes.decimal(value) else {
      for index in value where bytes[index] == UInt8(ascii: ",") { throw .repeatedContentLength }
      throw .malformedContentLength
    }
    guard length < Int.max else { throw .contentLengthTooLarge }
    framing = length == 0 ? .none : .length(length)
  }

  /// `chunked` once and nothing else.
  private func readTransferCoding(_ bytes: Span<UInt8>) throws(HeadError) {
    guard let value = value(of: .transferEncoding) else { return }
    if !isRepeated(.transferEncoding), bytes.equals(value, lowercase: "chunked") { return }
    // Only the error is left to find: unknown codings before one last `chunked` are valid.
    var codings = 0
    var chunked = 0
    var isLastChunked = false
    forEachValue(of: .transferEncoding) { value in
      bytes.forEachMember(value) { member in
        codings += 1
        isLastChunked = bytes.equals(member, lowercase: "chunked")
        if isLastChunked { chunked += 1 }
        return true
      }
      return true
    }
    throw chunked == 1 && isLastChunked && codings > 1
      ? .unknownTransferCoding : .malformedTransferCoding
  }

  /// Reads `Connection` (RFC 9112 §9.3) and `Expect` (RFC 9110 §10.1.1).
  private mutating func readConnection(_ bytes: Span<UInt8>) throws(HeadError) {
    var closes = false
    var keeps = version == .http11
    forEachValue(of: .connection) { value in
      bytes.forEachMember(value) { option in
        if bytes.equals(option, lowercase: "close") { closes = true }
        if bytes.equals(option, lowercase: "keep-alive") { keeps = true }
        return true
      }
      return true
    }
    keepsAlive = keeps && !closes

    // HTTP/1.0 has no expectations: the field is ignored.
    guard version == .http11, has(.expect) else { return }
    var isKnown = true
    forEachValue(of: .expect) { value in
      bytes.forEachMember(value) { member in
        isKnown = bytes.equals(member, lowercase: "100-continue")
        return isKnown
      }
      return isKnown
    }
    guard isKnown else { throw .unknownExpectation }
    expectsContinue = framing != .none
  }
}
