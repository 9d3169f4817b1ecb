/// A handler's response: one representation, or none, before the request's conditions, ranges
/// and codings select from it (see `Response.selected(for:at:)`).
package struct Response: Sendable {
  package enum Content: Sendable {
    /// No content; its length is 0 unless the status says that there can be none (204, 304).
    case none
    case bytes([UInt8])
    /// The same content in two codings; the client's `Accept-Encoding` chooses. The second is made
    /// when it is needed, and must be the same each time.
    case coded(identity: [UInt8], gzip: @Sendable () -> [UInt8])
    case file(any OpenFile)
    /// One after another; what a range selects.
    case pieces([Piece])
    /// Content of unknown length, written by the service: after the head, the socket, which blocks,
    /// is handed over. The function closes it, which ends the content.
    case handOver(@Sendable (_ descriptor: Int32) -> Void)
    /// Content that is not sent, since the request was HEAD; its length is.
    case withheld(bytes: Int)

    /// Whether the end of the connection ends the content (RFC 9112 §6.3, item 8).
    package var endsWithConnection: Bool { if case .handOver = self { true } else { false } }

    /// The value of `Content-Length`: those of the identity coding, if there are two.
    package var length: Int {
      switch self {
      case .none, .handOver: 0
      case .bytes(let bytes): bytes.count
      case .coded(let identity, _): identity.count
      case .file(let file): file.bytes
      case .pieces(let pieces): pieces.reduce(0) { $0 + $1.length }
      case .withheld(let bytes): bytes
      }
    }
  }

  /// A part of content in memory or in a file.
  package enum Piece: Sendable {
    case bytes(ArraySlice<UInt8>)
    case file(any OpenFile, Range<Int>)

    package var length: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .file(_, let range): range.count
      }
    }
  }

  package var status: Status
  /// Without `Date`, `Connection`, `Content-Length`, `ETag` and `Last-Modified`, which are written
  /// from what stands below and by the server.
  package var fields: Fields
  package var content: Content
  /// The strong validator of the identity coding, without quotes; nil makes no `ETag`.
  package var entityTag: String?
  /// Seconds since 1970; nil makes no `Last-Modified`.
  package var lastModified: Int64?
  /// Whether the server may send this response to later GET or HEAD requests for the target until
  /// one of its cache tags changes.
  package var isReusable: Bool
  /// What it depends on, as numbers that only the service understands; a change of one of them
  /// invalidates it.
  package var cacheTags: [Int] = [anyChange]
  /// When it expires, in seconds since 1970; nil for never.
  package var expires: Int64?
  /// Whether the response depends on `Request.language`; it then has `Vary: Accept-Language` and is
  /// cached for that language only.
  package var variesByLanguage = false

  /// The cache tag of a response that depends on everything public.
  package static let anyChange = 0

  package init(
    _ status: Status, fields: Fields = [:], content: Content = .none, entityTag: String? = nil,
    lastModified: Int64? = nil, isReusable: Bool = false
  ) {
    self.status = status
    self.fields = fields
    self.content = content
    self.entityTag = entityTag
    self.lastModified = lastModified
    self.isReusable = isReusable
  }
}

extension Response.Piece {
  /// A range of the piece, counted from its beginning.
  package func part(_ range: Range<Int>) -> Response.Piece {
    switch self {
    case .bytes(let bytes):
      .bytes(bytes[bytes.startIndex + range.lowerBound..<bytes.startIndex + range.upperBound])
    case .file(let file, let whole):
      .file(file, whole.lowerBound + range.lowerBound..<whole.lowerBound + range.upperBound)
    }
  }

  package func dropFirst(_ count: Int) -> Response.Piece { part(count..<length) }
}

/// A file that is sent: an open descriptor, closed with its last owner.
package protocol OpenFile: AnyObject, Sendable {
  var descriptor: Int32 { get }
  var bytes: Int { get }
}
