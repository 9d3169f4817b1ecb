/// Reads the head of a request from bytes as they arrive (RFC 9112 §2 to §5).
///
/// Each call gets all bytes from the first of the request on, those of earlier calls again, and
/// continues where the last one ended, so a client that sends single bytes costs no more than its
/// bytes. After a head or an error the next call begins a new request.
///
/// The parser holds no bytes. A loop needs one; while a head is partial the parser belongs to
/// that connection, as the bytes do.
///
/// Lines end with CRLF only, fields are not folded, and what RFC 9112 lets a recipient
/// repair is refused: differences between two readers allow request smuggling.
package struct RequestParser: Sendable {
  package struct Limits: Sendable {
    /// The most bytes of a request-target; more are answered with 414.
    package var targetBytes: Int
    /// The most bytes of a head, at most 65,535; more are answered with 431.
    package var headBytes: Int
    /// The most field lines, at most 254; more are answered with 431.
    package var fieldLines: Int

    package init(targetBytes: Int = 8_192, headBytes: Int = 16_384, fieldLines: Int = 100) {
      self.headBytes = min(max(headBytes, 64), 65_535)
      self.targetBytes = min(max(targetBytes, 1), self.headBytes)
      self.fieldLines = min(max(fieldLines, 1), 254)
    }
  }

  package enum Outcome: Sendable, Equatable {
    /// The bytes are the beginning of a head.
    case incomplete
    /// `head` is a request's; so many bytes were its, and content or the next head follows.
    case head(bytes: Int)
  }

  private enum Stage { case start, requestLine, fields, done }

  /// The head that was read last; whole after `.head` only.
  package private(set) var head = RequestHead()

  private let limits: Limits
  private var stage = Stage.start
  private var line = PartialLine(start: 0)

  package init(limits: Limits = Limits()) { self.limits = limits }

  /// Drops a partial head.
  package mutating func reset() { stage = .start }

  /// Reads as much of a head as there is.
  ///
  /// - Parameter bytes: All bytes from the first of the request on.
  /// - Returns: Whether the head is whole.
  /// - Throws: ``HeadError``, as soon as no continuation could be valid.
  package mutating func parse(_ bytes: Span<UInt8>) throws(HeadError) -> Outcome {
    if stage == .start || stage == .done {
      head.begin()
      stage = .requestLine
      line = PartialLine(start: 0)
    }
    do throws(HeadError) {
      return try read(bytes)
    } catch {
      stage = .start
      throw error
    }
  }

  private mutating func read(_ bytes: Span<UInt8>) throws(HeadError) -> Outcome {
    while true {
      let next: Int?
      if stage == .requestLine {
        next = try head.readRequestLine(bytes, &line, limits)
      } else {
        next = try head.readField(bytes, &line, limits)
      }
      guard let next else {
        guard bytes.count < limits.headBytes else { throw .headTooLong(limit: limits.headBytes) }
        return .incomplete
      }
      guard next <= limits.headBytes else { throw .headTooLong(limit: limits.headBytes) }
      let isEmptyLine = next == line.start + 2
      line = PartialLine(start: next)
      if stage == .fields, isEmptyLine {
        try head.finish(bytes)
        head.bytes = next
        stage = .done
        return .head(bytes: next)
      }
      if stage == .requestLine, !isEmptyLine { stage = .fields }
    }
  }
}

/// How far an incomplete line was read.
struct PartialLine: Sendable {
  let start: Int
  /// The end of the method or of the field's name; nil before it is found.
  var nameEnd: Int?
  /// The end of the target; nil before it is found.
  var targetEnd: Int?
  /// The bytes before this one need not be looked at again.
  var read: Int

  init(start: Int) {
    self.start = start
    read = start
  }
}
