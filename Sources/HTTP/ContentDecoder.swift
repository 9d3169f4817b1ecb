/// Finds the content of a request in octets as they arrive, by whatever framing it has.
///
/// Every octet is given once; nothing need be kept between calls. What is decoded are ranges of
/// the caller's octets, so content is not copied.
package struct ContentDecoder: Sendable {
  package enum Event: Sendable, Equatable {
    /// All octets have been read and the content goes on.
    case needsMore
    /// Octets of the content; there may be more in the same span.
    case content(Range<Int>)
    /// The content has ended; the octets from the position on are the next request's.
    case end
  }

  private enum State {
    case length(remaining: Int)
    case chunked(ChunkedDecoder)
  }

  private var state: State
  private let limit: Int
  /// The octets of content found until now.
  package private(set) var octets = 0

  /// A decoder at the first octet behind a head.
  ///
  /// - Parameters:
  ///   - framing: How the content ends.
  ///   - limit: The most octets of content; more are refused with 413.
  package init(_ framing: ContentFraming, limit: Int) {
    state =
      switch framing {
      case .none: .length(remaining: 0)
      case .length(let length): .length(remaining: length)
      case .chunked: .chunked(ChunkedDecoder())
      }
    self.limit = limit
  }

  /// Reads on.
  ///
  /// - Parameters:
  ///   - octets: Octets as they were received.
  ///   - position: The first octet to read; moved behind what has been read.
  /// - Returns: What was found.
  /// - Throws: ``ContentError``, for a length beyond the limit at the first call.
  package mutating func next(
    _ octets: Span<UInt8>, at position: inout Int
  ) throws(ContentError) -> Event {
    switch state {
    case .length(let remaining):
      guard remaining > 0 else { return .end }
      guard remaining <= limit - self.octets else { throw .tooLarge(limit: limit) }
      let count = min(remaining, octets.count - position)
      guard count > 0 else { return .needsMore }
      state = .length(remaining: remaining - count)
      return found(count, at: &position)
    case .chunked(var decoder):
      let event = try decoder.next(octets, at: &position)
      state = .chunked(decoder)
      switch event {
      case .needsMore: return .needsMore
      case .end: return .end
      case .content(let range):
        guard range.count <= limit - self.octets else { throw .tooLarge(limit: limit) }
        self.octets += range.count
        return .content(range)
      }
    }
  }

  private mutating func found(_ count: Int, at position: inout Int) -> Event {
    let range = position..<position + count
    position += count
    octets += count
    return .content(range)
  }
}
