/// Finds the content of a request in bytes as they arrive, by whatever framing it has.
///
/// Every byte is passed once, and no bytes are kept between calls. The results are ranges of
/// the caller's bytes, so content is not copied.
package struct ContentDecoder: Sendable {
  package enum Event: Sendable, Equatable {
    /// All bytes were read and the content continues.
    case needsMore
    /// Bytes of the content; there may be more in the same span.
    case content(Range<Int>)
    /// The content ended; the bytes from the position on are the next request's.
    case end
  }

  private enum State {
    case length(remaining: Int)
    case chunked(ChunkedDecoder)
  }

  private var state: State
  private let limit: Int
  /// The bytes of content found so far.
  package private(set) var bytes = 0

  /// A decoder at the first byte after a head.
  ///
  /// - Parameters:
  ///   - framing: How the content ends.
  ///   - limit: The most bytes of content; more are refused with 413.
  package init(_ framing: ContentFraming, limit: Int) {
    state =
      switch framing {
      case .none: .length(remaining: 0)
      case .length(let length): .length(remaining: length)
      case .chunked: .chunked(ChunkedDecoder())
      }
    self.limit = limit
  }

  /// Continues.
  ///
  /// - Parameters:
  ///   - bytes: Bytes as they were received.
  ///   - position: The first byte to read; moved past what was read.
  /// - Returns: The result.
  /// - Throws: ``ContentError``, for a length beyond the limit at the first call.
  package mutating func next(
    _ bytes: Span<UInt8>, at position: inout Int
  ) throws(ContentError) -> Event {
    switch state {
    case .length(let remaining):
      guard remaining > 0 else { return .end }
      guard remaining <= limit - self.bytes else { throw .tooLarge(limit: limit) }
      let count = min(remaining, bytes.count - position)
      guard count > 0 else { return .needsMore }
      state = .length(remaining: remaining - count)
      return found(count, at: &position)
    case .chunked(var decoder):
      let event = try decoder.next(bytes, at: &position)
      state = .chunked(decoder)
      switch event {
      case .needsMore: return .needsMore
      case .end: return .end
      case .content(let range):
        guard range.count <= limit - self.bytes else { throw .tooLarge(limit: limit) }
        self.bytes += range.count
        return .content(range)
      }
    }
  }

  private mutating func found(_ count: Int, at position: inout Int) -> Event {
    let range = position..<position + count
    position += count
    bytes += count
    return .content(range)
  }
}
