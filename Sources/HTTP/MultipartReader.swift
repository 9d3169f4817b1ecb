/// Reads the parts of `multipart/form-data` (RFC 7578, RFC 2046 §5.1) from pieces of any size.
///
/// Every octet is given once. Of content nothing is kept: what is found are ranges of the caller's
/// octets, and the beginning of what looked like a delimiter in an earlier piece and was none.
///
///     preamble ─ delimiter ─┬─ CRLF ─ head ─ content ─ delimiter …
///                           └─ "--" ─ epilogue
package struct MultipartReader: Sendable {
  package struct Limits: Sendable {
    /// The most parts.
    package var parts: Int
    /// The most octets of a part's head.
    package var headOctets: Int

    package init(parts: Int = 100, headOctets: Int = 8_192) {
      self.parts = parts
      self.headOctets = headOctets
    }
  }

  package enum Event: Sendable, Equatable {
    /// All octets of the piece have been read.
    case needsMore
    /// A part begins.
    case part(MultipartPart)
    /// Octets of the part's content, in the piece.
    case content(Range<Int>)
    /// Octets of the part's content that an earlier piece ended with.
    case heldContent([UInt8])
    /// The part has ended.
    case partEnd
    /// The last part has ended; what follows is no content.
    case end
  }

  private enum State {
    case preamble, content
    /// Behind a delimiter.
    case delimited, padding, delimitedLF, closing
    case head
    case end
  }

  /// CRLF, two dashes and the boundary.
  private let delimiter: [UInt8]
  private let limits: Limits
  private var state = State.preamble
  /// The octets of the delimiter found until now, and how many of them in earlier pieces.
  private var matched = 2
  private var matchedBefore = 2
  private var head: [UInt8] = []
  private var parts = 0

  /// A reader at the first octet of content with this type.
  ///
  /// - Parameters:
  ///   - contentType: The value of `Content-Type`.
  ///   - limits: What a form may have.
  /// - Throws: ``MultipartError/noBoundary``, also when the type is not `multipart/form-data`.
  package init(contentType: String, limits: Limits = Limits()) throws(MultipartError) {
    guard let type = MediaType(contentType), type.essence == "multipart/form-data",
      let boundary = type["boundary"], (1...70).contains(boundary.utf8.count),
      boundary.utf8.allSatisfy(OctetSet.boundary.contains), !boundary.hasSuffix(" ")
    else { throw .noBoundary }
    delimiter = Array("\r\n--\(boundary)".utf8)
    self.limits = limits
  }

  /// Reads on.
  ///
  /// - Parameters:
  ///   - octets: A piece of the content.
  ///   - position: The first octet of it to read; moved behind what has been read.
  /// - Returns: What was found.
  /// - Throws: ``MultipartError``; the reader is of no use afterwards.
  package mutating func next(
    _ octets: Span<UInt8>, at position: inout Int
  ) throws(MultipartError) -> Event {
    while position < octets.count {
      switch state {
      case .preamble, .content:
        if let event = readContent(octets, at: &position) { return event }
      case .head:
        if let part = try readHead(octets[position]) {
          position += 1
          return .part(part)
        }
        position += 1
      case .delimited, .padding, .delimitedLF, .closing:
        try readDelimiterEnd(octets[position])
        position += 1
      case .end:
        position = octets.count
        return .end
      }
    }
    return state == .end ? .end : .needsMore
  }

  /// Says that all pieces have been given.
  ///
  /// - Throws: ``MultipartError/unfinished`` when the closing delimiter has not come.
  package func finish() throws(MultipartError) {
    guard state == .end else { throw .unfinished }
  }

  /// Looks for the delimiter; nil when there is nothing to tell.
  ///
  /// A CR stands only at the delimiter's beginning, so after a mismatch the search goes on with
  /// the octet that did not fit.
  private mutating func readContent(_ octets: Span<UInt8>, at position: inout Int) -> Event? {
    matchedBefore = matched
    let start = position
    var index = position
    while index < octets.count {
      if octets[index] == delimiter[matched] {
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
        // The delimiter is found again, whole, when the content before it has been told.
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
    position = octets.count
    return state == .content && end > start ? .content(start..<end) : nil
  }

  /// `transport-padding CRLF`, or `--` for the last (RFC 2046 §5.1.1).
  private mutating func readDelimiterEnd(_ octet: UInt8) throws(MultipartError) {
    switch (state, octet) {
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

  private mutating func readHead(_ octet: UInt8) throws(MultipartError) -> MultipartPart? {
    guard head.count < limits.headOctets else {
      throw .partHeadTooLong(part: parts, limit: limits.headOctets)
    }
    head.append(octet)
    guard octet == 0x0A, head.count == 2 || head.suffix(4) == [0x0D, 0x0A, 0x0D, 0x0A] else {
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
  /// Something else than a line's end or `--` stands behind a delimiter.
  case malformedDelimiter(part: Int)
  /// Not field lines with `Content-Disposition: form-data` and a name (RFC 7578 §4.2); the first
  /// part is 1.
  case malformedPartHead(part: Int)
  case partHeadTooLong(part: Int, limit: Int)
  case tooManyParts(limit: Int)
  /// The content ended before the closing delimiter.
  case unfinished

  /// What the client is told.
  package var status: Status {
    switch self {
    case .noBoundary, .malformedDelimiter, .malformedPartHead, .unfinished: .badRequest
    case .partHeadTooLong, .tooManyParts: .contentTooLarge
    }
  }
}
