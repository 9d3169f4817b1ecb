import HTTP

/// A response as bytes, except for the fields that differ each time it is sent: `Date`,
/// `Connection` and `X-Request-Id`.
struct EncodedResponse: Sendable {
  enum Content: Sendable {
    case none
    case bytes(ArraySlice<UInt8>)
    case pieces([Response.Piece])
    /// Written by the service, which gets the socket.
    case handOver(@Sendable (_ descriptor: Int32) -> Void)
  }

  let status: Int
  /// The status line and field lines, each with its CRLF; at most ``headLimit`` bytes.
  let head: [UInt8]
  let content: Content
  let contentLength: Int

  /// A longer head is not sent.
  static let headLimit = 64 * 1024

  /// Encodes a response that has been selected for its request.
  init(_ selected: Response) {
    var response = selected
    var head = response.head
    if head.count > Self.headLimit {
      response = Response(.internalServerError)
      head = response.head
    }
    status = response.status.code
    self.head = head
    switch response.content {
    case .none, .withheld: content = .none
    case .bytes(let bytes): content = bytes.isEmpty ? .none : .bytes(bytes[...])
    case .coded(let identity, _): content = .bytes(identity[...])
    case .file(let file): content = .pieces([.file(file, 0..<max(0, file.bytes))])
    case .pieces(let pieces): content = .pieces(pieces)
    case .handOver(let take): content = .handOver(take)
    }
    contentLength =
      switch content {
      case .none, .handOver: 0
      case .bytes(let bytes): bytes.count
      case .pieces(let pieces): pieces.reduce(0) { $0 + $1.length }
      }
  }

  /// A part of a response as a 206, from a head without range and length; nil when the content is
  /// several pieces.
  init?(_ range: Range<Int>, of whole: EncodedResponse, head: [UInt8]) {
    switch whole.content {
    case .bytes(let bytes): content = .bytes(bytes[range])
    case .pieces(let pieces) where pieces.count == 1: content = .pieces([pieces[0].part(range)])
    case .none, .handOver, .pieces: return nil
    }
    status = Status.partialContent.code
    contentLength = range.count
    let length = whole.contentLength
    self.head =
      head
      + ("content-range: bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)\r\n"
      + "content-length: \(range.count)\r\n").utf8
  }

  /// The approximate memory in bytes.
  var size: Int {
    switch content {
    case .none, .handOver: head.capacity
    case .bytes(let bytes): head.capacity + bytes.count
    // A file takes a descriptor, of which there are fewer than bytes.
    case .pieces: head.capacity + 64 * 1024
    }
  }
}
