import HTTP

/// A response as bytes, except for the fields that differ each time it is sent: `Date`,
/// `Connection` and `X-Request-Id`.
struct EncodedResponse: Sendable {
  enum Content: Sendable {
    case none
    case bytes([UInt8])
    case pieces([Response.Piece])
  }

  let status: Int
  /// The status line and field lines, each with its CRLF; at most ``headLimit`` bytes.
  let head: [UInt8]
  let content: Content
  let contentLength: Int

  /// More than any sensible response has; a longer head is not sent.
  static let headLimit = 64 * 1024

  /// Encodes a response that has been selected for its request.
  init(_ selected: Response) {
    var response = selected
    var head = Self.head(of: response)
    if head.count > Self.headLimit {
      response = Response(.internalServerError)
      head = Self.head(of: response)
    }
    status = response.status.code
    self.head = head
    switch response.content {
    case .none, .withheld: content = .none
    case .octets(let bytes): content = bytes.isEmpty ? .none : .bytes(bytes)
    case .coded(let identity, _): content = .bytes(identity)
    case .file(let file): content = .pieces([.file(file, 0..<max(0, file.octets))])
    case .pieces(let pieces): content = .pieces(pieces)
    }
    contentLength =
      switch content {
      case .none: 0
      case .bytes(let bytes): bytes.count
      case .pieces(let pieces): pieces.reduce(0) { $0 + $1.length }
      }
  }

  private static func head(of response: Response) -> [UInt8] {
    var head = lines(of: response)
    // Neither is there content with these, nor may its length be told (RFC 9110 §8.6).
    let code = response.status.code
    if code >= 200, code != 204, code != 304 {
      head += "content-length: \(response.content.length)\r\n".utf8
    }
    return head
  }

  /// The status line and the field lines except `Content-Length`.
  static func lines(of response: Response) -> [UInt8] {
    var head: [UInt8] = []
    head.reserveCapacity(1024)
    func line(_ name: String, _ value: String) {
      head += name.utf8
      head += ": ".utf8
      head += value.utf8
      head += "\r\n".utf8
    }
    head += "HTTP/1.1 \(response.status)\r\n".utf8
    for field in response.fields.lines where field.name != "content-range" {
      line(field.name.description, field.value)
    }
    if let tag = response.entityTag { line("etag", EntityTag(tag).description) }
    if let seconds = response.lastModified {
      line("last-modified", HTTPDate(seconds: seconds).description)
    }
    // Last, where that of a part of a cached response stands.
    if let range = response.fields["content-range"] { line("content-range", range) }
    return head
  }

  /// A part of the content; nil when that is several pieces.
  func piece(_ range: Range<Int>) -> Response.Piece? {
    switch content {
    case .none: nil
    case .bytes(let bytes): .octets(bytes[range])
    case .pieces(let pieces): pieces.count == 1 ? pieces[0].part(range) : nil
    }
  }

  /// The memory it takes, about.
  var size: Int {
    switch content {
    case .none: head.capacity
    case .bytes(let bytes): head.capacity + bytes.capacity
    // A file takes a descriptor, of which there are fewer than bytes.
    case .pieces: head.capacity + 64 * 1024
    }
  }
}
