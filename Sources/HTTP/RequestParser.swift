/// Reads the head of a request from octets as they arrive (RFC 9112 §2 to §5).
///
/// Each call gets all octets from the first of the request on, those of earlier calls again, and
/// reads on where the last one ended, so a client that sends single octets costs no more than its
/// octets. After a head or an error the next call begins a new request.
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
  private var line = PartialLine(start: 0)

  package init(limits: Limits = Limits()) { self.limits = limits }

  /// Forgets a head that was read in part.
  package mutating func reset() { stage = .start }

  /// Reads what is there of a head.
  ///
  /// - Parameter octets: All octets from the first of the request on.
  /// - Returns: Whether the head is whole.
  /// - Throws: ``HeadError``, as soon as no continuation could make the head a good one.
  package mutating func parse(_ octets: Span<UInt8>) throws(HeadError) -> Outcome {
    if stage == .start || stage == .done {
      head.begin()
      stage = .requestLine
      line = PartialLine(start: 0)
    }
    do throws(HeadError) {
      return try read(octets)
    } catch {
      stage = .start
      throw error
    }
  }

  private mutating func read(_ octets: Span<UInt8>) throws(HeadError) -> Outcome {
    while true {
      let next: Int?
      if stage == .requestLine {
        next = try head.readRequestLine(octets, &line, limits)
      } else {
        next = try head.readField(octets, &line, limits)
      }
      guard let next else {
        guard octets.count < limits.headOctets else { throw .headTooLong(limit: limits.headOctets) }
        return .incomplete
      }
      guard next <= limits.headOctets else { throw .headTooLong(limit: limits.headOctets) }
      let isEmptyLine = next == line.start + 2
      line = PartialLine(start: next)
      if stage == .fields, isEmptyLine {
        try head.finish(octets)
        head.octets = next
        stage = .done
        return .head(octets: next)
      }
      if stage == .requestLine, !isEmptyLine { stage = .fields }
    }
  }
}

/// How far a line has been read that is not whole yet.
struct PartialLine: Sendable {
  let start: Int
  /// The end of the method or of the field's name; nil before it is found.
  var nameEnd: Int?
  /// The end of the target; nil before it is found.
  var targetEnd: Int?
  /// The octets before this one need not be looked at again.
  var read: Int

  init(start: Int) {
    self.start = start
    read = start
  }
}
