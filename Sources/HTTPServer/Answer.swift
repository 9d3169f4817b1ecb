import HTTP

/// An answer as octets, but for what differs each time it is sent: `Date`, `Connection` and
/// `X-Request-Id`.
struct Answer: Sendable {
  enum Content: Sendable {
    case none
    case octets([UInt8])
    case pieces([Response.Piece])
  }

  let status: Int
  /// The status-line and field lines, each with its CRLF; at most ``headLimit`` octets.
  let head: [UInt8]
  let content: Content
  let contentOctets: Int

  /// More than any sensible answer has; a longer head is not sent.
  static let headLimit = 64 * 1024

  /// Writes down an answer that has been selected for its request.
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
    case .octets(let octets): content = octets.isEmpty ? .none : .octets(octets)
    case .coded(let identity, _): content = .octets(identity)
    case .file(let file): content = .pieces([.file(file, 0..<max(0, file.octets))])
    case .pieces(let pieces): content = .pieces(pieces)
    }
    contentOctets =
      switch content {
      case .none: 0
      case .octets(let octets): octets.count
      case .pieces(let pieces): pieces.reduce(0) { $0 + $1.length }
      }
  }

  private static func head(of response: Response) -> [UInt8] {
    var head: [UInt8] = []
    head.reserveCapacity(512)
    func line(_ name: String, _ value: String) {
      head += name.utf8
      head += ": ".utf8
      head += value.utf8
      head += "\r\n".utf8
    }
    head += "HTTP/1.1 \(response.status)\r\n".utf8
    for field in response.fields.lines { line(field.name.description, field.value) }
    // Neither is there content with these, nor may its length be told (RFC 9110 §8.6).
    let code = response.status.code
    if code >= 200, code != 204, code != 304 {
      line("content-length", String(response.content.length))
    }
    if let tag = response.entityTag { line("etag", EntityTag(tag).description) }
    if let seconds = response.lastModified {
      line("last-modified", HTTPDate(seconds: seconds).description)
    }
    return head
  }
}
