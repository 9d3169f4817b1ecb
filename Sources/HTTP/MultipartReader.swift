/// Reads the parts of `multipart/form-data` (RFC 7578, RFC 2046 §5.1) from pieces of any size.
///
/// Every byte is passed once. No content is kept: the results are ranges of the caller's
/// bytes, and the beginning of what looked like a delimiter in an earlier piece.
///
///     preamble ─ delimiter ─┬─ CRLF ─ head ─ content ─ delimiter …
///                           └─ "--" ─ epilogue
package struct MultipartReader: Sendable {
  package struct Limits: Sendable {
    /// The most parts.
    package var parts: Int
    /// The most bytes of a part's head.
    package var headBytes: Int

    package init(parts: Int = 100, headBytes: Int = 8_192) {
      self.parts = parts
      self.headBytes = headBytes
    }
  }

  package enum Event: Sendable, Equatable {
    /// All bytes of the piece were read.
    case needsMore
    /// A part begins.
    case part(MultipartPart)
    /// Bytes of the part's content, in the piece.
    case content(Range<Int>)
    /// Bytes of the part's content that an earlier piece ended with.
    case heldContent([UInt8])
    /// The part has ended.
    case partEnd
    /// The last part has ended; the rest is ignored.
    case end
  }

  private enum State {
    case preamble, content
    /// After a delimiter.
    case delimited, padding, delimitedLF, closing
    case head
    case end
  }

  /// CRLF, two dashes and the boundary.
  private let delimiter: [UInt8]
  private let limits: Limits
  private var state = State.preamble
  /// The bytes of the delimiter found so far, and how many of them in earlier pieces.
  private var matched = 2
  private var matchedBefore = 2
  private var head: [UInt8] = []
  private var parts = 0

  /// A reader at the first byte of content with this type.
  ///
  /// - Parameters:
  ///   - contentType: The value of `Content-Type`.
  ///   - limits: What a form may have.
  /// - Throws: ``MultipartError/noBoundary``, also when the type is not `multipart/form-data`.
  package init(contentType: String, limits: Limits = Limits()) throws(MultipartError) {
    guard let type = MediaType(contentType), type.essence == "multipart/form-data",
      let boundary = type["boundary"], (1...70).contains(boundary.utf8.count),
      boundary.utf8.allSatisfy(ByteSet.boundary.contains), !boundary.hasSuffix(" ")
    else { throw .noBoundary }
    delimiter = Array("\r\n--\(boundary)".utf8)
    self.limits = limits
  }

  /// Continues.
  ///
  /// - Parameters:
  ///   - bytes: A piece of the content.
  ///   - position: The first byte of it to read; moved past what was read.
  /// - Returns: The result.
  /// - Throws: ``MultipartError``; the reader cannot be used afterwards.
  package mutating func next(
    _ bytes: Span<UInt8>, at position: inout Int
  ) throws(MultipartError) -> Event {
    while position < bytes.count {
      switch state {
      case .preamble, .content:
        if let event = readContent(bytes, at: &position) { return event }
      case .head:
        if let part = try readHead(bytes[position]) {
          position += 1
          return .part(part)
        }
        position += 1
      case .delimited, .padding, .delimitedLF, .closing:
        try readDelimiterEnd(bytes[position])
        position += 1
      case .end:
        position = bytes.count
        return .end
      }
    }
    return state == .end ? .end : .needsMore
  }

  /// Ends the content.
  ///
  /// - Throws: ``MultipartError/unfinished`` when the closing delimiter has not come.
  package func finish() throws(MultipartError) {
    guard state == .end else { throw .unfinished }
  }

  /// Looks for the delimiter; nil without a result.
  ///
  /// A CR stands only at the delimiter's beginning, so after a mismatch the search goes on with
  /// the byte that did not fit.
  private mutating func readContent(_ bytes: Span<UInt8>, at position: inout Int) -> Event? {
    matchedBefore = matched
    let start = position
    var index = position
    while index < bytes.count {
      if bytes[index] == delimiter[matched] {
        matched += 1
        index += 1
        guard matched == delimiter.count else { continue }
        let end = max(start, index - matched)
        matched = 0
        let wasContent = state == .content
        guard wasContent, end > start else {
          position = index
          state = .delimited
          return wasContent ? .partEnd : nil
        }
        // The delimiter is found again, whole, when the content before it was returned.
        position = end
        return .content(start..<end)
      }
      if matched > index - start {
        // Some of what had matched is of earlier pieces.
        let held = Array(delimiter[..<(matched - (index - start))])
        matched = 0
        position = start
        if state == .content { return .heldContent(held) }
        continue
      }
      if matched > 0 {
        matched = 0
      } else {
        index += 1
      }
    }
    let end = max(start, index - matched)
    position = bytes.count
    return state == .content && end > start ? .content(start..<end) : nil
  }

  /// `transport-padding CRLF`, or `--` for the last (RFC 2046 §5.1.1).
  private mutating func readDelimiterEnd(_ byte: UInt8) throws(MultipartError) {
    switch (state, byte) {
    case (.delimited, 0x2D): state = .closing
    case (.closing, 0x2D): state = .end
    case (.delimited, 0x20), (.delimited, 0x09), (.padding, 0x20), (.padding, 0x09):
      state = .padding
    case (.delimited, 0x0D), (.padding, 0x0D): state = .delimitedLF
    case (.delimitedLF, 0x0A):
      parts += 1
      guard parts <= limits.parts else { throw .tooManyParts(limit: limits.parts) }
      head.removeAll(keepingCapacity: true)
      state = .head
    default: throw .malformedDelimiter(part: parts)
    }
  }

  private mutating func readHead(_ byte: UInt8) throws(MultipartError) -> MultipartPart? {
    guard head.count < limits.headBytes else {
      throw .partHeadTooLong(part: parts, limit: limits.headBytes)
    }
    head.append(byte)
    guard byte == 0x0A, head.count == 2 || head.suffix(4) == [0x0D, 0x0A, 0x0D, 0x0A] else {
      return nil
    }
    guard let part = MultipartPart(head: head.span) else {
      throw .malformedPartHead(part: parts)
    }
    state = .content
    matched = 0
    return part
  }
}

/// Why a form's parts could not be read.
package enum MultipartError: Error, Equatable, Sendable {
  /// `Content-Type` is not `multipart/form-data` with a boundary (RFC 2046 §5.1.1).
  case noBoundary
  /// A delimiter is followed by something other than a line break or `--`.
  case malformedDelimiter(part: Int)
  /// Not field lines with `Content-Disposition: form-data` and a name (RFC 7578 §4.2); the first
  /// part is 1.
  case malformedPartHead(part: Int)
  case partHeadTooLong(part: Int, limit: Int)
  case tooManyParts(limit: Int)
  /// The content ended before the closing delimiter.
  case unfinished

  /// The status to answer with.
  package var status: Status {
    switch self {
    case .noBoundary, .malformedDelimiter, .malformedPartHead, .unfinished: .badRequest
    case .partHeadTooLong, .tooManyParts: .contentTooLarge
    }
  }
}
