/// What a handler answers: one representation, or none, before the request's conditions, ranges
/// and codings select from it (see `Response.selected(for:at:)`).
package struct Response: Sendable {
  package enum Content: Sendable {
    /// No content; its length is 0 unless the status says that there can be none (204, 304).
    case none
    case octets([UInt8])
    /// The same content in two codings; the client's `Accept-Encoding` chooses. The second is made
    /// when somebody wants it, and must be the same each time.
    case coded(identity: [UInt8], gzip: @Sendable () -> [UInt8])
    case file(any OpenFile)
    /// One after another; what a range selects.
    case pieces([Piece])
    /// Content of a length that is not known beforehand, written by the service itself: after the
    /// head the socket, which blocks, is handed over. The function closes it, which ends the content.
    case handOver(@Sendable (_ descriptor: Int32) -> Void)
    /// Content that is not sent, as the request was HEAD; its length is told.
    case withheld(octets: Int)

    /// Whether the end of the connection ends the content (RFC 9112 §6.3, item 8).
    package var endsWithConnection: Bool { if case .handOver = self { true } else { false } }

    /// The octets that `Content-Length` tells: those of the identity coding, if there are two.
    package var length: Int {
      switch self {
      case .none, .handOver: 0
      case .octets(let octets): octets.count
      case .coded(let identity, _): identity.count
      case .file(let file): file.octets
      case .pieces(let pieces): pieces.reduce(0) { $0 + $1.length }
      case .withheld(let octets): octets
      }
    }
  }

  /// A part of content in memory or in a file.
  package enum Piece: Sendable {
    case octets(ArraySlice<UInt8>)
    case file(any OpenFile, Range<Int>)

    package var length: Int {
      switch self {
      case .octets(let octets): octets.count
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
  /// Whether the server may give this answer to every later GET or HEAD of the same target until
  /// something that it was made of changes.
  package var isReusable: Bool
  /// What it depends on, as numbers that only the service understands: a change of one of them
  /// ends its use.
  package var cacheTags: [Int] = [anyChange]
  /// Seconds since 1970 from which on it is no longer used, whatever has changed; nil for never.
  package var expires: Int64?
  /// Whether the answer depends on `Request.language`; it then says `Vary: Accept-Language`, and is
  /// given again only to requests for the same one.
  package var variesByLanguage = false

  /// The cache tag of a response that depends on whatever can be seen from outside.
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
    case .octets(let bytes):
      .octets(bytes[bytes.startIndex + range.lowerBound..<bytes.startIndex + range.upperBound])
    case .file(let file, let whole):
      .file(file, whole.lowerBound + range.lowerBound..<whole.lowerBound + range.upperBound)
    }
  }

  package func dropFirst(_ count: Int) -> Response.Piece { part(count..<length) }
}

/// A file that is sent: an open descriptor, closed when the last answer that needs it is gone.
package protocol OpenFile: AnyObject, Sendable {
  var descriptor: Int32 { get }
  var octets: Int { get }
}
