/// A request as a handler sees it: checked, with its content received.
package struct Request: Sendable {
  package enum Content: Sendable {
    case none
    /// Received into memory.
    case bytes([UInt8])
    /// Received into a file that is removed when the request has been answered.
    case file(path: String, bytes: Int)
  }

  package var method: Method
  /// The path of the target as it was sent, percent-encoded, beginning with `/`.
  package var path: String
  /// The query as it was sent; nil without a `?`.
  package var query: String?
  package var fields: Fields
  package var content: Content
  /// The client's address without a port: that of the peer, or what a trusted proxy reports.
  package var client: String
  /// Whether the client came by TLS, according to a trusted proxy.
  package var isSecure: Bool
  /// Whether a proxy that is not trusted says that it forwards the request: `client` may then
  /// be many clients.
  package var isFromUndeclaredProxy = false
  /// Identifies the request in the log and in `X-Request-Id`.
  package var id: String
  /// The index of the language to answer in among those of the service; 0 is for
  /// clients that ask for none of them.
  package var language: Int
  /// The route that the service resolved.
  ///
  /// The server carries it from the head to the access log; only the service knows its type.
  package var route: (any Sendable)?

  package init(
    method: Method, path: String, query: String? = nil, fields: Fields = [:],
    content: Content = .none, client: String = "127.0.0.1", isSecure: Bool = false, id: String = "",
    language: Int = 0
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.fields = fields
    self.content = content
    self.client = client
    self.isSecure = isSecure
    self.id = id
    self.language = language
  }
}

extension Request {
  /// Path and query as they were sent.
  package var targetBytes: [UInt8] { Array((path + (query.map { "?\($0)" } ?? "")).utf8) }

  /// Whether it only asks for a representation.
  package var isRead: Bool { method == .get || method == .head }

  package var hasNoContent: Bool { if case .none = content { true } else { false } }
}
