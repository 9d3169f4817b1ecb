/// Reads the head of a request from octets as they arrive (RFC 9112 §2 to §5).
///
/// Each call gets all octets from the first of the request on, those of earlier calls again. Lines
/// already read are not read again, and a line that is not yet whole is looked through twice at
/// most, so a client that sends single octets costs no more than its octets. After a head or an
/// error the next call begins a new request.
///
/// The parser holds no octets. A loop needs one; while a head is partial the parser belongs to
/// that connection, as the octets do.
///
/// Lines end with CRLF and nothing else, fields are not folded, and what RFC 9112 lets a recipient
/// mend is refused: where two readers may find different messages, requests are smuggled.
package struct RequestParser: Sendable {
  package struct Limits: Sendable {
    /// The most octets of a request-target; more are answered with 414.
    package var targetOctets: Int
    /// The most octets of a head, at most 65,535; more are answered with 431.
    package var headOctets: Int
    /// The most field lines, at most 254; more are answered with 431.
    package var fieldLines: Int

    package init(targetOctets: Int = 8_192, headOctets: Int = 16_384, fieldLines: Int = 100) {
      self.headOctets = min(max(headOctets, 64), 65_535)
      self.targetOctets = min(max(targetOctets, 1), self.headOctets)
      self.fieldLines = min(max(fieldLines, 1), 254)
    }
  }

  package enum Outcome: Sendable, Equatable {
    /// What is there is the beginning of a head.
    case incomplete
    /// `head` is a request's; so many octets were its, and content or the next head follows.
    case head(octets: Int)
  }

  private enum Stage { case start, requestLine, fields, done }

  /// The head that was read last; whole after `.head` only.
  package private(set) var head = RequestHead()

  private let limits: Limits
  private var stage = Stage.start
  /// Where the line begins that is not yet read.
  private var lineStart = 0
  /// The line has no LF before this octet.
  private var searched = 0

  package init(limits: Limits = Limits()) { self.limits = limits }

  /// Forgets a head that was read in part.
  package mutating func reset() { stage = .start }

  /// Reads what is there of a head.
  ///
  /// - Parameter octets: All octets from the first of the request on.
  /// - Returns: Whether the head is whole.
  /// - Throws: ``HeadError``, as soon as no continuation could make the head a good one.
  package mutating func parse(_ octets: Span<UInt8>) throws(HeadError) -> Outcome {
    if stage == .start || stage == .done { begin() }
    do throws(HeadError) {
      return try read(octets)
    } catch {
      stage = .start
      throw error
    }
  }

  private mutating func begin() {
    head.begin()
    stage = .requestLine
    lineStart = 0
    searched = 0
  }

  private mutating func read(_ octets: Span<UInt8>) throws(HeadError) -> Outcome {
    while true {
      if searched > lineStart {
        // The line was looked at before and had no end: look for that in the new octets only.
        guard hasLineEnd(octets) else {
          try checkLength(octets)
          return .incomplete
        }
      }
      let next: Int?
      if stage == .requestLine {
        next = try head.readRequestLine(octets, from: lineStart, limits: limits)
      } else {
        next = try head.readField(octets, from: lineStart, limits: limits)
      }
      guard let next else {
        searched = octets.count
        try checkLength(octets)
        return .incomplete
      }
      guard next <= limits.headOctets else { throw .headTooLong(limit: limits.headOctets) }
      let isEmptyLine = next == lineStart + 2
      lineStart = next
      searched = next
      if stage == .fields, isEmptyLine {
        try head.finish(octets)
        head.octets = next
        stage = .done
        return .head(octets: next)
      }
      if stage == .requestLine, !isEmptyLine { stage = .fields }
    }
  }

  /// Looks for the end of the line in octets that were not there before.
  private mutating func hasLineEnd(_ octets: Span<UInt8>) -> Bool {
    while searched < octets.count {
      if octets[searched] == 0x0A { return true }
      searched += 1
    }
    return false
  }

  /// Refuses a line that has no end and is already longer than any good one.
  private mutating func checkLength(_ octets: Span<UInt8>) throws(HeadError) {
    // 64 is more than the longest method and the version need, so reading the line again finds
    // which part is too long.
    if stage == .requestLine, octets.count - lineStart > limits.targetOctets + 64 {
      _ = try head.readRequestLine(octets, from: lineStart, limits: limits)
      throw .malformedRequestLine
    }
    guard octets.count < limits.headOctets else { throw .headTooLong(limit: limits.headOctets) }
  }
}
