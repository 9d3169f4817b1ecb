/// A request as a handler sees it: checked, with its content received.
package struct Request: Sendable {
  package enum Content: Sendable {
    case none
    /// Received into memory.
    case octets([UInt8])
    /// Received into a file that is removed when the request has been answered.
    case file(path: String, octets: Int)
  }

  package var method: Method
  /// The path of the target as it was sent, percent-encoded, beginning with `/`.
  package var path: String
  /// What stands behind `?` as it was sent; nil without a `?`.
  package var query: String?
  package var fields: Fields
  package var content: Content
  /// The client's address without a port: of the peer, or what a trusted proxy said it was.
  package var client: String
  /// Whether the client came by TLS, as a trusted proxy said.
  package var isSecure: Bool
  /// Whether a proxy that is not trusted says that it forwards the request: `client` may then
  /// stand for many.
  package var isFromUndeclaredProxy = false
  /// Names the request in the log and in `X-Request-Id`.
  package var id: String
  /// The place of the language to answer in among those that the service offers; 0 is the one for
  /// clients that ask for none of them.
  package var language: Int
  /// What the service found that the request asks for.
  ///
  /// The server carries it from where the head is read to the access log; only the service knows its
  /// type.
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

  /// Whether it asks for a representation and nothing else.
  package var isRead: Bool { method == .get || method == .head }

  package var hasNoContent: Bool { if case .none = content { true } else { false } }
}
